"""`make bench-forecast`: measure, print the tables, write var/bench/forecast-*.json.

ONHAND_TEST_DATA names the folder of the public sales files; without it only speed is measured, and restocking on
drawn demand.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Any

from inventory_project.runtime.instance import BASE_DIR
from tests.benchmarks.forecast import car_parts, restocking, speed, store_items
from tests.benchmarks.instance import dump
from tests.benchmarks.report import Row, heading, keep, show

PARTS = ("speed", "restock", "car-parts", "store-items")
BENCH = BASE_DIR / "var" / "bench"
COLUMNS = (
    "smape 1",
    "smape 7",
    "smape 30",
    "smape 90",
    "wape 7",
    "wape 30",
    "wape 90",
    "bias 90",
    "rmsse 30",
    "mase 30",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-forecast", description="Measure the engine beside its rivals.")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"Any of {', '.join(PARTS)}; all when none is named.")
    parser.add_argument("--without-lightgbm", action="store_true", help="It takes most of the time.")
    chosen = parser.parse_args()
    # LightGBM's threads wait for each other at every leaf. On a machine that does something else as well, those that
    # wait by turning keep the others from working: minutes become half an hour. Read when its library is loaded.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    parts = chosen.parts or PARTS
    facts = _conditions()
    print(", ".join(f"{name} {value}" for name, value in facts.items()))
    heading()
    if "speed" in parts:
        _finish("forecast-speed", speed.measure(), facts)
    folder = os.environ.get("ONHAND_TEST_DATA")
    if "restock" in parts:
        _finish("forecast-restock", restocking.measure(Path(folder) if folder else None), facts)
    if not folder:
        print("ONHAND_TEST_DATA is not set: accuracy on real sales is not measured.")
        return
    if "car-parts" in parts:
        rows, squared = car_parts.measure(Path(folder))
        _finish("forecast-car-parts", rows, {**facts, "squared_error": squared})
        for name, value in sorted(squared.items(), key=lambda item: item[1]):
            print(f"    {name:<40} {value:>12,.0f}")
    if "store-items" in parts:
        rows, tables = store_items.measure(Path(folder), with_lightgbm=not chosen.without_lightgbm)
        _finish("forecast-store-items", rows, facts)
        dump(BENCH / "forecast-store-items-table.json", {"conditions": facts, **tables})
        _print_tables(tables)


def _finish(name: str, rows: list[Row], facts: dict[str, Any]) -> None:
    show(rows)
    keep(BENCH, name, rows, facts)


def _conditions() -> dict[str, Any]:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return {
        "date": time.strftime("%Y-%m-%d %H:%M"),
        "cpus": os.cpu_count(),
        "cpu": next((line.split(":")[1].strip() for line in lines if "model name" in line), ""),
        "python": sys.version.split()[0],
        "load_before": round(os.getloadavg()[0], 2),
    }


def _print_tables(tables: dict[str, Any]) -> None:
    print("\n| method | " + " | ".join(COLUMNS) + " | q1 smape 90 | seconds |\n|" + "---|" * (len(COLUMNS) + 3))
    for name, line in tables["accuracy"].items():
        cells = [f"{line[column] * (1 if column[0] in 'rm' else 100):.3f}" for column in COLUMNS]
        print(f"| {name} | " + " | ".join(cells) + f" | {100 * line['q1 smape 90']:.3f} | {line['seconds']:.1f} |")
    print("\nTen series at the last cut, sMAPE at 1, 7, 30, 90 days:")
    for name, values in tables["sample"].items():
        print(f"| {name} | " + " | ".join(f"{100 * value:.2f}" for value in values) + " |")
    print("\nCoverage at 50, 90, 95, 99 %, by cut and days (ours; textbook):")
    for line in tables["quantiles"]:
        for days in store_items.DAYS:
            own = [f"{line[f'coverage {days} {level}']:.2f}" for level in (0.5, 0.9, 0.95, 0.99)]
            other = [f"{line[f'textbook coverage {days} {level}']:.2f}" for level in (0.5, 0.9, 0.95, 0.99)]
            print(f"| {line['cut']} | {days} | " + "/".join(own) + " | " + "/".join(other) + " |")


if __name__ == "__main__":
    main()

"""The rows of the table, on the screen and in var/bench."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.instance import dump


@dataclass(frozen=True)
class Row:
    """One figure. `reference` is what it is compared with and `ratio` the quotient; `target` says what was promised."""

    metric: str
    value: float
    unit: str
    reference: float | None = None
    ratio: float | None = None
    target: str = ""
    met: bool | None = None
    cpu: dict[str, float] = field(default_factory=dict)


def at_least(metric: str, value: float, unit: str, *, of: float, share: float, **cpu: float) -> Row:
    """A figure that must reach a share of its reference."""
    ratio = value / of
    return Row(metric, round(value, 1), unit, round(of, 1), round(ratio, 2), f">= {share:g} x", ratio >= share, cpu)


def below(metric: str, value: float, unit: str, *, limit: float, **cpu: float) -> Row:
    """A figure that must stay under a limit."""
    return Row(metric, round(value, 2), unit, None, None, f"< {limit:g} {unit}", value < limit, cpu)


def plain(metric: str, value: float, unit: str, **cpu: float) -> Row:
    """A figure nothing was promised of."""
    return Row(metric, round(value, 1), unit, cpu=cpu)


def heading() -> None:
    """The names of the columns."""
    print(_line("metric", "value", "", "reference", "ratio", "target", "", "CPU us an item"), flush=True)


def _line(*cells: str) -> str:
    metric, value, unit, reference, ratio, target, met, cpu = cells
    return f"{metric:<54} {value:>9} {unit:<12} {reference:>9} {ratio:>6} {target:<10} {met:<7} {cpu}"


def show(rows: list[Row]) -> None:
    """One part's rows, aligned."""
    for row in rows:
        met = {True: "met", False: "MISSED", None: ""}[row.met]
        reference = "" if row.reference is None else f"{row.reference:,.1f}"
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        cpu = ", ".join(f"{name} {spent:,.1f}" for name, spent in row.cpu.items())
        value = f"{row.value:,.1f}"
        print(_line(row.metric, value, row.unit, reference, ratio, row.target, met, cpu), flush=True)


def keep(folder: Path, name: str, rows: list[Row], conditions: dict[str, Any]) -> None:
    """var/bench/<name>.json: the rows, and the conditions they were measured under."""
    dump(folder / f"{name}.json", {"conditions": conditions, "rows": [asdict(row) for row in rows]})

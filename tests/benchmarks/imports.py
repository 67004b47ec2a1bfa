"""Importing a million sales through the ledger, beside a bare COPY of the same file."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from inventory_project.runtime.instance import BASE_DIR
from tests.benchmarks.bench import Bench
from tests.benchmarks.history import blocks, watch
from tests.benchmarks.report import Row, at_least, below, plain

STORES, ITEMS, DAYS = 10, 500, 200
SECONDS, MEGABYTES, SHARE = 90, 500, 0.2
COLUMNS = "store,product_name,category,unit_cost,quantity_sold,sale_price,sale_date,stock_after_sale"


@dataclass(frozen=True)
class Imported:
    """Seconds and peak megabytes of the command, rows that went in, PostgreSQL's CPU a row in microseconds."""

    seconds: float
    megabytes: float
    rows: int
    postgres: float


def measure(bench: Bench) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sales.csv"
        rows = _write(file)
        copied = rows / _copy(bench, file)
        done = _import(bench, file)
    rate = done.rows / done.seconds
    return [
        below(
            "import_csv of 1,000,000 sales, the whole command", done.seconds, "s", limit=SECONDS, postgres=done.postgres
        ),
        at_least("import_csv to a bare COPY", rate, "rows/s", of=copied, share=SHARE),
        below("import_csv, peak memory of the command", done.megabytes, "MB", limit=MEGABYTES),
        plain("import_csv, rows that went in", done.rows, "rows"),
    ]


def _write(file: Path) -> int:
    first = date(2025, 1, 1)
    with file.open("w", newline="") as output:
        writer = csv.writer(output)
        writer.writerow(COLUMNS.split(","))
        for day in range(DAYS):
            said = (first + timedelta(day)).isoformat()
            writer.writerows(
                (
                    f"B{store}",
                    f"Product {item}",
                    f"Category {item % 12}",
                    "2.50",
                    2,
                    "4.99",
                    said,
                    2 * (DAYS - day) + 10,
                )
                for store in range(1, STORES + 1)
                for item in range(1, ITEMS + 1)
            )
    return STORES * ITEMS * DAYS


def _copy(bench: Bench, file: Path) -> float:
    """Seconds for the bare COPY of the file into a table of its eight columns."""
    with bench.running.superuser() as connection:
        connection.execute("DROP TABLE IF EXISTS raw.sales")
        connection.execute(
            "CREATE TABLE raw.sales (store text, product text, category text, cost numeric, quantity numeric, "
            "price numeric, date date, stock numeric)"
        )
        started = time.monotonic()
        with connection.cursor().copy("COPY raw.sales FROM STDIN WITH (FORMAT csv, HEADER)") as copy:
            for block in blocks(file):
                copy.write(block)
        return time.monotonic() - started


def _import(bench: Bench, file: Path) -> Imported:
    """Run the command in an organisation of its own."""
    environment = {**os.environ, "ONHAND_DATA_DIR": str(bench.running.root)}
    name = f"import-{os.getpid()}"
    stores = "".join(f"2024-01-01,B{store},none,0\n" for store in range(1, STORES + 1))
    opening = file.parent / "stores.csv"
    opening.write_text(f"date,store,item,sales\n{stores}")
    manage = [sys.executable, "manage.py"]
    options = {"cwd": BASE_DIR, "env": environment, "stdout": subprocess.PIPE, "text": True}
    made = subprocess.run(
        [*manage, "import_history", str(opening), "--create-organization", name], check=True, **options
    )
    assert "Created" in made.stdout
    meter = bench.meter()
    meter.start()
    started = time.monotonic()
    process = subprocess.Popen([*manage, "import_csv", str(file), "--organization", name, "--json"], **options)
    peaks = [0]
    watcher = threading.Thread(target=watch, args=(process.pid, peaks))
    watcher.start()
    said, _ = process.communicate()
    elapsed = time.monotonic() - started
    watcher.join()
    if process.returncode != 0:
        raise SystemExit(f"import_csv failed: {said}")
    succeeded = int(json.loads(said)["succeeded"])
    return Imported(elapsed, peaks[0] / 1e6, succeeded, meter.stop(succeeded)["postgres"])

"""Importing a million sales through the ledger, beside a bare COPY of the same file."""

from __future__ import annotations

import csv
import json
import os
import resource
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

ROWS = int(os.environ.get("ONHAND_BENCH_IMPORT_ROWS", "1_000_000"))
STORES, ITEMS = 10, 500
DAYS = max(1, ROWS // (STORES * ITEMS))
SECONDS, MEGABYTES, SHARE = 90, 500, 0.2
# What a row of the file becomes: a movement, its entry in the log, a day's sales, and how it is known again.
WRITTEN = ("stock_stockmovement", "audit_entry", "stock_dailysales", "stock_importedrow")
COLUMNS = "store,product_name,category,unit_cost,quantity_sold,sale_price,sale_date,stock_after_sale"


@dataclass(frozen=True)
class Imported:
    """Seconds and peak megabytes of the command, rows that went in, CPU a row in microseconds by part."""

    seconds: float
    megabytes: float
    rows: int
    cpu: dict[str, float]


def measure(bench: Bench) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sales.csv"
        rows = _write(file)
        copied = rows / _copy(bench, file)
        name = f"import-{os.getpid()}"
        done = _import(bench, file, name)
        indexed = rows / _write_again(bench, name)
    rate = done.rows / done.seconds
    said = f"import_csv of {rows:,} sales, the whole command"
    return [
        below(said, done.seconds, "s", limit=SECONDS * rows / 1_000_000, **done.cpu),
        at_least("import_csv to a bare COPY", rate, "rows/s", of=copied, share=SHARE),
        at_least("import_csv to its own rows written once more, unjudged", rate, "rows/s", of=indexed, share=SHARE),
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


def _write_again(bench: Bench, name: str) -> float:
    """Seconds for the rows that the import left, written once more by one statement a table, in tables with the same
    indexes and checks: without foreign keys, judgement, row-level security and seals."""
    with bench.running.superuser() as connection:
        query = "SELECT id FROM accounts_organization WHERE name = %s"
        organization = connection.execute(query, [name]).fetchone()[0]  # type: ignore[index]
        seconds = 0.0
        for table in WRITTEN:
            connection.execute(f"CREATE TABLE raw.again (LIKE {table} INCLUDING ALL)")
            started = time.monotonic()
            connection.execute(
                f"INSERT INTO raw.again SELECT * FROM {table} WHERE organization_id = %s", [organization]
            )
            seconds += time.monotonic() - started
            connection.execute("DROP TABLE raw.again")
        return seconds


def _import(bench: Bench, file: Path, name: str) -> Imported:
    """Run the command in an organisation of its own."""
    environment = {**os.environ, "ONHAND_DATA_DIR": str(bench.running.root)}
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
    before = _children_seconds()
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
    command = round((_children_seconds() - before) * 1e6 / succeeded, 1)
    return Imported(elapsed, peaks[0] / 1e6, succeeded, {**meter.stop(succeeded), "command": command})


def _children_seconds() -> float:
    """CPU of the commands that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime

"""Loading a history file, beside a bare COPY of the same rows."""

from __future__ import annotations

import csv
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import psutil

from inventory_project.runtime.instance import BASE_DIR
from tests.benchmarks.bench import Bench, median
from tests.benchmarks.report import Row, at_least, below, plain

# The shape of the public store-item demand data: 10 stores, 50 items, five years.
STORES, ITEMS, DAYS = 10, 50, 1826
ROUNDS = 3
MEMORY_LIMIT = 500


def measure(bench: Bench) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "history.csv"
        rows = _write(file)
        copied, loaded, commands, peaks = [], [], [], []
        for number in range(ROUNDS):
            copied.append(rows / _copy(bench, file))
            seconds, rate, peak = _load(bench, file, number)
            loaded.append(rate)
            commands.append(rows / seconds)
            peaks.append(peak)
    return [
        at_least(
            "import_history, as it says itself, to a bare COPY", median(loaded), "rows/s", of=median(copied), share=0.25
        ),
        plain("import_history, with the start of Python and the new organization", median(commands), "rows/s"),
        below("import_history, peak memory of the command", max(peaks), "MB", limit=MEMORY_LIMIT),
    ]


def _write(file: Path) -> int:
    random.seed(1)
    first = date(2013, 1, 1)
    with file.open("w", newline="") as output:
        writer = csv.writer(output)
        writer.writerow(["date", "store", "item", "sales"])
        rows = 0
        for store in range(1, STORES + 1):
            for item in range(1, ITEMS + 1):
                days = ((first + timedelta(day)).isoformat() for day in range(DAYS))
                writer.writerows((day, store, item, random.randrange(1, 200)) for day in days)
                rows += DAYS
    return rows


def _copy(bench: Bench, file: Path) -> float:
    """Seconds for the bare COPY of the file into a table of four columns."""
    with bench.running.superuser() as connection:
        connection.execute("DROP TABLE IF EXISTS raw.history")
        connection.execute("CREATE TABLE raw.history (date date, store bigint, item bigint, sales numeric(14,3))")
        started = time.monotonic()
        with connection.cursor().copy("COPY raw.history FROM STDIN WITH (FORMAT csv, HEADER)") as copy:
            for block in blocks(file):
                copy.write(block)
        return time.monotonic() - started


def blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as source:
        while block := source.read(1 << 20):
            yield block


def _load(bench: Bench, file: Path, number: int) -> tuple[float, float, float]:
    """Seconds, rows/s as it prints them, and peak megabytes of the command, into an organisation of its own."""
    arguments = ["manage.py", "import_history", str(file), "--create-organization", f"History {os.getpid()} {number}"]
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env={**os.environ, "ONHAND_DATA_DIR": str(bench.running.root)},
        stdout=subprocess.PIPE,
        text=True,
    )
    peaks = [0]
    watcher = threading.Thread(target=watch, args=(process.pid, peaks))
    watcher.start()
    said, _ = process.communicate()
    printed = re.search(r"\((\d+) rows/s\)", said)
    if process.returncode != 0 or printed is None:
        raise SystemExit(f"import_history failed: {said}")
    elapsed = time.monotonic() - started
    watcher.join()
    return elapsed, float(printed[1]), peaks[0] / 1e6


def watch(pid: int, peaks: list[int]) -> None:
    while True:
        try:
            process = psutil.Process(pid)
            peaks[0] = max(peaks[0], process.memory_info().rss)
            if process.status() == psutil.STATUS_ZOMBIE:
                return
        except psutil.NoSuchProcess:
            return
        time.sleep(0.02)

"""Forecasts of a chain from PostgreSQL to PostgreSQL, by the instance's own workers.

ONHAND_BENCH_SERIES says how many series of two years (5,000; what is promised was promised of 100,000), once with the
ledger's days and once with a history file's years. ONHAND_BENCH_TOLD=history (or ledger) leaves the other one out: of
100,000 series the ledger's days are 73 million rows.
"""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from tests.benchmarks.bench import Bench
from tests.benchmarks.report import Row, below, plain

SQL = Path(__file__).parent / "sql" / "forecast_days.sql"
SERIES = int(os.environ.get("ONHAND_BENCH_SERIES", "5000"))
TOLD = os.environ.get("ONHAND_BENCH_TOLD", "ledger,history").split(",")
PRODUCTS, DAYS = 500, 730
PER_SECOND, MEGABYTES = 3000, 1000


@dataclass(frozen=True)
class Done:
    """One run: seconds, peak megabytes of the largest worker process, CPU a series in microseconds."""

    seconds: float
    series: int
    megabytes: float
    engine: float
    postgres: float


def measure(bench: Bench) -> list[Row]:
    rows = []
    for told in TOLD:
        done = _run(bench, _company(bench, told))
        name = f"Forecasts of {done.series:,} x {DAYS} days, from the {told}"
        rate = done.series / done.seconds
        cpu = {"worker": done.engine, "postgres": done.postgres}
        rows += [
            Row(name, round(rate, 1), "series/s", None, None, f">= {PER_SECOND}", rate >= PER_SECOND, cpu),
            plain(f"{name}: from asking to shown", done.seconds, "s"),
            below(f"{name}: largest worker", done.megabytes, "MB", limit=MEGABYTES),
        ]
    return rows


def _company(bench: Bench, told: str) -> int:
    from tests.factories.accounts import build_organization, unique

    organization = build_organization(name=f"forecast {told}", slug=unique(f"forecast-{told}"))
    given = {"organization": organization.id, "stores": max(1, SERIES // PRODUCTS), "products": PRODUCTS}
    with bench.running.superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        psycopg.ClientCursor(connection).execute(SQL.read_text(), {**given, "days": DAYS, "told": told})
        connection.execute("RESET session_replication_role")
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")
    return int(organization.id)


def _run(bench: Bench, organization_id: int) -> Done:
    from forecasting.choices import OPEN, RunStatus, Trigger
    from forecasting.models import ForecastRun
    from forecasting.services import runs
    from inventory_project.kernel import tenancy

    def read(run_id: int) -> ForecastRun:
        with tenancy.scope(organization_id):
            run: ForecastRun = ForecastRun.objects.get(pk=run_id)
            return run

    meter, peak, over = bench.meter(), [0.0], threading.Event()
    watcher = threading.Thread(target=_watch, args=(bench.running.children("worker"), peak, over))
    watcher.start()
    meter.start()
    began = time.monotonic()
    run_id = runs.request(organization_id=organization_id, trigger=Trigger.ON_DEMAND)
    while read(run_id).status in OPEN:
        time.sleep(0.05)
    seconds = time.monotonic() - began
    over.set()
    watcher.join()
    run = read(run_id)
    if run.status != RunStatus.FINISHED:
        # A rate of a run that failed would be a false figure: the benchmark ends here, not well, and says why.
        raise SystemExit(f"The forecast failed: {run.error}")
    spent = meter.stop(run.series)
    return Done(seconds, run.series, peak[0], spent["worker"], spent["postgres"])


def _watch(workers: list[psutil.Process], peak: list[float], over: threading.Event) -> None:
    while not over.wait(0.05):
        for worker in workers:
            for process in [worker, *worker.children(recursive=True)]:
                try:
                    peak[0] = max(peak[0], process.memory_info().rss / 1e6)
                except psutil.NoSuchProcess:
                    continue

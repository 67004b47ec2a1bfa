"""Many movements at a time: bulk requests and the drain through Celery, beside set-based SQL by hand."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime

from tests.benchmarks.bench import Bench, interleaved, median
from tests.benchmarks.cpu import Meter
from tests.benchmarks.raw import Raw
from tests.benchmarks.report import Row, at_least, below, plain

SECONDS = 4.0
CLIENTS = 4
WAITING = 30_000


def measure(bench: Bench) -> list[Row]:
    latencies: list[float] = []
    with bench.running.superuser() as connection:
        raw = Raw(connection, bench.dataset)

        def by_hand() -> tuple[float, dict[str, float]]:
            rate, cpu = raw.run(20, 1000)
            return rate, {"postgres": cpu}

        def over_http(size: int) -> tuple[float, dict[str, float]]:
            requests = [bench.bulk(size, 20000 // size // CLIENTS) for _ in range(CLIENTS)]
            meter = bench.meter()
            meter.start()
            outcome = bench.run(requests, seconds=SECONDS).require(200)
            items = outcome.requests * size
            if size == 100:
                latencies.append(outcome.percentile(0.99))
            return items / outcome.elapsed, meter.stop(items)

        def drained() -> tuple[float, dict[str, float]]:
            return _drain(bench)

        for warm_up in (by_hand, lambda: over_http(1000), lambda: over_http(100), drained):
            warm_up()
        latencies.clear()
        found = interleaved(
            {"raw": by_hand, "1000": lambda: over_http(1000), "100": lambda: over_http(100), "drain": drained}
        )
    reference = found["raw"][0]
    thousand, hundred, drain = found["1000"], found["100"], found["drain"]
    unit = "movements/s"
    return [
        plain("Set-based SQL by hand, 1,000 rows a batch", reference, unit, **found["raw"][1]),
        at_least("Bulk POST of 1,000 rows", thousand[0], unit, of=reference, share=0.7, **thousand[1]),
        at_least("Bulk POST of 100 rows", hundred[0], unit, of=reference, share=0.6, **hundred[1]),
        below("Bulk POST of 100 rows, 4 clients, p99", median(latencies), "ms", limit=50),
        at_least("Drain through Celery", drain[0], unit, of=reference, share=0.4, **drain[1]),
    ]


def _drain(bench: Bench) -> tuple[float, dict[str, float]]:
    """Fill every lane in one transaction, ring once for each, and time the workers until the inbox is empty."""
    from inventory_project.kernel import queue, tenancy
    from stock.services import lanes, ledger

    now = datetime.now(UTC).isoformat()
    organization_id = bench.dataset.organization_id
    rows = [
        ledger.row_defaults(
            id=ledger.new_id(),
            store=random.choice(bench.dataset.stores),
            product=random.choice(bench.dataset.products),
            kind="sale",
            quantity=-1,
            effective_at=now,
            recorded_at=now,
            actor=1,
            actor_label="user-1-0123abcd",
            request_id="0123456789abcdef0123456789abcdef",
            source="bulk",
        )
        for _ in range(WAITING)
    ]
    with tenancy.scope(organization_id, durable=True):
        for start in range(0, WAITING, 10_000):
            lanes.put(rows[start : start + 10_000], organization_id=organization_id)
    meter: Meter = bench.meter()
    meter.start()
    started = time.monotonic()
    for lane in range(lanes.LANES):
        if not queue.ring(lanes.DRAIN_TASK, organization_id=organization_id, lane=lane):
            raise SystemExit("The broker took no hint.")
    wait_until_empty(bench)
    elapsed = time.monotonic() - started
    return WAITING / elapsed, meter.stop(WAITING)


def wait_until_empty(bench: Bench, within: float = 120.0) -> None:
    """Return when no movement of the organisation waits in a lane."""
    end = time.monotonic() + within
    with bench.running.superuser() as connection:
        while connection.execute("SELECT EXISTS (SELECT FROM stock_inbox)").fetchone() == (True,):
            if time.monotonic() > end:
                raise SystemExit("The lanes were not drained.")
            time.sleep(0.01)

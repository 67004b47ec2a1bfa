"""Many movements at a time: bulk requests and the drain through Celery, beside set-based SQL by hand."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime

from tests.benchmarks.bench import Bench, Figures, interleaved, median
from tests.benchmarks.cpu import Meter
from tests.benchmarks.raw import Raw
from tests.benchmarks.report import Row, at_least, below, plain

SECONDS = 3.0
ROUNDS = 3
CLIENTS = 4
WAITING = 30_000


def measure(bench: Bench) -> list[Row]:
    with bench.running.superuser() as connection:
        raw = Raw(connection, bench.dataset)
        return [*_rows(bench, raw, one_store=True), *_rows(bench, raw, one_store=False)]


def _rows(bench: Bench, raw: Raw, *, one_store: bool) -> list[Row]:
    """Batches of one store's movements, or spread over all stores: then any two batches meet in some balance."""
    latencies: list[float] = []

    def by_hand(size: int) -> Figures:
        rate, cpu = raw.run(20_000 // size, size, one_store=one_store)
        return rate, {"postgres": cpu}

    def over_http(size: int) -> Figures:
        requests = [bench.bulk(size, 20000 // size // CLIENTS, one_store=one_store) for _ in range(CLIENTS)]
        meter = bench.meter()
        meter.start()
        outcome = bench.run(requests, seconds=SECONDS).require(200)
        items = outcome.requests * size
        if size == 100:
            latencies.append(outcome.percentile(0.99))
        return items / outcome.elapsed, meter.stop(items)

    variants = {
        "1000 by hand": lambda: by_hand(1000),
        "100 by hand": lambda: by_hand(100),
        "1000": lambda: over_http(1000),
        "100": lambda: over_http(100),
    }
    if not one_store:
        variants["drain"] = lambda: _drain(bench)
    for warm_up in variants.values():
        warm_up()
    latencies.clear()
    found = interleaved(variants, ROUNDS)
    where = "one store" if one_store else "all stores"
    unit = "movements/s"
    rows: list[Row] = []
    for size, share in (("1000", 0.7), ("100", 0.6)):
        reference, ours = found[f"{size} by hand"], found[size]
        what = f"{int(size):,} rows of {where}"
        rows += [
            plain(f"SQL by hand, {what}", reference[0], unit, **reference[1]),
            at_least(f"Bulk POST of {what}", ours[0], unit, of=reference[0], share=share, **ours[1]),
        ]
    rows.append(below(f"Bulk POST of 100 rows of {where}, p99", median(latencies), "ms", limit=50))
    if not one_store:
        drain = found["drain"]
        whole = found["1000 by hand"][0]
        rows.append(at_least("Drain through Celery", drain[0], unit, of=whole, share=0.4, **drain[1]))
    return rows


def _drain(bench: Bench) -> Figures:
    """Fill every lane in one transaction, ring once for each, and time the workers until the inbox is empty."""
    from inventory_project.kernel import queue, tenancy
    from stock.services import lanes, ledger_rows

    now = datetime.now(UTC).isoformat()
    organization_id = bench.dataset.organization_id
    rows = [
        ledger_rows.row_defaults(
            id=ledger_rows.new_id(),
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
    if not queue.ring(lanes.VISIT_TASK, organization_id=organization_id):
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

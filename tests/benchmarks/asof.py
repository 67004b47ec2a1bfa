"""Stock as of a random instant of the last ninety days: a page of 50 over HTTP, one client, beside a plain replay.

Two places: a store of the chain, whose balances have few movements each, and a busy one (50 products with 2,000
movements each), where a replay has to read a hundred thousand of them.
"""

from __future__ import annotations

import random
import statistics
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import psycopg

from tests.benchmarks import load
from tests.benchmarks.bench import Bench
from tests.benchmarks.report import Row, below, plain

REQUESTS = 1000
REPLAYS = 60
DAYS = 88
BUSY_PRODUCTS, BUSY_MOVEMENTS = 50, 2000
REPLAY = """
    SELECT product_id, sum(quantity) FROM stock_stockmovement
     WHERE organization_id = %s AND store_id = %s AND product_id = ANY(%s) AND status = 'applied'
       AND effective_at <= %s AND recorded_at <= %s
     GROUP BY product_id
"""


@dataclass(frozen=True)
class Place:
    """An organisation's stores, and the products of a page."""

    bench: Bench
    name: str

    def requests(self, *, known_at: bool) -> list[bytes]:
        found = []
        for _ in range(REQUESTS):
            as_of = _instant()
            path = f"/api/stocks/?store_id={random.choice(self.bench.dataset.stores)}&as_of={_text(as_of)}"
            if known_at:
                path += f"&known_at={_text(as_of + timedelta(hours=random.uniform(0, 240)))}"
            found.append(self.bench.request("GET", path))
        return found


def measure(bench: Bench) -> list[Row]:
    from stock.services import snapshots

    busy = Place(_busy(bench), "busy store")
    chain = Place(bench, "store of the chain")
    rows: list[Row] = []
    for place in (chain, busy):
        organization_id = place.bench.dataset.organization_id
        started = time.monotonic()
        taken = snapshots.take(organization_id=organization_id)
        if taken.balances:
            seconds = time.monotonic() - started
            rows.append(plain(f"Snapshots of 90 days, {place.name}", taken.balances / seconds, "rows/s"))
    with bench.running.superuser() as connection:
        connection.execute("VACUUM (ANALYZE) stock_stocksnapshot, stock_snapshotday, stock_stockmovement")
        for place in (chain, busy):
            rows += _compared(place, connection)
    return rows


def _compared(place: Place, connection: psycopg.Connection) -> list[Row]:
    replayed = sorted(_replay(place, connection) for _ in range(REPLAYS))
    as_of, both = (_ask(place, known_at=known_at) for known_at in (False, True))
    return [
        plain(f"Replay of 50 balances in SQL, {place.name}, p95", _p95(replayed), "ms"),
        plain(f"Stock as of, page of 50, {place.name}, p50", statistics.median(as_of), "ms"),
        below(f"Stock as of, page of 50, {place.name}, p95", _p95(as_of), "ms", limit=25),
        below(f"Stock as of and known at, {place.name}, p95", _p95(both), "ms", limit=25),
    ]


def _ask(place: Place, *, known_at: bool) -> list[float]:
    connection = load.Connection(place.bench.running.port)
    times = []
    for request in place.requests(known_at=known_at):
        started = time.perf_counter()
        status, body = connection.ask(request)
        times.append((time.perf_counter() - started) * 1000)
        if status != 200:
            raise SystemExit(f"Unexpected answer: {status} {body[:300]!r}")
    return sorted(times)


def _replay(place: Place, connection: psycopg.Connection) -> float:
    dataset = place.bench.dataset
    as_of, products = _instant(), dataset.products[:50]
    started = time.perf_counter()
    store = random.choice(dataset.stores)
    connection.execute(REPLAY, [dataset.organization_id, store, products, as_of, as_of]).fetchall()
    return (time.perf_counter() - started) * 1000


def _busy(bench: Bench) -> Bench:
    """The same instance, seen by the organisation with the busy store; made when it is not there yet."""
    from tests.benchmarks import dataset

    own = dataset.build_organization(
        bench.running, "busy", stores=1, products=BUSY_PRODUCTS, per_balance=BUSY_MOVEMENTS
    )
    return replace(bench, dataset=own)


def _instant() -> datetime:
    return datetime.now(UTC) - timedelta(days=random.uniform(0.1, DAYS))


def _text(moment: datetime) -> str:
    now = datetime.now(UTC)
    return min(moment, now).isoformat().replace("+00:00", "Z")


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]

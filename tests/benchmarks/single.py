"""One movement a request, beside the plain way of doing it; and how long until an accepted one is applied."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from tests.benchmarks import bulk, load
from tests.benchmarks.bench import Bench, interleaved
from tests.benchmarks.cpu import Meter
from tests.benchmarks.orm_way.server import OrmWay
from tests.benchmarks.report import Row, at_least, below, plain

SECONDS = 4.0
CLIENTS = 8
PACED = 200
PACED_SECONDS = 15.0

Variant = Callable[[], tuple[float, dict[str, float]]]


def measure(bench: Bench) -> list[Row]:
    with OrmWay(bench.running) as way:
        variants: dict[str, Variant] = {
            "orm": lambda: _orm(bench, way),
            "accepted": lambda: _ours(bench),
            "waited": lambda: _ours(bench, Prefer="wait=5"),
        }
        for variant in variants.values():
            variant()
        found = interleaved(variants)
    reference = found["orm"][0]
    accepted, waited = found["accepted"], found["waited"]
    unit = "requests/s"
    return [
        plain("One movement, the plain way (ORM, DRF, token table)", reference, unit, **found["orm"][1]),
        at_least("POST one movement, until applied", accepted[0], unit, of=reference, share=2, **accepted[1]),
        plain("POST one movement, Prefer: wait", waited[0], unit, **waited[1]),
        *_latency(bench),
    ]


def _orm(bench: Bench, way: OrmWay) -> tuple[float, dict[str, float]]:
    requests = [[way.request(bench.movement()) for _ in range(500)] for _ in range(CLIENTS)]
    meter = Meter({"web": way.processes(), "postgres": bench.running.children("postgres")})
    meter.start()
    outcome = load.run(way.port, requests, seconds=SECONDS).require(201, 400)  # 400: not enough stock
    return outcome.requests / outcome.elapsed, meter.stop(outcome.requests)


def _ours(bench: Bench, **headers: str) -> tuple[float, dict[str, float]]:
    """Requests a second, the time until the last one is applied included: a growing backlog is no speed."""
    requests = [bench.singles(500, **headers) for _ in range(CLIENTS)]
    meter = bench.meter()
    meter.start()
    outcome = bench.run(requests, seconds=SECONDS).require(200, 201, 202)
    ended = time.monotonic()
    bulk.wait_until_empty(bench)
    whole = outcome.elapsed + time.monotonic() - ended
    return outcome.requests / whole, meter.stop(outcome.requests)


def _latency(bench: Bench) -> list[Row]:
    """From the moment a movement is accepted until it is applied, as the ledger itself recorded both."""
    begun = datetime.now(UTC)
    meter = bench.meter()
    meter.start()
    requests = [bench.singles(500) for _ in range(CLIENTS)]
    outcome = bench.run(requests, seconds=PACED_SECONDS, per_second=PACED).require(200, 201, 202)
    bulk.wait_until_empty(bench)
    cpu = meter.stop(outcome.requests)
    with bench.running.superuser() as connection:
        median, last = connection.execute(
            """SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY waited),
                      percentile_cont(0.99) WITHIN GROUP (ORDER BY waited)
                 FROM (SELECT extract(epoch FROM applied_at - recorded_at)::float * 1000 AS waited
                         FROM stock_stockmovement WHERE organization_id = %s AND id > stock_first_id_at(%s)) recent""",
            [bench.dataset.organization_id, begun],
        ).fetchone() or (0, 0)
    return [
        plain(f"Accepted to applied at {PACED}/s, p50", median, "ms", **cpu),
        below(f"Accepted to applied at {PACED}/s, p99", last, "ms", limit=100),
        plain(f"POST one movement at {PACED}/s, p99 of the answer", outcome.percentile(0.99), "ms"),
    ]

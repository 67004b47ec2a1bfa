"""Lanes: accepted movements wait in PostgreSQL by organisation and shard of stores, drained in order of arrival.

Celery only carries hints that a lane has work. A lane is drained under its own lock, wherever the drain runs: in a
worker, in the request that could not reach the broker, in the beat's sweep, in a poll that finds its movement waiting.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

import orjson
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, InternalError, connections

from inventory_project.kernel import queue, sql
from inventory_project.kernel.redis import RedisError, client
from stock.choices import AppliedVia
from stock.models import StockMovement
from stock.services import ledger
from stock.services.ledger import LedgerRow

logger = logging.getLogger(__name__)

SQL = Path(__file__).resolve().parent.parent / "sql"
LANES = 8
BATCH = 1000
BUDGET_SECONDS = 5.0
STUCK_SECONDS = 1.5
DRAIN_TASK = "stock.drain_lane"

# The bell of a lane: rung once until a worker comes. KEYS[1] bell; ARGV[1] seconds after which nobody is coming.
_BELL = """
local now = redis.call('TIME'); local ms = now[1] * 1000 + math.floor(now[2] / 1000)
local rung = redis.call('GET', KEYS[1])
if not rung then redis.call('SET', KEYS[1], ms, 'PX', 60000); return 'ring' end
if ms - tonumber(rung) > tonumber(ARGV[1]) * 1000 then redis.call('DEL', KEYS[1]); return 'stuck' end
return 'rung'
"""


class Woken(StrEnum):
    """How an accepted movement gets on."""

    HINTED = "hinted"
    DRAINED = "drained"


def lane_of(store_id: int) -> int:
    return store_id % LANES


def _bell(organization_id: int, lane: int) -> str:
    return f"lane:{organization_id}:{lane}:bell"


def put(rows: Sequence[LedgerRow], *, organization_id: int) -> None:
    """Put accepted movements into the inbox, inside the caller's transaction."""
    params = {"organization": organization_id, "lanes": LANES, "rows": orjson.dumps(rows).decode()}
    sql.rows(sql.statement(SQL / "fill_inbox.sql"), params)


def wake(organization_id: int, lanes: Iterable[int]) -> Woken:
    """After commit: ring for each lane, or drain it here when nobody would hear or nobody came for the last ring."""
    outcome = Woken.HINTED
    for lane in sorted(set(lanes)):
        if not _ring(organization_id, lane):
            drain(organization_id, lane, via=AppliedVia.REQUEST)
            outcome = Woken.DRAINED
    return outcome


@contextmanager
def accepted_anyway() -> Iterator[None]:
    """What fails after the commit is no refusal: the movement is accepted, and a sweep gets it applied.

    A caller without an idempotency key would otherwise send it again, and it would count twice.
    """
    try:
        yield
    except (DatabaseError, InterfaceError):
        logger.exception("accepted and not driven on; the sweep will do it")


def _ring(organization_id: int, lane: int) -> bool:
    if queue.broker_looks_down():
        return False
    try:
        bell = client().eval(_BELL, 1, _bell(organization_id, lane), STUCK_SECONDS)
    except RedisError:
        queue.note_broker_down()
        return False
    if bell == b"rung":
        return True
    return bell == b"ring" and queue.ring(DRAIN_TASK, organization_id=organization_id, lane=lane)


def answer_bell(organization_id: int, lane: int) -> None:
    """Before a drain reads its lane: a movement accepted from now on rings again."""
    try:
        client().delete(_bell(organization_id, lane))
    except RedisError:
        pass


def drain(organization_id: int, lane: int, *, via: AppliedVia, seconds: float = BUDGET_SECONDS) -> int:
    """Apply what waits in a lane, oldest first, until it is empty or the time is up. Returns how many became final."""
    deadline = time.monotonic() + seconds
    done = 0
    while True:
        try:
            count = _drain_batch(organization_id, lane, BATCH, via)
        except (DataError, IntegrityError, InternalError):
            logger.exception("batch refused by the database", extra={"organization": organization_id, "lane": lane})
            count = _drain_one_by_one(organization_id, lane, via)
        done += count
        if count < BATCH or time.monotonic() > deadline:
            return done


def _drain_batch(organization_id: int, lane: int, batch: int, via: AppliedVia, *, park_first: bool = False) -> int:
    """One transaction: take the lane's lock and its oldest movements, apply them, take them out of the inbox."""

    def work() -> int:
        lock = {"key": f"lane:{organization_id}:{lane}"}
        sql.rows("SELECT pg_advisory_xact_lock(hashtextextended(%(key)s, 0))", lock)
        where = {"organization": organization_id, "lane": lane}
        taken = sql.rows(sql.statement(SQL / "take_lane.sql"), {**where, "batch": batch})[0]
        rows = cast(list[LedgerRow], orjson.loads(taken["rows"] or "[]"))
        ids = [row["id"] for row in rows]
        if park_first:
            rows = [ledger.rejected_by_operator(row) for row in rows if not _is_final(row)]
        ledger.apply_step(rows, via=via, chain=lane)
        if ids:
            sql.rows(sql.statement(SQL / "clear_lane.sql"), {**where, "ids": ids})
        return len(ids)

    return ledger.in_scope(work, organization_id=organization_id)


def _drain_one_by_one(organization_id: int, lane: int, via: AppliedVia) -> int:
    """After a batch failed: the movement at fault is recorded as refused, every other one is applied."""
    done = 0
    for _ in range(BATCH):
        try:
            count = _drain_batch(organization_id, lane, 1, via)
        except (DataError, IntegrityError, InternalError):
            logger.exception("movement set aside", extra={"organization": organization_id, "lane": lane})
            count = _drain_batch(organization_id, lane, 1, via, park_first=True)
        if not count:
            break
        done += count
    return done


def _is_final(row: LedgerRow) -> bool:
    """True when the ledger holds the movement already, so that its place in the lane is a mistake."""
    return StockMovement.objects.filter(id=row["id"]).exists()


def waiting(lanes: Iterable[int], *, organization_id: int) -> list[int]:
    """Which of the lanes hold movements accepted before now; inside the organisation's scope."""
    params: dict[str, Any] = {"organization": organization_id, "lanes": sorted(set(lanes))}
    query = """
        SELECT lane FROM unnest(%(lanes)s::smallint[]) AS l (lane)
         WHERE EXISTS (SELECT FROM stock_inbox i WHERE i.organization_id = %(organization)s AND i.lane = l.lane)
    """
    return [row["lane"] for row in sql.rows(query, params)]


def stragglers(*, older_than_seconds: float) -> list[tuple[int, int]]:
    """Every organisation's lanes with movements that have waited too long. The platform role: ids only."""
    with connections["platform"].cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT organization_id, lane FROM stock_inbox
                WHERE recorded_at < now() - make_interval(secs => %s)""",
            [older_than_seconds],
        )
        return list(cursor.fetchall())

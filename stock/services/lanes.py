"""Lanes: accepted movements wait in PostgreSQL by organisation and shard of stores, drained in order of arrival.

Celery only carries hints that an organisation has work (`bells`). A lane is drained under its own lock, wherever the
drain runs: in a worker, in the request that could not reach the broker, in the beat's sweep, in a poll that finds its
movement waiting.
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

from inventory_project.kernel import queue, sql, tenancy
from stock.choices import AppliedVia
from stock.models import StockMovement
from stock.services import bells, ledger, ledger_rows
from stock.services.bells import Touched
from stock.services.ledger_rows import LedgerRow

logger = logging.getLogger(__name__)

SQL = Path(__file__).resolve().parent.parent / "sql"
LANES = 8
BATCH = 1000
BUDGET_SECONDS = 5.0
# A busy organisation gives its worker back this often, so that others have their turn.
VISIT_SECONDS = 0.25
# Where movements keep coming, a moment's pause gathers some for one batch: each batch costs as much as ten of its rows.
LINGER_SECONDS = 0.01
STUCK_SECONDS = bells.STUCK_SECONDS
VISIT_TASK = "stock.drain_organization"
DRAIN_TASK = "stock.drain_lane"


class Woken(StrEnum):
    """How an accepted movement gets on."""

    HINTED = "hinted"
    DRAINED = "drained"


def lane_of(store_id: int) -> int:
    return store_id % LANES


def put(rows: Sequence[LedgerRow], *, organization_id: int) -> None:
    """Put accepted movements into the inbox, inside the caller's transaction."""
    params = {"organization": organization_id, "lanes": LANES, "rows": orjson.dumps(rows).decode()}
    sql.rows(sql.statement(SQL / "fill_inbox.sql"), params)


def wake(organization_id: int, lanes: Iterable[int]) -> Woken:
    """After commit: see that a worker comes, or drain the lanes here when nobody would hear or nobody came."""
    touched = bells.touch(organization_id)
    if touched is Touched.HEARD:
        return Woken.HINTED
    if touched is Touched.RING and queue.ring(VISIT_TASK, organization_id=organization_id):
        return Woken.HINTED
    for lane in sorted(set(lanes)):
        drain(organization_id, lane, via=AppliedVia.REQUEST)
    return Woken.DRAINED


@contextmanager
def accepted_anyway() -> Iterator[None]:
    """What fails after the commit is no refusal: the movement is accepted, and a sweep gets it applied.

    A caller without an idempotency key would otherwise send it again, and it would count twice.
    """
    try:
        yield
    except (DatabaseError, InterfaceError):
        logger.exception("accepted and not driven on; the sweep will do it")


def visit(organization_id: int, *, seconds: float = VISIT_SECONDS) -> None:
    """A worker's turn: apply what waits in all lanes, a batch a transaction, until nothing came meanwhile.

    A full batch means a backlog: then each lane gets a drain of its own, so that other workers can help.
    """
    deadline = time.monotonic() + seconds
    while True:
        bells.answer(organization_id)
        try:
            count = _drain_batch(organization_id, range(LANES), BATCH, AppliedVia.WORKER)
        except (DataError, IntegrityError, InternalError):
            logger.exception("batch refused by the database", extra={"organization": organization_id})
            count = BATCH
        if count >= BATCH:
            _share(organization_id)
        elif bells.leave(organization_id):
            return
        if time.monotonic() > deadline:
            queue.ring(VISIT_TASK, organization_id=organization_id)
            return
        if count < BATCH:
            time.sleep(LINGER_SECONDS)


def _share(organization_id: int) -> None:
    """Have each waiting lane drained: by whoever is free, or here when nobody can be called."""
    with tenancy.scope(organization_id):
        behind = waiting(range(LANES), organization_id=organization_id)
    for lane in behind:
        if not queue.ring(DRAIN_TASK, organization_id=organization_id, lane=lane):
            drain(organization_id, lane, via=AppliedVia.WORKER)


def drain(organization_id: int, lane: int, *, via: AppliedVia, seconds: float = BUDGET_SECONDS) -> int:
    """Apply what waits in a lane, oldest first, until it is empty or the time is up. Returns how many became final."""
    deadline = time.monotonic() + seconds
    done = 0
    while True:
        try:
            count = _drain_batch(organization_id, [lane], BATCH, via)
        except (DataError, IntegrityError, InternalError):
            logger.exception("batch refused by the database", extra={"organization": organization_id, "lane": lane})
            count = _drain_one_by_one(organization_id, lane, via)
        done += count
        if count < BATCH or time.monotonic() > deadline:
            return done


def _drain_batch(
    organization_id: int, lanes: Sequence[int], batch: int, via: AppliedVia, *, park_first: bool = False
) -> int:
    """One transaction: take the lanes' locks and their oldest movements, apply them, take them out of the inbox."""

    def work() -> int:
        where = {"organization": organization_id, "lanes": list(lanes)}
        sql.rows(sql.statement(SQL / "lock_lanes.sql"), where)
        taken = sql.rows(sql.statement(SQL / "take_lanes.sql"), {**where, "batch": batch})[0]
        rows = cast(list[LedgerRow], orjson.loads(taken["rows"] or "[]"))
        ids = [row["id"] for row in rows]
        if park_first:
            rows = [ledger_rows.rejected_by_operator(row) for row in rows if not _is_final(row)]
        ledger.apply_step(rows, via=via, chain=lanes[0])
        if ids:
            sql.rows(sql.statement(SQL / "clear_lanes.sql"), {**where, "ids": ids})
        return len(ids)

    return ledger.in_scope(work, organization_id=organization_id)


def _drain_one_by_one(organization_id: int, lane: int, via: AppliedVia) -> int:
    """After a batch failed: the movement at fault is recorded as refused, every other one is applied."""
    done = 0
    for _ in range(BATCH):
        try:
            count = _drain_batch(organization_id, [lane], 1, via)
        except (DataError, IntegrityError, InternalError):
            logger.exception("movement set aside", extra={"organization": organization_id, "lane": lane})
            count = _drain_batch(organization_id, [lane], 1, via, park_first=True)
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


def stragglers(*, older_than_seconds: float) -> list[int]:
    """The organisations with movements that have waited too long. The platform role: ids only."""
    with connections["platform"].cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT organization_id FROM stock_inbox
                WHERE recorded_at < now() - make_interval(secs => %s)""",
            [older_than_seconds],
        )
        return [row[0] for row in cursor.fetchall()]

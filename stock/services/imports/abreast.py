"""A second session of an import: half of the plan applied beside the other half, so that two cores are used.

The plan is cut between two balances, so nothing that one session applies meets what the other does, but in the figures
of a store, which both take last. Each chunk commits by itself as ever (ADR 13). The second session is a thread's own
connection and has the other half of the plan in temporary tables of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Event
from typing import Any, TypeVar

import psycopg
from django.db import connections

from inventory_project.kernel import sql, tenancy
from stock.models import ImportJob
from stock.services.imports import stage

T = TypeVar("T")
# Rows come out of a COPY one by one; so many bytes of them go into the other at a time.
BLOCK = 1 << 16
# Applies the places after the first number up to the second one, and leaves off once the event is set.
Stretch = Callable[[int, int, Event], T]


def run(job: ImportJob, after: int, upto: int, stretch: Stretch[T]) -> list[T]:
    """What `stretch` says of the places after `after` up to `upto`: by two sessions where there are two balances.

    When one of them fails the other leaves off after its chunk, and the failure is raised once both have.
    """
    over = Event()
    middle = stage.end_of_balance(job, (after + upto) // 2)
    if not after < middle < upto:
        return [stretch(after, upto, over)]
    with _second(job) as ask:
        with tenancy.scope(job.organization_id, durable=True):
            stage.raise_limits()
            ask(_take, job, connections["default"].connection, middle, upto).result()
        beside = ask(_or_end, stretch, middle, upto, over)
        done = [_or_end(stretch, after, middle, over), beside.result()]
        with tenancy.scope(job.organization_id, durable=True):
            stage.raise_limits()
            ask(_give_back, job, connections["default"].connection).result()
    return done


def is_over(organization_id: int) -> bool:
    """Whether the second session of a worker that was killed is gone, too: it may still be at a commit."""
    with sql.alone(_lock(organization_id)) as got:
        return got


def _lock(organization_id: int) -> str:
    return f"imports:{organization_id}:second"


@contextmanager
def _second(job: ImportJob) -> Iterator[Callable[..., Any]]:
    """Has functions run in the second session, one after the other; it ends when all of them have."""
    held = ExitStack()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="import") as thread:
        thread.submit(held.enter_context, sql.alone(_lock(job.organization_id))).result()
        try:
            yield thread.submit
        finally:
            thread.submit(_leave, held).result()


def _leave(held: ExitStack) -> None:
    try:
        held.close()
    finally:
        connections.close_all()


def _or_end(stretch: Stretch[T], after: int, upto: int, over: Event) -> T:
    try:
        return stretch(after, upto, over)
    except BaseException:
        over.set()
        raise


def _take(job: ImportJob, first: psycopg.Connection[Any], after: int, upto: int) -> None:
    """Part of the first session's plan into this one's tables."""
    with tenancy.scope(job.organization_id, durable=True):
        stage.raise_limits()
        stage.create("create_stage.sql")
        stage.create("create_staged.sql")
        _carry(first, _own(), f"SELECT * FROM stock_import_plan WHERE place > {after} AND place <= {upto}")
        stage.ready_plan()


def _give_back(job: ImportJob, first: psycopg.Connection[Any]) -> None:
    """What this session had refused, for the first one's report."""
    with tenancy.scope(job.organization_id, durable=True):
        stage.raise_limits()
        _carry(_own(), first, "SELECT * FROM stock_import_plan WHERE refused IS NOT NULL")


def _own() -> psycopg.Connection[Any]:
    own: psycopg.Connection[Any] = connections["default"].connection
    return own


def _carry(source: psycopg.Connection[Any], target: psycopg.Connection[Any], query: str) -> None:
    with (
        source.cursor().copy(f"COPY ({query}) TO STDOUT (FORMAT binary)") as out,
        target.cursor().copy("COPY stock_import_plan FROM STDIN (FORMAT binary)") as into,
    ):
        block = bytearray()
        for row in out:
            block += row
            if len(block) >= BLOCK:
                into.write(bytes(block))
                block.clear()
        into.write(bytes(block))

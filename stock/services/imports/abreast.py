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

from django.db import connections

from inventory_project.kernel import sql, tenancy
from stock.models import ImportJob
from stock.services.imports import stage

T = TypeVar("T")
BLOCK = 10_000  # places of the plan that travel at a time
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
        ask(_prepare, job).result()
        for begin in range(middle, upto, BLOCK):
            part = stage.part_of_plan(job, begin, min(begin + BLOCK, upto))
            ask(stage.add_to_plan, job, part).result()
        ask(stage.ready_plan, job).result()
        beside = ask(_or_end, stretch, middle, upto, over)
        done = [_or_end(stretch, after, middle, over), beside.result()]
        for begin in range(middle, upto, BLOCK):
            part = ask(stage.part_of_plan, job, begin, min(begin + BLOCK, upto), only_refused=True).result()
            stage.add_to_plan(job, part)
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


def _prepare(job: ImportJob) -> None:
    with tenancy.scope(job.organization_id, durable=True):
        stage.create("create_stage.sql")
        stage.create("create_staged.sql")

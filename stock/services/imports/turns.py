"""Whose turn it is among the imports of everybody.

A large import takes minutes, and the processes that hear of imports may be those of other long work. So that forecasts
and mail always find one, IMPORTS_AT_ONCE large imports are at work in workers at a time; small ones go by.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections

from inventory_project.kernel import queue, sql, tenancy
from stock.choices import IMPORTS_AT_WORK, AppliedVia
from stock.models import ImportJob

TASK = "stock.run_import"
LARGE = 1 << 20  # bytes


@contextmanager
def of(job: ImportJob, via: AppliedVia) -> Iterator[bool]:
    """Whether it is the job's turn; then it is until the end of the block. A command waits for nobody.

    The lock goes with the database session, so a worker that dies lets go of its turn.
    """
    if via != AppliedVia.WORKER:
        yield True
    elif job.size < LARGE:
        yield not _earlier_one_waits(job)
    else:
        for number in range(settings.IMPORTS_AT_ONCE):
            with sql.alone(f"large imports:{number}") as got:
                if got:
                    yield True
                    return
        yield False


def _earlier_one_waits(job: ImportJob) -> bool:
    """Files of an organisation may build on each other: a small one does not overtake a large one sent before it."""
    with tenancy.scope(job.organization_id, durable=True):
        earlier = ImportJob.objects.filter(pk__lt=job.pk, size__gte=LARGE, status__in=IMPORTS_AT_WORK)
        return bool(earlier.exists())


def ring(job_id: int, organization_id: int) -> None:
    queue.ring(TASK, job_id=job_id, organization_id=organization_id)


def ring_next(via: AppliedVia) -> None:
    """A worker's turn is over: whoever waits hears of it now and not at the next sweep."""
    if via == AppliedVia.WORKER:
        for job_id, organization_id in stragglers():
            ring(job_id, organization_id)


def stragglers() -> list[tuple[int, int]]:
    """(job, organisation) of the imports nobody seems to be at, of each organisation the first; who has waited longest
    comes first. Whoever is at one keeps the organisation's lock."""
    query = """
        SELECT id, organization_id FROM (
            SELECT DISTINCT ON (organization_id) id, organization_id, updated_at FROM stock_importjob
             WHERE status IN ('uploaded', 'validating', 'applying', 'undoing')
               AND updated_at < now() - interval '5 seconds'
             ORDER BY organization_id, id) firsts
         ORDER BY updated_at, id
    """
    with connections["platform"].cursor() as cursor:
        cursor.execute(query)
        return [(row[0], row[1]) for row in cursor.fetchall()]

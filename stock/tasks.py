"""Doorbells: ids in, one service call. The work itself waits in PostgreSQL."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

from celery import shared_task

from inventory_project.kernel import clock, queue
from stock.choices import AppliedVia
from stock.services import (
    count_posting,
    lanes,
    mailings,
    maintenance,
    purchase_letters,
    reservation_expiry,
    sales_rollup,
    snapshots,
    verification,
)
from stock.services.exports import jobs as exports
from stock.services.exports import making
from stock.services.imports import jobs, running, turns

logger = logging.getLogger(__name__)
VERIFY = "stock.verify_ledger"
SNAPSHOT = "stock.snapshot_organization"
ROLL = "stock.roll_sales"
SEND_MAILING = "stock.send_mailing"


@shared_task(name="stock.drain_organization")
def drain_organization(*, organization_id: int, **_future: Any) -> None:
    """An organisation has work."""
    lanes.visit(organization_id)


@shared_task(name="stock.drain_lane")
def drain_lane(*, organization_id: int, lane: int, **_future: Any) -> None:
    """A lane has a backlog."""
    lanes.drain(organization_id, lane, via=AppliedVia.WORKER)


@shared_task(name="stock.sweep_lanes")
def sweep_lanes(**_future: Any) -> None:
    """Drive the organisations whose hint was lost."""
    for organization_id in lanes.stragglers(older_than_seconds=1.0):
        try:
            lanes.visit(organization_id)
        except Exception:  # one organisation's trouble must not keep the others waiting
            logger.exception("lanes not drained", extra={"organization": organization_id})


@shared_task(name="stock.ensure_partitions")
def ensure_partitions(**_future: Any) -> None:
    """Make the months ahead."""
    maintenance.ensure_partitions()


@shared_task(name="stock.prune_keys")
def prune_keys(**_future: Any) -> None:
    """Forget idempotency keys past their age."""
    maintenance.prune_keys()


@shared_task(name="stock.verify_ledgers")
def verify_ledgers(**_future: Any) -> None:
    """Ring for every ledger not yet verified today. Each is a task of its own, so a long one delays no other."""
    for organization_id in maintenance.organizations_without(VERIFY, due_date=clock.now().date()):
        queue.ring(VERIFY, organization_id=organization_id)


@shared_task(name=VERIFY, soft_time_limit=1740, time_limit=1800)
def verify_ledger(*, organization_id: int, **_future: Any) -> None:
    """Recompute one ledger and publish the result, once a day however many beats ring."""
    if maintenance.claim(f"{VERIFY}:{organization_id}", due_date=clock.now().date()):
        verification.verify(organization_id=organization_id)


@shared_task(name="stock.take_snapshots")
def take_snapshots(**_future: Any) -> None:
    """Ring for every organisation in one of whose stores a business day is over."""
    for organization_id in snapshots.due_organizations():
        queue.ring(SNAPSHOT, organization_id=organization_id)


@shared_task(name=SNAPSHOT, soft_time_limit=1740, time_limit=1800)
def snapshot_organization(*, organization_id: int, **_future: Any) -> None:
    """Keep the closing balances of the days that are over; what a former run left undone as well."""
    snapshots.take(organization_id=organization_id)


@shared_task(name="stock.roll_due_sales")
def roll_due_sales(**_future: Any) -> None:
    """Ring for every organisation whose sums have something to add. Each is a task of its own."""
    for organization_id in sales_rollup.due():
        queue.ring(ROLL, organization_id=organization_id)


@shared_task(name=ROLL, soft_time_limit=1740, time_limit=1800)
def roll_sales(*, organization_id: int, **_future: Any) -> None:
    """Bring one organisation's sums up to now."""
    sales_rollup.roll(organization_id=organization_id)


@shared_task(name="stock.correct_late_counts")
def correct_late_counts(**_future: Any) -> None:
    """Posted counts whose moments a late movement has changed."""
    count_posting.correct_late_everywhere()


@shared_task(name="stock.expire_reservations")
def expire_reservations(**_future: Any) -> None:
    """Reservations whose time is over."""
    reservation_expiry.expire_everywhere()


@shared_task(name="stock.send_due_mailings")
def send_due_mailings(**_future: Any) -> None:
    """Ring for every list that is due by its store's clock. Each is a task: a slow mail server delays one."""
    for due in mailings.due(now=clock.now()):
        queue.ring(SEND_MAILING, **due)


@shared_task(name=SEND_MAILING)
def send_mailing(*, organization_id: int, mailing_id: int, due_date: str, **_future: Any) -> None:
    """Mail one store's list of one day, once."""
    mailings.send_due(organization_id=organization_id, mailing_id=mailing_id, due_date=date.fromisoformat(due_date))


@shared_task(name=purchase_letters.TASK)
def send_purchase_letter(*, organization_id: int, letter_id: int, **_future: Any) -> None:
    """Mail one order to its supplier, once."""
    purchase_letters.send(organization_id=organization_id, letter_id=letter_id)


@shared_task(name="stock.sweep_purchase_letters")
def sweep_purchase_letters(**_future: Any) -> None:
    """Orders to mail whose hint was lost, or whose try failed."""
    for letter in purchase_letters.waiting(now=clock.now()):
        queue.ring(purchase_letters.TASK, **letter)


# Acknowledged at once: the job's row says what is to be done, and a message that came back after two minutes would only
# find the organisation's lock taken.
@shared_task(
    name=turns.TASK, acks_late=False, reject_on_worker_lost=False, soft_time_limit=6 * 3600 - 60, time_limit=6 * 3600
)
def run_import(*, job_id: int, organization_id: int, **_future: Any) -> None:
    """An import has something to do."""
    running.run(job_id=job_id, organization_id=organization_id)


@shared_task(name="stock.sweep_imports")
def sweep_imports(**_future: Any) -> None:
    """Imports whose worker died, or whose hint was lost."""
    for job_id, organization_id in turns.stragglers():
        turns.ring(job_id, organization_id)


@shared_task(name="stock.prune_import_files")
def prune_import_files(**_future: Any) -> None:
    """Forget uploaded files past their age."""
    jobs.prune_files()


# Acknowledged at once, as imports are.
@shared_task(name=exports.TASK, acks_late=False, reject_on_worker_lost=False, soft_time_limit=1740, time_limit=1800)
def run_export(*, job_id: int, organization_id: int, **_future: Any) -> None:
    """An export waits."""
    making.run(job_id=job_id, organization_id=organization_id)


@shared_task(name="stock.sweep_exports")
def sweep_exports(**_future: Any) -> None:
    """Exports whose worker died, or whose hint was lost."""
    for job_id, organization_id in exports.stragglers():
        exports.ring(job_id, organization_id)


@shared_task(name="stock.prune_exports")
def prune_exports(**_future: Any) -> None:
    """Remove exported files whose time is over."""
    exports.prune()

"""What a worker or a command does for an import: validate, apply, undo, under the organisation's lock.

So one import of an organisation is at work at a time and none twice.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import OperationalError

from inventory_project.kernel import clock, sql, tenancy
from inventory_project.kernel.access import Actor
from inventory_project.kernel.errors import DomainError, InvalidInput
from stock.choices import IMPORTS_AT_WORK, AppliedVia, ImportStatus
from stock.errors import ImportNotFound, NotUndoable
from stock.models import ImportJob
from stock.services import ledger
from stock.services.imports import abreast, stage, state, turns, undoing
from stock.services.imports.work import Work

logger = logging.getLogger(__name__)
ATTEMPTS = 5
INTERNAL = "The import could not be carried out because of a fault of ours; what it had changed was taken back."


def run(*, job_id: int, organization_id: int, via: AppliedVia = AppliedVia.WORKER) -> bool:
    """Do what is to be done for a job. False when it has to wait: another import of the organisation is at work, or,
    for a worker, another large one of anybody."""
    with turns.of(_fetch(job_id, organization_id), via) as may, sql.alone(f"imports:{organization_id}") as got:
        if not (may and got and abreast.is_over(organization_id)):
            return False
        while (job := _fetch(job_id, organization_id)).status in IMPORTS_AT_WORK:
            if job.status == ImportStatus.UNDOING:
                _undo(job, via)
            else:
                _work(job, via)
            stage.clear(organization_id)
    turns.ring_next(via)
    return True


def _work(job: ImportJob, via: AppliedVia) -> None:
    """Validate, and apply what is confirmed. A refusal or a fault ends the job with nothing of it left."""
    try:
        _count_attempt(job)
        work = Work(job, via)
        if job.status != ImportStatus.APPLYING:
            work.validate()
        if job.status == ImportStatus.APPLYING or _goes_on(job):
            work.apply()
    except OperationalError:
        raise  # the database went away: the job stays as it is, and the sweep rings again
    except DomainError as error:
        _fail(job, error.detail, via)
    except Exception:
        logger.exception("import failed", extra={"organization": job.organization_id, "job": job.pk})
        _fail(job, INTERNAL, via)


def _goes_on(job: ImportJob) -> bool:
    """Begin to apply what its uploader has confirmed, also while it was validated, and has not changed meanwhile."""
    with tenancy.scope(job.organization_id, durable=True):
        now = ImportJob.objects.select_for_update().get(pk=job.pk)
        if now.status != ImportStatus.READY or not now.applies_itself:
            return False
        state.begin_applying(job)
    return True


def _count_attempt(job: ImportJob) -> None:
    """A file that kills every worker must not do so for ever; one that got further counts as the first."""
    further = job.succeeded > job.result.get("reached", 0)
    attempts = 1 if further else job.result.get("attempts", 0) + 1
    job.result = {**job.result, "attempts": attempts, "reached": job.succeeded}
    with tenancy.scope(job.organization_id, durable=True):
        ImportJob.objects.filter(pk=job.pk).update(result=job.result)
    if attempts > ATTEMPTS:
        raise InvalidInput(
            "The workers did not survive this file. Nothing of it was kept; the operator should look at it."
        )


def _fail(job: ImportJob, sentence: str, via: AppliedVia) -> None:
    def end() -> None:
        kept: dict[str, Any] = {}
        if job.applying_at is not None:
            undone = undoing.run(job, state.actor_of(job), via=via)
            kept = {"succeeded": 0, "result": {**job.result, "taken_back": undone.movements}}
        state.write(job, status=ImportStatus.FAILED, error=sentence[:500], **kept)
        state.note(job, "failed", state.actor_of(job))

    ledger.in_scope(end, organization_id=job.organization_id)


def _undo(job: ImportJob, via: AppliedVia) -> None:
    actor = Actor(user_id=job.actor_id if job.undone_by == job.actor_label else None, label=job.undone_by)

    def end() -> None:
        undone = undoing.run(job, actor, via=via)
        result = {**job.result, "movements_reversed": undone.movements, "records_removed": undone.removed}
        state.write(
            job,
            status=ImportStatus.UNDONE,
            undone_at=clock.now(),
            result={**result, "records_restored": undone.restored},
        )
        state.note(job, "undone", actor)

    try:
        ledger.in_scope(end, organization_id=job.organization_id)
    except NotUndoable as refused:
        with tenancy.scope(job.organization_id, durable=True):
            state.write(job, status=ImportStatus.APPLIED, error=refused.detail[:500], undone_by="")
            state.note(job, "undo_refused", actor)


def _fetch(job_id: int, organization_id: int) -> ImportJob:
    with tenancy.scope(organization_id, durable=True):
        job: ImportJob | None = ImportJob.objects.filter(pk=job_id).first()
    if job is None:
        raise ImportNotFound()
    return job

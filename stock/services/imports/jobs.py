"""Imports from upload to undo: the only writer of import jobs.

A door (`submit`, `apply`, `undo`) notes what is wanted and rings; `run` does it, in a worker or in a command, under the
organisation's lock, so that one import of an organisation is at work at a time and none twice.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import IO, Any, BinaryIO, cast

from django.conf import settings
from django.db import OperationalError, connections, transaction

from inventory_project.kernel import clock, queue, sql, tenancy
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import DomainError, InvalidInput
from stock.choices import IMPORTS_AT_WORK, AppliedVia, ImportKind, ImportStatus
from stock.errors import ImportKeyReused, ImportNotFound, NotUndoable, WrongImportState
from stock.models import ImportJob
from stock.selectors import imports as selectors
from stock.services import ledger
from stock.services.imports import asking, files, stage, state, undoing
from stock.services.imports.asking import Asked
from stock.services.imports.work import Work

logger = logging.getLogger(__name__)
TASK = "stock.run_import"
ATTEMPTS = 5
INTERNAL = "The import could not be carried out because of a fault of ours; what it had changed was taken back."


def submit(
    *,
    file: BinaryIO,
    name: str,
    asked: Asked,
    applies_itself: bool,
    key: str | None,
    access: Access,
    acting_as: Actor,
    rings: bool = True,
) -> tuple[int, bool]:
    """Take a file in and have it validated: the job's id, and whether the key had brought this file before.

    Without `rings` the caller runs the job itself.

    Raises UnreadableFile or InvalidInput for what is plainly no table or no import; nothing is kept then.
    """
    sha256, size = files.digest(file)
    fingerprint = _fingerprint(sha256, asked, applies_itself)
    with tenancy.scope(access.organization_id):
        if known := _known(key, fingerprint):
            return known, True
        store_id = asking.store_id(asked, access)
        asking.look(file, asked)
    path = files.keep(cast("IO[Any]", file), organization_id=access.organization_id)
    try:
        with tenancy.scope(access.organization_id, durable=True):
            job = ImportJob.objects.create(
                organization_id=access.organization_id,
                kind=asked.kind,
                store_id=store_id,
                file_name=_printable(name)[:200] or "file",
                file_path=path,
                size=size,
                sha256=sha256,
                asked=asked.kept(),
                applies_itself=applies_itself,
                store_ids=None if access.store_ids is None else sorted(access.store_ids),
                actor_id=acting_as.user_id,
                actor_label=acting_as.label,
                request_id=acting_as.request_id,
                key=key,
                fingerprint=fingerprint,
            )
            state.note(job, "uploaded", acting_as)
            if rings:
                transaction.on_commit(lambda: ring(job))
    except Exception:
        files.forget(path)
        raise
    return job.pk, False


def change(*, job_id: int, values: Mapping[str, Any], applies_itself: bool, access: Access, acting_as: Actor) -> None:
    """Have a file read anew with other words about it, before anything of it is in; what is not in `values` stays.

    An empty value means: find it in the file. Raises InvalidInput when the file cannot be read that way.
    """
    with tenancy.scope(access.organization_id, durable=True):
        job = _locked(job_id, access)
        if job.status != ImportStatus.READY and (job.status != ImportStatus.FAILED or job.applying_at is not None):
            raise WrongImportState(
                f"The import is {job.status}; only one that is ready or was not valid can be changed."
            )
        asked = Asked(**{**job.asked, **{name: value for name, value in values.items() if name != "store"}})
        with files.opened(job.file_path) as file:
            asking.look(file, asked)
        store_id = asking.store_id(Asked(store=values["store"]), access) if "store" in values else job.store_id
        if job.store_ids is not None and store_id is not None and store_id not in job.store_ids:
            raise InvalidInput(fields={"store": ["The sender of this file does not work in this store."]})
        former = job.result.get("failed_rows", "")
        state.begin_anew(job, asked=asked.kept(), kind=asked.kind, store_id=store_id, applies_itself=applies_itself)
        state.note(job, "changed", acting_as, asked=job.asked)
        transaction.on_commit(lambda: ring(job))
        if former:
            transaction.on_commit(lambda: files.forget(former))


def apply(*, job_id: int, access: Access, acting_as: Actor) -> bool:
    """Have a ready import applied. False when that was done or begun before."""
    with tenancy.scope(access.organization_id, durable=True):
        job = _locked(job_id, access)
        if job.status in (ImportStatus.APPLYING, ImportStatus.APPLIED):
            return False
        if job.status in (ImportStatus.UPLOADED, ImportStatus.VALIDATING):
            ImportJob.objects.filter(pk=job.pk).update(applies_itself=True)
            return True
        _require(job, ImportStatus.READY)
        state.begin_applying(job)
        state.note(job, "confirmed", acting_as)
        transaction.on_commit(lambda: ring(job))
    return True


def undo(*, job_id: int, access: Access, acting_as: Actor) -> bool:
    """Have an applied import undone. False when that was done or begun before.

    Whether later changes depend on it is found by the work itself: then it stays applied, with the reason in `error`.
    """
    with tenancy.scope(access.organization_id, durable=True):
        job = _locked(job_id, access)
        if job.status in (ImportStatus.UNDOING, ImportStatus.UNDONE):
            return False
        _require(job, ImportStatus.APPLIED)
        if job.kind == ImportKind.HISTORY:
            raise NotUndoable(
                "A history file sets days of the past and keeps no others. Load a file with the former values."
            )
        if job.store_ids is None and access.store_ids is not None:
            raise NotUndoable("This import may have written to stores you do not work in.")
        state.write(
            job, status=ImportStatus.UNDOING, error="", undone_by=acting_as.label, began_at=clock.now(), rows_done=0
        )
        transaction.on_commit(lambda: ring(job))
    return True


def run(*, job_id: int, organization_id: int, via: AppliedVia = AppliedVia.WORKER) -> bool:
    """Do what is to be done for a job. False when another worker is at an import of the organisation."""
    with sql.alone(f"imports:{organization_id}") as got:
        if not got:
            return False
        while (job := _fetch(job_id, organization_id)).status in IMPORTS_AT_WORK:
            if job.status == ImportStatus.UNDOING:
                _undo(job, via)
            else:
                _work(job, via)
            stage.clear(organization_id)
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


def ring(job: ImportJob) -> None:
    queue.ring(TASK, job_id=job.pk, organization_id=job.organization_id)


def stragglers() -> list[tuple[int, int]]:
    """(job, organisation) of the imports nobody seems to be at. Whoever is at one keeps the organisation's lock."""
    query = """
        SELECT DISTINCT ON (organization_id) id, organization_id FROM stock_importjob
         WHERE status IN ('uploaded', 'validating', 'applying', 'undoing') AND updated_at < now() - interval '5 seconds'
         ORDER BY organization_id, id
    """
    with connections["platform"].cursor() as cursor:
        cursor.execute(query)
        return [(row[0], row[1]) for row in cursor.fetchall()]


def prune_files() -> int:
    """Remove files older than IMPORT_KEEP_DAYS; their jobs stay. Returns how many."""
    oldest = clock.now() - timedelta(days=settings.IMPORT_KEEP_DAYS)
    query = """
        UPDATE stock_importjob j SET file_path = '', result = j.result - 'failed_rows'
          FROM (SELECT id, file_path, result ->> 'failed_rows' AS failed FROM stock_importjob
                 WHERE created_at < %s AND file_path <> '' AND status IN ('ready', 'applied', 'failed', 'undone')) old
         WHERE j.id = old.id RETURNING old.file_path, old.failed
    """
    with connections["platform"].cursor() as cursor:
        cursor.execute(query, [oldest])
        paths = [path for row in cursor.fetchall() for path in row if path]
    for path in paths:
        files.forget(path)
    return len(paths)


def _fetch(job_id: int, organization_id: int) -> ImportJob:
    with tenancy.scope(organization_id, durable=True):
        job: ImportJob | None = ImportJob.objects.filter(pk=job_id).first()
    if job is None:
        raise ImportNotFound()
    return job


def _locked(job_id: int, access: Access) -> ImportJob:
    job: ImportJob | None = selectors.visible_to(access).select_for_update(of=("self",)).filter(pk=job_id).first()
    if job is None:
        raise ImportNotFound()
    return job


def _require(job: ImportJob, status: ImportStatus) -> None:
    if job.status != status:
        raise WrongImportState(f"The import is {job.status}; this needs one that is {status}.")


def _fingerprint(sha256: str, asked: Asked, applies_itself: bool) -> int:
    text = f"{sha256}\x1f{asked!r}\x1f{applies_itself}"
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), signed=True)


def _known(key: str | None, fingerprint: int) -> int | None:
    known = ImportJob.objects.filter(key=key).first() if key else None
    if known is not None and known.fingerprint != fingerprint:
        raise ImportKeyReused()
    return known.pk if known is not None else None


def _printable(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable()).strip()

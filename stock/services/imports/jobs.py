"""The doors of imports, from upload to undo: each notes what is wanted and rings for `running.run`, which does it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import IO, Any, BinaryIO, cast

from django.conf import settings
from django.db import connections, transaction

from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import InvalidInput
from stock.choices import ImportKind, ImportStatus
from stock.errors import ImportKeyReused, ImportNotFound, NotUndoable, WrongImportState
from stock.models import ImportJob
from stock.models.numbers import NumberKind
from stock.selectors import imports as selectors
from stock.services import numbers, step_keys
from stock.services.imports import asking, files, state, turns
from stock.services.imports.asking import Asked


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
            step_keys.one_at_a_time("import", key)
            if known := _known(key, fingerprint):
                files.forget(path)
                return known, True
            job = ImportJob.objects.create(
                organization_id=access.organization_id,
                number=numbers.draw(NumberKind.IMPORT),
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
                transaction.on_commit(lambda: turns.ring(job.pk, job.organization_id))
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
        transaction.on_commit(lambda: turns.ring(job.pk, job.organization_id))
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
        transaction.on_commit(lambda: turns.ring(job.pk, job.organization_id))
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
        transaction.on_commit(lambda: turns.ring(job.pk, job.organization_id))
    return True


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

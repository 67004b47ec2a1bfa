"""Making the file of an export, in a worker: under the export's own lock, page by page, kept once it is whole."""

from __future__ import annotations

import logging
import tempfile
from datetime import timedelta
from typing import IO, Any

from django.conf import settings
from django.db import InterfaceError, OperationalError

from accounts.selectors import credentials
from inventory_project.kernel import clock, list_files, sql, tenancy
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import DomainError
from inventory_project.kernel.list_files import FileRefused, Wish
from stock.choices import EXPORTS_AT_WORK, ExportStatus
from stock.models import ExportJob
from stock.services.exports import files
from stock.services.exports.jobs import note, rights_of

logger = logging.getLogger(__name__)
ATTEMPTS = 5
UNAVAILABLE = 503
INTERNAL = "The export could not be made because of a fault of ours. Ask for it again."
NO_MEMBER = "You are no longer an active member of this organisation, or the token you used is no longer valid."


class Refused(DomainError):
    """The export ends here; `detail` says why."""


class Abandoned(Exception):
    """The export was removed, or another worker took it up: nothing more is to be done."""


def run(*, job_id: int, organization_id: int) -> bool:
    """Make the file of an export that waits or was left behind. False when another worker is at it."""
    with sql.alone(f"export:{job_id}") as got:
        if not got:
            return False
        job = _claim(job_id, organization_id)
        if job is None:
            return True
        try:
            _make(job)
        except Abandoned:
            files.forget(job.file_path)
        except (OperationalError, InterfaceError):
            raise  # the database went away: the job stays as it is, and the sweep rings again
        except FileRefused as refused:
            if refused.status == UNAVAILABLE:
                raise  # the same
            _fail(job, f"The list was refused: {refused.detail}")
        except DomainError as error:
            _fail(job, error.detail)
        except Exception:
            logger.exception("export failed", extra={"organization": organization_id, "job": job_id})
            _fail(job, INTERNAL)
    return True


def _claim(job_id: int, organization_id: int) -> ExportJob | None:
    """The job, now ours, with a new place for its file; what a killed worker left at the old one is removed."""
    with tenancy.scope(organization_id, durable=True):
        job: ExportJob | None = (
            ExportJob.objects.select_for_update().filter(pk=job_id, status__in=EXPORTS_AT_WORK).first()
        )
        if job is None:
            return None
        files.forget(job.file_path)
        now = clock.now()
        changes = {
            "status": ExportStatus.RUNNING,
            "attempts": job.attempts + 1,
            "file_path": files.new_path(organization_id),
            "rows": 0,
            "began_at": now,
            "updated_at": now,
        }
        _write(job, **changes)
    return job


def _make(job: ExportJob) -> None:
    if job.attempts > ATTEMPTS:
        raise Refused("The workers did not survive this export. The operator should look at it.")
    access = _access_of(job)
    with tenancy.scope(job.organization_id, durable=True):
        _write(job, **rights_of(access))
    # On disk and without a name: nothing is left of it when the worker is killed.
    with tempfile.TemporaryFile(prefix="onhand-") as file:
        name = _fill(file, job, access)
        size = file.tell()
        file.seek(0)
        files.keep(file, job.file_path)
    _finish(job, name, size)


def _access_of(job: ExportJob) -> Access:
    """The rights of the one who asked, as they are now."""
    access = credentials.access_now(user_id=job.actor_id, organization_id=job.organization_id, token_id=job.token_id)
    if access is None:
        raise Refused(NO_MEMBER)
    return access


def _fill(file: IO[bytes], job: ExportJob, access: Access) -> str:
    """Write what the list's view sends; the name it gives the file."""

    def progress(rows: int) -> None:
        with tenancy.scope(job.organization_id, durable=True):
            _write(job, rows=rows, updated_at=clock.now())

    wish = Wish(path=job.path, query=job.query, form=job.format, has_mark=job.has_mark, access=access, on_rows=progress)
    with list_files.made(wish) as making:
        for block in making.blocks:
            file.write(block)
            if file.tell() > settings.EXPORT_MAX_BYTES:
                most = f"{settings.EXPORT_MAX_BYTES >> 20:,} MB"
                raise Refused(f"The file would be larger than {most}. Choose fewer rows.")
        return making.name


def _finish(job: ExportJob, name: str, size: int) -> None:
    now = clock.now()
    with tenancy.scope(job.organization_id, durable=True):
        _write(
            job,
            status=ExportStatus.READY,
            file_name=name,
            size=size,
            error="",
            ready_at=now,
            updated_at=now,
            expires_at=now + timedelta(hours=settings.EXPORT_KEEP_HOURS),
        )
        note(job, "ready", _actor_of(job))


def _fail(job: ExportJob, sentence: str) -> None:
    files.forget(job.file_path)
    try:
        with tenancy.scope(job.organization_id, durable=True):
            _write(job, status=ExportStatus.FAILED, error=sentence[:500], file_path="", updated_at=clock.now())
            note(job, "failed", _actor_of(job))
    except Abandoned:
        pass


def _write(job: ExportJob, **values: Any) -> None:
    """Change the job if it still is the attempt we are at. Raises Abandoned. The caller's scope is open."""
    ours = ExportJob.objects.filter(pk=job.pk, status=job.status, attempts=job.attempts)
    if not ours.update(**values):
        raise Abandoned()
    for name, value in values.items():
        setattr(job, name, value)


def _actor_of(job: ExportJob) -> Actor:
    """Who asked: entries are theirs, whoever carries the work out."""
    return Actor(user_id=job.actor_id, label=job.actor_label, request_id=job.request_id)

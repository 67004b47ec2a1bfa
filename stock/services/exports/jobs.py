"""Exports from the request to the removal of the file: the only writer of export jobs.

`submit` notes what is wanted and rings. `run` makes the file in a worker, by asking the list's own view with the rights
that the one who asked has at that moment. `making` writes it; a file can be downloaded only once it is whole.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.db import connections, transaction
from django.db.models import Sum

from accounts.selectors import credentials
from audit import services as audit
from inventory_project.kernel import clock, list_files, queue, sql, tenancy
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import InvalidInput, PermissionRefused
from inventory_project.kernel.list_files import FileRefused, Wish
from stock.choices import EXPORTS_AT_WORK, ExportFormat, ExportStatus
from stock.errors import ExportGone, ExportNotFound, ExportNotReady, TooManyExports
from stock.models import ExportJob
from stock.models.numbers import NumberKind
from stock.selectors import exports as selectors
from stock.services import numbers, step_keys
from stock.services.exports import files

TASK = "stock.run_export"
NO_LIST = "This is the address of no list and no report. Use one like /api/stock-movements/?store=DOWNTOWN."
# Rows of exports whose files are gone stay in the list this long.
KEPT_FOR = timedelta(days=30)
FORBIDDEN = 403
LONGEST_PATH, LONGEST_QUERY = 300, 2000


def submit(
    *, path: str, form: str, has_mark: bool, access: Access, acting_as: Actor, key: str | None = None
) -> tuple[int, bool]:
    """Have a list made into a file: the job's id, and whether it is the one that `key` began before.

    Raises InvalidInput when the address is no list or its parameters are refused, PermissionRefused when the caller may
    not read it, TooManyExports when the organisation's share is used up, KeyReused.
    """
    if has_mark and form != ExportFormat.CSV:
        raise InvalidInput(fields={"bom": ["Only a CSV file has a byte order mark."]})
    place, query, area = _list_at(path)
    _require_readable(place, query, access)
    token_id = credentials.lasting_token(access)
    # An export is its owner's: the same key of somebody else is another request.
    said = {"step": "export", "user": access.user_id, "path": path, "form": form, "mark": has_mark}
    with tenancy.scope(access.organization_id, durable=True):
        given = step_keys.claim(key, said)
        if given is not None:
            return int(given.body["export"]), True
        _require_room(access.organization_id)
        job = ExportJob.objects.create(
            organization_id=access.organization_id,
            number=numbers.draw(NumberKind.EXPORT),
            path=place,
            query=query,
            format=form,
            has_mark=has_mark,
            area=area,
            actor_id=access.user_id,
            actor_label=acting_as.label,
            token_id=token_id,
            request_id=acting_as.request_id,
            **rights_of(access),
        )
        note(job, "requested", acting_as)
        step_keys.keep(key, {"export": job.pk})
        transaction.on_commit(lambda: ring(job.pk, job.organization_id))
    return job.pk, False


def rights_of(access: Access) -> dict[str, Any]:
    """What of somebody's rights decides what a list shows."""
    stores = None if access.store_ids is None else sorted(access.store_ids)
    return {"role": str(access.role), "store_ids": stores, "sees_costs": access.sees_costs}


def remove(*, job_id: int, access: Access, acting_as: Actor) -> None:
    """Forget an export and its file, whatever its status; a worker that is at it stops. Raises ExportNotFound."""
    with tenancy.scope(access.organization_id, durable=True):
        job = selectors.visible_to(access).select_for_update().filter(pk=job_id).first()
        if job is None:
            raise ExportNotFound()
        note(job, "removed", acting_as)
        job.delete()
        # Before the row is gone for good: a file that could not be removed then still has who names it.
        files.forget(job.file_path)


def open_file(*, job_id: int, access: Access, acting_as: Actor) -> tuple[ExportJob, BinaryIO]:
    """A whole file, to be sent. Raises ExportNotFound, ExportNotReady, ExportGone."""
    with tenancy.scope(access.organization_id, durable=True):
        job: ExportJob | None = selectors.visible_to(access).filter(pk=job_id).first()
        if job is None:
            raise ExportNotFound()
        if job.status == ExportStatus.EXPIRED or selectors.is_over(job):
            raise ExportGone()
        if job.status != ExportStatus.READY:
            raise ExportNotReady(job.error and f"The export failed: {job.error}")
        file = files.open_to_send(job.file_path)
        note(job, "downloaded", acting_as)
    return job, file


def note(job: ExportJob, verb: str, acting_as: Actor) -> None:
    """The log's entry. Without the parameters: they may name what others who read the log do not know of."""
    audit.record(
        f"stock.export.{verb}",
        acting_as=acting_as,
        object_type="export",
        object_id=job.pk,
        object_label=job.label,
        after={"status": str(job.status)},
        detail={"path": job.path, "format": job.format, "rows": job.rows, "size": job.size, "error": job.error},
    )


def ring(job_id: int, organization_id: int) -> None:
    queue.ring(TASK, job_id=job_id, organization_id=organization_id)


def stragglers() -> list[tuple[int, int]]:
    """(job, organisation) of the exports nobody seems to be at. Whoever is at one holds its lock."""
    query = """
        SELECT id, organization_id FROM stock_exportjob
         WHERE status IN ('waiting', 'running') AND updated_at < now() - interval '5 seconds' ORDER BY id LIMIT 100
    """
    return [(row["id"], row["organization_id"]) for row in sql.rows(query, {}, using="platform")]


def prune() -> int:
    """Remove the files whose time is over, and after a month their jobs. Returns how many files."""
    with transaction.atomic(using="platform"), connections["platform"].cursor() as cursor:
        # The row of a removed file never names it again, so a file that could not be removed is tried again.
        cursor.execute("SELECT id, file_path FROM stock_exportjob WHERE status = 'ready' AND expires_at <= now()")
        over = cursor.fetchall()
        for _, path in over:
            files.forget(path)
        cursor.execute(
            "UPDATE stock_exportjob SET status = 'expired', file_path = '', updated_at = now() WHERE id = ANY(%s)",
            [[job_id for job_id, _ in over]],
        )
        cursor.execute(
            "DELETE FROM stock_exportjob WHERE status IN ('expired', 'failed') AND created_at < %s",
            [clock.now() - KEPT_FOR],
        )
    return len(over)


def _list_at(address: str) -> tuple[str, str, str]:
    """Path, parameters and token scope of the list. Raises InvalidInput."""
    try:
        parts = urlsplit(address)
        query = list_files.chosen(parts.query)
    except (ValueError, TooManyFieldsSent) as error:
        raise InvalidInput(fields={"path": [NO_LIST]}) from error
    offer = None
    if not (parts.scheme or parts.netloc or parts.fragment) and parts.path.startswith("/api/"):
        offer = list_files.offer_of(parts.path)
    if offer is None or len(parts.path) > LONGEST_PATH:
        raise InvalidInput(fields={"path": [NO_LIST]})
    if len(query) > LONGEST_QUERY:
        raise InvalidInput(fields={"path": ["These are too many parameters for one export."]})
    return parts.path, query, offer.area


def _require_readable(path: str, query: str, access: Access) -> None:
    """The list's own view is asked, so it refuses what it refuses on the screen."""
    try:
        with list_files.made(Wish(path=path, query=query, form=ExportFormat.CSV, access=access)):
            pass
    except FileRefused as refused:
        if refused.status == FORBIDDEN:
            raise PermissionRefused(refused.detail) from refused
        said = [f"{name}: {' '.join(map(str, texts))}" for name, texts in refused.fields.items()]
        raise InvalidInput(fields={"path": said or [refused.detail]}) from refused


def _require_room(organization_id: int) -> None:
    """One request at a time looks, so that many at once do not all find room."""
    sql.rows("SELECT pg_advisory_xact_lock(hashtextextended(%(key)s, 0))", {"key": f"exports:{organization_id}"})
    if ExportJob.objects.filter(status__in=EXPORTS_AT_WORK).count() >= settings.EXPORTS_AT_ONCE:
        raise TooManyExports()
    kept = ExportJob.objects.filter(status=ExportStatus.READY).aggregate(size=Sum("size", default=0))["size"]
    if kept >= settings.EXPORT_ORGANIZATION_BYTES:
        raise TooManyExports("The files of your exports fill the space there is for them. Delete some, or wait a day.")

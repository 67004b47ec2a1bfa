"""What a job says of itself: its row, and its entries in the log, which are also what listeners to changes hear."""

from __future__ import annotations

from typing import Any

from audit import services as audit
from inventory_project.kernel import clock
from inventory_project.kernel.access import Actor
from stock.choices import ImportKind, ImportStatus
from stock.models import ImportJob, ImportProblem
from stock.services import listeners

COUNTS = ("rows", "succeeded", "skipped", "failed", "notices")


def write(job: ImportJob, **values: Any) -> None:
    """Change the job. The caller's scope is open."""
    stamped = {**values, "updated_at": clock.now()}
    ImportJob.objects.filter(pk=job.pk).update(**stamped)
    for name, value in stamped.items():
        setattr(job, name, value)


def begin_applying(job: ImportJob) -> None:
    now = clock.now()
    counts = {"rows_done": 0, "rows_to_do": job.succeeded, "succeeded": 0}
    write(job, status=ImportStatus.APPLYING, applying_at=now, began_at=now, **counts)


def begin_anew(job: ImportJob, **values: Any) -> None:
    """As if the file had come just now, with other words about it."""
    nothing: dict[str, Any] = dict.fromkeys((*COUNTS, "rows_done", "rows_to_do"), 0)
    empty: dict[str, Any] = {"found": {}, "preview": [], "result": {}, "error": "", "ready_at": None, "began_at": None}
    ImportProblem.objects.filter(job=job).delete()
    write(job, status=ImportStatus.UPLOADED, **nothing, **empty, **values)


def note(job: ImportJob, verb: str, acting_as: Actor, **more: Any) -> None:
    if verb in ("applied", "undone") and job.kind in (ImportKind.SALES, ImportKind.UNIFIED):
        listeners.sales_of_the_past_changed(job.pk)
    detail = {"kind": str(job.kind), "sha256": job.sha256, "size": job.size, "error": job.error, **more}
    audit.record(
        f"stock.import.{verb}",
        acting_as=acting_as,
        object_type="import",
        object_id=job.pk,
        object_label=job.label,
        store_id=job.store_id,
        after={"status": str(job.status)},
        detail={**detail, **{name: getattr(job, name) for name in COUNTS}},
    )


def actor_of(job: ImportJob) -> Actor:
    """Who sent the file: movements and entries are theirs, whoever carries them out."""
    return Actor(user_id=job.actor_id, label=job.actor_label, request_id=job.request_id)

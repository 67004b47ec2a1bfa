"""Reading imports: history, progress, problems."""

from __future__ import annotations

from typing import Any

from inventory_project.kernel import clock
from inventory_project.kernel.access import Access
from stock.choices import IMPORTS_AT_WORK, ImportStatus
from stock.models import ImportJob, ImportProblem

SHOWN_ERRORS = 20
NOT_TOLD = {"failed_rows", "attempts", "reached"}


def visible_to(access: Access) -> Any:
    """Every import, for those of all stores; others see what they sent themselves."""
    jobs = ImportJob.objects.all()
    return jobs if access.store_ids is None else jobs.filter(actor_id=access.user_id)


def problems(job: ImportJob) -> Any:
    return ImportProblem.objects.filter(job=job)


def describe(job: ImportJob) -> dict[str, Any]:
    """A job as lists show it."""
    return {
        "id": job.pk,
        "number": job.label,
        "status": job.status,
        "kind": job.kind,
        "store": job.store_id,
        "file_name": job.file_name,
        "size": job.size,
        "sha256": job.sha256,
        "progress": progress(job),
        "rows": job.rows,
        "succeeded": job.succeeded,
        "skipped": job.skipped,
        "failed": job.failed,
        "notices": job.notices,
        "error": job.error,
        "created_by": job.actor_label,
        "created_at": job.created_at,
        "ready_at": job.ready_at,
        "applied_at": job.applied_at,
        "undone_at": job.undone_at,
        "undone_by": job.undone_by,
    }


def describe_whole(job: ImportJob) -> dict[str, Any]:
    """A job with what was found in its file, a preview and the first problems."""
    result = {name: value for name, value in job.result.items() if name not in NOT_TOLD}
    first = problems(job).order_by("line", "id")[:SHOWN_ERRORS]
    return {
        **describe(job),
        "asked": job.asked,
        "found": job.found,
        "preview": job.preview,
        "result": result,
        "has_failed_rows": bool(job.result.get("failed_rows")),
        "errors": [describe_problem(problem) for problem in first],
    }


def describe_problem(problem: ImportProblem) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in ("line", "column", "value", "reason", "outcome")}


def progress(job: ImportJob) -> dict[str, Any]:
    """How far the work is: rows, the share of them, rows a second, and the seconds left at that pace."""
    at_work = job.status in IMPORTS_AT_WORK
    seconds = (clock.now() - job.began_at).total_seconds() if at_work and job.began_at else 0.0
    rate = job.rows_done / seconds if seconds else 0.0
    over = job.status in (ImportStatus.APPLIED, ImportStatus.UNDONE, ImportStatus.READY)
    share = 1.0 if over else min(1.0, job.rows_done / job.rows_to_do) if job.rows_to_do else 0.0
    return {
        "rows_done": job.rows_done,
        "rows_to_do": max(job.rows_to_do, job.rows_done),
        "percent": round(share * 100, 1),
        "rows_per_second": round(rate),
        "seconds_left": round((job.rows_to_do - job.rows_done) / rate, 1) if rate and at_work else None,
    }

"""Reading exports: those of the caller itself, as far as its rights still cover what is in them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import Access, Role
from stock.choices import ExportStatus
from stock.models import ExportJob

AREAS = ("stock", "catalog", "stores", "audit", "reports", "accounts", "")


def visible_to(access: Access) -> Any:
    """The caller's own. A file made with more rights than the caller has now, or through this token, is not shown."""
    jobs = ExportJob.objects.filter(
        actor_id=access.user_id, role__in=[role.value for role in Role if access.role.at_least(role)]
    )
    if access.store_ids is not None:
        jobs = jobs.filter(store_ids__isnull=False, store_ids__contained_by=sorted(access.store_ids))
    if not access.sees_costs:
        jobs = jobs.filter(sees_costs=False)
    if access.scopes is not None:
        readable = [area for area in AREAS if not area or access.allows_scope(area, write=False)]
        jobs = jobs.filter(Q(area__in=readable))
    return jobs


def at_desk(access: Access) -> Any:
    """What was exported by whom: of the whole organisation for those of all stores, else the caller's own."""
    jobs = ExportJob.objects.all()
    return jobs if access.store_ids is None else jobs.filter(actor_id=access.user_id)


def is_over(job: ExportJob) -> bool:
    """Its time is up, whether or not its file is removed yet."""
    return job.status == ExportStatus.READY and job.expires_at is not None and job.expires_at <= clock.now()


def describe(job: ExportJob, download_url: str | None = None) -> dict[str, Any]:
    return {
        "id": job.pk,
        "status": str(ExportStatus.EXPIRED if is_over(job) else job.status),
        "path": f"{job.path}?{job.query}" if job.query else job.path,
        "format": job.format,
        "bom": job.has_mark,
        "rows": job.rows,
        "size": job.size,
        "file_name": job.file_name,
        "error": job.error,
        "created_at": job.created_at,
        "ready_at": job.ready_at,
        "expires_at": job.expires_at,
        "download_url": download_url,
    }


def maker_of(job_id: int, organization_id: int) -> tuple[int, int | None] | None:
    """The person who asked for an export, and the token it was asked through. Opens its own scope."""
    with tenancy.scope(organization_id):
        found: tuple[int, int | None] | None = (
            ExportJob.objects.filter(pk=job_id).values_list("actor_id", "token_id").first()
        )
    return found

"""What stands beside the log and is shown as it changes: the dashboard's figures, and how far imports are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, connections
from django.db.models import Q

from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import Access, Role
from live.events import FIGURES, IMPORTS, Audience, frame
from stock.choices import IMPORTS_AT_WORK
from stock.models import ImportJob
from stock.selectors import dashboard
from stock.selectors import imports as imports_of

SHOWN_IMPORTS = 10
A_MOMENT = timedelta(seconds=60)


def frames(organization_id: int, audiences: Iterable[Audience]) -> tuple[dict[Audience, dict[str, bytes]], bool]:
    """The frames for each audience, and whether an import is at work."""
    try:
        with tenancy.scope(organization_id):
            return _frames(list(audiences))
    except (OperationalError, InterfaceError):
        connections.close_all()
        raise


def _frames(audiences: list[Audience]) -> tuple[dict[Audience, dict[str, bytes]], bool]:
    jobs = _jobs() if any(map(_imports, audiences)) else []
    found: dict[Audience, dict[str, bytes]] = {}
    for audience in audiences:
        found[audience] = {}
        if _figures(audience):
            found[audience][FIGURES] = frame(_figures_for(audience), name=FIGURES)
        for job in jobs if _imports(audience) else []:
            if _may_see(job, audience.rights):
                found[audience][f"{IMPORTS} {job.pk}"] = frame(_progress(job), name=IMPORTS)
    return found, any(job.status in IMPORTS_AT_WORK for job in jobs)


def _jobs() -> list[ImportJob]:
    """The newest that are at work, or were a moment ago: how they ended is told too."""
    recent = Q(status__in=IMPORTS_AT_WORK) | Q(updated_at__gt=clock.now() - A_MOMENT)
    return list(ImportJob.objects.filter(recent).order_by("-id")[:SHOWN_IMPORTS])


def _figures(audience: Audience) -> bool:
    return audience.wanted.includes(FIGURES) and audience.rights.allows_scope("reports", write=False)


def _imports(audience: Audience) -> bool:
    return audience.wanted.includes(IMPORTS) and audience.rights.role.at_least(Role.MANAGER)


def _figures_for(audience: Audience) -> dict[str, Any]:
    stores, wanted = audience.rights.store_ids, audience.wanted.stores
    if wanted is not None:
        stores = wanted if stores is None else stores & wanted
    figures = dashboard.figures(audience.rights, store_ids=stores)
    figures.pop("days")  # a month of them; whoever shows it reads the dashboard
    return figures


def _may_see(job: ImportJob, access: Access) -> bool:
    return access.store_ids is None or job.actor_id == access.user_id


def _progress(job: ImportJob) -> dict[str, Any]:
    progress = imports_of.progress(job)
    shown = ("rows", "succeeded", "skipped", "failed")
    return {
        "id": job.pk,
        "number": job.number,
        "status": str(job.status),
        "progress": progress,
        **{name: getattr(job, name) for name in shown},
    }

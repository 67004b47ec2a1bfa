"""Closed periods: through which business day the books are closed, and who decided it. Deciding is the API's."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from inventory_project.desk import show
from inventory_project.desk.model_admin import ReadOnlyAdmin
from stock.models import PeriodClosing


@admin.register(PeriodClosing)
class PeriodClosingAdmin(ReadOnlyAdmin):
    icon, place, log_name = "event_busy", 58, "period"
    words = ("closed period", "closed periods")
    list_display = ["decided", "closed", "reason", "decided_by"]
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = ["decided", "closed", "reason", "decided_by"]
    readonly_fields = ["decided", "closed"]

    @show.column("Decided")
    def decided(self, decision: PeriodClosing) -> str:
        return show.instant(decision.decided_at)

    @show.column("Closed through")
    def closed(self, decision: PeriodClosing) -> Any:
        return show.badge("open again", "info") if decision.closed_through is None else str(decision.closed_through)

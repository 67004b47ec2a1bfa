"""Exports at the manager's desk: who made which list into a file, and what became of it. The files are not shown."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from inventory_project.desk import show
from inventory_project.desk.model_admin import ReadOnlyAdmin
from inventory_project.desk.session import desk_of
from stock.admin.numbered import FoundByNumber
from stock.models import ExportJob
from stock.selectors import exports

STATE_COLORS = {"running": "warning", "ready": "success", "failed": "danger"}


@admin.register(ExportJob)
class ExportJobAdmin(FoundByNumber, ReadOnlyAdmin):
    icon, place, log_name = "download", 38, "export"
    words = ("export", "exports")
    list_display = ["number_shown", "path", "format", "state", "rows", "size", "actor_label", "asked", "until"]
    list_filter = [("status", ChoicesDropdownFilter), ("format", ChoicesDropdownFilter)]
    letters = "EXP"
    search_fields = ["path"]
    search_help_text = "Number or address of the list"
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = [
        "number_shown", "path", "query", "format", "state", "error", "rows", "size", "file_name", "actor_label",
        "asked", "ready", "until",
    ]  # fmt: skip
    readonly_fields = ["number_shown", "state", "asked", "ready", "until"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return exports.at_desk(desk_of(request).access).order_by(*self.ordering)

    @show.column("Export")
    def number_shown(self, job: ExportJob) -> str:
        return job.label

    @show.column("State")
    def state(self, job: ExportJob) -> Any:
        return show.badge(job.get_status_display(), STATE_COLORS.get(job.status, ""))

    @show.column("Asked for")
    def asked(self, job: ExportJob) -> str:
        return show.instant(job.created_at)

    @show.column("Ready")
    def ready(self, job: ExportJob) -> str:
        return show.instant(job.ready_at)

    @show.column("Kept until")
    def until(self, job: ExportJob) -> str:
        return show.instant(job.expires_at)

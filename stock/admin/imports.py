"""Imports at the manager's desk: what came in, when, from whom, and what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from inventory_project.desk import show
from inventory_project.desk.model_admin import ReadOnlyAdmin, ReadOnlyInline
from inventory_project.desk.session import desk_of
from stock.admin.numbered import FoundByNumber
from stock.models import ImportJob, ImportProblem
from stock.selectors import imports

STATE_COLORS = {"ready": "info", "applying": "warning", "applied": "success", "failed": "danger"}


class ImportProblemInline(ReadOnlyInline):
    model = ImportProblem
    verbose_name_plural = "Rows that failed, were skipped, or deserve a look"
    per_page = 50
    hide_title = True
    show_change_link = False
    fields = ["line", "column", "value", "reason", "outcome"]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).order_by("line", "id")


@admin.register(ImportJob)
class ImportJobAdmin(FoundByNumber, ReadOnlyAdmin):
    icon, place, log_name = "upload_file", 37, "import"
    words = ("import", "imports")
    list_display = [
        "number_shown", "file_name", "kind", "state", "rows", "succeeded", "skipped", "failed", "actor_label", "sent",
    ]  # fmt: skip
    list_filter = [("status", ChoicesDropdownFilter), ("kind", ChoicesDropdownFilter)]
    letters = "IMP"
    search_fields = ["file_name"]
    search_help_text = "Number or name of the file"
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = [
        "number_shown", "file_name", "kind", "state", "error", "rows", "succeeded", "skipped", "failed", "notices",
        "sha256", "actor_label", "sent", "applied", "undone", "undone_by",
    ]  # fmt: skip
    readonly_fields = ["number_shown", "state", "sent", "applied", "undone"]
    inlines = [ImportProblemInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        return imports.visible_to(desk_of(request).access).order_by(*self.ordering)

    @show.column("Import")
    def number_shown(self, job: ImportJob) -> str:
        return job.label

    @show.column("State")
    def state(self, job: ImportJob) -> Any:
        return show.badge(job.get_status_display(), STATE_COLORS.get(job.status, ""))

    @show.column("Sent")
    def sent(self, job: ImportJob) -> str:
        return show.instant(job.created_at)

    @show.column("Applied")
    def applied(self, job: ImportJob) -> str:
        return show.instant(job.applied_at)

    @show.column("Undone")
    def undone(self, job: ImportJob) -> str:
        return show.instant(job.undone_at)

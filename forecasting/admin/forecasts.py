"""Forecasts at the manager's desk: runs, what they say of each product, and what became of it. Read-only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.widgets import UnfoldAdminTextInputWidget

from catalog import selectors as catalog
from catalog.models import Product
from forecasting.choices import RunStatus
from forecasting.models import Forecast, ForecastRun
from forecasting.selectors import accuracy, forecasts
from inventory_project.desk import pages, show
from inventory_project.desk.model_admin import ReadOnlyAdmin
from inventory_project.desk.session import Desk

COLORS = {RunStatus.RUNNING: "info", RunStatus.FINISHED: "success", RunStatus.FAILED: "danger"}


@admin.register(ForecastRun)
class ForecastRunAdmin(ReadOnlyAdmin):
    """Forecasts of everything; the finished one that is shown is marked."""

    icon, place, log_name = "model_training", 20, "forecast_run"
    words = ("forecast run", "forecast runs")
    list_display = ["due_date", "trigger", "state", "shown", "series_shown", "finished", "actor_label"]
    list_filter = [("status", ChoicesDropdownFilter), ("trigger", ChoicesDropdownFilter)]
    search_fields = ["actor_label"]
    search_help_text = "Who asked"
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = [
        "due_date", "trigger", "state", "shown", "series_shown", "chunks", "chunks_done", "first_day", "last_day",
        "error", "actor_label", "asked", "started", "finished", "code_version",
    ]  # fmt: skip
    readonly_fields = ["state", "shown", "series_shown", "asked", "started", "finished"]

    @show.column("State")
    def state(self, run: ForecastRun) -> Any:
        return show.badge(run.get_status_display(), COLORS.get(RunStatus(run.status), ""))

    @show.column("Shown")
    def shown(self, run: ForecastRun) -> Any:
        return show.badge("now", "success") if run.is_current else show.NOTHING

    @show.column("Products in stores")
    def series_shown(self, run: ForecastRun) -> str:
        return f"{show.number(run.series_done)} of {show.number(run.series)}"

    @show.column("Asked")
    def asked(self, run: ForecastRun) -> str:
        return show.instant(run.created_at)

    @show.column("Began")
    def started(self, run: ForecastRun) -> str:
        return show.instant(run.started_at)

    @show.column("Finished")
    def finished(self, run: ForecastRun) -> str:
        return show.instant(run.finished_at)


class WordsForm(forms.Form):
    product = forms.CharField(
        required=False, max_length=100, widget=UnfoldAdminTextInputWidget, label="Words of the product"
    )


def _forecasts(desk: Desk, wanted: dict[str, Any]) -> Any:
    rows = forecasts.visible_to(desk.access).select_related("store", "product")
    if wanted.get("product"):
        rows = rows.filter(product_id__in=catalog.matching(Product.objects.all(), wanted["product"]).values("id"))
    return rows.order_by("store_id", "product_id")


def _units(days: int) -> Any:
    def shown(row: Forecast) -> str:
        found = forecasts.total(vars(row), days)
        return f"{found['units']:.1f} ({found['low']:.0f} to {found['high']:.0f})"

    return shown


def _outcomes(desk: Desk, wanted: dict[str, Any]) -> Any:
    rows = accuracy.outcomes_visible_to(desk.access).select_related("store")
    return rows.order_by("-first_day", "store_id", "days")


pages.add(
    pages.TablePage(
        room="forecasting",
        slug="forecasts",
        title="Forecasts",
        icon="trending_up",
        place=10,
        explanation="Units each product will sell in each store, and between which figures it stays 9 times in 10.",
        filters=WordsForm,
        rows=_forecasts,
        columns=lambda desk: [
            ("Store", lambda row: row.store),
            ("Product", lambda row: row.product),
            ("From", lambda row: row.first_day.isoformat()),
            ("1 day", _units(1)),
            ("7 days", _units(7)),
            ("30 days", _units(30)),
            ("State", lambda row: row.get_state_display()),
            ("Method", lambda row: row.get_method_display()),
        ],
    ),
    pages.TablePage(
        room="forecasting",
        slug="outcomes",
        title="Forecast and happened",
        icon="rule",
        place=30,
        explanation="What nightly forecasts expected of the next days, beside what was sold on them.",
        rows=_outcomes,
        columns=lambda desk: [
            ("From", lambda row: row.first_day.isoformat()),
            ("Days", lambda row: row.days),
            ("Store", lambda row: row.store),
            ("Forecast", lambda row: f"{row.forecast:.1f}"),
            ("Sold", lambda row: f"{row.units:.1f}"),
            ("Off", lambda row: f"{row.absolute / row.units:.0%}" if row.units else show.NOTHING),
        ],
    ),
)

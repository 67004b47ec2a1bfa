"""Closed periods: through which business day the books are closed, who decided it, and the decision itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin

from inventory_project.desk import show
from inventory_project.desk.filters import DayFilter
from inventory_project.desk.forms import DayInput
from inventory_project.desk.model_admin import ReadOnlyAdmin
from inventory_project.desk.session import Desk
from inventory_project.desk.starts import Start, StartForm, WithStarts
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Role
from stock.admin import starting
from stock.choices import COUNTS_GOING_ON, CountState
from stock.models import PeriodClosing, StockCount
from stock.selectors import overview, periods
from stock.services import periods as services

FIRST_DAY = date(2000, 1, 1)
ALL_OPEN = "all days are open"
CLOSING = (
    "From then on nothing that happened on these days enters the books, at any door: no late sale of a till that was "
    "offline, no correction, no import. It is refused, and recorded as refused. A movement of these days that was "
    "wrong can still be reversed; the reversal is booked today. An admin can open the books again, and the log keeps "
    "both."
)
OPENING = (
    "Movements of the days that are opened are taken again, and figures of those days may change. Reports you gave out "
    "may no longer agree with the books. The log keeps who opened them, and why."
)


class DecisionForm(StartForm):
    """A day and the reason for it."""

    closed_through = forms.DateField(
        widget=DayInput,
        label="Closed through",
        help_text="The last business day whose books are closed, in every store.",
    )
    reason = starting.text(300, min_length=3, help_text="Kept with the decision and in the log.")

    def clean_closed_through(self) -> date | None:
        day: date | None = self.cleaned_data["closed_through"]
        if day is not None and day < FIRST_DAY:
            raise forms.ValidationError(f"A day from the year {FIRST_DAY.year} on is needed.")
        return day


class CloseForm(DecisionForm):
    """Only later days: an earlier one opens."""

    def clean_closed_through(self) -> date | None:
        day, before = super().clean_closed_through(), periods.closed_through()
        if day is not None and before is not None and day <= before:
            raise forms.ValidationError(f"The books are closed through {before} already.")
        return day


class OpenForm(DecisionForm):
    """Only earlier days, or none."""

    def at_desk(self, desk: Desk) -> None:
        self.fields["closed_through"].required = False
        self.fields["closed_through"].label = "Stay closed through"
        self.fields["closed_through"].help_text = "Later days are opened. Empty: all of them."

    def clean_closed_through(self) -> date | None:
        day, before = super().clean_closed_through(), periods.closed_through()
        if day is not None and (before is None or day >= before):
            raise forms.ValidationError(f"The books are closed through {before or ALL_OPEN}; give an earlier day.")
        return day


def _stands(day: date | None) -> str:
    return str(day) if day else ALL_OPEN


def _review_closing(desk: Desk, data: dict[str, Any]) -> tuple[list[tuple[str, Any]], str]:
    waiting = overview.count_waiting(desk.access)
    counts = StockCount.objects.filter(state__in=[*COUNTS_GOING_ON, CountState.COUNTED]).count()
    facts = [
        ("Closed so far through", _stands(periods.closed_through())),
        ("Closed from now on through", _stands(data["closed_through"])),
        ("Reason", data["reason"]),
        ("Movements that wait to be applied", show.number(waiting)),
        ("Counts not posted yet", show.number(counts)),
    ]
    return facts, CLOSING


def _review_opening(desk: Desk, data: dict[str, Any]) -> tuple[list[tuple[str, Any]], str]:
    facts = [
        ("Closed so far through", _stands(periods.closed_through())),
        ("Closed from now on through", _stands(data["closed_through"])),
        ("Reason", data["reason"]),
    ]
    return facts, OPENING


def _decide(desk: Desk, data: dict[str, Any], rows: list[dict[str, Any]]) -> Any:
    with tenancy.scope(desk.access.organization_id, durable=True):
        day, reason = data["closed_through"], data["reason"]
        return services.close(closed_through=day, reason=reason, acting_as=desk.actor).pk


def _something_is_closed(desk: Desk) -> bool:
    return periods.closed_through() is not None


STARTS = (
    Start(
        name="close_books",
        title="Close the books",
        submit="Go on",
        sure="Close the books",
        done="The books are closed.",
        icon="lock",
        role=Role.ADMIN,
        form=CloseForm,
        review=_review_closing,
        call=_decide,
    ),
    Start(
        name="open_books",
        title="Open the books again",
        submit="Go on",
        sure="Open the books",
        done="The books are open.",
        icon="lock_open",
        role=Role.ADMIN,
        form=OpenForm,
        fits=_something_is_closed,
        review=_review_opening,
        call=_decide,
    ),
)


@admin.register(PeriodClosing)
class PeriodClosingAdmin(WithStarts, ReadOnlyAdmin):
    icon, place, log_name = "event_busy", 58, "period"
    words = ("closed period", "closed periods")
    list_display = ["decided", "closed", "reason", "decided_by"]
    list_filter = [("decided_at", DayFilter)]
    search_fields = ["reason", "decided_by"]
    search_help_text = "Reason or who decided"
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = ["decided", "closed", "reason", "decided_by"]
    readonly_fields = ["decided", "closed"]
    starts = STARTS

    @show.column("Decided")
    def decided(self, decision: PeriodClosing) -> str:
        return show.instant(decision.decided_at)

    @show.column("Closed through")
    def closed(self, decision: PeriodClosing) -> Any:
        return show.badge("open again", "info") if decision.closed_through is None else str(decision.closed_through)

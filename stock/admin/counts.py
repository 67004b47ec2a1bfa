"""Stock counts: where they stand, what was posted, and the steps a manager takes. The same services as the API's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget, UnfoldBooleanWidget

from inventory_project.desk import show
from inventory_project.desk.filters import RelatedFilter
from inventory_project.desk.forms import DayInput
from inventory_project.desk.model_admin import ReadOnlyAdmin, ReadOnlyInline
from inventory_project.desk.session import Desk, desk_of
from inventory_project.desk.starts import LineForm, Lines, Start, WithStarts
from inventory_project.desk.steps import Step, StepForm, WithSteps
from inventory_project.kernel.access import Role
from stock.admin import starting
from stock.admin.numbered import FoundByNumber
from stock.choices import COUNTS_GOING_ON, COUNTS_OVER, CountKind, CountState
from stock.models import StockCount, StockCountLine
from stock.selectors import counts
from stock.services import count_posting
from stock.services import counts as services
from stock.services.counts import Verb

LINES_A_PAGE = 50
STATE_COLORS = {
    "counting": "info",
    "counted": "warning",
    "recount": "warning",
    "posted": "success",
}
KINDS = (
    "Full: every product of the store. Cycle: the products below, or what is due. Spot: the products below, and "
    "what is found besides."
)
WHICH = [
    ("outside_tolerance", "Lines outside the tolerance"),
    ("variance", "Lines that differ from the books"),
    ("moved", "Lines that moved while they were counted"),
]


class RecountForm(StepForm):
    which = forms.ChoiceField(choices=WHICH, widget=UnfoldAdminSelectWidget, label="What is counted again")


class ApproveForm(StepForm):
    uncounted_as_zero = forms.BooleanField(
        required=False,
        widget=UnfoldBooleanWidget,
        label="What nobody counted is not there",
        help_text="Otherwise lines nobody counted stay as the books have them.",
    )
    accept_moved = forms.BooleanField(
        required=False,
        widget=UnfoldBooleanWidget,
        label="Accept lines that moved while they were counted",
        help_text="The moment of the last entry is theirs. Otherwise they must be counted again.",
    )


def _how(name: str, desk: Desk, count: StockCount, data: dict[str, Any]) -> dict[str, Any]:
    return {"count_id": count.pk, "verb": Verb(name, desk.access, desk.actor, data["key"])}


def _is(*states: str) -> Any:
    return lambda desk, count: count.state in states


STEPS = (
    Step(
        name="start",
        title="Start the count",
        submit="Start",
        done="The count was started.",
        icon="play_arrow",
        role=Role.STAFF,
        warning="Selling goes on meanwhile.",
        fits=_is(CountState.PLANNED),
        call=lambda desk, count, data: services.start(**_how("start", desk, count, data)),
    ),
    Step(
        name="submit",
        title="Send the count to review",
        submit="Send to review",
        done="The count is in review.",
        icon="rate_review",
        role=Role.STAFF,
        warning="No more entries are taken, unless a recount is asked for.",
        fits=_is(*COUNTS_GOING_ON),
        call=lambda desk, count, data: services.submit(**_how("submit", desk, count, data)),
    ),
    Step(
        name="approve",
        title="Approve the count",
        submit="Approve",
        done="The count was posted.",
        icon="check_circle",
        warning="Each line that differs from the books of the moment it was counted is corrected: all or none.",
        form=ApproveForm,
        fits=_is(CountState.COUNTED),
        call=lambda desk, count, data: count_posting.approve(
            uncounted_as_zero=data["uncounted_as_zero"],
            accept_moved=data["accept_moved"],
            **_how("approve", desk, count, data),
        ),
    ),
    Step(
        name="recount",
        title="Count some lines again",
        submit="Recount",
        done="The recount was asked for.",
        icon="restart_alt",
        form=RecountForm,
        fits=_is(CountState.COUNTED),
        call=lambda desk, count, data: services.recount(
            products=(), which=data["which"], **_how("recount", desk, count, data)
        ),
    ),
    Step(
        name="cancel",
        title="Cancel the count",
        submit="Cancel count",
        done="The count was cancelled.",
        icon="cancel",
        warning="Nothing of it is posted.",
        fits=lambda desk, count: count.state not in COUNTS_OVER,
        call=lambda desk, count, data: services.cancel(**_how("cancel", desk, count, data)),
    ),
)


class PlanForm(starting.OfStoreForm):
    kind = forms.ChoiceField(choices=CountKind.choices, widget=UnfoldAdminSelectWidget, help_text=KINDS)
    name = starting.text(120, required=False)
    planned_for = forms.DateField(required=False, widget=DayInput, label="Planned for")
    take = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=services.MAX_PRODUCTS,
        widget=UnfoldAdminIntegerFieldWidget,
        label="How many of the due",
        help_text="Only for a cycle count without products of its own.",
    )
    blind = forms.BooleanField(
        required=False,
        initial=True,
        widget=UnfoldBooleanWidget,
        label="Blind",
        help_text="Those who count do not see what the books say.",
    )


def _plan(desk: Desk, data: dict[str, Any], rows: list[dict[str, Any]]) -> Any:
    count_id, _ = services.plan(
        store=data["store"].pk,
        values={name: data[name] for name in ("kind", "name", "planned_for", "blind")},
        products=[row["product"].pk for row in rows] or None,
        take=data["take"],
        verb=Verb("plan", desk.access, desk.actor, data["key"]),
    )
    return count_id


STARTS = (
    Start(
        name="plan",
        title="New count",
        submit="Plan",
        done="The count was planned.",
        explanation="Nobody counts before it is started.",
        form=PlanForm,
        lines=Lines(form=LineForm, found_in=starting.PRODUCT, least=0, title="Products, unless it is a full count"),
        call=_plan,
    ),
)


class StockCountLineInline(ReadOnlyInline):
    """What was posted. Before, the books stay out of sight here, so that a blind count is blind."""

    model = StockCountLine
    verbose_name_plural = "Lines"
    per_page = LINES_A_PAGE
    hide_title = True
    show_change_link = False
    fields = ["product", "found", "expected", "difference", "when", "besides"]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("product").order_by("id")

    @show.column("Counted")
    def found(self, line: StockCountLine) -> str:
        return show.number(line.counted)

    @show.column("Book")
    def expected(self, line: StockCountLine) -> str:
        return show.number(line.book)

    @show.column("Variance")
    def difference(self, line: StockCountLine) -> Any:
        return show.signed(line.variance) if line.variance else show.number(line.variance)

    @show.column("Found besides")
    def besides(self, line: StockCountLine) -> Any:
        return show.badge("added", "info") if line.added else show.NOTHING

    @show.column("Counted at")
    def when(self, line: StockCountLine) -> str:
        return show.instant(line.counted_at)


@admin.register(StockCount)
class StockCountAdmin(WithStarts, WithSteps, FoundByNumber, ReadOnlyAdmin):
    icon, place, log_name = "checklist", 36, "count"
    words = ("stock count", "stock counts")
    list_display = ["number_shown", "store", "name", "kind_shown", "state_shown", "planned_for", "planned_by", "posted"]
    list_filter = [("state", ChoicesDropdownFilter), ("kind", ChoicesDropdownFilter), ("store", RelatedFilter)]
    list_select_related = ["store"]
    letters = "CNT"
    search_fields = ["name"]
    search_help_text = "Number or name of the count"
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = [
        "number_shown", "store", "name", "kind_shown", "state_shown", "blind", "planned_for", "planned_by", "posted_by",
        "posted",
    ]  # fmt: skip
    readonly_fields = ["number_shown", "kind_shown", "state_shown", "posted"]
    inlines = [StockCountLineInline]
    steps, starts = STEPS, STARTS

    def facts_of(self, count: StockCount) -> list[tuple[str, Any]]:
        found = StockCountLine.objects.filter(count=count).count()
        return [
            ("Count", count.label),
            ("Store", count.store),
            ("Kind", count.get_kind_display()),
            ("State", count.get_state_display()),
            ("Lines", show.number(found)),
        ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return counts.visible_to(desk_of(request).access).order_by(*self.ordering)

    @show.column("Count")
    def number_shown(self, count: StockCount) -> str:
        return count.label

    @show.column("Kind")
    def kind_shown(self, count: StockCount) -> str:
        return str(count.get_kind_display())

    @show.column("State")
    def state_shown(self, count: StockCount) -> Any:
        return show.badge(count.get_state_display(), STATE_COLORS.get(count.state, ""))

    @show.column("Posted")
    def posted(self, count: StockCount) -> str:
        return show.instant(count.posted_at)

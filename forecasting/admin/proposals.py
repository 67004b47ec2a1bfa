"""Restock proposals at the desk: what to order or move, why, and the steps a manager takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter, MultipleChoicesDropdownFilter
from unfold.widgets import UnfoldAdminTextInputWidget, UnfoldBooleanWidget

from catalog.admin import FoundByProduct
from forecasting.errors import NumbersChanged
from forecasting.models import RestockLine, RestockProposal
from forecasting.models.proposals import LineStatus, ProposalStatus
from forecasting.selectors import overrides, restock_lines
from forecasting.services import acceptance, line_decisions
from forecasting.services.proposals import label
from inventory_project.desk import show
from inventory_project.desk.filters import RelatedFilter
from inventory_project.desk.model_admin import ReadOnlyAdmin
from inventory_project.desk.session import Desk
from inventory_project.desk.steps import Step, StepForm, WithSteps
from inventory_project.kernel import tenancy
from stock.admin.numbered import FoundByNumber

COLORS = {ProposalStatus.QUEUED: "info", ProposalStatus.READY: "success", ProposalStatus.FAILED: "danger"}
LINE_COLORS = {LineStatus.ACCEPTED: "success", LineStatus.SNOOZED: "info", LineStatus.DISMISSED: ""}


class AcceptForm(StepForm):
    fresh = forms.BooleanField(
        required=False,
        widget=UnfoldBooleanWidget,
        label="Take the quantity of this moment",
        help_text="Where stock has changed since the proposal was made. Otherwise nothing is done then.",
    )


class DismissForm(StepForm):
    reason = forms.CharField(max_length=300, required=False, widget=UnfoldAdminTextInputWidget)


def _open(desk: Desk, line: RestockLine) -> bool:
    return line.status in line_decisions.OPEN and line.proposal.is_current


def _accept(desk: Desk, line: RestockLine, data: dict[str, Any]) -> object:
    who: dict[str, Any] = {"access": desk.access, "acting_as": desk.actor, "key": data["key"]}
    try:
        return acceptance.accept(line_ids=[line.pk], use_fresh=data["fresh"], **who)
    except NumbersChanged as refusal:
        then, now = (show.number(refusal.fields["lines"][str(line.pk)][name]) for name in ("quantity", "quantity_now"))
        raise NumbersChanged(f"Stock has changed since: {now} would be proposed now, not {then}.") from refusal


def _dismiss(desk: Desk, line: RestockLine, data: dict[str, Any]) -> object:
    with tenancy.scope(desk.access.organization_id, durable=True):
        line_decisions.dismiss(line_id=line.pk, reason=data["reason"], access=desk.access, acting_as=desk.actor)
    return None


STEPS = (
    Step(
        name="accept",
        title="Accept the line",
        submit="Accept",
        done="A draft was made of it, unless nothing is needed any more.",
        icon="done",
        warning="It becomes a draft to the supplier, or a draft transfer. Nothing is sent yet.",
        form=AcceptForm,
        fits=_open,
        call=_accept,
    ),
    Step(
        name="dismiss",
        title="Not this time",
        submit="Dismiss",
        done="The line was dismissed.",
        icon="close",
        warning="The next proposal may name it again.",
        form=DismissForm,
        fits=_open,
        call=_dismiss,
    ),
)


@admin.register(RestockProposal)
class RestockProposalAdmin(FoundByNumber, ReadOnlyAdmin):
    icon, place, log_name = "lightbulb", 50, "proposal"
    words = ("restock proposal", "restock proposals")
    list_display = ["name", "trigger", "state", "shown", "lines", "actor_label", "finished"]
    list_filter = [("status", ChoicesDropdownFilter), ("trigger", ChoicesDropdownFilter)]
    letters, number_field = "R", "pk"
    search_fields = ["actor_label"]
    search_help_text = "Number, or who asked"
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = [
        "name",
        "trigger",
        "state",
        "shown",
        "forecast_age",
        "series",
        "lines",
        "lines_left_out",
        "error",
        "actor_label",
        "finished",
    ]
    readonly_fields = ["name", "state", "shown", "finished"]

    @show.column("Proposal")
    def name(self, proposal: RestockProposal) -> str:
        return label(proposal.pk)

    @show.column("State")
    def state(self, proposal: RestockProposal) -> Any:
        return show.badge(proposal.get_status_display(), COLORS[ProposalStatus(proposal.status)])

    @show.column("Shown")
    def shown(self, proposal: RestockProposal) -> Any:
        return show.badge("now", "success") if proposal.is_current else show.NOTHING

    @show.column("Ready")
    def finished(self, proposal: RestockProposal) -> str:
        return show.instant(proposal.finished_at)


@admin.register(RestockLine)
class RestockLineAdmin(WithSteps, FoundByProduct, ReadOnlyAdmin):
    """The lines of the proposal that is shown, and those that were decided about."""

    icon, place, log_name, store_path = "add_shopping_cart", 45, "restock_line", "store_id"
    words = ("restock line", "restock lines")
    list_display = ["product", "store", "source", "units", "state", "rank"]
    list_filter = [
        ("status", MultipleChoicesDropdownFilter),
        ("source", ChoicesDropdownFilter),
        ("store", RelatedFilter),
        ("supplier", RelatedFilter),
    ]
    list_select_related = ["product", "store", "from_store", "proposal"]
    ordering = ["-proposal_id", "rank", "id"]
    sortable_by: list[str] = []
    fields = [
        "product", "store", "source", "from_store", "supplier", "sentence", "units", "arithmetic", "state", "reason",
        "chosen_by", "decided_by", "decided", "outcome",
    ]  # fmt: skip
    readonly_fields = ["sentence", "units", "arithmetic", "state", "decided", "outcome"]
    steps = STEPS

    def facts_of(self, line: RestockLine) -> list[tuple[str, Any]]:
        return [("Product", line.product), ("For", line.store), ("Units", show.number(line.chosen or line.quantity))]

    @show.column("Units")
    def units(self, line: RestockLine) -> str:
        return show.number(line.accepted or line.chosen or line.quantity)

    @show.column("State")
    def state(self, line: RestockLine) -> Any:
        return show.badge(line.get_status_display(), LINE_COLORS.get(LineStatus(line.status), "warning"))

    @show.column("In words")
    def sentence(self, line: RestockLine) -> str:
        return restock_lines.sentence_of(line)

    @show.column("Arithmetic")
    def arithmetic(self, line: RestockLine) -> str:
        steps = restock_lines.steps_of(line)
        return "; ".join(f"{step['step'].replace('_', ' ')}: {step['how']} = {step['result']:g}" for step in steps)

    @show.column("Decided")
    def decided(self, line: RestockLine) -> str:
        return show.instant(line.decided_at)

    @show.column("What became of it")
    def outcome(self, line: RestockLine) -> str:
        return overrides.sentence_of_line(line.pk) or show.NOTHING

"""Transfers: where they stand, what their lines say, and the steps a manager takes. The same services as the API's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Sum
from django.http import HttpRequest
from unfold.contrib.filters.admin import MultipleChoicesDropdownFilter
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from inventory_project.desk import show
from inventory_project.desk.filters import RelatedFilter
from inventory_project.desk.forms import DayInput
from inventory_project.desk.model_admin import ReadOnlyAdmin, ReadOnlyInline
from inventory_project.desk.session import Desk, desk_of
from inventory_project.desk.starts import Start, StartForm, WithStarts
from inventory_project.desk.steps import Step, StepForm, WithSteps
from inventory_project.kernel.access import Role
from stock.admin import starting
from stock.admin.numbered import FoundByNumber
from stock.models import TransferLine, TransferOrder
from stock.models.transfer_orders import BEFORE_DISPATCH, UNDER_WAY, TransferStatus
from stock.selectors import transfer_orders
from stock.services import transfer_orders as orders
from stock.services import transfer_shipments as shipments
from stock.services.transfer_shipments import Settlement

LINES_A_PAGE = 50
STATE_COLORS = {
    "requested": "info",
    "approved": "info",
    "dispatched": "warning",
    "partially_received": "warning",
    "received": "success",
    "closed": "success",
}
OUTCOMES = [
    ("", "Choose"),
    (Settlement.RETURNED, "It came back to the source"),
    (Settlement.WRITTEN_OFF, "It is lost: write it off"),
]


class CancelForm(StepForm):
    reason = forms.CharField(max_length=300, min_length=3, widget=UnfoldAdminTextInputWidget)


class SettleForm(CancelForm):
    """What became of all that is still in transit."""

    field_order = ["outcome", "reason"]

    outcome = forms.ChoiceField(choices=OUTCOMES, widget=UnfoldAdminSelectWidget, label="What became of it")


def _who(desk: Desk, order: TransferOrder, data: dict[str, Any]) -> dict[str, Any]:
    return {"order_id": str(order.pk), "access": desk.access, "acting_as": desk.actor, "key": data["key"]}


def _is(*states: str, at: tuple[str, ...] = ("source_id", "destination_id")) -> Any:
    """Offered in these states to whoever may work at one of these ends."""

    def fits(desk: Desk, order: TransferOrder) -> bool:
        return order.status in states and any(desk.access.allows_store(getattr(order, end)) for end in at)

    return fits


STEPS = (
    Step(
        name="request_it",
        title="Ask for the transfer",
        submit="Request",
        done="The transfer was requested.",
        icon="outgoing_mail",
        role=Role.STAFF,
        warning="From now on its lines stand.",
        fits=_is(TransferStatus.DRAFT),
        call=lambda desk, order, data: orders.request(**_who(desk, order, data)),
    ),
    Step(
        name="approve",
        title="Approve the transfer",
        submit="Approve",
        done="The transfer was approved.",
        icon="check_circle",
        fits=_is(TransferStatus.REQUESTED),
        call=lambda desk, order, data: orders.approve(**_who(desk, order, data)),
    ),
    Step(
        name="dispatch_all",
        title="Dispatch the transfer",
        submit="Dispatch all",
        done="The transfer is on its way.",
        icon="local_shipping",
        role=Role.STAFF,
        warning="All that was asked for leaves the source now. Less is sent by the API.",
        fits=_is(TransferStatus.REQUESTED, TransferStatus.APPROVED, at=("source_id",)),
        call=lambda desk, order, data: shipments.dispatch(lines=None, **_who(desk, order, data)),
    ),
    Step(
        name="receive_all",
        title="Receive the transfer",
        submit="Receive all",
        done="The transfer was received.",
        icon="inventory",
        role=Role.STAFF,
        warning="All that is in transit has arrived whole. Damaged or missing units are told by the API.",
        fits=_is(*UNDER_WAY, at=("destination_id",)),
        call=lambda desk, order, data: shipments.receive(lines=None, **_who(desk, order, data)),
    ),
    Step(
        name="settle",
        title="Settle what did not arrive",
        submit="Settle",
        done="What was in transit is accounted for.",
        icon="balance",
        warning="It is about all that is still in transit.",
        form=SettleForm,
        fits=_is(*UNDER_WAY),
        call=lambda desk, order, data: shipments.settle(
            outcome=Settlement(data["outcome"]), reason=data["reason"], lines=None, **_who(desk, order, data)
        ),
    ),
    Step(
        name="close",
        title="Close the transfer",
        submit="Close",
        done="The transfer was closed.",
        icon="task_alt",
        fits=_is(TransferStatus.RECEIVED),
        call=lambda desk, order, data: orders.close(**_who(desk, order, data)),
    ),
    Step(
        name="cancel",
        title="Cancel the transfer",
        submit="Cancel transfer",
        done="The transfer was cancelled.",
        icon="cancel",
        form=CancelForm,
        fits=_is(*BEFORE_DISPATCH),
        call=lambda desk, order, data: orders.cancel(reason=data["reason"], **_who(desk, order, data)),
    ),
)


class DraftForm(StartForm):
    """Two stores. Who may work in some stores only names the other end by its code: it is on no list of theirs."""

    from_store = starting.store_field(label="From")
    to_store = starting.store_field(label="To")
    expected_on = forms.DateField(required=False, widget=DayInput, label="Expected on")
    reference = starting.text(100, required=False)
    note = starting.text(1000, required=False)

    def at_desk(self, desk: Desk) -> None:
        if desk.access.store_ids is None:
            starting.offer_stores(self, desk, "from_store", "to_store")
            return
        for name in ("from_store", "to_store"):
            self.fields[name] = starting.text(40, label=self.fields[name].label, help_text="The store's code.")


def _draft(desk: Desk, data: dict[str, Any], rows: list[dict[str, Any]]) -> Any:
    ends = {name: getattr(data[name], "pk", data[name]) for name in ("from_store", "to_store")}
    return orders.create(
        **ends,
        lines=starting.wanted(rows),
        reference=data["reference"],
        note=data["note"],
        expected_on=data["expected_on"],
        **starting.caller(desk, data),
    ).body["id"]


STARTS = (
    Start(
        name="draft",
        title="New transfer",
        submit="Draft",
        done="The transfer was drafted.",
        role=Role.STAFF,
        explanation="A draft moves nothing yet.",
        form=DraftForm,
        lines=starting.PRODUCTS,
        call=_draft,
    ),
)


class TransferLineInline(ReadOnlyInline):
    model = TransferLine
    verbose_name_plural = "Lines"
    per_page = LINES_A_PAGE
    hide_title = True
    show_change_link = False
    fields = ["product", "asked", "sent", "arrived", "under_way", "broken", "missing", "back", "extra_units"]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("product").order_by("position", "id")

    @show.column("Requested")
    def asked(self, line: TransferLine) -> str:
        return show.number(line.requested)

    @show.column("Dispatched")
    def sent(self, line: TransferLine) -> str:
        return show.number(line.dispatched)

    @show.column("Received")
    def arrived(self, line: TransferLine) -> str:
        return show.number(line.received)

    @show.column("In transit")
    def under_way(self, line: TransferLine) -> str:
        return show.number(line.in_transit)

    @show.column("Damaged")
    def broken(self, line: TransferLine) -> str:
        return show.number(line.damaged)

    @show.column("Short")
    def missing(self, line: TransferLine) -> str:
        return show.number(line.short)

    @show.column("Returned")
    def back(self, line: TransferLine) -> str:
        return show.number(line.returned)

    @show.column("Over")
    def extra_units(self, line: TransferLine) -> str:
        return show.number(line.over)


@admin.register(TransferOrder)
class TransferOrderAdmin(WithStarts, WithSteps, FoundByNumber, ReadOnlyAdmin):
    icon, place, log_name = "local_shipping", 35, "transfer"
    words = ("transfer", "transfers")
    list_display = ["label_shown", "source", "destination", "state", "reference", "sent", "ended"]
    list_filter = [("status", MultipleChoicesDropdownFilter), ("source", RelatedFilter), ("destination", RelatedFilter)]
    list_select_related = ["source", "destination"]
    letters = "T"
    search_fields = ["reference"]
    search_help_text = "Number or reference"
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = ["label_shown", "source", "destination", "state", "reference", "note", "expected_on", "sent", "ended"]
    readonly_fields = ["label_shown", "state", "sent", "ended"]
    inlines = [TransferLineInline]
    steps, starts = STEPS, STARTS

    def facts_of(self, order: TransferOrder) -> list[tuple[str, Any]]:
        lines = TransferLine.objects.filter(order=order)
        total = lines.aggregate(asked=Sum("requested", default=0), under_way=Sum("in_transit", default=0))
        return [
            ("Transfer", order.label),
            ("From", order.source),
            ("To", order.destination),
            ("Lines", show.number(lines.count())),
            ("Units asked for", show.number(total["asked"])),
            ("In transit", show.number(total["under_way"])),
        ]

    def get_queryset(self, request: HttpRequest) -> Any:
        """A transfer is seen from both of its ends."""
        return transfer_orders.visible_to(desk_of(request).access).order_by(*self.ordering)

    @show.column("Transfer")
    def label_shown(self, order: TransferOrder) -> str:
        return order.label

    @show.column("State")
    def state(self, order: TransferOrder) -> Any:
        return show.badge(order.get_status_display(), STATE_COLORS.get(order.status, ""))

    @show.column("Dispatched")
    def sent(self, order: TransferOrder) -> str:
        return show.instant(order.dispatched_at)

    @show.column("Ended")
    def ended(self, order: TransferOrder) -> str:
        return show.instant(order.ended_at)

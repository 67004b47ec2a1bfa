"""Orders to suppliers: where they stand and the steps a manager takes. The same services as the API's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F, Sum
from django.http import HttpRequest
from unfold.contrib.filters.admin import MultipleChoicesDropdownFilter
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from inventory_project.desk import show
from inventory_project.desk.filters import RelatedFilter
from inventory_project.desk.model_admin import ReadOnlyAdmin, ReadOnlyInline
from inventory_project.desk.session import Desk, desk_of
from inventory_project.desk.steps import Step, StepForm, WithSteps
from inventory_project.kernel.access import Role
from stock.admin.numbered import FoundByNumber
from stock.models import PurchaseLetter, PurchaseLine, PurchaseOrder
from stock.models.purchase_orders import ON_ORDER, PurchaseStatus, SentBy
from stock.selectors import purchase_orders
from stock.services import goods_receipts as deliveries
from stock.services import purchase_orders as orders

LINES_A_PAGE = 50
STATE_COLORS = {"sent": "info", "partially_received": "warning", "received": "success", "closed": "success"}
LETTER_COLORS = {"sent": "success", "failed": "danger"}
WAYS = [
    ("", "By e-mail if the supplier has an address"),
    (SentBy.EMAIL, "By e-mail"),
    (SentBy.OTHER, "I have told the supplier myself"),
]


class SendForm(StepForm):
    by = forms.ChoiceField(choices=WAYS, required=False, widget=UnfoldAdminSelectWidget, label="How")


class ReceiveForm(StepForm):
    delivery_note = forms.CharField(
        max_length=100,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="The same one is not taken in twice.",
    )


class CloseForm(StepForm):
    reason = forms.CharField(
        max_length=300,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Needed when units are missing: why no more of them will come.",
    )


class CancelForm(StepForm):
    reason = forms.CharField(max_length=300, min_length=3, widget=UnfoldAdminTextInputWidget)


def _who(desk: Desk, order: PurchaseOrder, data: dict[str, Any]) -> dict[str, Any]:
    return {"order_id": str(order.pk), "access": desk.access, "acting_as": desk.actor, "key": data["key"]}


def _is(*states: str) -> Any:
    """Offered in these states."""
    return lambda desk, order: order.status in states


STEPS = (
    Step(
        name="send_it",
        title="Send the order",
        submit="Send",
        done="The order was sent.",
        icon="outgoing_mail",
        warning="From now on its lines stand and are on order.",
        form=SendForm,
        fits=_is(PurchaseStatus.DRAFT),
        call=lambda desk, order, data: orders.send(by=data["by"] or None, **_who(desk, order, data)),
    ),
    Step(
        name="resend",
        title="Mail the order once more",
        submit="Mail again",
        done="The order will be mailed once more.",
        icon="forward_to_inbox",
        fits=_is(*ON_ORDER),
        call=lambda desk, order, data: orders.resend(**_who(desk, order, data)),
    ),
    Step(
        name="receive_all",
        title="Receive the order",
        submit="Receive all",
        done="The delivery was taken in.",
        icon="inventory",
        role=Role.STAFF,
        warning="All that is outstanding has arrived whole. Less, more or damaged units are taken in by the API.",
        form=ReceiveForm,
        fits=_is(*ON_ORDER),
        call=lambda desk, order, data: deliveries.receive(
            lines=None, delivery_note=data["delivery_note"], **_who(desk, order, data)
        ),
    ),
    Step(
        name="close",
        title="Close the order",
        submit="Close",
        done="The order was closed.",
        icon="task_alt",
        warning="What has not come is no longer expected.",
        form=CloseForm,
        fits=_is(PurchaseStatus.PARTIALLY_RECEIVED, PurchaseStatus.RECEIVED),
        call=lambda desk, order, data: orders.close(reason=data["reason"], **_who(desk, order, data)),
    ),
    Step(
        name="cancel",
        title="Cancel the order",
        submit="Cancel order",
        done="The order was cancelled.",
        icon="cancel",
        warning="The supplier is not told from here.",
        form=CancelForm,
        fits=_is(PurchaseStatus.DRAFT, PurchaseStatus.SENT),
        call=lambda desk, order, data: orders.cancel(reason=data["reason"], **_who(desk, order, data)),
    ),
)


class PurchaseLineInline(ReadOnlyInline):
    model = PurchaseLine
    verbose_name_plural = "Lines"
    per_page = LINES_A_PAGE
    hide_title = True
    show_change_link = False
    fields = ["product", "asked", "arrived", "extra_units", "broken", "sent_back", "given_up", "missing"]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("product").order_by("position", "id")

    @show.column("Ordered")
    def asked(self, line: PurchaseLine) -> str:
        return show.number(line.ordered)

    @show.column("Received")
    def arrived(self, line: PurchaseLine) -> str:
        return show.number(line.received)

    @show.column("Over")
    def extra_units(self, line: PurchaseLine) -> str:
        return show.number(line.over)

    @show.column("Damaged")
    def broken(self, line: PurchaseLine) -> str:
        return show.number(line.damaged)

    @show.column("Rejected")
    def sent_back(self, line: PurchaseLine) -> str:
        return show.number(line.rejected)

    @show.column("Cancelled")
    def given_up(self, line: PurchaseLine) -> str:
        return show.number(line.cancelled)

    @show.column("Outstanding")
    def missing(self, line: PurchaseLine) -> str:
        return show.number(line.outstanding)


class PurchaseLetterInline(ReadOnlyInline):
    model = PurchaseLetter
    verbose_name_plural = "Mailed"
    hide_title = True
    show_change_link = False
    fields = ["to", "outcome", "error", "asked_by", "asked"]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).order_by("-id")

    @show.column("State")
    def outcome(self, letter: PurchaseLetter) -> Any:
        return show.badge(letter.get_state_display(), LETTER_COLORS.get(letter.state, ""))

    @show.column("Asked for")
    def asked(self, letter: PurchaseLetter) -> str:
        return show.instant(letter.asked_at)


@admin.register(PurchaseOrder)
class PurchaseOrderAdmin(WithSteps, FoundByNumber, ReadOnlyAdmin):
    icon, place, log_name = "shopping_cart", 36, "purchase"
    words = ("purchase order", "purchase orders")
    list_display = ["label_shown", "supplier", "store", "state", "expected_on", "reference", "sent", "ended"]
    list_filter = [("status", MultipleChoicesDropdownFilter), ("supplier", RelatedFilter), ("store", RelatedFilter)]
    list_select_related = ["supplier", "store"]
    letters = "P"
    search_fields = ["reference", "proposal"]
    search_help_text = "Reference or proposal"
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = [
        "label_shown", "supplier", "store", "state", "currency", "expected_on", "reference", "note", "source",
        "proposal", "created_by", "sent", "sent_by", "ended", "end_reason",
    ]  # fmt: skip
    readonly_fields = ["label_shown", "state", "sent", "ended"]
    inlines = [PurchaseLineInline, PurchaseLetterInline]
    steps = STEPS

    def facts_of(self, order: PurchaseOrder) -> list[tuple[str, Any]]:
        lines = PurchaseLine.objects.filter(order=order)
        total = lines.aggregate(
            asked=Sum("ordered", default=0),
            arrived=Sum(F("received") + F("over"), default=0),
            missing=Sum("outstanding", default=0),
        )
        return [
            ("Order", order.label),
            ("Supplier", order.supplier),
            ("E-mail", order.supplier.email or "none"),
            ("For", order.store),
            ("Lines", show.number(lines.count())),
            ("Units ordered", show.number(total["asked"])),
            ("Received", show.number(total["arrived"])),
            ("Outstanding", show.number(total["missing"])),
        ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return purchase_orders.visible_to(desk_of(request).access).order_by(*self.ordering)

    @show.column("Order")
    def label_shown(self, order: PurchaseOrder) -> str:
        return order.label

    @show.column("State")
    def state(self, order: PurchaseOrder) -> Any:
        return show.badge(order.get_status_display(), STATE_COLORS.get(order.status, ""))

    @show.column("Sent")
    def sent(self, order: PurchaseOrder) -> str:
        return show.instant(order.sent_at)

    @show.column("Ended")
    def ended(self, order: PurchaseOrder) -> str:
        return show.instant(order.ended_at)

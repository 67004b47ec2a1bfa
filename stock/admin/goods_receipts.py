"""Goods receipts: what suppliers delivered, and the reversal of a line. The same services as the API's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminTextInputWidget

from inventory_project.desk import show
from inventory_project.desk.filters import DayFilter, RelatedFilter
from inventory_project.desk.model_admin import ReadOnlyAdmin, ReadOnlyInline
from inventory_project.desk.session import desk_of
from inventory_project.desk.steps import Step, StepForm, WithSteps
from stock.admin.numbered import FoundByNumber
from stock.models import GoodsReceipt, GoodsReceiptLine
from stock.selectors import goods_receipts
from stock.services import goods_receipts as deliveries

LINES_A_PAGE = 50


class ReverseForm(StepForm):
    line = forms.IntegerField(min_value=1, max_value=32767, label="Line", widget=UnfoldAdminIntegerFieldWidget)
    reason = forms.CharField(max_length=300, min_length=3, widget=UnfoldAdminTextInputWidget)


STEPS = (
    Step(
        name="reverse_line",
        title="Reverse a line of the goods receipt",
        submit="Reverse line",
        done="The line was reversed.",
        icon="undo",
        warning="Its movements are reversed, and the units are owed again unless the order is closed.",
        form=ReverseForm,
        fits=lambda desk, receipt: receipt.reversed_at is None,
        call=lambda desk, receipt, data: deliveries.reverse_line(
            receipt_id=str(receipt.pk),
            position=data["line"],
            reason=data["reason"],
            access=desk.access,
            acting_as=desk.actor,
            key=data["key"],
        ),
    ),
)


class GoodsReceiptLineInline(ReadOnlyInline):
    model = GoodsReceiptLine
    verbose_name_plural = "Lines"
    per_page = LINES_A_PAGE
    hide_title = True
    show_change_link = False
    fields = ["position", "product", "good", "broken", "sent_back", "undone", "reversed_by", "reversal_reason"]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("product").order_by("position", "id")

    @show.column("In good order")
    def good(self, line: GoodsReceiptLine) -> str:
        return show.number(line.quantity)

    @show.column("Damaged")
    def broken(self, line: GoodsReceiptLine) -> str:
        return show.number(line.damaged)

    @show.column("Rejected")
    def sent_back(self, line: GoodsReceiptLine) -> str:
        return show.number(line.rejected)

    @show.column("Reversed")
    def undone(self, line: GoodsReceiptLine) -> str:
        return show.instant(line.reversed_at)


@admin.register(GoodsReceipt)
class GoodsReceiptAdmin(WithSteps, FoundByNumber, ReadOnlyAdmin):
    icon, place, log_name = "inventory", 37, "purchase"
    words = ("goods receipt", "goods receipts")
    list_display = ["label_shown", "order", "supplier", "store", "delivery_note", "received", "received_by", "undone"]
    list_select_related = ["order__supplier", "order__store"]
    list_filter = [("order__store", RelatedFilter), ("order__supplier", RelatedFilter), ("received_at", DayFilter)]
    letters = "G"
    search_fields = ["delivery_note"]
    search_help_text = "Number or delivery note"
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = [
        "label_shown", "order", "supplier", "store", "delivery_note", "note", "received", "received_by", "undone",
    ]  # fmt: skip
    readonly_fields = ["label_shown", "supplier", "store", "received", "undone"]
    inlines = [GoodsReceiptLineInline]
    steps = STEPS

    def facts_of(self, receipt: GoodsReceipt) -> list[tuple[str, Any]]:
        lines = GoodsReceiptLine.objects.filter(receipt=receipt).select_related("product").order_by("position")
        kept = ((line, show.number(line.quantity + line.damaged)) for line in lines[:LINES_A_PAGE])
        return [
            ("Goods receipt", receipt.label),
            ("Order", receipt.order),
            *((f"Line {line.position}", f"{line.product}: {units}") for line, units in kept),
        ]

    def get_queryset(self, request: HttpRequest) -> Any:
        visible = goods_receipts.visible_to(desk_of(request).access)
        return visible.select_related("order__supplier", "order__store").order_by(*self.ordering)

    @show.column("Goods receipt")
    def label_shown(self, receipt: GoodsReceipt) -> str:
        return receipt.label

    @show.column("Supplier")
    def supplier(self, receipt: GoodsReceipt) -> str:
        return str(receipt.order.supplier)

    @show.column("Store")
    def store(self, receipt: GoodsReceipt) -> str:
        return str(receipt.order.store)

    @show.column("Received")
    def received(self, receipt: GoodsReceipt) -> str:
        return show.instant(receipt.received_at)

    @show.column("Reversed")
    def undone(self, receipt: GoodsReceipt) -> str:
        return show.instant(receipt.reversed_at)

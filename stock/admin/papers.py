"""Transfers and stock counts: where they stand and what their lines say. Their steps are taken through the API."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from inventory_project.desk import show
from inventory_project.desk.filters import RelatedFilter
from inventory_project.desk.model_admin import ReadOnlyAdmin, ReadOnlyInline
from inventory_project.desk.session import desk_of
from stock.models import StockCount, StockCountLine, TransferLine, TransferOrder
from stock.selectors import counts, transfer_orders

LINES_A_PAGE = 50
STATE_COLORS = {
    "requested": "info",
    "approved": "info",
    "dispatched": "warning",
    "partially_received": "warning",
    "received": "success",
    "closed": "success",
    "counting": "info",
    "counted": "warning",
    "recount": "warning",
    "posted": "success",
}


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
class TransferOrderAdmin(ReadOnlyAdmin):
    icon, place, log_name = "local_shipping", 35, "transfer"
    words = ("transfer", "transfers")
    list_display = ["label_shown", "source", "destination", "state", "reference", "sent", "ended"]
    list_filter = [("status", ChoicesDropdownFilter), ("source", RelatedFilter), ("destination", RelatedFilter)]
    list_select_related = ["source", "destination"]
    search_fields = ["reference"]
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = ["label_shown", "source", "destination", "state", "reference", "note", "expected_on", "sent", "ended"]
    readonly_fields = ["label_shown", "state", "sent", "ended"]
    inlines = [TransferLineInline]

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


class StockCountLineInline(ReadOnlyInline):
    """What was posted. Before, the books stay out of sight here, so that a blind count is blind."""

    model = StockCountLine
    verbose_name_plural = "Lines"
    per_page = LINES_A_PAGE
    hide_title = True
    show_change_link = False
    fields = ["product", "found", "expected", "difference", "when", "added"]
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

    @show.column("Counted at")
    def when(self, line: StockCountLine) -> str:
        return show.instant(line.counted_at)


@admin.register(StockCount)
class StockCountAdmin(ReadOnlyAdmin):
    icon, place, log_name = "checklist", 36, "count"
    words = ("stock count", "stock counts")
    list_display = ["number_shown", "store", "name", "kind_shown", "state_shown", "planned_for", "planned_by", "posted"]
    list_filter = [("state", ChoicesDropdownFilter), ("kind", ChoicesDropdownFilter), ("store", RelatedFilter)]
    list_select_related = ["store"]
    search_fields = ["name"]
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = [
        "number_shown", "store", "name", "kind_shown", "state_shown", "blind", "planned_for", "planned_by", "posted_by",
        "posted",
    ]  # fmt: skip
    readonly_fields = ["number_shown", "kind_shown", "state_shown", "posted"]
    inlines = [StockCountLineInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        return counts.visible_to(desk_of(request).access).order_by(*self.ordering)

    @show.column("Count")
    def number_shown(self, count: StockCount) -> str:
        return count.number

    @show.column("Kind")
    def kind_shown(self, count: StockCount) -> str:
        return str(count.get_kind_display())

    @show.column("State")
    def state_shown(self, count: StockCount) -> Any:
        return show.badge(count.get_state_display(), STATE_COLORS.get(count.state, ""))

    @show.column("Posted")
    def posted(self, count: StockCount) -> str:
        return show.instant(count.posted_at)

"""Balances: what every store holds. They change by movements only; the levels may be set per store."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from unfold.contrib.filters.admin import FieldTextFilter, MultipleChoicesDropdownFilter
from unfold.decorators import action
from unfold.widgets import UnfoldAdminDecimalFieldWidget

from catalog.admin import FoundByProduct, ProductAdmin
from inventory_project.desk import pages, show
from inventory_project.desk.filters import RelatedFilter
from inventory_project.desk.forms import ReasonForm, RecordForm, show_refusal
from inventory_project.desk.model_admin import ReadOnlyInline, VersionedAdmin
from inventory_project.desk.session import desk_of, in_organization, opens_own_scope
from inventory_project.desk.steps import WithSteps
from inventory_project.kernel.errors import DomainError
from stock.admin import hold_steps
from stock.choices import REJECTIONS, STATUS_COLORS, Bucket, Kind, StockStatus
from stock.models import Stock
from stock.services import balances, movements

MOST_ADJUSTED = 50
ROWS_BESIDE_A_PRODUCT = 20


# For callers who may see costs.
COSTS = ("average", "value")


class Columns:
    """A balance in readable columns, in the list and beside a product."""

    @show.column("On hand", order="on_hand")
    def held(self, stock: Stock) -> str:
        return show.number(stock.on_hand)

    @show.column("Reserved", order="reserved")
    def promised(self, stock: Stock) -> str:
        return show.number(stock.reserved)

    @show.column("On hold")
    def unfit(self, stock: Stock) -> str:
        return show.number(stock.on_hold)

    @show.column("On hold as")
    def buckets(self, stock: Stock) -> str:
        held = {Bucket.DAMAGED: stock.on_hold_damaged, Bucket.QUALITY: stock.on_hold_quality}
        words = [f"{show.number(units)} {hold_steps.WORDS[name].lower()}" for name, units in held.items() if units]
        return ", ".join(words) or show.NOTHING

    @show.column("Available")
    def available(self, stock: Stock) -> str:
        return show.number(stock.on_hand - stock.reserved - stock.on_hold)

    @show.column("Reorder at", order="reorder_level")
    def reorder_at(self, stock: Stock) -> str:
        own = "" if stock.reorder_level_override is None else " (own)"
        return f"{show.number(stock.reorder_level)}{own}"

    @show.column("Order up to", order="order_up_to")
    def up_to(self, stock: Stock) -> str:
        own = "" if stock.order_up_to_override is None else " (own)"
        return f"{show.number(stock.order_up_to)}{own}"

    @show.column("State", order="status")
    def state(self, stock: Stock) -> Any:
        return show.badge(stock.get_status_display(), STATUS_COLORS[StockStatus(stock.status)])

    @show.column("Average cost", order="average_cost")
    def average(self, stock: Stock) -> str:
        return show.money(stock.average_cost)

    @show.column("Value")
    def value(self, stock: Stock) -> str:
        return show.money(round(stock.on_hand * stock.average_cost, 2))

    @show.column("Changed", order="updated_at")
    def changed(self, stock: Stock) -> str:
        return show.instant(stock.updated_at)


def _without_costs(request: HttpRequest, names: list[str]) -> list[str]:
    sees_costs = desk_of(request).access.sees_costs
    return [name for name in names if sees_costs or name not in COSTS]


class AdjustForm(ReasonForm):
    """By how much each chosen balance is wrong. The key makes sending the form twice harmless."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, chosen: list[Stock], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        for stock in chosen:
            self.fields[f"delta_{stock.pk}"] = forms.DecimalField(
                required=False,
                max_digits=13,
                decimal_places=3,
                widget=UnfoldAdminDecimalFieldWidget(
                    attrs={
                        "step": "any",
                        "placeholder": "5 or -2",
                        "aria-label": f"Change {stock.product} in {stock.store} by",
                    }
                ),
            )

    @property
    def lines(self) -> list[tuple[Stock, Any]]:
        return [(stock, self[f"delta_{stock.pk}"]) for stock in self.chosen]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(field.name) for _, field in self.lines):
            raise forms.ValidationError("Give at least one change that is not zero.")
        return cleaned

    def movements(self) -> list[dict[str, Any]]:
        """One adjustment for each line that changes something, as the ledger reads them."""
        return [
            {
                "store": stock.store_id,
                "product": stock.product_id,
                "movement_type": Kind.ADJUSTMENT,
                "quantity": f"{self.cleaned_data[field.name]:f}",
                "reason": self.cleaned_data["reason"],
            }
            for stock, field in self.lines
            if self.cleaned_data.get(field.name)
        ]


class StockForm(RecordForm):
    """Only the store's own levels are the manager's to set."""

    reorder_level_override = forms.DecimalField(
        required=False,
        min_value=Decimal(0),
        max_digits=14,
        decimal_places=3,
        label="Own reorder level",
        widget=UnfoldAdminDecimalFieldWidget,
        help_text="Empty: the product's level counts.",
    )
    order_up_to_override = forms.DecimalField(
        required=False,
        min_value=Decimal(0),
        max_digits=14,
        decimal_places=3,
        label="Own order-up-to level",
        widget=UnfoldAdminDecimalFieldWidget,
        help_text="More than this on hand is overstock. Empty: the product's level counts.",
    )


@admin.register(Stock)
class StockAdmin(WithSteps, Columns, FoundByProduct, VersionedAdmin):
    icon, place, log_name, store_path = "inventory", 10, "stock", "store_id"
    words = ("balance", "stock")
    form = StockForm
    list_display = [
        "product", "store", "held", "promised", "unfit", "available", "reorder_at", "up_to", "average", "value",
        "state", "changed",
    ]  # fmt: skip
    list_filter = [
        ("status", MultipleChoicesDropdownFilter),
        ("store", RelatedFilter),
        ("store__region", FieldTextFilter),
        ("product__category", RelatedFilter),
        ("product__supplier", RelatedFilter),
        ("product", RelatedFilter),
    ]
    list_select_related = ["product", "store"]
    ordering = ["product_id", "store_id"]
    actions = ["adjust"]
    steps = hold_steps.STEPS
    fields = [
        "product", "store", "held", "promised", "unfit", "buckets", "available", "reorder_level_override", "reorder_at",
        "order_up_to_override", "up_to", "average", "value", "state",
    ]  # fmt: skip
    readonly_fields = [
        "product", "store", "held", "promised", "unfit", "buckets", "available", "reorder_at", "up_to", "average",
        "value", "state",
    ]  # fmt: skip

    def facts_of(self, stock: Stock) -> list[tuple[str, Any]]:
        return [
            ("Product", stock.product),
            ("Store", stock.store),
            ("On hand", self.held(stock)),
            ("Reserved", self.promised(stock)),
            ("On hold", self.buckets(stock)),
            ("Available", self.available(stock)),
        ]

    def get_list_display(self, request: HttpRequest) -> list[str]:
        return _without_costs(request, self.list_display)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return _without_costs(request, self.fields)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("product", "store")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if form.has_changed():
            levels = form.values(changed_only=True)
            actor = desk_of(request).actor
            balances.set_levels(stock_id=obj.pk, levels=levels, acting_as=actor, expected=form.expected)

    @action(description="Adjust…", permissions=["change"])
    def adjust(self, request: HttpRequest, chosen: Any) -> HttpResponse | None:
        ids = list(chosen.values_list("pk", flat=True)[: MOST_ADJUSTED + 1])
        if len(ids) > MOST_ADJUSTED:
            self.message_user(request, f"Choose at most {MOST_ADJUSTED} at a time.", messages.ERROR)
            return None
        return HttpResponseRedirect(f"{self.url('adjust')}?ids={','.join(map(str, ids))}")

    def get_urls(self) -> list[URLPattern]:
        adjust = path("adjust/", self.admin_site.admin_view(self.adjust_view), name="stock_stock_adjust")
        return [adjust, *super().get_urls()]

    @opens_own_scope
    def adjust_view(self, request: HttpRequest) -> HttpResponse:
        """All lines in one transaction, or none: what was counted together is booked together."""
        with in_organization(request) as desk:
            if not self.has_change_permission(request):
                raise PermissionDenied
            chosen = self._chosen(request)
        form = AdjustForm(request.POST or None, chosen=chosen, initial={"key": f"admin-{uuid.uuid4()}"})
        if request.method == "POST" and form.is_valid():
            try:
                movements.submit_many(
                    raws=form.movements(),
                    access=desk.access,
                    acting_as=desk.actor,
                    key=form.cleaned_data["key"],
                    all_or_nothing=True,
                    source="admin",
                )
                self.message_user(request, f"Adjusted: {len(form.movements())}.", messages.SUCCESS)
                return HttpResponseRedirect(self.url("changelist"))
            except DomainError as refusal:
                _explain(form, refusal)
        with in_organization(request):
            return pages.ask(
                request,
                title="Adjust stock",
                form=form,
                back=self.url("changelist"),
                submit="Book the changes",
                template="desk/adjust.html",
                lines=[(stock, show.number(stock.on_hand), field) for stock, field in form.lines],
            )

    def _chosen(self, request: HttpRequest) -> list[Stock]:
        ids = [int(text) for text in request.GET.get("ids", "").split(",") if text.isascii() and text.isdigit()]
        rows = self.get_queryset(request).filter(pk__in=[one for one in ids[:MOST_ADJUSTED] if one < 2**63])
        chosen = list(rows.select_related("product", "store").order_by(*self.ordering))
        if not chosen:
            raise Http404
        return chosen


def _explain(form: AdjustForm, refusal: DomainError) -> None:
    """A batch's refusal names rows; the form's lines are those rows in order."""
    rows = refusal.fields.get("rows")
    if not isinstance(rows, dict):
        show_refusal(form, refusal)
        return
    lines = [field for _, field in form.lines if form.cleaned_data.get(field.name)]
    for number, errors in rows.items():
        field = lines[int(number) - 1]
        words = "; ".join(str(word) for said in errors.values() for word in said)
        form.add_error(field.name, REJECTIONS.get(words, words))
    form.add_error(None, refusal.detail)


class StockInline(Columns, ReadOnlyInline):
    """A product's balances in every store the caller may see."""

    model = Stock
    verbose_name_plural = "Stock by store"
    per_page = ROWS_BESIDE_A_PRODUCT
    hide_title = True
    fields = ["store", "held", "promised", "unfit", "available", "reorder_at", "up_to", "state"]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("store", "product").order_by("store__name", "store_id")
        store_ids = desk_of(request).access.store_ids
        return rows if store_ids is None else rows.filter(store_id__in=store_ids)


ProductAdmin.inlines = [*ProductAdmin.inlines, StockInline]

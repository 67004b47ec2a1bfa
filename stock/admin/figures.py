"""Figures the ledger keeps, and the proof that they agree with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import OperationalError
from django.db.models import F, Func, IntegerField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from unfold.contrib.filters.admin import ChoicesDropdownFilter, FieldTextFilter
from unfold.decorators import action
from unfold.widgets import UnfoldAdminTextInputWidget

from catalog import selectors as catalog
from catalog.models import Product
from inventory_project.desk import pages, show
from inventory_project.desk.filters import DayFilter
from inventory_project.desk.forms import DayInput
from inventory_project.desk.model_admin import ReadOnlyAdmin
from inventory_project.desk.session import Desk, desk_of, in_organization, opens_own_scope
from stock.models import DailySales, LedgerVerification, SalesHistory, StoreDay, StoreKpi
from stock.services import verification

COSTS = ("cost_shown",)


@admin.register(StoreKpi)
class StoreKpiAdmin(ReadOnlyAdmin):
    """What each store holds, in sums that every movement keeps."""

    icon, place, store_path = "monitoring", 50, "store_id"
    words = ("store's figures", "store figures")
    list_display = [
        "store",
        "products_shown",
        "units_shown",
        "cost_shown",
        "retail_shown",
        "low_shown",
        "out_shown",
        "negative_shown",
        "over_shown",
        "when",
    ]
    list_filter = [("store__kind", ChoicesDropdownFilter), ("store__region", FieldTextFilter)]
    list_select_related = ["store"]
    search_fields = ["store__name", "store__code"]
    search_help_text = "Name or code of the store"
    ordering = ["store__name"]
    fields = list_display
    readonly_fields = list_display

    def get_list_display(self, request: HttpRequest) -> list[str]:
        return self._without_costs(request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self._without_costs(request)

    def _without_costs(self, request: HttpRequest) -> list[str]:
        sees_costs = desk_of(request).access.sees_costs
        return [name for name in self.list_display if sees_costs or name not in COSTS]

    @show.column("Balances", order="products")
    def products_shown(self, kpi: StoreKpi) -> str:
        return show.number(kpi.products)

    @show.column("Units", order="units")
    def units_shown(self, kpi: StoreKpi) -> str:
        return show.number(kpi.units)

    @show.column("At cost", order="cost_value")
    def cost_shown(self, kpi: StoreKpi) -> str:
        return show.money(round(kpi.cost_value, 2))

    @show.column("At retail", order="retail_value")
    def retail_shown(self, kpi: StoreKpi) -> str:
        return show.money(round(kpi.retail_value, 2))

    @show.column("Low", order="low")
    def low_shown(self, kpi: StoreKpi) -> Any:
        return _of_status(kpi, "low")

    @show.column("Out", order="out")
    def out_shown(self, kpi: StoreKpi) -> Any:
        return _of_status(kpi, "out")

    @show.column("Below zero", order="negative")
    def negative_shown(self, kpi: StoreKpi) -> Any:
        return _of_status(kpi, "negative")

    @show.column("Over", order="over")
    def over_shown(self, kpi: StoreKpi) -> Any:
        return _of_status(kpi, "over")

    @show.column("Changed", order="updated_at")
    def when(self, kpi: StoreKpi) -> str:
        return show.instant(kpi.updated_at)


def _of_status(kpi: StoreKpi, status: str) -> Any:
    """How many balances of the store stand so, and the way to them."""
    many = getattr(kpi, status)
    if not many:
        return show.number(0)
    wanted = urlencode({"store__id__exact": str(kpi.store_id), "status__in": status})
    return show.link(f"{reverse('admin:stock_stock_changelist')}?{wanted}", show.number(many))


@admin.register(LedgerVerification)
class LedgerVerificationAdmin(ReadOnlyAdmin):
    """Every figure computed again from the ledger; the only good answer is no difference."""

    icon, place, log_name = "fact_check", 80, "ledger"
    words = ("verification", "verifications")
    list_display = ["when", "verdict", "movements_shown", "balances_shown", "took"]
    list_filter = [("checked_at", DayFilter)]
    ordering = ["-id"]
    actions_list = ["verify"]
    fields = [
        "when", "verdict", "movements_shown", "balances_shown", "balance_drift", "chain_breaks", "kpi_drift",
        "daily_sales_drift", "store_day_drift", "transit_drift", "snapshot_drift", "hold_drift", "reserved_drift",
        "rollup_drift", "receipt_drift", "value_drift",
        "took",
    ]  # fmt: skip
    readonly_fields = fields

    def has_verify_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_write(request, self.write_role)

    @action(description="Verify now", permissions=["verify"], icon="fact_check")
    @opens_own_scope
    def verify(self, request: HttpRequest) -> HttpResponse:
        """Recompute everything now. A GET asks first, because computing writes a result."""
        if request.method != "POST":
            return self._ask(request)
        try:
            result = verification.verify(organization_id=desk_of(request).access.organization_id)
        except OperationalError:
            self.message_user(request, "It takes too long for a page. The nightly run verifies it.", messages.WARNING)
            return HttpResponseRedirect(self.url("changelist"))
        level = messages.ERROR if result.drift else messages.SUCCESS
        self.message_user(request, f"{show.number(result.movements)} movements: {result.drift} differences.", level)
        return HttpResponseRedirect(self.url("changelist"))

    def _ask(self, request: HttpRequest) -> HttpResponse:
        with in_organization(request):
            return pages.ask(
                request,
                title="Verify the ledger",
                form=forms.Form(),
                warning="Balances, figures and daily sales are computed again from every movement and compared.",
                back=self.url("changelist"),
                submit="Verify now",
            )

    @show.column("Checked")
    def when(self, result: LedgerVerification) -> str:
        return show.instant(result.checked_at)

    @show.column("Differences")
    def verdict(self, result: LedgerVerification) -> Any:
        return show.badge(result.drift, "danger") if result.drift else show.badge("none", "success")

    @show.column("Movements")
    def movements_shown(self, result: LedgerVerification) -> str:
        return show.number(result.movements)

    @show.column("Balances")
    def balances_shown(self, result: LedgerVerification) -> str:
        return show.number(result.balances)

    @show.column("Took")
    def took(self, result: LedgerVerification) -> str:
        return f"{show.number(result.milliseconds)} ms"


class DaysForm(forms.Form):
    first_day = forms.DateField(required=False, widget=DayInput, label="From")
    last_day = forms.DateField(required=False, widget=DayInput, label="To")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and first > last:
            self.add_error("first_day", "The first day lies after the last.")
        return cleaned


class WordsForm(forms.Form):
    product = forms.CharField(
        required=False, max_length=100, widget=UnfoldAdminTextInputWidget, label="Words of the product"
    )


class SalesForm(DaysForm, WordsForm):
    """Days and the product's words."""


def _of_days(rows: Any, desk: Desk, wanted: dict[str, Any]) -> Any:
    if desk.access.store_ids is not None:
        rows = rows.filter(store_id__in=desk.access.store_ids)
    if wanted.get("first_day"):
        rows = rows.filter(date__gte=wanted["first_day"])
    if wanted.get("last_day"):
        rows = rows.filter(date__lte=wanted["last_day"])
    return rows


def _sales(desk: Desk, wanted: dict[str, Any]) -> Any:
    rows = _of_days(DailySales.objects.select_related("store", "product"), desk, wanted)
    if wanted.get("product"):
        rows = rows.filter(product_id__in=catalog.matching(Product.objects.all(), wanted["product"]).values("id"))
    return rows.order_by("-date", "store_id", "product_id")


def _days(desk: Desk, wanted: dict[str, Any]) -> Any:
    rows = _of_days(StoreDay.objects.select_related("store"), desk, wanted)
    return rows.order_by("-date", "store_id")


def _histories(desk: Desk, wanted: dict[str, Any]) -> Any:
    rows = SalesHistory.objects.select_related("store", "product").annotate(
        days=Func(F("units"), function="cardinality", output_field=IntegerField())
    )
    if desk.access.store_ids is not None:
        rows = rows.filter(store_id__in=desk.access.store_ids)
    if wanted.get("product"):
        rows = rows.filter(product_id__in=catalog.matching(Product.objects.all(), wanted["product"]).values("id"))
    # The days themselves are many, and not for reading here.
    return rows.defer("units").order_by("store_id", "product_id", "-year")


pages.add(
    pages.TablePage(
        room="stock",
        slug="sales-histories",
        title="Sales histories",
        icon="history",
        place=45,
        explanation="Demand from before the ledger began, as history files told it: a row for each year.",
        filters=WordsForm,
        rows=_histories,
        columns=lambda desk: [
            ("Year", lambda row: row.year),
            ("Store", lambda row: row.store),
            ("Product", lambda row: row.product),
            ("From", lambda row: row.first_day.isoformat()),
            ("Days", lambda row: show.number(row.days)),
        ],
    ),
    pages.TablePage(
        room="stock",
        slug="daily-sales",
        title="Daily sales",
        icon="point_of_sale",
        place=40,
        explanation="Units and money sold of each product in each store by business day. Returns are subtracted.",
        filters=SalesForm,
        rows=_sales,
        columns=lambda desk: [
            ("Day", lambda row: row.date.isoformat()),
            ("Store", lambda row: row.store),
            ("Product", lambda row: row.product),
            ("Units", lambda row: show.number(row.units)),
            ("Revenue", lambda row: show.money(row.revenue)),
        ],
    ),
    pages.TablePage(
        room="stock",
        slug="store-days",
        title="Store days",
        icon="calendar_month",
        place=60,
        explanation="What moved in each store on each of its business days.",
        filters=DaysForm,
        rows=_days,
        columns=lambda desk: [
            ("Day", lambda row: row.date.isoformat()),
            ("Store", lambda row: row.store),
            ("Movements", lambda row: show.number(row.movements)),
            ("In", lambda row: show.number(row.units_in)),
            ("Out", lambda row: show.number(row.units_out)),
            ("Sold", lambda row: show.number(row.units_sold)),
            ("Revenue", lambda row: show.money(row.revenue)),
        ],
    ),
)

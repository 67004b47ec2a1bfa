"""The catalogue at the manager's desk."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from unfold.decorators import action
from unfold.widgets import UnfoldAdminTextareaWidget

from catalog import selectors
from catalog.models import Barcode, Category, Product, Supplier
from catalog.services import categories, products, suppliers
from inventory_project.desk import show
from inventory_project.desk.filters import DayFilter, RelatedFilter
from inventory_project.desk.forms import RecordForm
from inventory_project.desk.model_admin import ReadOnlyAdmin, RecordAdmin
from inventory_project.desk.session import desk_of

LIFECYCLE_COLORS = {"new": "info", "active": "success", "phase_out": "warning", "discontinued": ""}
LABELS = {"sku": "SKU", "moq": "Minimum order", "lead_time_days": "Lead time (days)"}
LEAST = {
    "unit_cost": Decimal(0),
    "sale_price": Decimal(0),
    "reorder_level": Decimal(0),
    "order_up_to": Decimal(0),
    "pack_size": Decimal("0.001"),
    "moq": Decimal("0.001"),
}


class FoundByProduct:
    """A ModelAdmin whose rows are about a product: found by the product's words, through the catalogue's own index."""

    search_fields = ["product__name"]
    search_help_text = "Product, SKU or barcode"

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        if not search_term.strip():
            return queryset, False
        found = selectors.matching(Product.objects.all(), search_term[:200])
        return queryset.filter(product_id__in=found.values("id")), False


@admin.register(Category)
class CategoryAdmin(RecordAdmin):
    icon, place, log_name = "category", 20, "category"
    service = categories
    delete_words = "A category that products are in cannot be deleted."
    list_display = ["name", "updated"]
    list_filter = [("updated_at", DayFilter)]
    search_fields = ["name"]
    ordering = ["name", "id"]
    fields = ["name"]

    @show.column("Changed", order="updated_at")
    def updated(self, category: Category) -> str:
        return show.instant(category.updated_at)


@admin.register(Supplier)
class SupplierAdmin(RecordAdmin):
    icon, place, log_name = "local_shipping", 30, "supplier"
    service = suppliers
    delete_words = "A supplier that products name is made inactive and not deleted."
    list_display = ["name", "contact_name", "email", "phone", "lead_time", "state"]
    list_filter = ["is_active"]
    search_fields = ["name", "contact_name", "email"]
    ordering = ["name", "id"]
    fieldsets = [
        (None, {"fields": ["name", "is_active", "lead_time_days"]}),
        ("Contact", {"fields": ["contact_name", "email", "phone", "address"]}),
    ]
    actions = ["restore"]

    @show.column("Lead time", order="lead_time_days")
    def lead_time(self, supplier: Supplier) -> str:
        return f"{supplier.lead_time_days} days"

    @show.column("State", order="is_active")
    def state(self, supplier: Supplier) -> Any:
        return show.badge("active", "success") if supplier.is_active else show.badge("inactive")

    @action(description="Make active again", permissions=["change"])
    def restore(self, request: HttpRequest, chosen: Any) -> None:
        actor = desk_of(request).actor
        self.each(request, chosen, "Made active", lambda one: suppliers.restore(acting_as=actor, record=one))


class ProductForm(RecordForm):
    """Barcodes are written one a line; `code * 12` is the code of a case of twelve."""

    barcodes = forms.CharField(
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="One a line. A code that stands for several units: 14006381333938 * 12",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            if name in self.fields:
                self.fields[name].label = label
        for name, least in LEAST.items():
            if name in self.fields:
                self.fields[name].validators.append(_at_least(least))
        if self.instance.pk:
            self.initial["barcodes"] = "\n".join(map(_as_line, products.barcode_rows(self.instance)))

    def clean_barcodes(self) -> list[dict[str, Any]]:
        lines = [line.strip() for line in self.cleaned_data["barcodes"].splitlines() if line.strip()]
        rows = [_read_line(line) for line in lines]
        if len({row["code"] for row in rows}) < len(rows):
            raise ValidationError("The same barcode is given twice.")
        return rows


def _at_least(least: Decimal) -> Any:
    def check(value: Decimal) -> None:
        if value < least:
            raise ValidationError(f"The least is {show.number(least)}.")

    return check


def _as_line(row: Any) -> str:
    return row["code"] if row["units"] == 1 else f"{row['code']} * {show.number(row['units'])}"


def _read_line(line: str) -> dict[str, Any]:
    code, _star, units = (part.strip() for part in line.rpartition("*")) if "*" in line else (line, "", "1")
    if not 1 <= len(code) <= 64 or not code.isascii() or not code.isprintable():
        raise ValidationError(f"A barcode is 1 to 64 printable ASCII characters: {line[:80]}")
    try:
        number = Decimal(units)
    except InvalidOperation:
        number = Decimal(0)
    if not number.is_finite() or not Decimal("0.001") <= number < 10**11 or number != round(number, 3):
        raise ValidationError(f"The number of units is not right: {line[:80]}")
    return {"code": code, "units": number}


@admin.register(Product)
class ProductAdmin(RecordAdmin):
    """What is sold. Costs are shown to, and taken from, members with the right to see them."""

    icon, place, log_name = "sell", 10, "product"
    service = products
    form = ProductForm
    delete_words = "A product with history is discontinued and not deleted: its past stays readable."
    list_display = ["code", "name", "category", "supplier", "price", "cost", "reorder_at", "stage"]
    list_display_links = ["code", "name"]
    list_filter = ["lifecycle", ("category", RelatedFilter), ("supplier", RelatedFilter)]
    list_select_related = ["category", "supplier"]
    search_fields = ["name"]  # get_search_results asks the catalogue's own index
    search_help_text = "Name, SKU or barcode"
    ordering = ["name", "id"]
    autocomplete_fields = ["category", "supplier"]
    actions = ["discontinue", "restore"]
    fieldsets = [
        (None, {"fields": ["sku", "name", "category", "supplier", "unit", "lifecycle", "barcodes"]}),
        ("Money", {"fields": ["sale_price", "unit_cost"]}),
        ("Ordering", {"fields": ["reorder_level", "order_up_to", "pack_size", "moq", "lead_time_days"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("barcodes")

    def get_list_display(self, request: HttpRequest) -> list[str]:
        return [name for name in super().get_list_display(request) if name != "cost" or _sees_costs(request)]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        without = set() if _sees_costs(request) else {"unit_cost"}
        if not self.has_change_permission(request, obj):
            without.add("barcodes")
        return [
            (name, {**options, "fields": [one for one in options["fields"] if one not in without]})
            for name, options in super().get_fieldsets(request, obj)
        ]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return selectors.matching(queryset, search_term[:200]), False

    @show.column("Price", order="sale_price")
    def price(self, product: Product) -> str:
        return show.money(product.sale_price)

    @show.column("Cost", order="unit_cost")
    def cost(self, product: Product) -> str:
        return show.money(product.unit_cost)

    @show.column("SKU", order="sku")
    def code(self, product: Product) -> str:
        return product.sku

    @show.column("Reorder at", order="reorder_level")
    def reorder_at(self, product: Product) -> str:
        return f"{show.number(product.reorder_level)} {product.unit}"

    @show.column("Stage", order="lifecycle")
    def stage(self, product: Product) -> Any:
        return show.badge(product.get_lifecycle_display(), LIFECYCLE_COLORS[product.lifecycle])

    @action(description="Discontinue", permissions=["change"])
    def discontinue(self, request: HttpRequest, chosen: Any) -> None:
        actor, values = desk_of(request).actor, {"lifecycle": Product.Lifecycle.DISCONTINUED}
        self.each(
            request, chosen, "Discontinued", lambda one: products.update(acting_as=actor, record=one, values=values)
        )

    @action(description="Sell again", permissions=["change"])
    def restore(self, request: HttpRequest, chosen: Any) -> None:
        actor = desk_of(request).actor
        self.each(request, chosen, "Sold again", lambda one: products.restore(acting_as=actor, record=one))


def _sees_costs(request: HttpRequest) -> bool:
    return desk_of(request).access.sees_costs


@admin.register(Barcode)
class BarcodeAdmin(FoundByProduct, ReadOnlyAdmin):
    """Every code, to find its product; codes are written in the product's own form."""

    icon, place = "barcode_scanner", 40
    list_display = ["code", "packs", "of_product"]
    list_select_related = ["product"]
    list_filter = [("product__category", RelatedFilter), ("product__supplier", RelatedFilter)]
    ordering = ["code", "id"]
    fields = ["code", "packs", "of_product"]
    readonly_fields = ["packs", "of_product"]

    @show.column("Units a scan", order="units")
    def packs(self, barcode: Barcode) -> str:
        return show.number(barcode.units)

    @show.column("Product")
    def of_product(self, barcode: Barcode) -> Any:
        return show.link(reverse("admin:catalog_product_change", args=[barcode.product_id]), barcode.product)

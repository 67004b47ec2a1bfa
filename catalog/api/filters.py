"""Filters of the catalogue's lists."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, Value
from django.db.models.functions import Upper

from catalog import selectors
from catalog.models import Product
from inventory_project.api.filters import SEARCH_LENGTH, FlagFilter, RecordFilter, is_id
from inventory_project.kernel.errors import PermissionRefused


def id_or_name(queryset: Any, relation: str, value: str) -> Any:
    """Rows whose relation has this id or, whatever its case, this name."""
    condition = Q(**{f"{relation}__name_key": Upper(Value(value))})
    if is_id(value):
        condition |= Q(**{f"{relation}_id": int(value)})
    return queryset.filter(condition)


class CategoryFilter(RecordFilter):
    search = django_filters.CharFilter("name", lookup_expr="icontains", max_length=SEARCH_LENGTH)


class SupplierFilter(RecordFilter):
    is_active = FlagFilter()
    search = django_filters.CharFilter(method="by_words", max_length=SEARCH_LENGTH, label="Words of name or contact")

    def by_words(self, suppliers: Any, name: str, value: str) -> Any:
        for word in value.split():
            suppliers = suppliers.filter(
                Q(name__icontains=word) | Q(contact_name__icontains=word) | Q(email__icontains=word)
            )
        return suppliers


class ProductFilter(RecordFilter):
    category = django_filters.CharFilter(method="by_category", max_length=120, label="Id or name")
    supplier = django_filters.CharFilter(method="by_supplier", max_length=200, label="Id or name")
    lifecycle = django_filters.MultipleChoiceFilter(choices=Product.Lifecycle.choices, distinct=False)
    retired = FlagFilter(method="by_retired", label="Discontinued or not")
    sku = django_filters.CharFilter(method="by_sku", max_length=64)
    barcode = django_filters.CharFilter("barcodes__code", max_length=64)
    sale_price_min = django_filters.NumberFilter("sale_price", "gte")
    sale_price_max = django_filters.NumberFilter("sale_price", "lte")
    unit_cost_min = django_filters.NumberFilter(method="by_cost")
    unit_cost_max = django_filters.NumberFilter(method="by_cost")
    search = django_filters.CharFilter(
        method="by_words", max_length=SEARCH_LENGTH, label="Words, each part of the name, the SKU or a barcode"
    )

    def by_category(self, products: Any, name: str, value: str) -> Any:
        return id_or_name(products, "category", value)

    def by_supplier(self, products: Any, name: str, value: str) -> Any:
        return id_or_name(products, "supplier", value)

    def by_retired(self, products: Any, name: str, value: bool) -> Any:
        retired = Q(lifecycle=Product.Lifecycle.DISCONTINUED)
        return products.filter(retired if value else ~retired)

    def by_sku(self, products: Any, name: str, value: str) -> Any:
        return products.filter(sku_key=Upper(Value(value)))

    def by_cost(self, products: Any, name: str, value: Any) -> Any:
        # Narrowing by cost would tell the cost.
        if not self.request.auth.sees_costs:
            raise PermissionRefused("You do not have the right to see costs.")
        return products.filter(**{"unit_cost__lte" if name.endswith("max") else "unit_cost__gte": value})

    def by_words(self, products: Any, name: str, value: str) -> Any:
        return selectors.matching(products, value)

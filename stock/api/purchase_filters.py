"""Filters of the lists of orders to suppliers and of goods receipts."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef

from inventory_project.api.filters import FlagFilter, GivenFilterSet
from stock.api import choosing
from stock.api.filters import OfStoreFilter, PaperNumberFilter, id_or_key
from stock.models import GoodsReceiptLine, PurchaseLine
from stock.models.purchase_orders import PurchaseSource, PurchaseStatus
from stock.selectors import purchase_orders as selectors


def by_supplier(rows: Any, name: str, value: str) -> Any:
    return rows.filter(id_or_key("supplier", "name_key", value))


class PurchaseFilter(OfStoreFilter):
    status = django_filters.MultipleChoiceFilter(choices=PurchaseStatus.choices, distinct=False)
    supplier = django_filters.CharFilter(method=by_supplier, max_length=200, label="Supplier id or name")
    store = django_filters.CharFilter(method="by_store", max_length=40, label="Store id or code")
    product = django_filters.CharFilter(method="by_product", max_length=64, label="Product id or SKU")
    late = FlagFilter(method="by_lateness", label="Past the expected date, and not all here")
    number = PaperNumberFilter("P")
    reference = django_filters.CharFilter("reference", max_length=100)
    source = django_filters.ChoiceFilter(choices=PurchaseSource.choices)
    proposal = django_filters.CharFilter("proposal", max_length=100)
    expected_from = django_filters.DateFilter("expected_on", "gte", label="Expected on or after this day")
    expected_to = django_filters.DateFilter("expected_on", "lte", label="Expected on or before this day")
    updated_since = django_filters.IsoDateTimeFilter("updated_at", "gte", label="Changed at or after this instant")

    def by_product(self, orders: Any, name: str, value: str) -> Any:
        lines = PurchaseLine.objects.filter(id_or_key("product", "sku_key", value), order_id=OuterRef("pk"))
        return orders.filter(Exists(lines))

    def by_lateness(self, orders: Any, name: str, value: bool) -> Any:
        late = selectors.late(orders)
        return late if value else orders.exclude(pk__in=late.values("pk"))


class GoodsReceiptFilter(GivenFilterSet):
    order = django_filters.UUIDFilter("order_id", label="The purchase order's id")
    supplier = django_filters.CharFilter(method="by_supplier", max_length=200, label="Supplier id or name")
    store = django_filters.CharFilter(method="by_store", max_length=40, label="Store id or code")
    product = django_filters.CharFilter(method="by_product", max_length=64, label="Product id or SKU")
    number = PaperNumberFilter("G")
    delivery_note = django_filters.CharFilter("delivery_note", max_length=100)
    since = django_filters.IsoDateTimeFilter("received_at", "gte", label="Received at or after this instant")
    until = django_filters.IsoDateTimeFilter("received_at", "lt", label="Received before this instant")

    def by_supplier(self, receipts: Any, name: str, value: str) -> Any:
        return receipts.filter(id_or_key("order__supplier", "name_key", value))

    def by_store(self, receipts: Any, name: str, value: str) -> Any:
        return receipts.filter(order__store_id=choosing.one_store(value, self.request.auth, name=name))

    def by_product(self, receipts: Any, name: str, value: str) -> Any:
        lines = GoodsReceiptLine.objects.filter(id_or_key("product", "sku_key", value), receipt_id=OuterRef("pk"))
        return receipts.filter(Exists(lines))

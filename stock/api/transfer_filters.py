"""Filters of the lists of transfers."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q

from inventory_project.api.filters import GivenFilterSet
from stock.api import choosing
from stock.api.filters import PaperNumberFilter, id_or_key
from stock.models import TransferLine
from stock.models.transfer_orders import TransferStatus
from stock.selectors.transfer_orders import ENDS


class UnsettledFilter(GivenFilterSet):
    from_store = django_filters.CharFilter(method="by_end", max_length=40, label="Store id or code")
    to_store = django_filters.CharFilter(method="by_end", max_length=40, label="Store id or code")
    store = django_filters.CharFilter(method="by_either_end", max_length=40, label="Either end: store id or code")
    product = django_filters.CharFilter(method="by_product", max_length=64, label="Product id or SKU")
    number = PaperNumberFilter("T")
    reference = django_filters.CharFilter("reference", max_length=100)

    def by_end(self, orders: Any, name: str, value: str) -> Any:
        end = "source_id" if name == "from_store" else "destination_id"
        return orders.filter(**{end: choosing.one_end(value, self.request.auth, name=name)})

    def by_either_end(self, orders: Any, name: str, value: str) -> Any:
        store_id = choosing.one_end(value, self.request.auth, name=name)
        return orders.filter(Q(source_id=store_id) | Q(destination_id=store_id))

    def by_product(self, orders: Any, name: str, value: str) -> Any:
        lines = TransferLine.objects.filter(id_or_key("product", "sku_key", value), order_id=OuterRef("pk"))
        return orders.filter(Exists(lines))


class TransferFilter(UnsettledFilter):
    status = django_filters.MultipleChoiceFilter(choices=TransferStatus.choices, distinct=False)
    expected_from = django_filters.DateFilter("expected_on", "gte", label="Expected on or after this day")
    expected_to = django_filters.DateFilter("expected_on", "lte", label="Expected on or before this day")
    updated_since = django_filters.IsoDateTimeFilter("updated_at", "gte", label="Changed at or after this instant")


class InTransitFilter(GivenFilterSet):
    direction = django_filters.ChoiceFilter(
        choices=[("in", "Coming in"), ("out", "Going out")], method="as_is", label="Which end the store is; in at first"
    )
    store = django_filters.CharFilter(method="by_store", max_length=40, label="Store id or code")
    product = django_filters.CharFilter(method="by_product", max_length=64, label="Product id or SKU")

    def as_is(self, lines: Any, name: str, value: str) -> Any:
        # The view has chosen the end by this word already.
        return lines

    def by_store(self, lines: Any, name: str, value: str) -> Any:
        end = ENDS["out" if self.data.get("direction") == "out" else "in"]
        return lines.filter(**{f"{end}_id": choosing.one_store(value, self.request.auth)})

    def by_product(self, lines: Any, name: str, value: str) -> Any:
        return lines.filter(id_or_key("product", "sku_key", value))

"""Filters of the list of forecasts."""

from __future__ import annotations

from typing import Any

import django_filters

from catalog import selectors as catalog
from catalog.api.filters import id_or_name
from catalog.models import Product
from forecasting.choices import Method, State
from inventory_project.api.filters import SEARCH_LENGTH, is_id
from stock.api.filters import OfStoreFilter, by_product


class ForecastFilter(OfStoreFilter):
    store = django_filters.CharFilter(method="by_store", max_length=40, label="Store id or code")
    product = django_filters.CharFilter(method=by_product, max_length=64, label="Product id or SKU")
    category = django_filters.CharFilter(method="by_category", max_length=120, label="Category id or name")
    region = django_filters.CharFilter("store__region", "iexact", max_length=100)
    method = django_filters.MultipleChoiceFilter(choices=Method.choices, distinct=False)
    state = django_filters.MultipleChoiceFilter(choices=State.choices, distinct=False)
    search = django_filters.CharFilter(
        method="by_words", max_length=SEARCH_LENGTH, label="Words of name, SKU or barcode"
    )

    def by_category(self, forecasts: Any, name: str, value: str) -> Any:
        if is_id(value):
            return forecasts.filter(product__category_id=int(value))
        return id_or_name(forecasts, "product__category", value)

    def by_words(self, forecasts: Any, name: str, value: str) -> Any:
        return forecasts.filter(product_id__in=catalog.matching(Product.objects.all(), value).values("id"))

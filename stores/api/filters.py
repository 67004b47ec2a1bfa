"""Filters of the store list."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, Value
from django.db.models.functions import Upper

from inventory_project.api.filters import SEARCH_LENGTH, FlagFilter, RecordFilter
from stores.models import Store


class StoreFilter(RecordFilter):
    kind = django_filters.MultipleChoiceFilter(choices=Store.Kind.choices, distinct=False)
    region = django_filters.CharFilter(lookup_expr="iexact", max_length=100)
    is_active = FlagFilter()
    code = django_filters.CharFilter(method="by_code", max_length=40)
    search = django_filters.CharFilter(
        method="by_words", max_length=SEARCH_LENGTH, label="Words of code, name or place"
    )

    def by_code(self, stores: Any, name: str, value: str) -> Any:
        return stores.filter(code_key=Upper(Value(value)))

    def by_words(self, stores: Any, name: str, value: str) -> Any:
        for word in value.split():
            stores = stores.filter(
                Q(code__icontains=word)
                | Q(name__icontains=word)
                | Q(location__icontains=word)
                | Q(region__icontains=word)
            )
        return stores

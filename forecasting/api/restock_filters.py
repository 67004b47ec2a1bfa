"""Filters of restocking's lists."""

from __future__ import annotations

from typing import Any

import django_filters
from rest_framework.exceptions import ValidationError

from catalog.api.filters import id_or_name
from forecasting.models.policies import AbcClass, PolicyKind, PolicyScope
from forecasting.models.proposals import LineSource, LineStatus
from inventory_project.api.filters import FlagFilter, RecordFilter, is_id
from stock.api.filters import OfStoreFilter, by_product
from stock.api.purchase_filters import by_supplier


class PolicyFilter(OfStoreFilter, RecordFilter):
    scope = django_filters.MultipleChoiceFilter(choices=PolicyScope.choices, distinct=False)
    kind = django_filters.MultipleChoiceFilter(choices=PolicyKind.choices, distinct=False)
    abc_class = django_filters.ChoiceFilter(choices=AbcClass.choices)
    store = django_filters.CharFilter(method="by_store", max_length=40, label="Store id or code")
    product = django_filters.CharFilter(method=by_product, max_length=64, label="Product id or SKU")
    category = django_filters.CharFilter(method="by_category", max_length=120, label="Category id or name")

    def by_category(self, policies: Any, name: str, value: str) -> Any:
        return id_or_name(policies, "category", value)


class LineFilter(OfStoreFilter):
    proposal = django_filters.CharFilter(method="by_proposal", max_length=18, label="Its id; left out: the one shown")
    store = django_filters.CharFilter(method="by_store", max_length=40, label="Store id or code")
    product = django_filters.CharFilter(method=by_product, max_length=64, label="Product id or SKU")
    supplier = django_filters.CharFilter(method=by_supplier, max_length=200, label="Supplier id or name")
    source = django_filters.ChoiceFilter(choices=LineSource.choices)
    status = django_filters.MultipleChoiceFilter(choices=LineStatus.choices, distinct=False)
    within_budget = FlagFilter()

    def by_proposal(self, lines: Any, name: str, value: str) -> Any:
        if not is_id(value):
            raise ValidationError({name: ["The id of a proposal is needed."]})
        return lines.filter(proposal_id=int(value))

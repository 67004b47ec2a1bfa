"""Filters of restocking's lists."""

from __future__ import annotations

import django_filters

from forecasting.models.policies import AbcClass, PolicyKind, PolicyScope
from forecasting.models.proposals import LineSource, LineStatus
from inventory_project.api.filters import FlagFilter, RecordFilter


class PolicyFilter(RecordFilter):
    scope = django_filters.MultipleChoiceFilter(choices=PolicyScope.choices, distinct=False)
    kind = django_filters.MultipleChoiceFilter(choices=PolicyKind.choices, distinct=False)
    abc_class = django_filters.ChoiceFilter(choices=AbcClass.choices)
    store = django_filters.NumberFilter("store_id")
    product = django_filters.NumberFilter("product_id")
    category = django_filters.NumberFilter("category_id")


class LineFilter(django_filters.FilterSet):
    proposal = django_filters.NumberFilter("proposal_id", label="The one shown when left out")
    store = django_filters.NumberFilter("store_id")
    product = django_filters.NumberFilter("product_id")
    supplier = django_filters.NumberFilter("supplier_id")
    from_store = django_filters.NumberFilter("from_store_id")
    source = django_filters.ChoiceFilter(choices=LineSource.choices)
    status = django_filters.MultipleChoiceFilter(choices=LineStatus.choices, distinct=False)
    within_budget = FlagFilter()

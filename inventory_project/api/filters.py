"""Ordering by the view's named fields only, with a refusal that lists them; filters shared by the rooms."""

from __future__ import annotations

from typing import Any

import django_filters
from rest_framework.exceptions import ValidationError
from rest_framework.filters import OrderingFilter
from rest_framework.request import Request

SEARCH_LENGTH = 100


def is_id(text: str) -> bool:
    """True for the digits of an id that a bigint holds. `isdigit` alone is also true of "²"."""
    return text.isascii() and text.isdigit() and len(text) <= 18


class NamedOrdering(OrderingFilter):
    """`?ordering=name` or `?ordering=-name`; an unknown field is an error and not silently another order."""

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> Any:
        asked = [
            field.strip() for field in request.query_params.get(self.ordering_param, "").split(",") if field.strip()
        ]
        if not asked:
            return self.get_default_ordering(view)
        allowed = [field for field, _ in self.get_valid_fields(queryset, view, {"request": request})]
        for field in asked:
            if field.removeprefix("-") not in allowed:
                raise ValidationError({self.ordering_param: [f"Order by one of: {', '.join(allowed)}."]})
        return asked


class RecordFilter(django_filters.FilterSet):
    """What every list of versioned records filters by."""

    updated_since = django_filters.IsoDateTimeFilter("updated_at", "gte", label="Changed at or after this instant")

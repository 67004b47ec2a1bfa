"""Ordering by the view's named fields only, with a refusal that lists them; filters shared by the rooms."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from rest_framework.exceptions import ValidationError
from rest_framework.filters import OrderingFilter
from rest_framework.request import Request

SEARCH_LENGTH = 100
RENDERER_PARAM = "format"
# Of a file: whether to send one where the form alone does not say so, and whether it begins with a byte order mark.
FILE_PARAMS = frozenset({"download", "bom"})
FLAGS = {"true": True, "1": True, "false": False, "0": False}
NOT_A_FLAG = "Use true or false."


def is_id(text: str) -> bool:
    """True for the digits of an id that a bigint holds. `isdigit` alone is also true of "²"."""
    return text.isascii() and text.isdigit() and len(text) <= 18


def flag(request: Request, name: str) -> bool:
    """`?name=true`. A word that is neither true nor false is refused: `atomic=yes` must not quietly mean no."""
    given = request.query_params.get(name, "false")
    if given.lower() not in FLAGS:
        raise ValidationError({name: [NOT_A_FLAG]})
    return FLAGS[given.lower()]


def refuse_unknown_parameters(request: Request, view: Any) -> None:
    """A misspelled filter would answer with everything, and a misspelled `atomic` would apply half of a batch."""
    if getattr(view, "detail", False) or (view.query_parameters is None and not _has_filters(view)):
        return  # one record, named by its path; or a view that reads its parameters itself
    known = _known_parameters(view)
    if unknown := request.query_params.keys() - known:
        named = sorted(known - {RENDERER_PARAM} - FILE_PARAMS)
        hint = f" Known: {', '.join(named)}." if named else ""
        raise ValidationError({name[:64]: [f"This parameter is not known here.{hint}"] for name in sorted(unknown)})


def _has_filters(view: Any) -> bool:
    return getattr(view, "action", None) == "list" and getattr(view, "filterset_class", None) is not None


def _known_parameters(view: Any) -> set[str]:
    known = {RENDERER_PARAM, *(view.query_parameters or ())}
    if view.file is not None:
        known |= FILE_PARAMS
    if getattr(view, "action", None) != "list":
        return known
    if getattr(view, "paginator", None) is not None:
        known |= {"cursor", "page_size"}
    if filters := getattr(view, "filterset_class", None):
        known |= {*filters.base_filters, NamedOrdering.ordering_param}
    return known


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


class GivenFilterSet(django_filters.FilterSet):
    """Filters of one request: only those whose name was given are made.

    The others would change nothing, and their copies and form fields were a tenth of what a page costs. None of ours
    is required, has a start value or reads a second parameter; such a one must not inherit from this.
    """

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        given = data or {}
        self.base_filters = {name: each for name, each in type(self).base_filters.items() if name in given}
        super().__init__(data, *args, **kwargs)


class _FlagField(forms.NullBooleanField):
    widget = forms.TextInput

    def to_python(self, value: Any) -> bool | None:
        if value in (None, ""):
            return None
        if str(value).lower() not in FLAGS:
            raise forms.ValidationError(NOT_A_FLAG)
        return FLAGS[str(value).lower()]


class FlagFilter(django_filters.BooleanFilter):
    """true or false. Django's own field takes any other word for "no filter"."""

    field_class = _FlagField


class RecordFilter(GivenFilterSet):
    """What every list of versioned records filters by."""

    updated_since = django_filters.IsoDateTimeFilter("updated_at", "gte", label="Changed at or after this instant")

"""Filters of the lists: they read no more than what they are asked for."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils import timezone
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateFilter
from unfold.utils import parse_date_str

YEARS = range(1900, 9000)
FIRST_ID_OF_MILLISECOND = 0x7000_8000_0000_0000_0000


class RelatedFilter(AutocompleteSelectFilter):
    """One record of another model, found by typing; names only what the caller may see of that model."""

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        if self.value() and not self._is_visible():
            self.lookup_val = None
        return super().choices(changelist)

    def _is_visible(self) -> bool:
        related = self.model_admin.admin_site._registry[self.field.remote_field.model]
        try:
            return bool(related.get_queryset(self.request).filter(pk=self.value()).exists())
        except (ValueError, TypeError):
            return False


class DayFilter(RangeDateFilter):
    """Days from and to, both included, of an instant."""

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        first, last = self._day("from"), self._day("to")
        if first is not None:
            queryset = self.since(queryset, start_of(first))
        if last is not None:
            queryset = self.until(queryset, start_of(last + timedelta(days=1)))
        return queryset

    def since(self, queryset: Any, instant: datetime) -> Any:
        return queryset.filter(**{f"{self.field_path}__gte": instant})

    def until(self, queryset: Any, instant: datetime) -> Any:
        return queryset.filter(**{f"{self.field_path}__lt": instant})

    def _day(self, end: str) -> date | None:
        text = self.used_parameters.get(f"{self.parameter_name}_{end}")
        try:
            day = parse_date_str(text) if isinstance(text, str) and text else None
        except ValueError:
            return None
        return day if day is not None and day.year in YEARS else None


class IdDayFilter(DayFilter):
    """Days of rows whose id is a version 7 UUID: the id carries the time, and its index serves the filter."""

    def since(self, queryset: Any, instant: datetime) -> Any:
        return queryset.filter(id__gte=first_id_at(instant))

    def until(self, queryset: Any, instant: datetime) -> Any:
        return queryset.filter(id__lt=first_id_at(instant))


def start_of(day: date) -> datetime:
    """Midnight by the desk's clock."""
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def first_id_at(instant: datetime) -> uuid.UUID:
    """The first version 7 UUID of an instant, as the database's stock_first_id_at makes it."""
    milliseconds = max(0, int(instant.timestamp() * 1000))
    return uuid.UUID(int=(milliseconds << 80) | FIRST_ID_OF_MILLISECOND)

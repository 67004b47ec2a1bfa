"""Which stores and which days a report is about, read from the address."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_date
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from inventory_project.api.filters import is_id
from inventory_project.kernel.access import Access
from stock.selectors import periods

DEFAULT_DAYS = 30
MOST_NAMED = 500
STORES = [
    OpenApiParameter("store", str, many=True, description="Store id or code; may be given several times."),
    OpenApiParameter("region", str, description="Stores of this region, whatever its case."),
]
DAYS = [
    OpenApiParameter("start_date", date, description="First business day; 30 days ago when left out."),
    OpenApiParameter(
        "end_date", date, description="Last business day; the present one when left out, by the stores' own clocks."
    ),
]


def stores(visible: Any, request: Request) -> Any:
    """The visible stores that `store` (repeatable) and `region` choose. A store nobody knows is refused by name."""
    if regions := _texts(request, "region", longest=100):
        visible = visible.filter(region__iexact=regions[-1])
    named = set(_texts(request, "store", longest=40))
    if not named:
        return visible
    if len(named) > MOST_NAMED:
        raise ValidationError({"store": [f"Name at most {MOST_NAMED} stores, or a region."]})
    ids = {text: int(text) for text in named if is_id(text)}
    chosen = visible.filter(Q(id__in=ids.values()) | Q(code_key__in={text.upper() for text in named}))
    known = {word for store in chosen.values_list("id", "code_key") for word in store}
    if unknown := [text for text in sorted(named) if ids.get(text) not in known and text.upper() not in known]:
        raise ValidationError({"store": [f"No such store: {text[:40]}." for text in unknown[:20]]})
    return chosen


def _texts(request: Request, name: str, *, longest: int) -> list[str]:
    """What is given by this name, without what cannot be a code or a name."""
    given = [text for each in request.query_params.getlist(name) if (text := each.strip())]
    if any(len(text) > longest or "\x00" in text for text in given):
        raise ValidationError({name: [f"At most {longest} characters, none of them a NUL."]})
    return given


def days(request: Request, access: Access) -> tuple[date, date]:
    """`start_date` and `end_date`, both included: the last 30 days when left out."""
    # Where the sun rises first it is tomorrow already, and what moved there today belongs to the report.
    last_day = day(request, "end_date", periods.local_dates(access)[-1])
    first_day = day(request, "start_date", last_day - timedelta(days=DEFAULT_DAYS))
    if first_day > last_day:
        raise ValidationError({"start_date": ["The first day lies after the last."]})
    return first_day, last_day


def day(request: Request, name: str, default: date | None = None) -> date:
    given = request.query_params.get(name)
    if not given:
        return default
    try:
        day = parse_date(given)
    except ValueError:
        day = None
    # Days are counted back and on from it, so it keeps away from both ends of the calendar.
    if day is None or not 2000 <= day.year < 9999:
        raise ValidationError({name: ["A date like 2026-05-01 is needed, from the year 2000 on."]})
    return day


def words(request: Request, name: str, known: Any) -> list[str]:
    """A repeatable parameter whose words are given; any other word is refused."""
    given = [text for text in request.query_params.getlist(name) if text]
    if any(text not in known for text in given):
        raise ValidationError({name: [f"One of: {', '.join(known)}."]})
    return given

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
from stock.errors import UnknownStore
from stock.selectors import periods, transfer_orders
from stores import selectors as stores_of
from stores.models import Store

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
        # Which one is said only where it is not plain.
        several = [f"No such store: {text[:40]}." for text in unknown[:20]]
        raise UnknownStore(fields={"store": several if len(named) > 1 else [UnknownStore.default_detail]})
    return chosen


def one_store(given: str, access: Access, *, name: str = "store") -> int:
    """The id of a store the caller may see, by its id or code. Raises UnknownStore naming the parameter."""
    return _one(given, stores_of.visible_to(access), name)


def one_end(given: str, access: Access, *, name: str) -> int:
    """The same for an end of transfers: it may also be a store the caller knows only as the other end of its own."""
    orders = transfer_orders.visible_to(access).order_by()
    ends = Q(id__in=orders.values("source_id")) | Q(id__in=orders.values("destination_id"))
    known = Store.objects.all() if access.store_ids is None else Store.objects.filter(ends | Q(id__in=access.store_ids))
    return _one(given, known, name)


def _one(given: str, known: Any, name: str) -> int:
    text = given.strip()
    if "\x00" in text:
        raise UnknownStore(fields={name: [UnknownStore.default_detail]})
    wanted = Q(code_key=text.upper()) | (Q(id=int(text)) if is_id(text) else Q())
    found = dict(known.filter(wanted).values_list("id", "code_key")[:2])
    if not found:
        raise UnknownStore(fields={name: [UnknownStore.default_detail]})
    # A code may look like another store's id: the id comes first.
    return int(text) if is_id(text) and int(text) in found else next(iter(found))


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

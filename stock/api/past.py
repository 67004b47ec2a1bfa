"""`?as_of=` and `?known_at=`: reading the two clocks from a request."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from inventory_project.kernel import clock
from inventory_project.kernel.access import Access
from stock.api.serializers import units
from stock.selectors import periods
from stock.selectors.past import Moment, Question
from stock.services.intake import CLOCK_SKEW, EARLIEST

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NEEDED = "An instant with its offset is needed, like 2026-05-01T09:30:00Z (in an address, write + as %2B), or a business day, like 2026-05-01."  # noqa: E501
# They speak of today's stock.
NOT_OF_THE_PAST = ("status", "updated_since", "updated_until")
ORDERS_OF_THE_PAST = ["store_id", "product_id", "sku", "product_name", "id"]

AS_OF = OpenApiParameter(
    "as_of",
    str,
    description="Stock as it was at this instant (ISO 8601 with an offset) or at the end of this business day "
    "(YYYY-MM-DD) in each store's own time zone. Rows then hold `on_hand` alone.",
)
KNOWN_AT = OpenApiParameter(
    "known_at",
    str,
    description="Only what was recorded by then; everything known today when left out. Alone, it is `as_of` as well.",
)


class PastStockRowSerializer(serializers.Serializer[Any]):
    """A balance at an instant that is past. What is reserved, low or in transit is known of today only."""

    id = serializers.IntegerField()
    store_id = serializers.IntegerField()
    store = serializers.CharField()
    store_code = serializers.CharField()
    product_id = serializers.IntegerField()
    sku = serializers.CharField()
    product_name = serializers.CharField()
    unit = serializers.CharField()
    category = serializers.CharField(allow_null=True)
    supplier = serializers.CharField(allow_null=True)
    on_hand = units(help_text="May be below zero where something became known before what it followed from.")
    as_of = serializers.DateTimeField()
    known_at = serializers.DateTimeField()


def question_of(request: Request, access: Access) -> Question | None:
    """What the request asks of the past; None when it asks for today. Raises ValidationError naming the parameter."""
    if not {"as_of", "known_at"} & request.query_params.keys():
        return None
    errors: dict[str, list[str]] = {}
    dates: list[date] = []
    as_of, known_at = (_moment(request, name, access, dates, errors) for name in ("as_of", "known_at"))
    for name in NOT_OF_THE_PAST:
        if name in request.query_params:
            errors[name] = ["This speaks of today's stock and cannot be combined with as_of or known_at."]
    if errors:
        raise ValidationError(errors)
    moment = as_of or known_at
    assert moment is not None
    return Question(moment, known_at)


def _moment(
    request: Request, name: str, access: Access, dates: list[date], errors: dict[str, list[str]]
) -> Moment | None:
    text = request.query_params.get(name)
    if text is None:
        return None
    try:
        moment = parse_date(text) if DAY.fullmatch(text) else parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or (isinstance(moment, datetime) and moment.tzinfo is None):
        errors[name] = [NEEDED]
    elif moment.year < EARLIEST.year or moment.year > 9998:
        errors[name] = ["A moment between the year 2000 and now is needed."]
    elif isinstance(moment, datetime):
        if moment > clock.now() + CLOCK_SKEW:
            errors[name] = ["This instant lies in the future."]
    else:
        dates[:] = dates or periods.local_dates(access)
        if moment > dates[-1]:
            errors[name] = [f"This day lies in the future; the last one that has begun in a store is {dates[-1]}."]
    return moment

"""Keyset pages for every list: {results, next, previous}, no count, no offset.

A cursor holds the ordering values of the row at the page's edge. The ordering always ends in a unique column, so rows
with equal values are neither lost nor repeated, however many there are.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

import orjson
from django.core.exceptions import FieldError, ValidationError
from django.db.models import Q, QuerySet
from rest_framework.exceptions import ValidationError as InvalidRequest
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

PAGE_SIZE = 50
MAX_PAGE_SIZE = 500
CURSOR_PARAM = "cursor"
SIZE_PARAM = "page_size"


def encode_cursor(values: Sequence[Any], *, backwards: bool) -> str:
    packed = orjson.dumps([backwards, *values], default=str)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def decode_cursor(text: str, *, length: int) -> tuple[bool, list[Any]]:
    """The direction and the edge values. Raises InvalidRequest when the text is not a cursor of this list."""
    try:
        backwards, *values = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, TypeError, binascii.Error) as error:
        raise InvalidRequest({CURSOR_PARAM: ["This is not a cursor of this list."]}) from error
    if not isinstance(backwards, bool) or len(values) != length or any(isinstance(v, dict | list) for v in values):
        raise InvalidRequest({CURSOR_PARAM: ["This is not a cursor of this list."]})
    return backwards, values


def beyond(ordering: Sequence[str], values: Sequence[Any], *, backwards: bool) -> Q:
    """Rows strictly after (or, backwards, before) the edge in the given ordering."""
    condition = Q()
    for field, value in reversed(list(zip(ordering, values, strict=True))):
        name = field.lstrip("-")
        comparison = "lt" if field.startswith("-") != backwards else "gt"
        further = Q(**{f"{name}__{comparison}": value})
        condition = further | (Q(**{name: value}) & condition) if condition else further
    first, value = ordering[0], values[0]
    bound = "lte" if first.startswith("-") != backwards else "gte"
    # Redundant, but it lets the planner start the index scan at the edge.
    return Q(**{f"{first.lstrip('-')}__{bound}": value}) & condition


class KeysetPagination(BasePagination):
    """`?cursor=&page_size=`; the view's `ordering` (or ?ordering=) decides the order, `unique_key` breaks ties.

    A view that reads its pages itself has `read_page`, which takes the ordered and cut queryset.
    """

    unique_key = "id"
    default_ordering: tuple[str, ...] = ("id",)

    def paginate_queryset(self, queryset: QuerySet[Any], request: Request, view: Any = None) -> list[Any]:
        self.request = request
        self.size = self._page_size(request)
        self.ordering = self._ordering(queryset, request, view)
        cursor = request.query_params.get(CURSOR_PARAM)
        self.backwards, edge = decode_cursor(cursor, length=len(self.ordering)) if cursor else (False, None)
        directed = [_flip(name) for name in self.ordering] if self.backwards else list(self.ordering)
        queryset = queryset.order_by(*directed)
        try:
            if edge is not None:
                queryset = queryset.filter(beyond(self.ordering, edge, backwards=self.backwards))
            rows = getattr(view, "read_page", list)(queryset[: self.size + 1])
        except (FieldError, ValidationError, ValueError, TypeError) as error:
            raise InvalidRequest({CURSOR_PARAM: ["This is not a cursor of this list."]}) from error
        self.more = len(rows) > self.size
        page = rows[: self.size]
        self.page = page[::-1] if self.backwards else page
        self.continued = edge is not None
        return self.page

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"results": data, "next": self.get_next_link(), "previous": self.get_previous_link()})

    def get_next_link(self) -> str | None:
        exists = self.continued if self.backwards else self.more
        return self._link(self.page[-1], backwards=False) if exists and self.page else None

    def get_previous_link(self) -> str | None:
        exists = self.more if self.backwards else self.continued
        return self._link(self.page[0], backwards=True) if exists and self.page else None

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        example = "https://onhand.example.com/api/stores/?cursor=W2ZhbHNlLDUwXQ"
        link = {"type": "string", "nullable": True, "format": "uri", "example": example}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {"results": schema, "next": link, "previous": link},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            _parameter(CURSOR_PARAM, "Where the page begins: taken from `next` or `previous`.", {"type": "string"}),
            _parameter(
                SIZE_PARAM,
                f"Rows a page, at most {MAX_PAGE_SIZE}.",
                {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE},
            ),
        ]

    def _page_size(self, request: Request) -> int:
        text = request.query_params.get(SIZE_PARAM)
        if text is None:
            return PAGE_SIZE
        if not text.isascii() or not text.isdigit() or len(text) > 9 or not 1 <= int(text) <= MAX_PAGE_SIZE:
            raise InvalidRequest({SIZE_PARAM: [f"A whole number from 1 to {MAX_PAGE_SIZE}."]})
        return int(text)

    def _ordering(self, queryset: QuerySet[Any], request: Request, view: Any) -> tuple[str, ...]:
        chosen = tuple(queryset.query.order_by) or tuple(getattr(view, "ordering", ()) or self.default_ordering)
        key = getattr(view, "unique_key", self.unique_key)
        # A field named twice orders nothing the second time, but would nest the edge's condition deeper each time.
        once: dict[str, str] = {}
        for name in (*chosen, f"-{key}" if chosen[-1].startswith("-") else key):
            once.setdefault(name.lstrip("-"), name)
        return tuple(once.values())

    def _link(self, row: Any, *, backwards: bool) -> str:
        values = [_value(row, name.lstrip("-")) for name in self.ordering]
        url = remove_query_param(self.request.build_absolute_uri(), CURSOR_PARAM)
        return str(replace_query_param(url, CURSOR_PARAM, encode_cursor(values, backwards=backwards)))


def with_head(page: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The description of a page that says more than its rows."""
    properties = {**fields, **page["properties"]}
    return {**page, "properties": properties, "required": [*fields, *page["required"]]}


def _flip(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _value(row: Any, name: str) -> Any:
    if isinstance(row, dict):
        return row[name]
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}

"""Lists as files: the whole result of the same address with `?format=csv`, read page by page while it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from inventory_project.api import csv
from inventory_project.api.pagination import beyond
from inventory_project.api.renderers import OrjsonRenderer
from inventory_project.kernel import tenancy

ROWS_A_QUERY = 1000
AS_FILE = OpenApiParameter("format", str, enum=["json", "csv"], description="csv: the whole result as a file.")
Row = dict[str, Any]


class Downloadable:
    """A list that is also offered as a file."""

    renderer_classes = [OrjsonRenderer, csv.CsvRenderer]
    request: Request

    @property
    def wants_file(self) -> bool:
        return getattr(self.request.accepted_renderer, "format", "") == "csv"


def pages(
    organization_id: int,
    rows: Callable[[], Any],
    *,
    order: Sequence[str],
    finish: Callable[[list[Row]], object],
    rows_a_query: int = ROWS_A_QUERY,
) -> Iterator[Row]:
    """Every row in order, `finish`ed a page of `rows_a_query` at a time. Each page is a transaction of its own: a slow
    reader holds nothing open. `order` ends in what is unique; `rows` is asked anew for each page, and once at once, so
    that a filter that is refused is refused before the file begins."""
    rows()
    return _read(organization_id, rows, order, finish, rows_a_query)


def _read(
    organization_id: int,
    rows: Callable[[], Any],
    order: Sequence[str],
    finish: Callable[[list[Row]], object],
    rows_a_query: int,
) -> Iterator[Row]:
    edge: list[Any] | None = None
    while True:
        with tenancy.scope(organization_id):
            found = rows() if edge is None else rows().filter(beyond(order, edge, backwards=False))
            page = list(found.order_by(*order)[:rows_a_query])
            finish(page)
        yield from page
        if len(page) < rows_a_query:
            return
        edge = [page[-1][name] for name in order]

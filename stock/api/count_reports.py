"""What is due to be counted, and how accurate the counts of a time were, over HTTP."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_project.api.pagination import CURSOR_PARAM, KeysetPagination, decode_cursor
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Access
from stock.api import choosing
from stock.api.count_serializers import AccuracySerializer, DueSerializer
from stock.choices import CYCLE_DAYS
from stock.selectors import count_reports

STORE = OpenApiParameter("store", str, description="Store id or code; all you may see when left out.")
ONE_STORE = OpenApiParameter("store", str, required=True, description="Store id or code.")
CLASS = OpenApiParameter("class", str, enum=[*CYCLE_DAYS], description="Only this class.")
ALL = OpenApiParameter("all", bool, description="Also what is not due yet.")


class DuePagination(KeysetPagination):
    """Pages of the due list, onward only: it is computed and has no edge to go back from."""

    ordering = ("urgency", "abc_class", "product_id")

    def page_of(self, request: Request, store_id: int, **filters: Any) -> list[dict[str, Any]]:
        self.request = request
        self.size = self._page_size(request)
        self.backwards = self.continued = False
        rows = count_reports.due(store_id, limit=self.size + 1, after=self._edge(request), **filters)
        self.more = len(rows) > self.size
        self.page = rows[: self.size]
        return self.page

    def _edge(self, request: Request) -> count_reports.Edge | None:
        cursor = request.query_params.get(CURSOR_PARAM)
        if not cursor:
            return None
        _, (urgency, abc_class, product_id) = decode_cursor(cursor, length=3)
        try:
            edge = Decimal(str(urgency)), str(abc_class)[:1], int(product_id)
        except (InvalidOperation, ValueError, TypeError):
            edge = Decimal("NaN"), "", 0
        if not edge[0].is_finite() or abs(edge[2]) >= 2**63:
            raise ValidationError({CURSOR_PARAM: ["This is not a cursor of this list."]})
        return edge


class CountReports:
    """The reading doors of the counts that are about a store and not about one count."""

    access: Access

    @extend_schema(
        summary="What is due to be counted in a store, most urgent first",
        parameters=[ONE_STORE, CLASS, ALL],
        responses=DueSerializer(many=True),
    )
    @action(detail=False, filterset_class=None, pagination_class=DuePagination)
    def due(self, request: Request) -> Response:
        of_class = request.query_params.get("class") or None
        if of_class and of_class not in CYCLE_DAYS:
            raise ValidationError({"class": [f"One of: {', '.join(CYCLE_DAYS)}."]})
        if not (given := request.query_params.get("store")):
            raise ValidationError({"store": ["Name the store whose list you want."]})
        due_only = request.query_params.get("all", "").lower() not in {"true", "1"}
        paginator: Any = self.paginator  # type: ignore[attr-defined]
        with tenancy.scope(self.access.organization_id):
            store_id = choosing.one_store(given, self.access)
            page = paginator.page_of(request, store_id, of_class=of_class, due_only=due_only)
        hidden = {"urgency"} if self.access.sees_costs else {"urgency", "value_at_cost"}
        answer = [{name: value for name, value in row.items() if name not in hidden} for row in page]
        return paginator.get_paginated_response(answer)  # type: ignore[no-any-return]

    @extend_schema(
        summary="Accuracy and shrinkage of the counts posted in a time, by store (managers)",
        parameters=[STORE, *choosing.DAYS],
        responses=AccuracySerializer,
    )
    @action(detail=False, filterset_class=None, pagination_class=None)
    def accuracy(self, request: Request) -> Response:
        with tenancy.scope(self.access.organization_id):
            first_day, last_day = choosing.days(request, self.access)
            store_ids = self.access.store_ids
            if given := request.query_params.get("store"):
                store_ids = frozenset({choosing.one_store(given, self.access)})
            body = count_reports.accuracy(
                store_ids, first_day=first_day, last_day=last_day, sees_costs=self.access.sees_costs
            )
        return Response(body)

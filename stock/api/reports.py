"""Reports over HTTP: the dashboard's figures, what needs attention, what moved."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.dateparse import parse_date
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_project.api.views import OrganizationView
from stock.api.inventory import STORE, BalanceList
from stock.api.serializers import DashboardSerializer, LowStockRowSerializer, MovementReportRowSerializer
from stock.selectors import balances, dashboard, periods, report
from stock.services import intake

DEFAULT_DAYS = 30


class DashboardView(OrganizationView):
    """Key figures over the caller's stores, and the last 30 days."""

    scope_area = "reports"
    query_parameters = ("store", "store_id")

    @extend_schema(summary="Dashboard figures", parameters=[STORE], responses=DashboardSerializer)
    def get(self, request: Request) -> Response:
        store_ids = self.access.store_ids
        if given := request.query_params.get("store") or request.query_params.get("store_id"):
            reference = int(given) if given.isascii() and given.isdigit() and len(given) < 19 else given
            stores = intake.resolve({reference}, set(), access=self.access).stores
            if reference not in stores:
                raise ValidationError({"store": ["No such store."]})
            store_ids = frozenset({stores[reference][0]})
        return Response(dashboard.figures(self.access, store_ids=store_ids))


@extend_schema_view(list=extend_schema(summary="What is low, out or below zero"))
class LowStockViewSet(BalanceList):
    """Balances that need attention, and how many units each misses to its reorder level."""

    scope_area = "reports"
    serializer_class = LowStockRowSerializer

    def rows(self) -> Any:
        return balances.needing_attention(self.access)

    def list(self, request: Request) -> Response:
        rows = self.page_of_rows()
        for row in rows:
            row["shortfall"] = max(row["reorder_level"] - row["available"], 0)
        return self.get_paginated_response(rows)


DAYS = [
    OpenApiParameter("start_date", date, description="First business day; 30 days ago when left out."),
    OpenApiParameter(
        "end_date", date, description="Last business day; the present one when left out, by the stores' own clocks."
    ),
]


@extend_schema_view(list=extend_schema(summary="Opening, in, out and closing by store and product", parameters=DAYS))
class MovementReportViewSet(BalanceList):
    """What moved between two business days; opening + in - out = closing on every row."""

    scope_area = "reports"
    serializer_class = MovementReportRowSerializer
    query_parameters = ("start_date", "end_date")

    def list(self, request: Request) -> Response:
        # Where the sun rises first it is tomorrow already, and what moved there today belongs to the report.
        last_day = self._day("end_date", periods.local_dates(self.access)[-1])
        first_day = self._day("start_date", last_day - timedelta(days=DEFAULT_DAYS))
        if first_day > last_day:
            raise ValidationError({"start_date": ["The first day lies after the last."]})
        rows = self.page_of_rows()
        report.add_movements(rows, first_day=first_day, last_day=last_day)
        return self.get_paginated_response(rows)

    def _day(self, name: str, default: date) -> date:
        given = self.request.query_params.get(name)
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

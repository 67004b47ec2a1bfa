"""Reports over HTTP: the dashboard's figures and what needs attention. What moved is in movement_reports."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_project.api.files import File
from inventory_project.api.views import OrganizationView
from stock.api import choosing
from stock.api.inventory import STORE, PresentBalances
from stock.api.serializers import DashboardSerializer, LowStockRowSerializer
from stock.selectors import balances, dashboard


class DashboardView(OrganizationView):
    """Key figures over the caller's stores, and the last 30 days."""

    scope_area = "reports"
    files = {"get": File("dashboard", DashboardSerializer)}
    query_parameters = ("store", "store_id")

    @extend_schema(summary="Dashboard figures", parameters=[STORE], responses=DashboardSerializer)
    def get(self, request: Request) -> Response:
        store_ids = self.access.store_ids
        if given := request.query_params.get("store") or request.query_params.get("store_id"):
            store_ids = frozenset({choosing.one_store(given, self.access)})
        return Response(dashboard.figures(self.access, store_ids=store_ids))


@extend_schema_view(list=extend_schema(summary="What is low, out or below zero"))
class LowStockViewSet(PresentBalances):
    """Balances that need attention, and how many units each misses to its reorder level."""

    scope_area = "reports"
    serializer_class = LowStockRowSerializer
    files = {"list": File("low-stock")}

    def rows(self) -> Any:
        return balances.needing_attention(self.access)

    def show(self, page: list[dict[str, Any]]) -> None:
        super().show(page)
        for row in page:
            row["shortfall"] = max(row["reorder_level"] - row["available"], 0)

"""The dashboard's figures."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_project.api.views import OrganizationView
from stock.api.inventory import STORE
from stock.api.serializers import DashboardSerializer
from stock.selectors import dashboard
from stock.services import intake


class DashboardView(OrganizationView):
    """Key figures over the caller's stores, and the last 30 days."""

    scope_area = "reports"

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

"""People's own quantities, looked at when their days are over, over HTTP."""

from __future__ import annotations

from typing import Any

import django_filters
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from forecasting.api.restock_serializers import (
    OverrideSerializer,
    OverrideTotalSerializer,
    OverrideTotalsSerializer,
)
from forecasting.models import OverrideOutcome
from forecasting.selectors import overrides as selectors
from inventory_project.api.files import File
from inventory_project.api.views import OrganizationViewSet
from stock.api import sales_choosing
from stock.api.filters import OfStoreFilter, by_product


class OverrideFilter(OfStoreFilter):
    store = django_filters.CharFilter(method="by_store", max_length=40, label="Store id or code")
    product = django_filters.CharFilter(method=by_product, max_length=64, label="Product id or SKU")
    person = django_filters.CharFilter("person", "iexact", max_length=150)
    reason = django_filters.CharFilter("reason", "iexact", max_length=300)
    since = django_filters.DateFilter("last_day", "gte", label="Whose days ended on or after this day")
    until = django_filters.DateFilter("last_day", "lte", label="Whose days ended on or before this day")


@extend_schema_view(list=extend_schema(summary="What became of quantities people changed, newest first"))
class OverrideViewSet(OrganizationViewSet):
    """Units short and left over with the person's quantity, and as they would have been with the proposed one."""

    scope_area = "stock"
    queryset = OverrideOutcome.unscoped.none()
    serializer_class = OverrideSerializer
    files = {"list": File("restock-overrides")}
    filterset_class = OverrideFilter
    filter_backends = [DjangoFilterBackend]
    ordering = ("-id",)

    def list(self, request: Request) -> Response:
        found = self.filter_queryset(selectors.visible_to(self.access))
        page = self.paginate_queryset(selectors.as_rows(found, self.access)) or []
        return self.get_paginated_response([selectors.shown(row) for row in page])


@extend_schema_view(
    list=extend_schema(
        summary="Totals of quantities people changed, by person, reason, store or product",
        description="By currency: two are never added. What was changed most often comes first.",
        parameters=[OpenApiParameter("by", str, enum=list(selectors.By), description="person when left out.")],
        responses=forced_singular_serializer(OverrideTotalsSerializer),
    )
)
class OverrideTotalsViewSet(OrganizationViewSet):
    """Whose changes, and which reasons, left stores with less short or less left over."""

    scope_area = "stock"
    queryset = OverrideOutcome.unscoped.none()
    serializer_class = OverrideTotalSerializer
    pagination_class = None
    files = {"list": File("restock-override-totals")}
    filterset_class = OverrideFilter
    filter_backends = [DjangoFilterBackend]
    query_parameters = ("by",)

    def list(self, request: Request) -> Response:
        by: Any = sales_choosing.word(request, "by", selectors.By, selectors.By.PERSON)
        found = self.filter_queryset(selectors.visible_to(self.access))
        return Response({"by": by, "results": selectors.totals(found, by, self.access)})

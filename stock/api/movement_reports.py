"""The movement report over HTTP: by store, by product, and by product in a store. Opening + in - out = closing."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.filters import ProductFilter
from catalog.models import Product
from inventory_project.api.file_shapes import Spread
from inventory_project.api.files import File
from inventory_project.api.filters import flag
from inventory_project.api.pagination import KeysetPagination, with_head
from inventory_project.api.views import OrganizationViewSet
from stock.api import choosing
from stock.api.choosing import DAYS, STORES
from stock.api.inventory import BalanceList
from stock.api.serializers import (
    MovementReportRowSerializer,
    ProductMovementsSerializer,
    StoreMovementsSerializer,
)
from stock.choices import Kind
from stock.selectors import matrix, report
from stores import selectors as stores
from stores.models import Store

FIGURES = ("opening", "units_in", "units_out", "units_sold", "closing", "movements")
# What goes on hold or comes back neither comes in nor goes out.
KINDS = tuple(kind for kind in Kind.values if kind not in {Kind.HOLD, Kind.RELEASE_HOLD})
KIND_COLUMNS = {"in_by_kind": Spread("in", KINDS), "out_by_kind": Spread("out", KINDS)}
Row = dict[str, Any]
BY_KIND = OpenApiParameter("by_kind", bool, description="Also by kind of movement; reads the movements of these days.")


@extend_schema_view(
    list=extend_schema(
        summary="What moved, by product in each store",
        description="Reads the movements of a page's balances since the first day: older ranges cost more.",
        parameters=DAYS,
    )
)
class MovementReportViewSet(BalanceList):
    """What moved between two business days; opening + in - out = closing on every row."""

    scope_area = "reports"
    serializer_class = MovementReportRowSerializer
    query_parameters = ("start_date", "end_date")
    files = {"list": File("movements-by-balance", spread=KIND_COLUMNS)}

    def list(self, request: Request) -> Any:
        self.days = report.Range(*choosing.days(request, self.access))
        return super().list(request)

    def finish(self, page: list[Row]) -> None:
        super().finish(page)
        report.add_movements(page, self.days)


@extend_schema_view(
    list=extend_schema(
        summary="What moved, by product over the chosen stores",
        description="Products held in one of the stores. Reads the movements of a page's products in these stores "
        "since the first day: choose stores, or smaller pages, where a chain is large and the range old.",
        parameters=[*STORES, *DAYS],
    )
)
class ProductMovementsViewSet(OrganizationViewSet):
    """What moved of each product, in all of the chosen stores together."""

    scope_area = "reports"
    queryset = Product.unscoped.none()
    serializer_class = ProductMovementsSerializer
    files = {"list": File("movements-by-product", spread=KIND_COLUMNS)}
    filterset_class = ProductFilter
    ordering = ("name",)
    ordering_fields = ["id", "sku", "name"]
    query_parameters = ("store", "region", "start_date", "end_date")

    def list(self, request: Request) -> Any:
        days = report.Range(*choosing.days(request, self.access))
        chosen = choosing.stores(stores.visible_to(self.access), request)
        store_ids = list(chosen.values_list("id", flat=True))
        page = self.paginate_queryset(self._products(store_ids)) or []
        report.add_product_movements(page, days, store_ids=store_ids)
        return self.get_paginated_response(page)

    def _products(self, store_ids: list[int]) -> Any:
        filtered = self.filter_queryset(Product.objects.all())
        return matrix.held(filtered, store_ids, statuses=()).values("id", "sku", "name", "unit")


class StoreMovementsPagination(KeysetPagination):
    """Pages of stores, under the range and the total of all of them."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        figures = {name: {"type": "number"} for name in FIGURES}
        day = {"type": "string", "format": "date"}
        return with_head(
            super().get_paginated_response_schema(schema),
            start_date=day,
            end_date=day,
            total={"type": "object", "properties": figures, "required": list(FIGURES)},
        )


@extend_schema_view(
    list=extend_schema(
        summary="What moved, by store, with the total",
        description="From the sums every movement keeps, so years cost as little as days. `total` is over all chosen "
        "stores. With `by_kind=true` the movements of the range are read too.",
        parameters=[*STORES, *DAYS, BY_KIND],
    )
)
class StoreMovementsViewSet(OrganizationViewSet):
    """What moved in each of the chosen stores, and in all of them together."""

    scope_area = "reports"
    queryset = Store.unscoped.none()
    serializer_class = StoreMovementsSerializer
    files = {"list": File("movements-by-store", spread=KIND_COLUMNS)}
    pagination_class = StoreMovementsPagination
    filter_backends: list[Any] = []
    ordering = ("name",)
    query_parameters = ("store", "region", "start_date", "end_date", "by_kind")

    def list(self, request: Request) -> Any:
        days, by_kind = (
            report.Range(*choosing.days(request, self.access)),
            flag(request, "by_kind") or self.is_page_of_file,
        )
        store_ids = self._chosen_ids()
        page = self.paginate_queryset(self._rows()) or []
        total = report.add_store_movements(page, days, store_ids=store_ids, by_kind=by_kind)
        head = {"start_date": days.first_day, "end_date": days.last_day, "total": total}
        return Response(head | self.get_paginated_response(page).data)

    def _chosen(self) -> Any:
        return choosing.stores(stores.visible_to(self.access), self.request)

    def _chosen_ids(self) -> list[int] | None:
        asked = self.request.query_params
        if self.access.store_ids is None and not asked.getlist("store") and not asked.get("region"):
            return None
        return list(self._chosen().values_list("id", flat=True))

    def _rows(self) -> Any:
        return self._chosen().values("id", "code", "name", "region")

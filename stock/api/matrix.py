"""Products against stores over HTTP."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import StreamingHttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.filters import ProductFilter
from catalog.models import Product
from inventory_project.api import csv
from inventory_project.api.pagination import KeysetPagination, with_head
from inventory_project.api.views import OrganizationViewSet
from stock.api import choosing
from stock.api.downloads import AS_FILE, ROWS_A_QUERY, Downloadable, pages
from stock.api.serializers import MatrixRowSerializer
from stock.choices import StockStatus
from stock.selectors import matrix
from stores import selectors as stores

MOST_COLUMNS = 50
MOST_COLUMNS_IN_A_FILE = 500
# What a file holds in memory at a time: a thousand rows of five hundred columns would be hundreds of megabytes.
CELLS_A_QUERY = 20_000
MEASURES = ("on_hand", "available", "status")
PARAMETERS = [
    *choosing.STORES,
    OpenApiParameter("status", str, many=True, enum=StockStatus.values, description="In one of the stores shown."),
    OpenApiParameter("measure", str, enum=MEASURES, description="What a file's cells hold; on_hand when left out."),
    AS_FILE,
]


class MatrixPagination(KeysetPagination):
    """Pages of products, under the stores of the columns."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        text, whole = {"type": "string"}, {"type": "integer"}
        store = {"type": "object", "properties": {"id": whole, "code": text, "name": text, "region": text}}
        return with_head(
            super().get_paginated_response_schema(schema),
            stores={"type": "array", "items": store},
            stores_chosen=whole,
            stores_left_out=whole,
        )


@extend_schema_view(
    list=extend_schema(
        summary="Products in rows, stores in columns",
        description=f"Open stores by name, at most {MOST_COLUMNS} of them: `stores_left_out` says how many more were "
        "chosen, so choose by `store` or `region`. A cell is null where the store never held the product.",
        parameters=PARAMETERS,
    )
)
class MatrixViewSet(Downloadable, OrganizationViewSet):
    """What each product is in each store, side by side."""

    scope_area = "stock"
    queryset = Product.unscoped.none()
    serializer_class = MatrixRowSerializer
    pagination_class = MatrixPagination
    filterset_class = ProductFilter
    ordering = ("name",)
    ordering_fields = ["id", "sku", "name"]
    query_parameters = ("store", "region", "status", "measure")

    def list(self, request: Request) -> Any:
        statuses = choosing.words(request, "status", StockStatus.values)
        measure = (choosing.words(request, "measure", MEASURES) or ["on_hand"])[0]
        chosen = choosing.stores(stores.visible_to(self.access).filter(is_active=True), request)
        shown, total = matrix.columns(chosen, most=MOST_COLUMNS_IN_A_FILE if self.wants_file else MOST_COLUMNS)
        store_ids = [store["id"] for store in shown]
        if self.wants_file:
            return self._file(shown, total, statuses, measure)
        page = self.paginate_queryset(self._products(store_ids, statuses)) or []
        matrix.add_cells(page, store_ids)
        answer = self.get_paginated_response(page)
        head = {"stores": shown, "stores_chosen": total, "stores_left_out": total - len(shown)}
        return Response(head | answer.data)

    def _products(self, store_ids: list[int], statuses: list[str]) -> Any:
        filtered = self.filter_queryset(Product.objects.all())
        rows = matrix.held(filtered, store_ids, statuses=statuses)
        return rows.values("id", "sku", "name", "unit", category_name=F("category__name"))

    def _file(
        self, shown: list[dict[str, Any]], total: int, statuses: list[str], measure: str
    ) -> StreamingHttpResponse:
        if total > len(shown):
            said = f"{total} stores are more than a file has columns ({MOST_COLUMNS_IN_A_FILE}). Choose a region."
            raise ValidationError({"store": [said]})
        store_ids = [store["id"] for store in shown]
        found = pages(
            self.access.organization_id,
            lambda: self._products(store_ids, statuses),
            order=("name", "id"),
            finish=lambda page: matrix.add_cells(page, store_ids),
            rows_a_query=min(ROWS_A_QUERY, CELLS_A_QUERY // max(len(store_ids), 1)),
        )
        rows = (
            [row["sku"], row["name"], row["unit"], *(cell and cell[measure] for cell in row["cells"]), row["on_hand"]]
            for row in found
        )
        columns = ["sku", "product", "unit", *(csv.cell(store["code"]) for store in shown), "on_hand_of_all"]
        return csv.stream(columns, rows, filename=f"stock-{measure}.csv")

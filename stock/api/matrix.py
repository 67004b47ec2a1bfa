"""Products against stores over HTTP."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.filters import ProductFilter
from catalog.models import Product
from inventory_project.api.file_shapes import Shape
from inventory_project.api.files import File
from inventory_project.api.pagination import KeysetPagination, with_head
from inventory_project.api.views import OrganizationViewSet
from stock.api import choosing
from stock.api.serializers import MatrixRowSerializer
from stock.choices import StockStatus
from stock.selectors import matrix
from stores import selectors as stores

MOST_COLUMNS = 50
MOST_COLUMNS_IN_A_FILE = 500
# What a file holds in memory at a time: five hundred rows of five hundred columns would be a hundred megabytes.
ROWS_A_PAGE = 40
MEASURES = ("on_hand", "available", "status")
PARAMETERS = [
    *choosing.STORES,
    OpenApiParameter("status", str, many=True, enum=StockStatus.values, description="In one of the stores shown."),
    OpenApiParameter("measure", str, enum=MEASURES, description="What a file's cells hold; on_hand when left out."),
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
class MatrixViewSet(OrganizationViewSet):
    """What each product is in each store, side by side."""

    scope_area = "stock"
    queryset = Product.unscoped.none()
    serializer_class = MatrixRowSerializer
    files = {"list": File("stock-matrix", rows_a_page=ROWS_A_PAGE)}
    pagination_class = MatrixPagination
    filterset_class = ProductFilter
    ordering = ("name",)
    ordering_fields = ["id", "sku", "name"]
    query_parameters = ("store", "region", "status", "measure")

    def list(self, request: Request) -> Any:
        statuses = choosing.words(request, "status", StockStatus.values)
        self._measure()
        chosen = choosing.stores(stores.visible_to(self.access).filter(is_active=True), request)
        shown, total = matrix.columns(chosen, most=MOST_COLUMNS_IN_A_FILE if self.is_page_of_file else MOST_COLUMNS)
        if self.is_page_of_file and total > len(shown):
            said = f"{total} stores are more than a file has columns ({MOST_COLUMNS_IN_A_FILE}). Choose a region."
            raise ValidationError({"store": [said]})
        store_ids = [store["id"] for store in shown]
        page = self.paginate_queryset(self._products(store_ids, statuses)) or []
        matrix.add_cells(page, store_ids)
        answer = self.get_paginated_response(page)
        head = {"stores": shown, "stores_chosen": total, "stores_left_out": total - len(shown)}
        return Response(head | answer.data)

    def _products(self, store_ids: list[int], statuses: list[str]) -> Any:
        filtered = self.filter_queryset(Product.objects.all())
        rows = matrix.held(filtered, store_ids, statuses=statuses)
        return rows.values("id", "sku", "name", "unit", category_name=F("category__name"))

    def _measure(self) -> str:
        return str((choosing.words(self.request, "measure", MEASURES) or ["on_hand"])[0])

    def file_shape(self, body: dict[str, Any], first: dict[str, Any] | None) -> Shape:
        measure = self._measure()
        columns = ["sku", "product", "unit", *(store["code"] for store in body["stores"]), "on_hand_of_all"]

        def cells(row: dict[str, Any]) -> list[Any]:
            by_store = (cell and cell[measure] for cell in row["cells"])
            return [row["sku"], row["name"], row["unit"], *by_store, row["on_hand"]]

        return Shape(columns, cells)

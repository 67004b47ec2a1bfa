"""Sales over HTTP, day by day of each product in each store."""

from __future__ import annotations

from datetime import date
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from inventory_project.api.files import File
from inventory_project.api.pagination import (
    CURSOR_PARAM,
    MAX_PAGE_SIZE,
    SIZE_PARAM,
    KeysetPagination,
    decode_cursor,
    encode_cursor,
)
from inventory_project.api.views import OrganizationView
from stock.api import sales_choosing as choosing
from stock.selectors import sales_days
from stock.selectors.sales_days import DaysQuestion, Edge

COLUMNS = (
    "date",
    "store_id",
    "store_code",
    "store",
    "region",
    "product_id",
    "sku",
    "product",
    "category",
    "units",
    "source",
    "currency",
    "revenue",
    "transactions",
)
NOT_A_CURSOR = "This is not a cursor of this list."


class SalesDaySerializer(serializers.Serializer):  # type: ignore[type-arg]
    date = serializers.DateField(help_text="Business day of the store.")
    store_id = serializers.IntegerField()
    store_code = serializers.CharField()
    store = serializers.CharField()
    region = serializers.CharField()
    product_id = serializers.IntegerField()
    sku = serializers.CharField()
    product = serializers.CharField()
    category = serializers.CharField(allow_null=True)
    units = serializers.FloatField()
    source = serializers.ChoiceField(choices=["ledger", "history"])  # type: ignore[assignment]
    currency = serializers.CharField()
    revenue = serializers.FloatField(allow_null=True, help_text="null: a history file knows units only.")
    transactions = serializers.IntegerField(allow_null=True)
    gross_margin = serializers.FloatField(
        required=False, allow_null=True, help_text="Only for callers who may see costs; of sales whose cost is known."
    )


PAGE = inline_serializer(
    "SalesDaysPage",
    {
        "results": SalesDaySerializer(many=True),
        "next": serializers.URLField(allow_null=True),
    },
)


class SalesView(OrganizationView):
    """What was sold of each product in each store on each business day, newest first."""

    scope_area = "reports"
    files = {"get": File("sales", SalesDaySerializer)}
    query_parameters = (*choosing.PARAMETERS, CURSOR_PARAM, SIZE_PARAM)

    @extend_schema(
        summary="Sales by day, store and product",
        parameters=[
            *choosing.DESCRIBED,
            OpenApiParameter(CURSOR_PARAM, str, description="Where the page begins: taken from `next`."),
            OpenApiParameter(SIZE_PARAM, int, description=f"Rows a page, at most {MAX_PAGE_SIZE}."),
        ],
        responses=PAGE,
    )
    def get(self, request: Request) -> Any:
        chosen = choosing.stores(request, self.access, each=True)
        period, products = choosing.period(request, chosen), choosing.products(request)
        question = DaysQuestion(period, chosen.ids(), products)
        size, after = KeysetPagination()._page_size(request), _edge(request)
        rows = sales_days.page(question, after=after, most=size + 1)
        following = self._link(request, sales_days.edge(rows[size - 1])) if len(rows) > size else None
        return Response({"results": [self._shown(row) for row in rows[:size]], "next": following})

    def _shown(self, row: dict[str, Any]) -> dict[str, Any]:
        cost, costed = row.pop("cost"), row.pop("costed_revenue")
        if self.access.sees_costs:
            row["gross_margin"] = costed - cost if costed else None
        return {name: row[name] for name in (*COLUMNS, "gross_margin") if name in row}

    def _link(self, request: Request, edge: Edge) -> str:
        cursor = encode_cursor([edge[0].isoformat(), *edge[1:]], backwards=False)
        return str(replace_query_param(request.build_absolute_uri(), CURSOR_PARAM, cursor))


def _edge(request: Request) -> Edge | None:
    given = request.query_params.get(CURSOR_PARAM)
    if not given:
        return None
    backwards, (day, store, product) = decode_cursor(given, length=3)
    try:
        numbers = [number for number in (store, product) if isinstance(number, int) and 0 < number < 2**63]
        found = date.fromisoformat(day)
    except (TypeError, ValueError) as error:
        raise ValidationError({CURSOR_PARAM: [NOT_A_CURSOR]}) from error
    if backwards or len(numbers) != 2 or isinstance(store, bool) or isinstance(product, bool):
        raise ValidationError({CURSOR_PARAM: [NOT_A_CURSOR]})
    return found, store, product

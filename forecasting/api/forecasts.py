"""Forecasts over HTTP: the list, and one taken apart."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from forecasting.api.filters import ForecastFilter
from forecasting.api.serializers import ForecastRowSerializer, ForecastSerializer
from forecasting.models import Forecast
from forecasting.selectors import alternatives, explanation
from forecasting.selectors import forecasts as selectors
from forecasting.services.figures import BASELINE
from inventory_project.api.files import File
from inventory_project.api.filters import is_id
from inventory_project.api.pagination import KeysetPagination
from inventory_project.api.views import OrganizationViewSet

PATTERN = r"[0-9]{1,18}-[0-9]{1,18}"
DAYS = 30
PARAMETERS = ("method", "days")


class ForecastPagination(KeysetPagination):
    """A forecast is known by its store and product together."""

    def _ordering(self, queryset: Any, request: Request, view: Any) -> tuple[str, ...]:
        chosen = tuple(queryset.query.order_by) or ("store_id",)
        sign = "-" if chosen[-1].startswith("-") else ""
        once: dict[str, str] = {}
        for name in (*chosen, f"{sign}store_id", f"{sign}product_id"):
            once.setdefault(name.lstrip("-"), name)
        return tuple(once.values())


@extend_schema_view(list=extend_schema(summary="List forecasts: 1, 7 and 30 days of each product in each store"))
class ForecastViewSet(OrganizationViewSet):
    """What each product will sell in each store, by the newest finished run."""

    scope_area = "reports"
    queryset = Forecast.unscoped.none()
    serializer_class = ForecastRowSerializer
    files = {"list": File("forecasts")}
    pagination_class = ForecastPagination
    filterset_class = ForecastFilter
    ordering = ("store_id",)
    ordering_fields = ["store_id", "product_id", "units_1", "units_7", "units_30", "lost_units", "lost_money"]
    lookup_value_regex = PATTERN
    lookup_url_kwarg = "id"

    def list(self, request: Request) -> Response:
        rows = selectors.as_rows(self.filter_queryset(selectors.visible_to(self.access)))
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response([selectors.describe(row) for row in page])

    @extend_schema(
        summary="Read a forecast: day by day, why, how good, and by another method",
        parameters=[
            OpenApiParameter("id", str, OpenApiParameter.PATH, description="`<store id>-<product id>`"),
            OpenApiParameter("method", str, enum=alternatives.METHODS, description="Beside it, by this method."),
            OpenApiParameter("days", int, description=f"Days shown, {DAYS} when left out."),
        ],
        responses=ForecastSerializer,
    )
    def retrieve(self, request: Request, id: str) -> Response:
        method = _method(request)
        store_id, product_id = map(int, id.split("-"))
        forecast = selectors.find(store_id=store_id, product_id=product_id, access=self.access)
        days = _days(request, most=len(forecast.mean))
        return Response(
            {
                **selectors.describe(_row(forecast)),
                "run": forecast.run_id,
                "made_at": forecast.run.finished_at,
                "sentences": explanation.sentences(forecast),
                "days": explanation.days_ahead(forecast, days),
                "components": explanation.components(forecast),
                "accuracy": explanation.accuracy(forecast, baseline=BASELINE),
                "backtest": explanation.backtest(forecast),
                "alternative": alternatives.by(method, forecast) if method else None,
            }
        )


def _row(forecast: Forecast) -> dict[str, Any]:
    product, store = forecast.product, forecast.store
    return {
        **{name: getattr(forecast, name) for name in selectors.FIELDS},
        "store_code": store.code,
        "store_name": store.name,
        "sku": product.sku,
        "product_name": product.name,
        "unit": product.unit,
        "category": product.category.name if product.category else None,
    }


def _method(request: Request) -> str:
    if unknown := request.query_params.keys() - {*PARAMETERS, "format"}:
        raise ValidationError({name[:64]: ["This parameter is not known here."] for name in sorted(unknown)})
    method = request.query_params.get("method", "")
    if method and method not in alternatives.METHODS:
        raise ValidationError({"method": [f"One of: {', '.join(alternatives.METHODS)}."]})
    return method


def _days(request: Request, *, most: int) -> int:
    given = request.query_params.get("days", str(DAYS))
    if not is_id(given) or not 1 <= int(given) <= most:
        raise ValidationError({"days": [f"A whole number from 1 to {most}."]})
    return int(given)

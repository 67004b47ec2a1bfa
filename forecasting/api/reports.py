"""Forecasts added up, and how good they were, over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from forecasting.api.serializers import (
    ForecastAccuracyRowSerializer,
    ForecastAccuracySerializer,
    PredictionRowSerializer,
    PredictionsSerializer,
)
from forecasting.selectors import accuracy, forecasts, predictions
from forecasting.services.figures import BASELINE
from inventory_project.api.files import File
from inventory_project.api.filters import is_id
from inventory_project.api.views import OrganizationView
from stock.api import choosing, sales_choosing

ROWS, MOST_ROWS = 50, 1000
LONGEST_DAYS = 60
LIMIT = OpenApiParameter("limit", int, description=f"Rows shown, {ROWS} when left out, at most {MOST_ROWS}.")
CURRENCY = OpenApiParameter("currency", str, description="Only stores with this currency.")
CATEGORY = OpenApiParameter("category", str, description="Category id or name.")
PRODUCT = OpenApiParameter("product", str, many=True, description="Product id or SKU; may be given several times.")


class AccuracyView(OrganizationView):
    """How far off forecasts were."""

    scope_area = "reports"
    files = {"get": File("forecast-accuracy", ForecastAccuracyRowSerializer)}
    query_parameters = ("by", "store", "region", "currency", "category", "product", "days", "limit")

    @extend_schema(
        summary="Accuracy of forecasts by product, store, organisation, or over time",
        description="Tests on past days, beside repeating the last week; where most units are off comes first. "
        "`by=time`: what nightly runs expected of the next `days` days (1, 7 or 30), beside what happened; products "
        "that were sold out meanwhile are left out. Money of stores with different currencies is never added: choose "
        "`currency`, or it is null.",
        parameters=[
            OpenApiParameter("by", str, enum=list(accuracy.By), description="organization when left out."),
            *choosing.STORES,
            CURRENCY,
            CATEGORY,
            PRODUCT,
            OpenApiParameter("days", int, enum=[1, 7, 30], description="With by=time; 7 when left out."),
            LIMIT,
        ],
        responses=ForecastAccuracySerializer,
    )
    def get(self, request: Request) -> Response:
        by = sales_choosing.word(request, "by", accuracy.By, accuracy.By.ORGANIZATION)
        most = _number(request, "limit", MOST_ROWS if self.is_page_of_file else ROWS, MOST_ROWS)
        chosen = _store_ids(request, self.access)
        run = forecasts.current_run()
        head = {"by": by, "run": run and run.pk, "made_at": run and run.finished_at}
        return Response(head | {"results": self._rows(request, by, chosen, most)})

    def _rows(self, request: Request, by: accuracy.By, chosen: list[int] | None, most: int) -> list[dict[str, Any]]:
        asked = request.query_params
        if by is not accuracy.By.TIME:
            if "days" in asked:
                raise ValidationError({"days": ["Only with by=time."]})
            products = sales_choosing.products(request)
            return accuracy.tested(by, stores=chosen, products=products, most=most, baseline=BASELINE)
        if wrong := [name for name in ("product", "category") if name in asked]:
            raise ValidationError({name: ["Over time accuracy is kept by store."] for name in wrong})
        days = asked.get("days", "7")
        if days not in ("1", "7", "30"):
            raise ValidationError({"days": ["One of: 1, 7, 30."]})
        return accuracy.over_time(days=int(days), stores=chosen, most=most)


class PredictionsView(OrganizationView):
    """Sales to come."""

    scope_area = "reports"
    files = {"get": File("sales-predictions", PredictionRowSerializer)}
    query_parameters = ("by", "days", "store", "region", "currency", "category", "product", "limit")

    @extend_schema(
        summary="Sales to come by day, store, category or product",
        description="Expected units, and revenue at today's sale prices. Amounts of stores with different currencies "
        "are never added: choose `currency`, or they are null.",
        parameters=[
            OpenApiParameter("by", str, enum=list(predictions.By), description="day when left out."),
            OpenApiParameter("days", int, description=f"Days ahead, 30 when left out, at most {LONGEST_DAYS}."),
            *choosing.STORES,
            CURRENCY,
            CATEGORY,
            PRODUCT,
            LIMIT,
        ],
        responses=PredictionsSerializer,
    )
    def get(self, request: Request) -> Response:
        by = sales_choosing.word(request, "by", predictions.By, predictions.By.DAY)
        days = _number(request, "days", 30, LONGEST_DAYS)
        most = _number(request, "limit", MOST_ROWS if self.is_page_of_file else ROWS, MOST_ROWS)
        chosen = sales_choosing.stores(request, self.access, each=True)
        rows = predictions.ask(
            by,
            days=days,
            stores=chosen.ids(),
            category=sales_choosing.category(request),
            products=sales_choosing.products(request) if any(request.query_params.getlist("product")) else None,
            most=days + 1 if by is predictions.By.DAY else most,
        )
        run = forecasts.current_run()
        return Response(
            {
                "by": by,
                "days": days,
                "first_day": min((row["first_day"] for row in rows), default=None),
                "last_day": max((row["last_day"] for row in rows), default=None),
                "currency": chosen.currency,
                "currencies": chosen.currencies,
                "run": run and run.pk,
                "made_at": run and run.finished_at,
                "units": round(sum(row["units"] for row in rows), 3),
                "revenue": round(sum(row["revenue"] for row in rows), 2) if chosen.currency else None,
                "results": [_shown(row, money=chosen.currency is not None) for row in rows],
            }
        )


def _shown(row: dict[str, Any], *, money: bool) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in ("first_day", "last_day")}
    figures = {"units": round(row["units"], 3), "revenue": round(row["revenue"], 2) if money else None}
    return kept | figures


def _store_ids(request: Request, access: Any) -> list[int] | None:
    """The stores asked about; None for all there are."""
    asked = request.query_params
    if access.store_ids is None and not any(asked.getlist(name)[:1] for name in ("store", "region", "currency")):
        return None
    return sales_choosing.stores(request, access, each=True).ids()


def _number(request: Request, name: str, default: int, most: int) -> int:
    given = request.query_params.get(name)
    if given is None:
        return default
    if not is_id(given) or not 1 <= int(given) <= most:
        raise ValidationError({name: [f"A whole number from 1 to {most}."]})
    return int(given)

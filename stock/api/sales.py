"""Sales over HTTP: by anything, and in figures, each beside the period before and the year before."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_project.api.files import File
from inventory_project.api.filters import is_id
from inventory_project.api.views import OrganizationView
from stock.api import sales_choosing as choosing
from stock.api.sales_serializers import AggregatedSalesSerializer, SalesMetricsSerializer, SalesRowSerializer
from stock.selectors import sales, sales_figures
from stock.selectors.sales import IN_TIME, Answer, By, Question
from stock.selectors.sales_figures import Shown

MOST_ROWS = 1000
ROWS = 50
BY = OpenApiParameter("by", str, enum=list(By), description="day when left out.")
ORDERING = OpenApiParameter(
    "ordering", str, description="-revenue (top), revenue (bottom), -units, units; rows of time are in order of time."
)
LIMIT = OpenApiParameter("limit", int, description=f"Rows shown, at most {MOST_ROWS}; a file has all.")


class SalesQuestionView(OrganizationView):
    """What every question about sales shares."""

    scope_area = "reports"

    def question(self, request: Request, by: By) -> Question:
        chosen = choosing.stores(request, self.access, each=by is By.STORE)
        category = choosing.category(request)
        products = choosing.named_products(request, category)
        return Question(chosen, by, choosing.period(request, chosen), products, category)

    def about(self, answer: Answer) -> dict[str, Any]:
        """Which days and stores the figures are of."""
        period, chosen = answer.question.period, answer.question.chosen
        return {
            "first_day": period.first_day,
            "last_day": period.last_day,
            "days": period.days,
            "known_since": answer.known_since,
            "currency": chosen.currency,
            "currencies": chosen.currencies,
        }

    def shown(self, question: Question) -> Shown:
        return Shown(money=question.chosen.currency is not None, margins=self.access.sees_costs)


class AggregatedSalesView(SalesQuestionView):
    """Sums by day, week, month, store, category or product."""

    files = {"get": File("sales-aggregated", SalesRowSerializer)}
    query_parameters = (*choosing.PARAMETERS, "by", "ordering", "limit")

    @extend_schema(
        summary="Sales by day, week, month, store, category or product",
        description="Each row beside the same of the period before and of the year before; null is what is not known. "
        "Amounts of stores with different currencies are never added: choose `currency`, or they are null.",
        parameters=[BY, *choosing.DESCRIBED, ORDERING, LIMIT],
        responses=AggregatedSalesSerializer,
    )
    def get(self, request: Request) -> Any:
        by = choosing.word(request, "by", By, By.DAY)
        ordering, limit = self._ordering(request, by), _limit(request)
        answer = sales.ask(self.question(request, by))
        shown = self.shown(answer.question)
        keys: list[Any] = []
        if by not in IN_TIME:
            keys = sales_figures.in_order(answer, shown, ordering or ("-revenue" if shown.money else "-units"))
        shown_keys = keys if self.is_page_of_file else keys[:limit]
        rows = sales_figures.rows(answer, shown, shown_keys)
        head = self.about(answer) | {"by": by, "totals": shown.figures(sales.total(answer.current))}
        head["rows_left_out"] = len(keys) - len(shown_keys)
        return Response(head | {"results": sales_figures.name(rows, by)})

    def _ordering(self, request: Request, by: By) -> str:
        given = request.query_params.get("ordering", "")
        allowed = () if by in IN_TIME else ("-revenue", "revenue", "-units", "units", "-transactions", "transactions")
        if given and given not in allowed:
            said = f"Order by one of: {', '.join(allowed)}." if allowed else "Rows of time are in order of time."
            raise ValidationError({"ordering": [said]})
        return given


class SalesMetricsView(SalesQuestionView):
    """A period in figures."""

    files = {"get": File("sales-metrics", SalesMetricsSerializer)}
    query_parameters = choosing.PARAMETERS

    @extend_schema(
        summary="Sales in figures: units, revenue, price, transactions, growth, trend",
        parameters=choosing.DESCRIBED,
        responses=SalesMetricsSerializer,
    )
    def get(self, request: Request) -> Any:
        answer = sales.ask(self.question(request, By.DAY))
        found = sales_figures.metrics(answer, self.shown(answer.question))
        return Response(self.about(answer) | found)


def _limit(request: Request) -> int:
    given = request.query_params.get("limit")
    if given is None:
        return ROWS
    if not is_id(given) or not 1 <= int(given) <= MOST_ROWS:
        raise ValidationError({"limit": [f"A whole number from 1 to {MOST_ROWS}."]})
    return int(given)

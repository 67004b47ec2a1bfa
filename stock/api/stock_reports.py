"""Reports about what is held over HTTP: JSON by pages, a CSV file, or a page to print. docs/reports.md."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from inventory_project.api.file_shapes import Row, Shape, shape_of
from inventory_project.api.files import File
from inventory_project.api.filters import is_id
from inventory_project.api.pagination import (
    CURSOR_PARAM,
    MAX_PAGE_SIZE,
    SIZE_PARAM,
    KeysetPagination,
    decode_cursor,
    encode_cursor,
)
from inventory_project.api.views import OrganizationView
from inventory_project.kernel import clock
from stock.api import printing
from stock.api import sales_choosing as choosing
from stock.selectors import stock_report_list as reports
from stock.selectors import stock_reports
from stock.selectors.sales_periods import Period
from stock.selectors.sales_stores import Chosen
from stock.selectors.stock_reports import Edge, Question, Report

ROWS_OF_FILE = 20_000
NOT_A_CURSOR = "This is not a cursor of this list."
DEAD_AFTER = 90
BASES = ("revenue", "margin", "units")
SUPPLIER = OpenApiParameter("supplier", str, description="Supplier id or name.")
OPTIONS = {
    "as_of": OpenApiParameter(
        "as_of", date, description="At the end of this business day of each store; now when left out."
    ),
    "days": OpenApiParameter("days", int, description=f"Nothing sold for so many days; {DEAD_AFTER} when left out."),
    "basis": OpenApiParameter("basis", str, enum=BASES, description="What ABC is by; revenue when left out."),
}
PERIOD = ("period", "start_date", "end_date")
COMMON = [each for each in choosing.DESCRIBED if each.name not in (*PERIOD, "product")]


class StockReportView(OrganizationView):
    """One report; what differs is in its definition."""

    scope_area = "reports"
    printed = ("get",)
    report: ClassVar[Report]

    def file_shape(self, body: Row, first: Row | None) -> Shape:
        """The columns the answer says it has, also of no rows."""
        about = body["meta"]
        names = stock_reports.columns_of(stock_reports.By(about["by"]), [figure["name"] for figure in about["figures"]])
        return shape_of(self.file_row(), dict.fromkeys(names), {})

    def get(self, request: Request) -> Any:
        question, about = self._question(request)
        if self.wants_page:
            return printing.page(question, about)
        # Each page works the whole report out.
        size = ROWS_OF_FILE if self.is_page_of_file else KeysetPagination()._page_size(request)
        answer = stock_reports.ask(question, most=size + 1, after=_edge(request))
        following = self._link(request, answer.edges[size - 1]) if len(answer.rows) > size else None
        body = {"meta": about, "totals": answer.totals, "results": answer.rows[:size], "next": following}
        return Response(body)

    def _question(self, request: Request) -> tuple[Question, dict[str, Any]]:
        """What is asked, and what the answer says about itself."""
        report = self.report
        by = choosing.word(request, "by", report.bys, report.bys[0])
        chosen = choosing.stores(request, self.access, each=False)
        category, supplier = choosing.category(request), choosing.supplier(request)
        params: dict[str, Any] = {
            "stores": chosen.ids(),
            "category": category,
            "supplier": supplier,
            "now": clock.now(),
        }
        about: dict[str, Any] = {"report": report.name, "title": report.title, "by": by, "order": report.order}
        about |= {"computed_at": params["now"], "currencies": chosen.currencies}
        if report.note is not None:
            about["note"] = report.note()
        if report.period:
            period = choosing.period(request, chosen, default=report.period)
            days: dict[str, Any] = {"first_day": period.first_day, "last_day": period.last_day}
            params |= {**days, "period_days": period.days}
            about["period"] = {**days, "days": period.days}
        source = self._options(request, chosen, params, about)
        about["filters"] = {
            name: ", ".join(given) for name in _filters(report) if (given := request.query_params.getlist(name))
        }
        about["figures"] = [
            {"name": figure.name, "label": figure.label, "formula": figure.formula, "unit": figure.unit}
            for figure in report.shown(self.access.sees_costs)
        ]
        return Question(report, by, self.access.sees_costs, params, source), about

    def _options(self, request: Request, chosen: Chosen, params: dict[str, Any], about: dict[str, Any]) -> str:
        """The report's own questions; the source to read, when it is another one than usual."""
        asked = request.query_params
        options = self.report.options
        if "days" in options:
            params["days"] = about["days"] = _number(asked.get("days"), DEAD_AFTER)
        if "basis" in options:
            basis = choosing.word(request, "basis", BASES, "revenue")
            if basis == "margin" and not self.access.sees_costs:
                raise ValidationError({"basis": ["Needs the right to see costs."]})
            period = Period(params["first_day"], params["last_day"])
            params |= {"basis": basis, "weeks": period.days // 7, "scopes": chosen.scopes if chosen.by_product else []}
            about |= {"basis": basis, "weeks": period.days // 7}
        if "as_of" in options and asked.get("as_of"):
            params["as_of"] = about["as_of"] = choosing.day(request, "as_of")
            if params["as_of"] > chosen.today():
                raise ValidationError({"as_of": ["This day has not begun yet."]})
            return "valuation_as_of.sql"
        return ""

    def _link(self, request: Request, edge: Edge) -> str:
        cursor = encode_cursor([str(edge[0]), *edge[1:]], backwards=False)
        return str(replace_query_param(request.build_absolute_uri(), CURSOR_PARAM, cursor))


def _filters(report: Report) -> tuple[str, ...]:
    return (*(each.name for each in COMMON), "supplier")


def _number(given: str | None, default: int) -> int:
    if given is None:
        return default
    if not is_id(given) or not 1 <= int(given) <= choosing.LONGEST_DAYS:
        raise ValidationError({"days": [f"A whole number from 1 to {choosing.LONGEST_DAYS}."]})
    return int(given)


def _edge(request: Request) -> Edge | None:
    given = request.query_params.get(CURSOR_PARAM)
    if not given:
        return None
    backwards, (rank, key1, key2, currency) = decode_cursor(given, length=4)
    try:
        edge = Decimal(str(rank))
        keys = [key for key in (key1, key2) if type(key) is int and abs(key) < 2**63]
    except InvalidOperation as error:
        raise ValidationError({CURSOR_PARAM: [NOT_A_CURSOR]}) from error
    is_text = isinstance(currency, str) and len(currency) <= 3 and "\x00" not in currency
    if backwards or len(keys) != 2 or not edge.is_finite() or abs(edge.adjusted()) > 40 or not is_text:
        raise ValidationError({CURSOR_PARAM: [NOT_A_CURSOR]})
    return edge, keys[0], keys[1], currency


DATES = frozenset({"last_sold_on", "held_since", "dispatched_on", "expected_on"})


def _field(figure: stock_reports.Figure) -> serializers.Field[Any, Any, Any, Any]:
    shape: dict[str, Any] = {
        "allow_null": True,
        "required": not figure.costs,
        "help_text": f"{figure.label}: {figure.formula}.",
    }
    if figure.name in DATES:
        return serializers.DateField(**shape)
    return serializers.CharField(**shape) if figure.unit == stock_reports.TEXT else serializers.FloatField(**shape)


def _said_of(option: str) -> dict[str, Any]:
    """What an answer says about a question of its report's own."""
    if option == "as_of":
        return {"as_of": serializers.DateField(required=False, help_text="Only when it was asked for.")}
    if option == "days":
        return {"days": serializers.IntegerField()}
    return {"basis": serializers.ChoiceField(choices=BASES), "weeks": serializers.IntegerField()}


def _currency() -> serializers.CharField:
    return serializers.CharField(help_text="Of the row's amounts; two are never added.")


def _name(name: str) -> serializers.Field[Any, Any, Any, Any]:
    """What a row may be about: which of them are there, `by` decides."""
    kind = serializers.IntegerField if name.endswith("_id") else serializers.CharField
    return kind(required=False, allow_null=True)


def _class_name(report: Report) -> str:
    return "".join(word.title() for word in report.name.split("-"))


def _row(report: Report, *, many: bool = False) -> Any:
    """The shape of a row: whom it may be about, and the figures."""
    names = {name: _name(name) for by in report.bys for name in stock_reports.NAMES[by]}
    figures = {figure.name: _field(figure) for figure in report.figures}
    return inline_serializer(f"{_class_name(report)}Row", {**names, "currency": _currency(), **figures}, many=many)


def _described(report: Report) -> Any:
    """The shape of the report's answer."""
    name = _class_name(report)
    added = {figure.name: _field(figure) for figure in report.figures if figure.adds_up}
    said = {word: serializers.CharField() for word in ("name", "label", "formula", "unit")}
    about: dict[str, Any] = {word: serializers.CharField() for word in ("report", "title", "by", "order")}
    about |= {
        "computed_at": serializers.DateTimeField(),
        "currencies": serializers.ListField(child=serializers.CharField()),
    }
    about |= {"filters": serializers.DictField(child=serializers.CharField())}
    about |= {"figures": inline_serializer(f"{name}Figure", said, many=True)}
    about |= {name: field for option in report.options for name, field in _said_of(option).items()}
    if report.note is not None:
        about["note"] = serializers.CharField(help_text="What the whole of it rests on.")
    if report.period:
        days = {
            "first_day": serializers.DateField(),
            "last_day": serializers.DateField(),
            "days": serializers.IntegerField(),
        }
        about["period"] = inline_serializer(f"{name}Period", days)
    page = {
        "meta": inline_serializer(f"{name}Meta", about),
        "totals": inline_serializer(f"{name}Total", {"currency": _currency(), **added}, many=True),
        "results": _row(report, many=True),
        "next": serializers.URLField(allow_null=True),
    }
    return inline_serializer(f"{name}Report", page)


def view_of(report: Report) -> Any:
    """The view of one report."""
    by = OpenApiParameter("by", str, enum=[*report.bys], description=f"What a row is; {report.bys[0]} when left out.")
    period = [each for each in choosing.DESCRIBED if each.name in PERIOD] if report.period else []
    paging = [
        OpenApiParameter(CURSOR_PARAM, str, description="Where the page begins: taken from `next`."),
        OpenApiParameter(SIZE_PARAM, int, description=f"Rows a page, at most {MAX_PAGE_SIZE}."),
    ]
    own = [OPTIONS[name] for name in report.options]
    parameters = [by, *COMMON, SUPPLIER, *period, *own, *paging]
    described = extend_schema(
        summary=report.title,
        description=f"Ordered: {report.order}. `meta.figures` has each figure's formula. Amounts of different "
        "currencies are never added: rows and totals are by currency. Figures at cost only for who may see costs.",
        parameters=parameters,
        responses=_described(report),
    )

    def get(self: StockReportView, request: Request) -> Any:
        return StockReportView.get(self, request)

    members = {
        "report": report,
        "query_parameters": tuple(parameter.name for parameter in parameters),
        "files": {"get": File(report.name, partial(_row, report), rows_a_page=ROWS_OF_FILE)},
        "get": described(get),
        "__doc__": report.title,
        "__module__": __name__,
    }
    return type(f"{_class_name(report)}View", (StockReportView,), members)


VIEWS = {name: view_of(report) for name, report in reports.REPORTS.items()}

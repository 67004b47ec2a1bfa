"""A report as a page to print: the same figures, what they are about and how they are worked out; no script."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string

from accounts.models import Organization
from inventory_project.kernel.tenancy import current_organization_id
from stock.selectors import stock_reports
from stock.selectors.stock_reports import NAMES, Figure, Question

# A printer's patience: some hundred pages. The file has all rows.
MOST_ROWS = 5000
WORDS = {
    "store_code": "Code", "store": "Store", "sku": "SKU", "product": "Product", "unit": "Unit", "category": "Category",
    "supplier": "Supplier", "transfer": "Transfer", "from_store": "From", "to_store": "To",
}  # fmt: skip
# Nothing may be loaded or run: the page is text, and its own style.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def page(question: Question, about: dict[str, Any]) -> HttpResponse:
    """The report's first rows, with the totals of all of them."""
    answer = stock_reports.ask(question, most=MOST_ROWS + 1)
    figures = question.report.shown(question.sees_costs)
    names = [name for name in NAMES[question.by] if name in WORDS]
    context = {
        "about": about,
        "organization": Organization.objects.get(id=current_organization_id()).name,
        "names": [WORDS[name] for name in names],
        "figures": figures,
        "rows": [
            {"names": [row[name] for name in names], "currency": row["currency"], "cells": _cells(figures, row)}
            for row in answer.rows[:MOST_ROWS]
        ],
        "totals": [{"currency": row["currency"], "cells": _cells(figures, row)} for row in answer.totals],
        "is_cut": len(answer.rows) > MOST_ROWS,
        "most": MOST_ROWS,
    }
    body = render_to_string("stock/print/report.html", context)
    return HttpResponse(body, headers={"Content-Security-Policy": POLICY})


def _cells(figures: tuple[Figure, ...], row: dict[str, Any]) -> list[tuple[str, str]]:
    """Each cell's text, after the class of its column: sentences are broken, figures are not."""
    kinds = ("text" if isinstance(row.get(figure.name), str) else "figure" for figure in figures)
    return [(kind, _cell(figure, row.get(figure.name))) for kind, figure in zip(kinds, figures, strict=True)]


def _cell(figure: Figure, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, Decimal | int):
        return str(value)
    if figure.unit == "money":
        return f"{value:,.2f}"
    text = f"{value:,.3f}"
    return text.rstrip("0").rstrip(".")

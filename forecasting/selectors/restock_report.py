"""The restock report: what each store should order, take from another store, send off or look after, and why.

One of the reports of `stock.selectors.stock_reports`, so it is asked, filed, printed and added up like them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from pathlib import Path
from typing import Any

from forecasting.models import RestockProposal
from forecasting.restock import explain
from forecasting.restock.inputs import Kind
from inventory_project.kernel import clock, records, sql
from inventory_project.kernel.tenancy import current_organization_id
from stock.selectors.stock_reports import DAYS, MONEY, TEXT, By, Figure, Question, Report
from stores.models import Store

SQL = Path(__file__).resolve().parent.parent / "sql" / "reports"
NUMBERS = ("protection_days", "position", "expected", "pack", "moq")
Row = dict[str, Any]


def _fill(rows: list[Row]) -> None:
    """Add `order_from` and `reason` to rows of balances: one query a page."""
    places = {name: [row[name] for row in rows] for name in ("store_id", "product_id")}
    asked = {
        "organization": current_organization_id(),
        "stores": places["store_id"],
        "products": places["product_id"],
    }
    lines: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for line in sql.rows(sql.statement(SQL / "restock_lines.sql"), asked):
        lines[line["store_id"], line["product_id"]].append(line)
    for row in rows:
        found = lines[row["store_id"], row["product_id"]]
        row["order_from"] = next((line["supplier"] for line in found if line["source"] == "buy"), None)
        row["reason"] = " ".join([*map(_sentence, found), *_besides(row, found)])


def _sentence(line: Row) -> str:
    kept = {name: float(line[name]) for name in NUMBERS}
    said = explain.sentence(Kind(line["kind"]), kept, line, source=line["source"], other=line["other"] or "")
    if line["chosen"] is None:
        return said
    return f"{said} Changed to {records.plain(line['chosen'])}: {line['reason']}"


def _besides(row: Row, lines: list[Row]) -> list[str]:
    said = []
    if row["out"] and not lines:
        said.append("Nothing is left, and nothing more is proposed.")
    if row["on_drafts"]:
        said.append(f"{records.plain(row['on_drafts'])} are on drafts that were not sent yet.")
    return said


def note() -> str:
    """Which proposal it rests on. One query."""
    shown = RestockProposal.objects.filter(is_current=True).first()
    if shown is None:
        return "There is no proposal yet: it shows what has run out and what is on drafts."
    made = shown.finished_at and f" of {shown.finished_at:%Y-%m-%d %H:%M} UTC"
    aged = f" from a forecast {shown.forecast_age} days old," if shown.forecast_age else ""
    left = f" {shown.lines_left_out} lines the budget did not pay for are not in it." if shown.lines_left_out else ""
    return f"Made from proposal R-{shown.pk:06d}{made or ''},{aged} with the stock of this moment.{left}"


RESTOCK = Report(
    name="restock",
    title="Restock report",
    source=SQL / "restock.sql",
    sums=(
        "to_order",
        "to_transfer",
        "on_drafts",
        "gone",
        "on_hand",
        "on_order",
        "position",
        "units_7",
        "units_30",
        "cost",
        "at_risk",
    ),
    figures=(
        Figure("to_order", "To order", "units of the proposal's lines to buy, or what a person chose", "g.to_order"),
        Figure("order_from", "Order from", "the supplier of the line", "NULL::text", TEXT, adds_up=False),
        Figure(
            "to_transfer", "To transfer", "units to take from stores that have more than they need", "g.to_transfer"
        ),
        Figure(
            "on_drafts", "On drafts", "units on orders and transfers to the store that were not sent", "g.on_drafts"
        ),
        Figure("out", "Out", "products in stores with nothing left, or below zero", "g.gone"),
        Figure("on_hand", "On hand", "units on hand", "g.on_hand"),
        Figure("on_order", "On order", "units ordered − received − cancelled, of orders that were sent", "g.on_order"),
        Figure(
            "days_of_cover",
            "Days of cover",
            "(on hand − reserved − on hold + in transit + on order) / (forecast of 30 days / 30)",
            "round(greatest(g.position, 0) * 30 / NULLIF(g.units_30, 0), 1)",
            DAYS,
        ),
        Figure("forecast_7", "Forecast 7 days", "units expected to be sold in 7 days", "round(g.units_7, 1)"),
        Figure("forecast_30", "Forecast 30 days", "units expected to be sold in 30 days", "round(g.units_30, 1)"),
        Figure("cost", "Cost", "units to order × the product's cost", "round(g.cost, 2)", MONEY, costs=True),
        Figure(
            "margin_at_risk",
            "Margin at risk",
            "margin on the units expected to be short without the order",
            "round(g.at_risk, 2)",
            MONEY,
            costs=True,
        ),
        Figure("reason", "Why", "the proposal's lines in plain words", "NULL::text", TEXT, adds_up=False),
    ),
    rank="g.at_risk",
    open_rank="g.units_7",
    order="the most urgent first",
    bys=(By.BALANCE, By.STORE, By.PRODUCT, By.CATEGORY, By.SUPPLIER),
    fill=_fill,
    note=note,
)


def question(*, store_ids: Collection[int] | None, sees_costs: bool) -> Question:
    """What is to be done in these stores (None: in all), a product in a store a row."""
    stores = None if store_ids is None else list(store_ids)
    params = {"stores": stores, "category": None, "supplier": None, "now": clock.now()}
    return Question(RESTOCK, By.BALANCE, sees_costs, params)


def about(asked: Question, store: Store | None) -> dict[str, Any]:
    """What a report says about itself where no request asked for it. One query."""
    figures = RESTOCK.shown(asked.sees_costs)
    return {
        "report": RESTOCK.name,
        "title": RESTOCK.title,
        "by": asked.by,
        "order": RESTOCK.order,
        "computed_at": asked.params["now"],
        "note": note(),
        "filters": {"store": store.name} if store else {},
        "figures": [
            {"name": one.name, "label": one.label, "formula": one.formula, "unit": one.unit} for one in figures
        ],
    }

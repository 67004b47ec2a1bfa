"""The restock report of one store as a letter: what to order and move, what is out, what is a draft."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from forecasting.selectors import restock_report
from inventory_project.kernel import csv_text
from inventory_project.kernel.mail import File, Letter
from inventory_project.kernel.records import plain
from stock.choices import MailingKind
from stock.selectors import stock_reports
from stock.selectors.mailings import MOST_ROWS
from stock.services.mailing_letters import COMPOSERS, ROWS_IN_THE_TEXT
from stores.models import Store

Row = dict[str, Any]
NO_SUPPLIER = "No supplier"


def join() -> None:
    """From now on the restock report is one of the lists that are mailed."""
    COMPOSERS[MailingKind.RESTOCK] = compose


def compose(store: Store, day: date, with_costs: bool) -> tuple[Letter, int]:
    """What is to be done in the store now. Three queries."""
    question = restock_report.question(store_ids=[store.pk], sees_costs=with_costs)
    answer = stock_reports.ask(question, most=MOST_ROWS)
    rows, shown = answer.rows, [_said(row, with_costs) for row in answer.rows[:ROWS_IN_THE_TEXT]]
    sections = _sections(shown)
    figures = _figures(rows)
    context = {
        "store": store,
        "day": day,
        "figures": figures,
        "note": restock_report.note(),
        "sections": sections,
        "with_costs": with_costs,
        "total": _money(sum(row["cost"] for row in rows)) if with_costs else "",
        "currency": store.currency,
        "more": len(rows) - len(shown),
        "is_cut": len(rows) == MOST_ROWS,
    }
    letter = Letter(
        subject=f"{store.name}: {figures}",
        text=render_to_string("forecasting/mail/restock.txt", context),
        html=render_to_string("forecasting/mail/restock.html", context),
        files=(File(f"restock-{day.isoformat()}.csv", table(question, rows)),),
    )
    return letter, len(rows)


def table(question: stock_reports.Question, rows: list[Row]) -> str:
    """The rows as a CSV file, with the columns of the report's own file."""
    figures = [figure.name for figure in question.report.shown(question.sees_costs)]
    columns = stock_reports.columns_of(question.by, figures)
    return "".join(csv_text.lines(columns, ([row[name] for name in columns] for row in rows)))


def _figures(rows: list[Row]) -> str:
    orders = [row for row in rows if row["to_order"]]
    suppliers = len({row["order_from"] for row in orders})
    said = [
        (len(orders), f"to order from {suppliers} {'supplier' if suppliers == 1 else 'suppliers'}"),
        (sum(1 for row in rows if row["to_transfer"]), "to transfer"),
        (sum(1 for row in rows if row["out"]), "out"),
        (sum(1 for row in rows if row["on_drafts"]), "on drafts"),
    ]
    return ", ".join(f"{count:,} {words}" for count, words in said if count) or "nothing to restock"


def _sections(rows: list[Row]) -> list[dict[str, Any]]:
    """Each row where it belongs, in each place it belongs to: a product can be ordered and be out."""
    suppliers: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["to_order"]:
            suppliers[row["order_from"] or NO_SUPPLIER].append({**row, "units": row["to_order_said"]})
    found = [{"title": f"Order from {name}", "rows": each} for name, each in sorted(suppliers.items())]
    for title, name in (("Take from other stores", "to_transfer"), ("On drafts, not sent yet", "on_drafts")):
        found.append({"title": title, "rows": [{**row, "units": row[f"{name}_said"]} for row in rows if row[name]]})
    found.append(
        {"title": "Out of stock", "rows": [{**row, "units": row["on_hand_said"]} for row in rows if row["out"]]}
    )
    return [section for section in found if section["rows"]]


def _said(row: Row, with_costs: bool) -> Row:
    """A row with its numbers as people read them."""
    names = ("to_order", "to_transfer", "on_drafts", "on_hand", "on_order")
    unit = "" if row["unit"] == "each" else f" {row['unit']}"
    said = {f"{name}_said": f"{plain(row[name])}{unit}" for name in names}
    for name in ("days_of_cover", "forecast_7", "forecast_30"):
        said[f"{name}_said"] = "unknown" if row[name] is None else plain(row[name])
    if with_costs:
        said |= {f"{name}_said": _money(row[name]) for name in ("cost", "margin_at_risk")}
    return {**row, **said}


def _money(value: Any) -> str:
    return f"{value:,.2f}"

"""The admin site's first page: how the business stands, from figures that are kept anyway."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import orjson
from django.urls import reverse

from audit.selectors import summary
from inventory_project.desk import show
from inventory_project.desk.session import Desk
from stock.choices import STATUS_COLORS, StockStatus
from stock.selectors import dashboard, overview

ROWS_SHOWN = 8
CARDS_A_ROW = 4
_TEXT = "#7b8494"  # readable on light and on dark
CHART_OPTIONS = orjson.dumps(
    {
        "animation": False,
        "maintainAspectRatio": False,
        "datasets": {"bar": {"borderRadius": 3, "maxBarThickness": 14}},
        "interaction": {"mode": "index", "intersect": False},
        "plugins": {"legend": {"align": "end", "labels": {"color": _TEXT, "boxWidth": 10, "boxHeight": 10}}},
        "scales": {
            "x": {"grid": {"display": False}, "ticks": {"color": _TEXT, "maxRotation": 0, "autoSkipPadding": 12}},
            "y": {"beginAtZero": True, "border": {"display": False}, "ticks": {"color": _TEXT, "maxTicksLimit": 5}},
        },
    }
).decode()


def context(desk: Desk) -> dict[str, Any]:
    """Everything the first page shows; a fixed number of queries."""
    figures = dashboard.figures(desk.access, store_ids=desk.access.store_ids)
    return {
        "figures": _cards(figures),
        "chart": _chart(figures),
        "chart_options": CHART_OPTIONS,
        "attention": [_attention(row) for row in overview.most_urgent(desk.access, most=ROWS_SHOWN)],
        "waiting": _waiting(desk),
        "health": _health(desk),
    }


def _cards(figures: dict[str, Any]) -> list[dict[str, Any]]:
    stock = reverse("admin:stock_stock_changelist")
    today = figures["today"]
    cards = [
        _card("Low", show.number(figures["low_stock"]), f"{stock}?status__in=low", "warning"),
        _card("Out of stock", show.number(figures["out_of_stock"]), f"{stock}?status__in=out", "danger"),
        _card("Sold today", show.number(today["units_sold"]), reverse("admin:stock_stockmovement_changelist")),
        _card("Revenue today", show.money(today["revenue"]), reverse("admin:stock_daily_sales")),
        _card("Units on hand", show.number(figures["units"]), stock),
    ]
    cards.insert(2, _card("Overstock", show.number(figures["over_stock"]), f"{stock}?status__in=over"))
    if figures["negative_stock"]:
        cards.insert(
            0, _card("Below zero", show.number(figures["negative_stock"]), f"{stock}?status__in=negative", "danger")
        )
    if "cost_value" in figures:
        cards.append(
            _card("Stock at cost", show.money(figures["cost_value"]), reverse("admin:stock_storekpi_changelist"))
        )
    cards.append(
        _card("Stock at retail", show.money(figures["retail_value"]), reverse("admin:stock_storekpi_changelist"))
    )
    # Whole rows of four: what is left out of them is known well enough.
    cards.append(_card("Products", show.number(figures["products"]), reverse("admin:catalog_product_changelist")))
    return cards[: max(len(cards) // CARDS_A_ROW, 1) * CARDS_A_ROW]


def _waiting(desk: Desk) -> list[tuple[str, Any, str]]:
    """(name, number, address) of what waits for a decision."""
    waiting = overview.waiting_for_a_manager(desk.access)
    transfers, counts = reverse("admin:stock_transferorder_changelist"), reverse("admin:stock_stockcount_changelist")
    rows = [
        ("Transfers to approve", "to_approve", f"{transfers}?status__in=requested", "warning"),
        ("Transfers under way", "under_way", f"{transfers}?status__in=dispatched,partially_received", "info"),
        ("Counts to review", "to_review", f"{counts}?state__exact=counted", "warning"),
        ("Lists not mailed", "not_mailed", reverse("admin:stock_storemailing_changelist"), "danger"),
    ]
    return [
        (title, show.badge(_many(waiting[name]), kind if waiting[name] else ""), url) for title, name, url, kind in rows
    ]


def _many(number: int) -> str:
    return f"{number - 1}+" if number == overview.MOST_COUNTED else str(number)


def _card(title: str, value: str, url: str, kind: str = "") -> dict[str, Any]:
    return {"title": title, "value": value, "url": url, "kind": kind if value != "0" else ""}


def _attention(row: dict[str, Any]) -> dict[str, Any]:
    status = StockStatus(row["status"])
    shown = f"{show.number(row['available'])} of {show.number(row['reorder_level'])}"
    return {**row, "shown": shown, "word": status.label, "kind": STATUS_COLORS[status]}


def _chart(figures: dict[str, Any]) -> str:
    """Units sold and movements per day; days on which nothing moved are zeros, not gaps."""
    days = {day["date"]: day for day in figures["days"]}
    last = date.fromisoformat(figures["today"]["date"])
    dates = [last - timedelta(days=back) for back in reversed(range(dashboard.DAYS_SHOWN))]
    rows = [days.get(day.isoformat(), {}) for day in dates]

    def line(label: str, measure: str, color: str) -> dict[str, Any]:
        values = [float(row.get(measure, 0)) for row in rows]
        return {"label": label, "data": values, "borderColor": color, "backgroundColor": color}

    data = {
        "labels": [f"{day.day} {day:%b}" for day in dates],
        "datasets": [
            {**line("Units sold", "units_sold", "var(--color-primary-500)"), "type": "bar"},
            {
                **line("Movements", "movements", "var(--color-base-400)"),
                "type": "line",
                "pointRadius": 0,
                "borderWidth": 2,
            },
        ],
    }
    return orjson.dumps(data).decode()


def _health(desk: Desk) -> list[tuple[str, Any, str]]:
    """(name, value, address) of what says that the books are right."""
    waiting, verified, log = overview.count_waiting(desk.access), overview.last_verification(), summary.sealed()
    if verified is None:
        books = show.badge("not verified yet", "warning")
    elif verified.drift:
        books = show.badge(f"{verified.drift} differences", "danger")
    else:
        books = show.badge("all figures agree", "success")
    when = f"checked {show.instant(verified.checked_at)}" if verified else ""
    return [
        (
            "Waiting movements",
            show.badge(_many(waiting), "warning" if waiting else "success"),
            reverse("admin:stock_inboxmovement_changelist"),
        ),
        (f"Ledger {when}".strip(), books, reverse("admin:stock_ledgerverification_changelist")),
        (
            f"Log, sealed {show.instant(log.sealed_at)}" if log.blocks else "Log",
            show.badge(f"{show.number(log.blocks)} blocks in {log.chains} chains", "info"),
            reverse("admin:audit_seals"),
        ),
    ]

"""What a mailed list says: a subject with the figures, a table, and the whole list as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string

from inventory_project.kernel import csv_text
from inventory_project.kernel.mail import File, Letter
from stock.choices import MailingKind, StockStatus
from stock.selectors import mailings
from stores.models import Store

ROWS_IN_THE_TEXT = 100
WORDS = {StockStatus.NEGATIVE: "below zero", StockStatus.OUT: "out", StockStatus.LOW: "low"}
COLUMNS = [
    "sku", "product_name", "status", "available", "on_hand", "reserved", "reorder_level", "shortfall", "unit",
    "category", "supplier",
]  # fmt: skip
# (store, day, whether all readers may see costs) -> (letter, number of rows); no rows: nothing to tell.
Composer = Callable[[Store, date, bool], tuple[Letter, int]]


def low_stock(store: Store, day: date, with_costs: bool) -> tuple[Letter, int]:
    """What is below zero, out or low in the store now. One query."""
    rows = mailings.needing_attention(store.pk)
    counts = Counter(row["status"] for row in rows)
    figures = ", ".join(f"{counts[status]:,} {word}" for status, word in WORDS.items() if counts[status])
    shown = [
        {
            **row,
            "word": WORDS[row["status"]],
            "left": _units(row["available"], row["unit"]),
            "level": _plain(row["reorder_level"]),
        }
        for row in rows[:ROWS_IN_THE_TEXT]
    ]
    context = {
        "store": store,
        "day": day,
        "figures": figures or "nothing is low or out",
        "rows": shown,
        "more": len(rows) - len(shown),
        "is_cut": len(rows) == mailings.MOST_ROWS,
    }
    letter = Letter(
        subject=f"{store.name}: {figures or 'nothing low or out'}",
        text=render_to_string("stock/mail/low_stock.txt", context),
        html=render_to_string("stock/mail/low_stock.html", context),
        files=(File(f"low-stock-{day.isoformat()}.csv", _file(rows)),),
    )
    return letter, len(rows)


def _units(units: Decimal, unit: str) -> str:
    """A number of units, with their name where it says something: 3.5 kg, but 3."""
    return _plain(units) if unit == "each" else f"{_plain(units)} {unit}"


def _plain(units: Decimal) -> str:
    return f"{units.normalize():,f}"


def _file(rows: list[dict[str, Any]]) -> str:
    return "".join(csv_text.lines(COLUMNS, ([row[name] for name in COLUMNS] for row in rows)))


# A room above adds its own lists here, and the sending below serves them.
COMPOSERS: dict[str, Composer] = {MailingKind.LOW_STOCK: low_stock}

"""Stock as of any instant, as far as was known at another: one query a page (docs/adr/0009)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
from django.db.models import F

from inventory_project.kernel import clock, sql
from inventory_project.kernel.tenancy import current_organization_id

SQL = Path(__file__).resolve().parent.parent / "sql"
# PostgreSQL's smallest step of time: what happened at the instant itself belongs to it.
TICK = timedelta(microseconds=1)

Moment = datetime | date
"""An instant, or a business day: then its end in each store's own time zone."""


@dataclass(frozen=True, slots=True)
class Question:
    """`as_of`: what had happened by then. `known_at`: as far as it was recorded by then (None: today)."""

    as_of: Moment
    known_at: Moment | None = None


def as_rows(balances: Any) -> Any:
    """Balances as plain rows, with what holds at any time: names, and no figure of today."""
    return balances.values(
        "id",
        "store_id",
        "product_id",
        store_name=F("store__name"),
        store_code=F("store__code"),
        sku=F("product__sku"),
        product_name=F("product__name"),
        unit=F("product__unit"),
        category=F("product__category__name"),
        supplier=F("product__supplier__name"),
    )


def add_on_hand(rows: list[dict[str, Any]], question: Question) -> None:
    """Add on_hand, as_of and known_at to rows of balances: one query, whatever their number."""
    balances = [{"store_id": row["store_id"], "product_id": row["product_id"]} for row in rows]
    before, day = _bound(question.as_of)
    known_before, known_day = _bound(question.known_at)
    params = {
        "organization": current_organization_id(),
        "balances": orjson.dumps(balances).decode(),
        "before": before,
        "day": day,
        "known_before": known_before,
        "known_day": known_day,
    }
    found = sql.rows(sql.statement(SQL / "stock_as_of.sql"), params)
    by_balance = {(answer["store_id"], answer["product_id"]): answer for answer in found}
    now = clock.now()
    for row in rows:
        answer = by_balance[row["store_id"], row["product_id"]]
        row["on_hand"] = answer["on_hand"]
        row["as_of"] = min(answer["before"] if day else question.as_of, now)
        known = answer["known_before"] if known_day else question.known_at
        row["known_at"] = min(known or now, now)


def _bound(moment: Moment | None) -> tuple[datetime | None, date | None]:
    """An exclusive instant, or a day."""
    if isinstance(moment, datetime):
        return moment + TICK, None
    return None, moment

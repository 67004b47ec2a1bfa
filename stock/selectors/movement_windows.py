"""What came in and went out of late, by minutes or hours and by category: the screen that watches goods move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from catalog.models import Category
from inventory_project.kernel import sql
from inventory_project.kernel.tenancy import current_organization_id

SQL = Path(__file__).resolve().parent.parent / "sql"
TODAY = "today"
MINUTE, QUARTER, HOUR = timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=1)
# How long, and the steps of the timeline.
WINDOWS = {
    "15m": (timedelta(minutes=15), MINUTE),
    "30m": (timedelta(minutes=30), MINUTE),
    "1h": (HOUR, 5 * MINUTE),
    "3h": (3 * HOUR, QUARTER),
    "6h": (6 * HOUR, QUARTER),
    "12h": (12 * HOUR, QUARTER),
    "24h": (24 * HOUR, HOUR),
    TODAY: (timedelta(0), HOUR),
    "7d": (timedelta(days=7), HOUR),
}
FIGURES = ("units_in", "units_out", "movements")
ANSWER = """,
    answer AS (
        SELECT {key} AS key, sum(m.units_in) AS units_in, sum(m.units_out) AS units_out,
               sum(m.movements)::bigint AS movements
          FROM moved m {products} GROUP BY 1
    )
    SELECT answer.* {usable}
"""
BY_TIME = "date_bin(%(step)s::interval, m.at, %(begins)s::timestamptz)"
PRODUCTS = "LEFT JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = m.product_id"


@dataclass(frozen=True, slots=True)
class Window:
    """From `begins` up to, and without, `ends`, in whole steps; `ends` closes the step that now lies in."""

    begins: datetime
    ends: datetime
    step: timedelta

    def steps(self) -> list[datetime]:
        return [self.begins + n * self.step for n in range((self.ends - self.begins) // self.step)]


def window(name: str, *, now: datetime, zone: str) -> Window:
    """The window of that name. `today` begins at midnight in the zone."""
    length, step = WINDOWS[name]
    if name == TODAY:
        # Midnight, or the first moment of a day that has none; every zone's midnight is a quarter of an hour's too.
        here = now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        begins = here.astimezone(now.tzinfo)
        return Window(begins, begins + ((now - begins) // step + 1) * step, step)
    ends = _floor(now, step) + step
    return Window(ends - length, ends, step)


def _floor(moment: datetime, step: timedelta) -> datetime:
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (moment - midnight) // step * step


def timeline(shown: Window, *, store_ids: list[int] | None) -> list[dict[str, Any]]:
    """Every step of the window, those in which nothing moved too."""
    found = {row["key"]: row for row in _rows(shown, store_ids, key=BY_TIME, products="")}
    nothing = dict.fromkeys(FIGURES, 0)
    return [{"starts_at": step, **{name: found.get(step, nothing)[name] for name in FIGURES}} for step in shown.steps()]


def by_category(shown: Window, *, store_ids: list[int] | None) -> list[dict[str, Any]]:
    """Categories by how much moved, the most first; what has no category is of category None."""
    found = _rows(shown, store_ids, key="p.category_id", products=PRODUCTS)
    names = dict(Category.objects.filter(id__in=[row["key"] for row in found if row["key"]]).values_list("id", "name"))
    rows = [
        {"category_id": row["key"], "category": names.get(row["key"]), **{name: row[name] for name in FIGURES}}
        for row in found
    ]
    return sorted(rows, key=lambda row: (-(row["units_in"] + row["units_out"]), row["category"] or ""))


def total(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {name: sum(row[name] for row in rows) for name in FIGURES}


def _rows(shown: Window, store_ids: list[int] | None, *, key: str, products: str) -> list[dict[str, Any]]:
    params = {
        "organization": current_organization_id(),
        "begins": shown.begins,
        "ends": shown.ends,
        "step": shown.step,
        "stores": store_ids,
    }
    # Short windows are few movements, and steps shorter than a quarter are not kept.
    if store_ids is None and shown.step >= QUARTER:
        usable = ", rolled.snapshot IS NOT NULL AS usable FROM rolled LEFT JOIN answer ON true"
        found = sql.rows(_statement("movements_rolled.sql", key, products, usable), params)
        if found[0]["usable"]:
            return [row for row in found if row["movements"]]
    return sql.rows(_statement("movements_live.sql", key, products, "FROM answer"), params)


def _statement(beginning: str, key: str, products: str, usable: str) -> str:
    return sql.statement(SQL / beginning) + ANSWER.format(key=key, products=products, usable=usable)

"""The dashboard's figures, from the sums the apply keeps: no query here counts movements or balances."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from inventory_project.kernel import cache, clock, sql
from inventory_project.kernel.access import Access
from inventory_project.kernel.json import number
from inventory_project.kernel.tenancy import current_organization_id

SQL = Path(__file__).resolve().parent.parent / "sql"
DASHBOARD = "dashboard"
# The topic of days that are over everywhere. A thousand stores have thirty thousand of them, and hardly a movement
# belongs to one, so what is said of them outlives what is said of today.
PAST_DAYS = "dashboard-days"
DAYS_SHOWN = 30
MEASURES = ("movements", "units_in", "units_out", "units_sold", "revenue")
SUMS = ("balances", "units", "cost_value", "retail_value", "low_stock", "out_of_stock", "negative_stock", "over_stock")
DAY = timedelta(days=1)

Sums = dict[str, Any]


def figures(access: Access, *, store_ids: frozenset[int] | None) -> dict[str, Any]:
    """Sums over the given stores (None: all of the organisation's).

    Remembered until the next movement, or change of stores or catalogue.
    """
    name = f"figures:{_named(store_ids)}"
    kept = cache.remember(DASHBOARD, name, lambda: _compute(store_ids), also=[cache.REFERENCE])
    answer: dict[str, Any] = dict(kept)
    if not access.sees_costs:
        answer.pop("cost_value")
    return answer


def touches_past_days(day: date | None) -> bool:
    """True when what moved on that business day changes what is remembered as past (PAST_DAYS must be forgotten)."""
    # A day nearer than what counts as past: an apply before midnight may commit after it.
    return day is not None and day < clock.now().date() - DAY


def _named(store_ids: frozenset[int] | None) -> str:
    return "all" if store_ids is None else ",".join(map(str, sorted(store_ids)))


def _compute(store_ids: frozenset[int] | None) -> dict[str, Any]:
    now = clock.now()
    # No clock on earth is a whole day behind UTC's, and none is further ahead.
    recent = now.date() - 2 * DAY
    name = f"standing:{_named(store_ids)}:{recent}"
    standing = cache.remember(PAST_DAYS, name, lambda: _standing(store_ids, recent), also=[cache.REFERENCE])
    sums = _ask("dashboard.sql", store_ids)[0]
    moved = _days(store_ids, recent, now.date() + DAY)
    home = now.astimezone(ZoneInfo(standing["time_zone"])).date()
    today = [row for row in moved if row["date"] == now.astimezone(ZoneInfo(row["zone"])).date()]
    first = home - (DAYS_SHOWN - 1) * DAY
    days = [each for each in standing["days"] if each["date"] >= first.isoformat()] + _by_date(moved)
    return {
        "products": standing["products"],
        "stores": standing["stores"],
        **{each: number(sums[each]) for each in SUMS},
        "today": {"date": home.isoformat(), **_added(today)},
        # A store east of the organisation is a day ahead for some hours: its day is shown, and counts as its today.
        "days": [each for each in days if each["date"] <= (home + DAY).isoformat()],
        "last_movement_at": sums["last_movement_at"],
        "computed_at": now,
    }


def _standing(store_ids: frozenset[int] | None, recent: date) -> dict[str, Any]:
    """What no movement of these days changes."""
    counts = _ask("dashboard_counts.sql", store_ids)[0]
    # One more than is shown: where it is yesterday still, the days shown begin a day earlier.
    return {**counts, "days": _by_date(_days(store_ids, recent - DAYS_SHOWN * DAY, recent - DAY))}


def _days(store_ids: frozenset[int] | None, first: date, last: date) -> list[Sums]:
    return _ask("dashboard_days.sql", store_ids, first_day=first, last_day=last)


def _by_date(rows: Iterable[Sums]) -> list[Sums]:
    by_date: dict[date, list[Sums]] = {}
    for row in rows:
        by_date.setdefault(row["date"], []).append(row)
    return [{"date": day.isoformat(), **_added(by_date[day])} for day in sorted(by_date)]


def _added(rows: list[Sums]) -> Sums:
    return {name: number(sum(row[name] for row in rows)) for name in MEASURES}


def _ask(name: str, store_ids: frozenset[int] | None, **more: datetime | date) -> list[dict[str, Any]]:
    stores = None if store_ids is None else sorted(store_ids)
    params = {"organization": current_organization_id(), "stores": stores, **more}
    return sql.rows(sql.statement(SQL / name), params)

"""The dashboard's figures, from the sums the apply keeps: no query here counts movements or balances."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Max, Sum

from accounts.models import Organization
from catalog.models import Product
from inventory_project.kernel import cache, clock
from inventory_project.kernel.access import Access
from inventory_project.kernel.json import number
from inventory_project.kernel.tenancy import current_organization_id
from stock.models import StoreDay, StoreKpi
from stores.models import Store

DASHBOARD = "dashboard"
DAYS_SHOWN = 30
MEASURES = ("movements", "units_in", "units_out", "units_sold", "revenue")


def figures(access: Access, *, store_ids: frozenset[int] | None) -> dict[str, Any]:
    """Sums over the given stores (None: all of the organisation's).

    Remembered until the next movement, or change of stores or catalogue.
    """
    name = "all" if store_ids is None else ",".join(map(str, sorted(store_ids)))
    kept = cache.remember(DASHBOARD, f"figures:{name}", lambda: _compute(store_ids), also=[cache.REFERENCE])
    answer: dict[str, Any] = dict(kept)
    if not access.sees_costs:
        answer.pop("cost_value")
    return answer


def _compute(store_ids: frozenset[int] | None) -> dict[str, Any]:
    kpis, days = StoreKpi.objects.all(), StoreDay.objects.all()
    open_stores = Store.objects.filter(is_active=True)
    if store_ids is not None:
        open_stores = open_stores.filter(id__in=store_ids)
        kpis, days = kpis.filter(store_id__in=store_ids), days.filter(store_id__in=store_ids)
    sums = kpis.aggregate(
        balances=Sum("products", default=0),
        units=Sum("units", default=0),
        cost_value=Sum("cost_value", default=0),
        retail_value=Sum("retail_value", default=0),
        low=Sum("low", default=0),
        out=Sum("out", default=0),
        negative=Sum("negative", default=0),
        over=Sum("over", default=0),
        updated_at=Max("updated_at"),
    )
    now = clock.now()
    home = now.astimezone(ZoneInfo(Organization.objects.get(id=current_organization_id()).time_zone)).date()
    today, by_day = _days(days, home, now)
    return {
        "products": Product.objects.exclude(lifecycle=Product.Lifecycle.DISCONTINUED).count(),
        "stores": open_stores.count(),
        "balances": sums["balances"],
        "units": number(sums["units"]),
        "cost_value": number(sums["cost_value"]),
        "retail_value": number(sums["retail_value"]),
        "low_stock": sums["low"],
        "out_of_stock": sums["out"],
        "negative_stock": sums["negative"],
        "over_stock": sums["over"],
        "today": today,
        "days": by_day,
        "last_movement_at": sums["updated_at"],
        "computed_at": now,
    }


def _days(days: Any, home: date, now: datetime) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What moved today, each store's own today, and on the last days; `home` is the organisation's date.

    A store east of the organisation is a day ahead for some hours: its day is shown, and counts as its today.
    """
    first = home - timedelta(days=DAYS_SHOWN)
    found = (
        days.filter(date__gt=first, date__lte=home + timedelta(days=1))
        .values("date", zone=F("store__time_zone"))
        .annotate(**{name: Sum(name) for name in MEASURES})
        .order_by("date")
    )
    today = dict.fromkeys(MEASURES, Decimal(0))
    by_day: dict[date, dict[str, Decimal]] = {}
    for row in found:
        day = by_day.setdefault(row["date"], dict.fromkeys(MEASURES, Decimal(0)))
        is_today = row["date"] == now.astimezone(ZoneInfo(row["zone"])).date()
        for sums in [day, today] if is_today else [day]:
            for name in MEASURES:
                sums[name] += row[name]
    return _day(home, today), [_day(each, sums) for each, sums in by_day.items()]


def _day(day: date, sums: dict[str, Decimal]) -> dict[str, Any]:
    return {"date": day.isoformat(), **{name: number(units) for name, units in sums.items()}}

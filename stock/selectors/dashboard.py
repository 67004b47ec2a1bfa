"""The dashboard's figures, from the sums the apply keeps: no query here counts movements or balances."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, Sum

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
    zone = ZoneInfo(Organization.objects.get(id=current_organization_id()).time_zone)
    today = clock.now().astimezone(zone).date()
    by_day = [
        {"date": day.pop("date").isoformat(), **{name: number(value) for name, value in day.items()}}
        for day in days.filter(date__gt=today - timedelta(days=DAYS_SHOWN), date__lte=today)
        .values("date")
        .annotate(
            movements=Sum("movements"),
            units_in=Sum("units_in"),
            units_out=Sum("units_out"),
            units_sold=Sum("units_sold"),
            revenue=Sum("revenue"),
        )
        .order_by("date")
    ]
    quiet_day = {"date": today.isoformat(), **dict.fromkeys(MEASURES, 0)}
    has_today = by_day and by_day[-1]["date"] == today.isoformat()
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
        "today": by_day[-1] if has_today else quiet_day,
        "days": by_day,
        "last_movement_at": sums["updated_at"],
        "computed_at": clock.now(),
    }

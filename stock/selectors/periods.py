"""How far the books are closed, and who decided it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from inventory_project.kernel import clock
from inventory_project.kernel.access import Access
from stock.models import PeriodClosing
from stores.models import Store


def decisions() -> Any:
    """Every closing and reopening, as plain rows."""
    return PeriodClosing.objects.values("id", "closed_through", "reason", "decided_by", "decided_at")


def closed_through() -> date | None:
    """The last business day whose books are closed."""
    last: date | None = PeriodClosing.objects.order_by("-id").values_list("closed_through", flat=True).first()
    return last


def local_dates(access: Access | None = None, *, at: datetime | None = None) -> list[date]:
    """The dates it is in the stores (those the caller may see), without repetition, earliest first."""
    stores = Store.objects.all()
    if access is not None and access.store_ids is not None:
        stores = stores.filter(id__in=access.store_ids)
    moment = at or clock.now()
    zones = set(stores.order_by().values_list("time_zone", flat=True).distinct()) or {"UTC"}
    return sorted({moment.astimezone(ZoneInfo(zone)).date() for zone in zones})

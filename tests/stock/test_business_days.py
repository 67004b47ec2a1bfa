"""Every figure of a day counts on the store's own calendar: east and west of UTC, and on days of 23 and 25 hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from inventory_project.kernel import clock, tenancy
from stock.models import DailySales, StockMovement, StoreDay
from stock.selectors import dashboard
from stores.models import Store
from tests.factories.stock import Shop, build_shop

ZONES = ["Pacific/Auckland", "America/New_York"]


@pytest.fixture
def shop() -> Shop:
    shop = build_shop(stores=2, products=1, time_zone="UTC")
    with tenancy.scope(shop.organization.id):
        for store, zone in zip(shop.stores, ZONES, strict=True):
            Store.objects.filter(pk=store.pk).update(time_zone=zone)
    return shop


EDGES = [
    # The last instant of a day and the first of the next, by the store's clock.
    (0, "2026-04-04T10:59:59Z", date(2026, 4, 4)),
    (0, "2026-04-04T11:00:00Z", date(2026, 4, 5)),  # 25 hours: clocks go back
    (0, "2026-04-05T11:59:59Z", date(2026, 4, 5)),
    (0, "2026-04-05T12:00:00Z", date(2026, 4, 6)),
    (0, "2025-09-27T12:00:00Z", date(2025, 9, 28)),  # 23 hours: clocks go forward
    (0, "2025-09-28T10:59:59Z", date(2025, 9, 28)),
    (0, "2025-09-28T11:00:00Z", date(2025, 9, 29)),
    (1, "2026-03-08T04:59:59Z", date(2026, 3, 7)),
    (1, "2026-03-08T05:00:00Z", date(2026, 3, 8)),  # 23 hours
    (1, "2026-03-09T03:59:59Z", date(2026, 3, 8)),
    (1, "2026-03-09T04:00:00Z", date(2026, 3, 9)),
    (1, "2025-11-02T04:00:00Z", date(2025, 11, 2)),  # 25 hours
    (1, "2025-11-02T05:30:00Z", date(2025, 11, 2)),  # half past one, the first time
    (1, "2025-11-02T06:30:00Z", date(2025, 11, 2)),  # half past one, the second time
    (1, "2025-11-03T04:59:59Z", date(2025, 11, 2)),
    (1, "2025-11-03T05:00:00Z", date(2025, 11, 3)),
]


def test_sales_figures_and_movements_of_the_edges_of_a_day_belong_to_it(shop: Shop) -> None:
    for store in range(2):
        shop.post("IN", 100, store=store, effective_at="2025-01-05T12:00:00Z")
    for store, at, _ in EDGES:
        assert shop.post("OUT", 1, store=store, effective_at=at).json()["status"] == "applied"
    wanted: dict[tuple[int, date], int] = {}
    for store, _, day in EDGES:
        place = shop.stores[store].id, day
        wanted[place] = wanted.get(place, 0) + 1
    with tenancy.scope(shop.organization.id):
        sold = {(row.store_id, row.date): row.units for row in DailySales.objects.all()}
        days = {(row.store_id, row.date): row.units_sold for row in StoreDay.objects.filter(units_sold__gt=0)}
        dated = list(StockMovement.objects.filter(kind="sale").order_by("id").values_list("business_date", flat=True))
    assert sold == days == wanted
    assert dated == [day for _, _, day in EDGES]


@pytest.mark.parametrize(("store", "at", "day"), EDGES)
def test_the_movement_report_and_the_list_cut_days_where_the_store_does(
    shop: Shop, store: int, at: str, day: date
) -> None:
    shop.post("IN", 3, store=store, effective_at=at)
    report, listed = (
        shop.client.get(f"/api/{path}?start_date={day}&end_date={day}&store={shop.stores[store].id}").json()["results"]
        for path in ("reports/stock", "stock-movements/")
    )
    assert [row["units_in"] for row in report] == [3]
    assert len(listed) == 1
    after = day + timedelta(days=1)
    assert shop.client.get(f"/api/stock-movements/?start_date={after}").json()["results"] == []


def test_the_report_of_today_holds_what_moves_now_in_the_furthest_store(shop: Shop) -> None:
    shop.post("IN", 8)
    row = shop.client.get("/api/reports/stock?store=S1").json()["results"][0]
    assert (row["opening"], row["units_in"], row["closing"]) == (0, 8, 8)


def test_a_waiting_movement_is_found_by_the_store_s_day(shop: Shop) -> None:
    evening = shop.movement("IN", 1, store=0, effective_at="2026-03-01T20:00:00Z")
    shop.client.post("/api/stock-movements/bulk/", [evening], format="json", HTTP_PREFER="respond-async")
    found = [
        len(shop.client.get(f"/api/stock-movements/?status=accepted&start_date={d}&end_date={d}").json()["results"])
        for d in ("2026-03-01", "2026-03-02")
    ]
    assert found == [0, 1]


@pytest.mark.parametrize("hour", [3, 14, 23])
def test_today_on_the_dashboard_is_every_store_s_own_today(
    shop: Shop, hour: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.post("IN", 100, store=0, effective_at="2025-01-05T12:00:00Z")
    shop.post("IN", 100, store=1, effective_at="2025-01-05T12:00:00Z")
    now = datetime(2026, 11, 18, hour, tzinfo=UTC)
    for store in range(2):
        shop.post("OUT", store + 1, store=store, effective_at=now.isoformat())
    monkeypatch.setattr(clock, "now", lambda: now)
    with tenancy.scope(shop.organization.id):
        figures = dashboard._compute(None)
    assert figures["today"]["units_sold"] == 3
    assert figures["today"]["date"] == "2026-11-18"
    assert sum(Decimal(str(day["units_sold"])) for day in figures["days"]) == 3, "a day ahead of us is not left out"

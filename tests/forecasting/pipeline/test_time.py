"""Nights by the organisation's clock, days by the store's, forecasts beside what happened, and imports."""

from __future__ import annotations

import base64
import io
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import orjson
import pytest

from forecasting import tasks
from forecasting.choices import RunStatus, Trigger
from forecasting.models import Forecast, ForecastChunk, ForecastOutcome, ForecastPromise, ForecastRun
from forecasting.services import finishing, runs
from inventory_project.kernel import clock, redis, tenancy
from inventory_project.kernel.access import SYSTEM
from stock.services import history
from stock.services.listeners import SALES_CHANGED
from stores.models import Store
from tests.factories.forecasting import close, forecast, on_shelf, read_run, sales, sell, yesterday
from tests.factories.imports import UNIFIED, csv, send
from tests.factories.stock import Shop, build_shop


def shop_in(zone: str) -> Shop:
    shop = build_shop(stores=1, products=1, time_zone=zone)
    on_shelf(shop.stores[0], shop.products[0])
    return shop


def due_dates(shop: Shop, now: datetime) -> list[date]:
    return [day for organization_id, day in runs.due(now=now) if organization_id == shop.organization.id]


@pytest.mark.parametrize(
    ("zone", "now", "due"),
    [
        ("Europe/Madrid", datetime(2026, 6, 10, 0, 59, tzinfo=UTC), []),
        ("Europe/Madrid", datetime(2026, 6, 10, 1, 0, tzinfo=UTC), [date(2026, 6, 10)]),
        # The night of 29 March has no hour from 2 to 3, that of 25 October has it twice.
        ("Europe/Madrid", datetime(2026, 3, 29, 0, 59, tzinfo=UTC), []),
        ("Europe/Madrid", datetime(2026, 3, 29, 1, 0, tzinfo=UTC), [date(2026, 3, 29)]),
        ("Europe/Madrid", datetime(2026, 10, 25, 1, 30, tzinfo=UTC), []),
        ("Europe/Madrid", datetime(2026, 10, 25, 2, 0, tzinfo=UTC), [date(2026, 10, 25)]),
        # Both sides of the date line.
        ("Pacific/Kiritimati", datetime(2026, 6, 10, 13, 0, tzinfo=UTC), [date(2026, 6, 11)]),
        ("Pacific/Pago_Pago", datetime(2026, 6, 10, 13, 0, tzinfo=UTC), []),
        ("Pacific/Pago_Pago", datetime(2026, 6, 10, 14, 0, tzinfo=UTC), [date(2026, 6, 10)]),
        ("Asia/Kathmandu", datetime(2026, 6, 9, 21, 15, tzinfo=UTC), [date(2026, 6, 10)]),
    ],
)
def test_a_night_is_due_at_three_by_the_organizations_clock(zone: str, now: datetime, due: list[date]) -> None:
    assert due_dates(shop_in(zone), now) == due


def test_a_night_that_has_its_run_is_due_no_more_but_the_next_one_is() -> None:
    shop = shop_in("Europe/Madrid")
    now = datetime(2026, 6, 10, 12, tzinfo=UTC)
    forecast(shop, Trigger.NIGHTLY, date(2026, 6, 10))
    assert due_dates(shop, now) == []
    assert due_dates(shop, now + timedelta(days=1)) == [date(2026, 6, 11)]


def test_an_organization_without_anything_is_never_due() -> None:
    assert due_dates(build_shop(stores=1, products=1), datetime(2026, 6, 10, 12, tzinfo=UTC)) == []


def test_each_store_is_forecast_from_its_own_tomorrow_on() -> None:
    shop = build_shop(stores=2, products=1)
    with tenancy.scope(shop.organization.id):
        for store, zone in zip(shop.stores, ("Pacific/Kiritimati", "Pacific/Pago_Pago"), strict=True):
            Store.objects.filter(pk=store.pk).update(time_zone=zone)
            store.time_zone = zone
    for store in shop.stores:
        sell(store, shop.products[0], sales(10.0, 100, last=yesterday(store)))
    run = forecast(shop)
    with tenancy.scope(shop.organization.id):
        found = {row.store_id: row for row in Forecast.objects.filter(run=run)}
        assert ForecastChunk.objects.filter(run=run).count() == 2
    for store in shop.stores:
        today = clock.now().astimezone(ZoneInfo(store.time_zone)).date()
        assert found[store.pk].first_day == today
        assert found[store.pk].observed_days in (99, 100)
    assert found[shop.stores[0].pk].first_day > found[shop.stores[1].pk].first_day


def promised(shop: Shop, first: date, units: list[float]) -> None:
    """What a night expected of each product, a day."""
    count = len(units)
    with tenancy.scope(shop.organization.id):
        ForecastPromise.objects.create(
            organization_id=shop.organization.id,
            store=shop.stores[0],
            first_day=first,
            product_ids=[product.id for product in shop.products[:count]],
            units_1=units,
            units_7=[7 * value for value in units],
            units_30=[30 * value for value in units],
            high_7=[10 * value for value in units],
        )


def outcomes(shop: Shop) -> dict[int, ForecastOutcome]:
    with tenancy.scope(shop.organization.id):
        return {row.days: row for row in ForecastOutcome.objects.all()}


def test_what_was_forecast_then_is_compared_with_what_happened() -> None:
    shop = build_shop(stores=1, products=3)
    store, (near, far, out) = shop.stores[0], shop.products
    last = yesterday(store)
    sell(store, near, np.full(7, 4.0))
    sell(store, far, np.full(7, 9.0))
    sell(store, out, np.full(7, 1.0))
    close(store, out, {last: 0})
    promised(shop, last - timedelta(days=6), [5.0, 5.0, 50.0])
    forecast(shop)
    found = outcomes(shop)
    # Thirty days are not over yet; the product that was sold out says nothing of seven.
    assert found.keys() == {1, 7}
    week = found[7]
    assert (week.series, week.units, week.forecast, week.covered) == (2, 91, 70, 1)
    assert (week.absolute, week.squared) == (7 + 28, 49 + 784)
    assert found[1].series == 3
    rows = shop.client.get("/api/forecasts/accuracy/?by=time").json()["results"]
    assert [(row["units"], row["forecast"], row["coverage_95"]) for row in rows] == [(91, 70, 0.5)]
    forecast(shop)
    assert outcomes(shop)[7].units == 91


def test_a_shelf_that_was_empty_before_the_days_began_says_nothing_of_them() -> None:
    shop = build_shop(stores=1, products=3)
    store, (full, empty, filled) = shop.stores[0], shop.products
    first = yesterday(store) - timedelta(days=6)
    for product in (full, filled):
        sell(store, product, np.full(7, 4.0))
    on_shelf(store, empty)
    close(store, full, {first - timedelta(days=9): 0, first - timedelta(days=3): 90})
    # Nothing came and nothing went since: no day of the seven has a closing balance.
    close(store, empty, {first - timedelta(days=9): 5, first - timedelta(days=3): 0})
    close(store, filled, {first - timedelta(days=3): 0, first: 90})
    promised(shop, first, [5.0, 50.0, 5.0])
    forecast(shop)
    assert {days: (row.series, row.forecast) for days, row in outcomes(shop).items()} == {1: (2, 10), 7: (2, 70)}


def test_a_nights_run_is_a_promise_and_others_are_none() -> None:
    shop = build_shop(stores=1, products=1)
    sell(shop.stores[0], shop.products[0], np.full(50, 4.0))
    forecast(shop)
    with tenancy.scope(shop.organization.id):
        assert not ForecastPromise.objects.exists()
    run = forecast(shop, Trigger.NIGHTLY, clock.now().date())
    with tenancy.scope(shop.organization.id):
        kept, row = ForecastPromise.objects.get(), Forecast.objects.get(run=run)
    assert (kept.first_day, kept.product_ids) == (row.first_day, [row.product_id])
    assert np.isclose(kept.units_7[0], row.units_7, rtol=1e-5)


def test_old_runs_are_forgotten_and_old_promises_too() -> None:
    shop = build_shop(stores=1, products=1)
    sell(shop.stores[0], shop.products[0], np.full(50, 4.0))
    old = forecast(shop)
    with tenancy.scope(shop.organization.id):
        ForecastRun.objects.filter(pk=old.pk).update(created_at=clock.now() - finishing.RUNS_KEPT - timedelta(days=1))
    promised(shop, clock.now().date() - timedelta(days=60), [1.0])
    forecast(shop)
    with tenancy.scope(shop.organization.id):
        assert not ForecastRun.objects.filter(pk=old.pk).exists()
        assert not ForecastPromise.objects.exists()


def rung(shop: Shop) -> bool:
    """The broker holds the hint that the shop's past sales have changed."""
    asked = f'"organization_id": {shop.organization.id}, "import_id": '
    messages = [orjson.loads(message) for message in redis.client().lrange("default", 0, -1)]
    bodies = [base64.b64decode(m["body"]).decode() for m in messages if m["headers"]["task"] == SALES_CHANGED]
    return any(asked in body for body in bodies)


def test_an_import_of_past_sales_rings_and_one_of_stock_does_not() -> None:
    shop = build_shop(stores=1, products=0)
    send(shop, "sku,opening_stock\nTEA,5\n", kind="products", mapping={"stock": "opening_stock"})
    assert not rung(shop)
    day = clock.now().date() - timedelta(days=20)
    send(shop, csv(UNIFIED, [f"Tea,Drinks,1,1,2,{day},5"]))
    assert rung(shop)


def test_a_history_file_rings() -> None:
    shop = build_shop(stores=1, products=0)
    file = io.BytesIO(b"date,store,item,sales\n2025-01-01,S1,TEA,5\n")
    history.load(file=file, name="f.csv", organization_id=shop.organization.id, acting_as=SYSTEM)
    assert rung(shop)


def test_after_an_import_a_run_waits_a_moment_for_the_next_one() -> None:
    shop = shop_in("Europe/Madrid")
    for _ in range(2):
        tasks.request_after_import(organization_id=shop.organization.id)
    with tenancy.scope(shop.organization.id):
        run = ForecastRun.objects.get(trigger=Trigger.IMPORT)
    assert run.not_before is not None
    assert run.not_before > clock.now()
    assert not runs.visit(organization_id=shop.organization.id)
    assert read_run(shop.organization.id, run.pk).status == RunStatus.QUEUED
    with tenancy.scope(shop.organization.id):
        ForecastRun.objects.filter(pk=run.pk).update(not_before=clock.now())
    runs.visit(organization_id=shop.organization.id)
    assert read_run(shop.organization.id, run.pk).is_current

"""A run from the ledger to forecasts: what is shown, when, and that nothing of a half one ever is."""

from __future__ import annotations

import numpy as np

from forecasting.choices import RunStatus, State, Trigger
from forecasting.models import Forecast, ForecastChunk, ForecastRun, GroupForecast
from inventory_project.kernel import tenancy
from tests.factories.forecasting import forecast, on_shelf, sales, sell, yesterday
from tests.factories.stock import Shop, build_shop


def shop_with_sales(stores: int = 2, products: int = 3, days: int = 400) -> Shop:
    shop = build_shop(stores=stores, products=products)
    for place, store in enumerate(shop.stores):
        for number, product in enumerate(shop.products):
            mean = 10.0 * (1 + number) * (1 + place)
            sell(store, product, sales(mean, days, last=yesterday(store), seed=10 * place + number))
    return shop


def test_a_run_forecasts_every_product_in_every_store() -> None:
    shop = shop_with_sales()
    run = forecast(shop)
    assert (run.status, run.is_current, run.error) == (RunStatus.FINISHED, True, "")
    assert (run.series, run.series_done, run.chunks_done) == (6, 6, run.chunks)
    with tenancy.scope(shop.organization.id):
        found = {(f.store_id, f.product_id): f for f in Forecast.objects.filter(run=run)}
    assert len(found) == 6
    for place, store in enumerate(shop.stores):
        for number, product in enumerate(shop.products):
            row = found[store.id, product.id]
            assert row.state == State.OK
            assert (row.first_day - yesterday(store)).days == 1
            assert abs(row.units_7 / (7 * 10.0 * (1 + number) * (1 + place)) - 1) < 0.25
            assert row.weekly_found
            assert row.observed_days == 400
    assert run.counts == {"states": {"ok": 6}, "methods": {"pooled": 6}}
    assert run.accuracy["wape"] < run.accuracy["baseline"]["wape"]
    assert 0.8 <= run.accuracy["coverage_95"] <= 1


def test_sums_of_days_are_the_totals_and_groups_are_their_series() -> None:
    shop = shop_with_sales()
    run = forecast(shop)
    with tenancy.scope(shop.organization.id):
        rows = list(Forecast.objects.filter(run=run))
        groups = list(GroupForecast.objects.filter(run=run))
    for row in rows:
        for days, total in ((1, row.units_1), (7, row.units_7), (14, row.units_14), (30, row.units_30)):
            assert np.isclose(sum(row.mean[:days]), total, rtol=1e-5)
        assert all(low <= middle <= high for low, middle, high in zip(row.low, row.median, row.high, strict=True))
    for group in groups:
        own = np.array([row.mean for row in rows if row.store_id == group.store_id])
        assert group.series == len(own)
        assert np.allclose(own.sum(0), group.mean, rtol=1e-5)
        assert np.allclose(4 * own.sum(0), group.revenue, rtol=1e-5)  # each costs 4.00


def test_the_next_run_takes_the_place_of_the_last_one_at_once() -> None:
    shop = shop_with_sales(stores=1)
    first = forecast(shop)
    second = forecast(shop)
    with tenancy.scope(shop.organization.id):
        assert list(ForecastRun.objects.filter(is_current=True).values_list("pk", flat=True)) == [second.pk]
        assert not Forecast.objects.filter(run=first).exists()
        assert not ForecastChunk.objects.filter(run=first).exists()
        assert Forecast.objects.filter(run=second).count() == 3


def test_a_shop_without_anything_has_an_empty_run() -> None:
    shop = build_shop(stores=1, products=1)
    run = forecast(shop)
    assert (run.status, run.series, run.chunks) == (RunStatus.FINISHED, 0, 0)


def test_one_series_without_a_sale_is_forecast_at_nothing_and_says_why() -> None:
    shop = build_shop(stores=1, products=1)
    on_shelf(shop.stores[0], shop.products[0])
    run = forecast(shop)
    with tenancy.scope(shop.organization.id):
        row = Forecast.objects.get(run=run)
    assert (row.state, row.method, row.units_30, row.high) == (State.GROUP_ONLY, "group", 0, [0, 0, 0, 0])


def test_a_single_day_of_sales_is_too_little_and_the_group_speaks() -> None:
    shop = build_shop(stores=1, products=2)
    store, (known, new) = shop.stores[0], shop.products
    sell(store, known, sales(10.0, 200, last=yesterday(store)))
    sell(store, new, np.array([90.0]))
    run = forecast(shop)
    with tenancy.scope(shop.organization.id):
        rows = {row.product_id: row for row in Forecast.objects.filter(run=run)}
    assert (rows[new.id].state, rows[new.id].method) == (State.TOO_LITTLE_HISTORY, "group")
    # Ninety units of one day say nothing yet: the figure is what products of its group sell.
    assert abs(rows[new.id].units_7 / rows[known.id].units_7 - 1) < 0.1
    assert rows[known.id].state == State.OK


def test_a_night_has_one_run_and_asking_again_answers_with_it() -> None:
    shop = shop_with_sales(stores=1, products=1)
    day = yesterday(shop.stores[0])
    first = forecast(shop, Trigger.NIGHTLY, day)
    second = forecast(shop, Trigger.NIGHTLY, day)
    assert first.pk == second.pk

"""What a day says about demand: sold out, closed and unknown days are not days of zero demand."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from forecasting.models import Forecast
from forecasting.selectors import panels
from forecasting.selectors.panels import Panel
from inventory_project.kernel import tenancy
from tests.factories.forecasting import close, forecast, on_shelf, sales, sell, tell, yesterday
from tests.factories.stock import Shop, build_shop


def panel(shop: Shop, days: int, products: int = 1) -> Panel:
    store = shop.stores[0]
    last = yesterday(store)
    with tenancy.scope(shop.organization.id):
        return panels.read(
            stores=np.full(products, store.id),
            products=np.array([product.id for product in shop.products[:products]]),
            group=np.zeros(products, np.int64),
            first=last - timedelta(days=days - 1),
            last=last,
        )


def test_days_are_those_of_the_ledger_to_the_thousandth() -> None:
    shop = build_shop(stores=1, products=1)
    units = np.array([3.0, 0.0, 1.25, 0.0, 4000000.5, 2.0])
    sell(shop.stores[0], shop.products[0], units)
    found = panel(shop, days=100)
    assert found.first == yesterday(shop.stores[0]) - timedelta(days=5)
    assert found.demand[0].tolist() == units.tolist()
    assert found.mask.all()


def test_returns_beyond_sales_are_no_demand() -> None:
    shop = build_shop(stores=1, products=1)
    sell(shop.stores[0], shop.products[0], np.array([3.0, -2.0, 1.0]))
    assert panel(shop, days=3).demand[0].tolist() == [3, 0, 1]


def test_the_ledger_wins_over_a_file_on_its_days_and_the_file_fills_the_others() -> None:
    shop = build_shop(stores=1, products=1)
    store, product = shop.stores[0], shop.products[0]
    last = yesterday(store)
    first = date(last.year - 1, 12, 28)
    tell(store, product, first, np.array([5.0, 6.0, 0.0, 8.0]))
    days = (last - first).days + 1
    sell(store, product, np.array([1.0]), last=first + timedelta(days=1))
    found = panel(shop, days=days)
    assert found.demand[0, :4].tolist() == [5, 1, 0, 8]
    assert found.known[0].all()


@pytest.mark.parametrize(("units", "known"), [([4, np.nan, 0, 0, 3], False), ([4, np.nan, np.nan, 2, 3], True)])
def test_a_files_silence_is_zero_only_where_it_never_says_zero(units: list[float], known: bool) -> None:
    shop = build_shop(stores=1, products=1)
    store, product = shop.stores[0], shop.products[0]
    first = date(yesterday(store).year - 1, 3, 1)
    tell(store, product, first, np.array(units))
    found = panel(shop, days=(yesterday(store) - first).days + 1)
    assert bool(found.known[0, 1]) is known
    assert found.demand[0, 1] == 0


def test_days_that_end_empty_are_masked_until_something_comes() -> None:
    shop = build_shop(stores=1, products=1)
    store, product = shop.stores[0], shop.products[0]
    last = yesterday(store)
    units = np.full(60, 5.0)
    units[40:45] = [2, 0, 0, 0, 5]
    sell(store, product, units)
    start = last - timedelta(days=59)
    close(store, product, {start: 50, start + timedelta(days=40): 0, start + timedelta(days=44): 100})
    found = panel(shop, days=60)
    assert np.flatnonzero(found.sold_out[0]).tolist() == [40, 41, 42, 43]
    assert np.flatnonzero(~found.mask[0]).tolist() == [40, 41, 42, 43]


def test_where_the_books_say_empty_and_the_till_sells_the_till_is_right() -> None:
    shop = build_shop(stores=1, products=1)
    store, product = shop.stores[0], shop.products[0]
    sell(store, product, np.full(50, 5.0))
    close(store, product, {yesterday(store) - timedelta(days=200): -3})
    found = panel(shop, days=50)
    assert found.mask.all()


def test_a_baker_who_sells_out_every_day_still_has_a_forecast() -> None:
    shop = build_shop(stores=1, products=1)
    store, product = shop.stores[0], shop.products[0]
    sell(store, product, np.full(90, 20.0))
    last = yesterday(store)
    close(store, product, {last - timedelta(days=place): 0 for place in range(90)})
    run = forecast(shop)
    with tenancy.scope(shop.organization.id):
        row = Forecast.objects.get(run=run)
    assert row.state == "ok"
    assert abs(row.units_7 / 140 - 1) < 0.1


def test_a_day_the_whole_store_was_closed_is_masked_and_a_weekly_day_off_is_not() -> None:
    shop = build_shop(stores=1, products=12)
    store = shop.stores[0]
    last = yesterday(store)
    days = np.array([last - timedelta(days=139 - place) for place in range(140)])
    sundays = np.array([day.weekday() == 6 for day in days])
    holiday = int(np.flatnonzero(~sundays)[60])
    for number, product in enumerate(shop.products):
        units = sales(8.0, 140, last=last, seed=number) + 1
        units[sundays] = 0
        units[holiday] = 0
        sell(store, product, units)
    found = panel(shop, days=140, products=12)
    # A panel begins with the first sale, so a day later where the first of these days is a Sunday.
    begun = (found.first - days[0]).days
    assert not found.mask[:, holiday - begun].any()
    assert found.mask[:, np.flatnonzero(sundays)[1:] - begun].all()


def test_what_was_lost_while_sold_out_is_estimated_and_does_not_lower_the_forecast() -> None:
    shop = build_shop(stores=1, products=2)
    store, (out, twin) = shop.stores[0], shop.products
    last = yesterday(store)
    units = sales(30.0, 300, last=last, seed=3)
    sell(store, twin, units)
    missed = units[-20:-10].sum()
    units = units.copy()
    units[-20:-10] = 0
    sell(store, out, units)
    close(store, out, {last - timedelta(days=19): 0, last - timedelta(days=9): 500})
    run = forecast(shop)
    with tenancy.scope(shop.organization.id):
        rows = {row.product_id: row for row in Forecast.objects.filter(run=run)}
    found = rows[out.id]
    assert found.stockout_days == 10
    assert abs(found.lost_units / missed - 1) < 0.25
    assert np.isclose(found.lost_money, 4 * found.lost_units)
    assert abs(found.units_30 / rows[twin.id].units_30 - 1) < 0.1
    assert rows[twin.id].lost_units == 0


def test_a_product_never_on_sale_before_is_not_known_before() -> None:
    shop = build_shop(stores=1, products=2)
    store, (old, new) = shop.stores[0], shop.products
    sell(store, old, np.full(100, 4.0))
    sell(store, new, np.full(10, 4.0))
    found = panel(shop, days=100, products=2)
    assert found.known.sum(1).tolist() == [100, 10]


def test_nothing_known_at_all_is_one_unknown_day() -> None:
    shop = build_shop(stores=1, products=1)
    on_shelf(shop.stores[0], shop.products[0])
    found = panel(shop, days=700)
    assert (found.days, found.known.any()) == (1, False)

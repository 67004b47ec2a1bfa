"""The command line, the beat's doorbells, and the simple method where it wins."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from forecasting import tasks
from forecasting.choices import Method, RunStatus, Trigger
from forecasting.models import Forecast, ForecastRun
from forecasting.selectors import demand
from forecasting.services import runs
from inventory_project.kernel import clock, tenancy
from tests.factories.forecasting import forecast, sales, sell, yesterday
from tests.factories.stock import Shop, build_shop


@pytest.fixture(scope="module")
def shop() -> Shop:
    """Three products by luck, and one that repeats its week exactly, unlike any other."""
    shop = build_shop(stores=1, products=4)
    store = shop.stores[0]
    last = yesterday(store)
    for number, product in enumerate(shop.products[:3]):
        sell(store, product, sales(20.0, 300, last=last, seed=number))
    weekday = (np.arange(300) + last.weekday() - 299) % 7
    sell(store, shop.products[3], np.array([1.0, 2, 80, 3, 1, 40, 0])[weekday])
    forecast(shop)
    return shop


def test_where_the_simple_method_wins_it_is_used_and_the_card_says_so(shop: Shop) -> None:
    with tenancy.scope(shop.organization.id):
        methods = dict(Forecast.objects.values_list("product_id", "method"))
        row = Forecast.objects.get(product=shop.products[3])
    assert methods[shop.products[3].id] == Method.SEASONAL_NAIVE
    assert {methods[product.id] for product in shop.products[:3]} == {Method.POOLED}
    assert np.isclose(row.units_7, 127, rtol=1e-6)
    card = shop.client.get(f"/api/forecasts/{shop.stores[0].id}-{shop.products[3].id}/").json()
    said = "In tests on past weeks repeating the last week came closer than the full model, so that is used here."
    assert said in card["sentences"]


def test_quantiles_of_any_number_of_days_are_there_for_those_who_order(shop: Shop) -> None:
    with tenancy.scope(shop.organization.id):
        found = demand.of()
        rows = list(Forecast.objects.order_by("store_id", "product_id"))
        assert demand.of(product_ids=[shop.products[0].id]).total(7).shape == (1,)
        assert demand.of(store_ids=[]).quantile(7, 0.95).shape == (0,)
    assert found.product_ids.tolist() == [row.product_id for row in rows]
    for place, days in ((0, 1), (1, 7), (2, 14), (3, 30)):
        kept = np.array([row.high[place] for row in rows])
        assert np.abs(found.quantile(days, 0.95) - kept).max() <= 1
    assert (found.quantile(10, 0.95) >= found.quantile(7, 0.95)).all()
    assert (found.quantile(90, 0.95) > found.total(90)).all()


def test_the_command_forecasts_at_once_and_says_how_good_it_is(shop: Shop) -> None:
    out = io.StringIO()
    call_command("forecast", organization=shop.organization.slug, json=True, stdout=out)
    said = json.loads(out.getvalue())
    assert (said["status"], said["series"]) == ("finished", 4)
    assert 0 < said["accuracy"]["wape"] < 1
    out = io.StringIO()
    call_command("forecast", organization=shop.organization.slug, stdout=out)
    head, row = out.getvalue().splitlines()
    assert head.split()[:4] == ["Organisation", "Run", "State", "Forecasts"]
    assert row.split()[0] == str(shop.organization.id)
    assert row.split()[2:4] == ["finished", "4"]
    assert row.split()[-1].endswith("%")


def test_the_command_refuses_an_organization_nobody_knows() -> None:
    with pytest.raises(CommandError, match="no such organi"):
        call_command("forecast", organization="nowhere-at-all")


def test_the_beat_asks_for_last_nights_run_once_and_a_worker_makes_it() -> None:
    shop = build_shop(stores=1, products=1, time_zone=zone_at_noon())
    sell(shop.stores[0], shop.products[0], np.full(30, 3.0))
    for _ in range(2):
        tasks.request_nightly()
    with tenancy.scope(shop.organization.id):
        run = ForecastRun.objects.get()
    assert (run.trigger, run.status) == (Trigger.NIGHTLY, RunStatus.QUEUED)
    assert shop.organization.id in runs.stragglers()
    tasks.visit(organization_id=shop.organization.id)
    with tenancy.scope(shop.organization.id):
        assert ForecastRun.objects.get().is_current
    assert shop.organization.id not in runs.stragglers()


def zone_at_noon() -> str:
    """A time zone in which it is about noon, whenever this test runs: its night has come, and the next one has not."""
    hours = 12 - clock.now().hour
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"

"""After an import only what it changed is forecast anew, and poured into the forecast that is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from forecasting import tasks
from forecasting.choices import RunStatus, Trigger
from forecasting.models import Forecast, ForecastChunk, ForecastRun, GroupForecast
from forecasting.selectors import demand
from forecasting.services import runs
from inventory_project.kernel import clock, tenancy
from tests.factories.forecasting import forecast, sales, sell, yesterday
from tests.factories.imports import UNIFIED, csv, send
from tests.factories.stock import Shop, build_shop

DAYS = 120


@pytest.fixture
def shop() -> Shop:
    """Two stores, three products that sell about 10 a day, and a forecast of all six."""
    shop = build_shop(stores=2, products=3)
    for store in shop.stores:
        for number, product in enumerate(shop.products):
            sell(store, product, sales(10.0, DAYS, last=yesterday(store), seed=number))
    forecast(shop)
    return shop


def figures(shop: Shop) -> dict[tuple[int, int], tuple[float, int]]:
    """Units of 7 days and the chunk of each series that is shown."""
    with tenancy.scope(shop.organization.id):
        rows = Forecast.objects.filter(run__is_current=True)
        return {(row.store_id, row.product_id): (row.units_7, row.chunk_id) for row in rows}


def import_sales(shop: Shop, *, store: int = 0, product: int = 0, units: int = 900) -> Any:
    """A file that sells much more of one product in one store in the last week."""
    days = [yesterday(shop.stores[store]) - timedelta(days=back) for back in range(7)]
    rows = [f"{shop.products[product].name},,2.5,{units},4,{day},1000" for day in days]
    job = send(shop, csv(UNIFIED, rows), store=shop.stores[store].code)
    assert (job.status, job.failed) == ("applied", 0), job.error
    return job


def run_after(shop: Shop, *import_ids: int | None) -> ForecastRun:
    for import_id in import_ids:
        tasks.request_after_import(organization_id=shop.organization.id, import_id=import_id)
    with tenancy.scope(shop.organization.id):
        run: ForecastRun = ForecastRun.objects.get(trigger=Trigger.IMPORT, status=RunStatus.QUEUED)
        ForecastRun.objects.filter(pk=run.pk).update(not_before=clock.now())
    assert not runs.visit(organization_id=shop.organization.id)
    with tenancy.scope(shop.organization.id):
        run.refresh_from_db()
    assert run.status == RunStatus.FINISHED, run.error
    return run


def test_only_the_groups_an_import_touched_are_forecast_anew_and_the_others_stay_as_they_are(shop: Shop) -> None:
    before = figures(shop)
    job = import_sales(shop)
    run = run_after(shop, job.pk)
    after = figures(shop)
    with tenancy.scope(shop.organization.id):
        shown = ForecastRun.objects.get(is_current=True)
        left = [model.objects.filter(run=run).count() for model in (Forecast, GroupForecast, ForecastChunk)]
        groups = list(GroupForecast.objects.order_by("store_id").values_list("store_id", "series"))
        found = demand.of()
    assert (run.series, run.is_current, run.parameters["part_of"], left) == (3, False, shown.pk, [0, 0, 0])
    assert (shown.trigger, shown.series, shown.series_done) == (Trigger.ON_DEMAND, 6, 6)
    assert sum(shown.counts["states"].values()) == 6
    near, far = shop.stores
    assert after.keys() == before.keys()
    assert {place: value for place, value in after.items() if place[0] == far.id} == {
        place: value for place, value in before.items() if place[0] == far.id
    }
    changed = (near.id, shop.products[0].id)
    assert after[changed][0] > 2 * before[changed][0]
    assert groups == [(near.id, 3), (far.id, 3)]
    # Their spreads came along: quantiles are there for every series.
    assert (found.quantile(7, 0.95) > 0).all()
    body = shop.client.get("/api/sales/predictions/?days=7&by=store").json()
    assert np.isclose(body["units"], sum(units for units, _ in after.values()), rtol=1e-4)
    assert len(shop.client.get("/api/forecasts/").json()["results"]) == 6
    # The next whole run takes the place of all of it.
    forecast(shop)
    with tenancy.scope(shop.organization.id):
        assert Forecast.objects.count() == 6
        assert ForecastChunk.objects.exclude(run__is_current=True).count() == 0


def test_several_imports_in_a_row_are_one_part_and_what_is_not_said_is_everything(shop: Shop) -> None:
    first, second = import_sales(shop), import_sales(shop, store=1, product=2)
    part = run_after(shop, first.pk, second.pk)
    assert (part.parameters["imports"], part.series) == ([first.pk, second.pk], 6)
    assert not part.is_current
    whole = run_after(shop, first.pk, None)
    assert (whole.is_current, whole.series, "part_of" in whole.parameters) == (True, 6, False)


def test_much_that_changed_and_a_first_forecast_are_whole_runs(shop: Shop) -> None:
    jobs = [import_sales(shop, store=store, product=product) for store in (0, 1) for product in (0, 1)]
    assert run_after(shop, *(job.pk for job in jobs)).is_current
    new = build_shop(stores=1, products=1)
    assert run_after(new, import_sales(new).pk).is_current

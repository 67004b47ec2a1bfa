"""Shops with a past for tests: sales of many days, stock that ran out, and forecasts of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from catalog.models import Product
from forecasting.choices import Trigger
from forecasting.models import ForecastRun
from forecasting.services import runs
from inventory_project.kernel import clock, tenancy
from stock.models import DailySales, SalesHistory, Stock, StockSnapshot
from stores.models import Store
from tests.factories.stock import Shop

WEEK = np.array([0.8, 0.85, 0.95, 1.0, 1.1, 1.2, 1.1])


def yesterday(store: Store) -> date:
    """The last business day that is over in a store."""
    return clock.now().astimezone(ZoneInfo(store.time_zone)).date() - timedelta(days=1)


def sales(mean: float, days: int, *, last: date, seed: int = 1) -> NDArray[np.float64]:
    """Poisson sales with a week, of so many days up to `last`."""
    weekday = (np.arange(days) + last.weekday() - days + 1) % 7
    return np.random.default_rng(seed).poisson(mean * WEEK[weekday]).astype(float)


def sell(store: Store, product: Product, units: NDArray[np.float64], *, last: date | None = None) -> None:
    """Daily sales of the ledger, the last one on `last` (yesterday when left out); a day without a sale has no row."""
    end = last or yesterday(store)
    first = end - timedelta(days=len(units) - 1)
    with tenancy.scope(store.organization_id):
        on_shelf(store, product)
        DailySales.objects.bulk_create(
            DailySales(
                organization_id=store.organization_id,
                store=store,
                product=product,
                date=first + timedelta(days=place),
                units=str(round(value, 3)),
            )
            for place, value in enumerate(units.tolist())
            if value
        )


def on_shelf(store: Store, product: Product) -> None:
    """The product has a balance in the store."""
    with tenancy.scope(store.organization_id):
        Stock.objects.get_or_create(organization_id=store.organization_id, store=store, product=product)


def close(store: Store, product: Product, balances: dict[date, float]) -> None:
    """Closing balances of days that changed them."""
    with tenancy.scope(store.organization_id):
        StockSnapshot.objects.bulk_create(
            StockSnapshot(
                organization_id=store.organization_id, store=store, product=product, date=day, on_hand=str(left)
            )
            for day, left in balances.items()
        )


def tell(store: Store, product: Product, first: date, units: NDArray[np.float64]) -> None:
    """What a history file says of one year; NaN is a day it does not mention."""
    with tenancy.scope(store.organization_id):
        SalesHistory.objects.create(
            organization_id=store.organization_id,
            store=store,
            product=product,
            year=first.year,
            first_day=first,
            units=units.tolist(),
        )


def forecast(shop: Shop, trigger: Trigger = Trigger.ON_DEMAND, due_date: date | None = None) -> ForecastRun:
    """A run from beginning to end, in this process."""
    organization_id = shop.organization.id
    run_id = runs.request(organization_id=organization_id, trigger=trigger, due_date=due_date)
    while runs.visit(organization_id=organization_id):
        pass
    return read_run(organization_id, run_id)


def read_run(organization_id: int, run_id: int) -> ForecastRun:
    with tenancy.scope(organization_id):
        run: ForecastRun = ForecastRun.objects.get(pk=run_id)
        return run


def at(day: date, hour: int, zone: str) -> datetime:
    """An instant by a clock on the wall."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone))

"""On real sales, where ONHAND_TEST_DATA names their folder: as much better than simple methods as docs/forecasting.md
says. The full comparison is `make bench-forecast`."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from forecasting.engine import Calendar, fit_forecast
from forecasting.engine.baselines import exponential_smoothing
from forecasting.engine.evaluate import Evaluation, rolling_origin
from tests.support.sales_files import CAR_PARTS, STORE_ITEMS, car_parts, store_items

HORIZON = 90
CUTS = (1556, 1646, 1736)
MONTHS = {"half_lives": (2, 3, 4, 6, 9, 12, 18, 24, 1000), "origins": (6, 12, 18)}


def real_file(name: str) -> Path:
    """A file of real sales, or a skip that says which is missing."""
    path = Path(os.environ.get("ONHAND_TEST_DATA", "/nonexistent")) / name
    if not path.exists():
        # Real sales are not ours to keep in the repository; the seeded chains of the other tests run everywhere.
        pytest.skip(f"ONHAND_TEST_DATA holds no {name}")
    return path


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    demand, dates = store_items(real_file(STORE_ITEMS))
    return rolling_origin(demand, None, Calendar(dates), None, HORIZON, CUTS)


@pytest.mark.parametrize(("days", "share"), [(7, 0.70), (30, 0.69), (90, 0.58)])
def test_store_items_are_forecast_far_better_than_by_the_week_before(evaluation: Evaluation, days: int, share: float):
    own = evaluation.accuracy(days).smape[0]
    assert own <= share * evaluation.accuracy(days, baseline="seasonal_naive").smape[0]


@pytest.mark.parametrize("days", [7, 30])
def test_store_items_stay_within_the_quantile_as_often_as_it_says(evaluation: Evaluation, days: int):
    assert 0.92 <= evaluation.coverage(days, 0.95)[0] <= 0.98


def test_car_parts_are_forecast_as_well_as_by_their_specialists():
    demand = car_parts(real_file(CAR_PARTS))
    own = year = smoothed = 0.0
    for cut in (39, 45):
        history, came = demand[:, :cut], demand[:, cut : cut + 6]
        made = fit_forecast(history, None, Calendar.periods(cut + 6), None, 6, **MONTHS).mean
        own += float(((made - came) ** 2).sum())
        year += float(((history[:, -12:].mean(1, keepdims=True) - came) ** 2).sum())
        ses = exponential_smoothing(history, np.ones(history.shape, bool), 6, 1)
        smoothed += float(((ses - came) ** 2).sum())
    assert own <= 1.02 * min(year, smoothed)

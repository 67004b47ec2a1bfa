"""Classical methods give the engine's result type, find what is there, and say where they could not be used."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.engine import Calendar, EngineInputError
from forecasting.engine.baselines import BASELINES
from forecasting.engine.classical import FALLBACK, METHODS, TooLate, forecast_one
from forecasting.engine.explain import explain
from tests.forecasting.engine.shops import FIRST_DAY

DAYS, HORIZON = 230, 14
CALENDAR = Calendar.daily(FIRST_DAY, DAYS + HORIZON)
WEEK = np.array([30, 20, 20, 22, 30, 50, 60.0])
TRUTH = WEEK[CALENDAR.weekday]
HISTORY = np.random.default_rng(3).poisson(TRUTH[:DAYS]).astype(np.float32)


@pytest.mark.parametrize("method", METHODS)
def test_it_finds_the_week(method: str):
    made = forecast_one(method, HISTORY, None, CALENDAR, HORIZON)
    assert made.methods[made.method[0]] == method
    np.testing.assert_allclose(made.mean[0], TRUTH[DAYS:], rtol=0.15)
    assert len(made.backtest.cuts) == 3
    low, high = made.quantile(7, [0.05, 0.95])[0]
    assert low < TRUTH[DAYS : DAYS + 7].sum() < high


@pytest.mark.parametrize("method", [*METHODS, *BASELINES])
def test_gaps_are_no_obstacle(method: str):
    mask = np.random.default_rng(4).random(DAYS) > 0.2
    made = forecast_one(method, np.where(mask, HISTORY, 0), mask, CALENDAR, HORIZON, tested=False)
    assert made.mean[0].sum() == pytest.approx(TRUTH[DAYS:].sum(), rel=0.15)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("days", [1, 6, 9])
def test_too_little_history_falls_back_and_says_so(method: str, days: int):
    made = forecast_one(method, HISTORY[:days], None, CALENDAR.first(days + HORIZON), HORIZON)
    assert made.methods[made.method[0]] == FALLBACK
    np.testing.assert_allclose(made.mean[0], HISTORY[:days].mean(), rtol=1e-4)
    assert np.isfinite(made.quantile(7, 0.95)).all()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "history", [np.zeros(200), np.full(200, 5.0), np.full(200, np.nan), np.eye(1, 200, 150)[0] * 9e5]
)
def test_odd_histories_give_finite_figures(method: str, history: np.ndarray):
    made = forecast_one(method, history, None, CALENDAR.first(214), HORIZON, tested=False)
    assert np.isfinite(made.mean).all()
    assert (made.mean >= 0).all()


def test_a_regression_tells_its_coefficients():
    made = forecast_one("regression", HISTORY, None, CALENDAR, HORIZON, tested=False)
    named = explain(made, 0).coefficients
    assert {"Monday", "Sunday", "trend a year", "average of 7 days", "average of 28 days"} <= set(named)
    assert named["Sunday"] - named["Tuesday"] == pytest.approx(40, abs=5)


def test_a_baseline_may_be_chosen_too():
    made = forecast_one("seasonal_naive", HISTORY, None, CALENDAR, HORIZON)
    np.testing.assert_array_equal(made.mean[0, :7], HISTORY[-7:])


def test_an_unknown_method_is_refused_with_the_names_there_are():
    with pytest.raises(EngineInputError, match="holt_winters"):
        forecast_one("oracle", HISTORY, None, CALENDAR, HORIZON)


def test_more_than_one_series_is_refused():
    with pytest.raises(EngineInputError, match="one series"):
        forecast_one("regression", HISTORY[None], None, CALENDAR, HORIZON)


def test_series_without_a_week_have_methods_too():
    months = np.random.default_rng(1).poisson(20, 60)
    for method in METHODS:
        made = forecast_one(method, months, None, Calendar.periods(66), 6, tested=False)
        assert made.methods[made.method[0]] == method
        assert made.mean.mean() == pytest.approx(20, rel=0.3)


def test_a_method_that_takes_longer_than_it_may_is_stopped() -> None:
    demand = np.random.default_rng(5).poisson(9, 700)
    with pytest.raises(TooLate):
        forecast_one("sarimax", demand, None, Calendar.daily("2024-01-01", 760), 30, seconds=0.0)

"""Quantiles from what is kept of a forecast are those of the forecast itself."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.engine import Calendar, EngineInputError, Forecast, fit_forecast
from forecasting.engine.sums import Spread

DAYS = (1, 7, 14, 30, 60)


@pytest.fixture(scope="module")
def forecast() -> Forecast:
    chance = np.random.default_rng(3)
    mean = np.geomspace(0.05, 40, 60)[:, None]
    demand = chance.negative_binomial(3, 3 / (3 + mean * np.ones((60, 500))))
    return fit_forecast(demand, None, Calendar.daily("2025-01-01", 560), np.arange(60) % 4, 60)


@pytest.fixture(scope="module")
def kept(forecast: Forecast) -> tuple[Spread, np.ndarray]:
    spread = Spread.from_json(Spread.of(forecast, DAYS).as_json())
    return spread, np.stack([forecast.uncertainty(days).variance(forecast.total(days)) for days in DAYS], axis=1)


@pytest.mark.parametrize("days", DAYS)
@pytest.mark.parametrize("level", [0.5, 0.9, 0.95, 0.99])
def test_at_the_days_kept_it_is_the_same_quantile(forecast: Forecast, kept, days: int, level: float) -> None:
    spread, variance = kept
    found = spread.quantile(forecast.mean, variance, days, level)
    assert np.abs(found - forecast.quantile(days, level)).max() <= 1


@pytest.mark.parametrize("days", [3, 10, 21, 45])
def test_between_them_it_is_close(forecast: Forecast, kept, days: int) -> None:
    spread, variance = kept
    found, exact = spread.quantile(forecast.mean, variance, days, 0.95), forecast.quantile(days, 0.95)
    assert (np.abs(found - exact) <= 2 + 0.1 * exact).all()


def test_it_rises_with_days_and_level_also_beyond_the_horizon(forecast: Forecast, kept) -> None:
    spread, variance = kept
    by_days = np.stack([spread.quantile(forecast.mean, variance, days, 0.95) for days in (7, 30, 60, 90)])
    by_level = np.stack([spread.quantile(forecast.mean, variance, 14, level) for level in (0.5, 0.8, 0.95, 0.99)])
    assert (np.diff(by_days, axis=0) >= 0).all()
    assert (np.diff(by_level, axis=0) >= 0).all()


@pytest.mark.parametrize(("days", "level"), [(0, 0.5), (7, 0.0), (7, 1.0)])
def test_impossible_questions_are_refused(forecast: Forecast, kept, days: int, level: float) -> None:
    spread, variance = kept
    with pytest.raises(EngineInputError):
        spread.quantile(forecast.mean, variance, days, level)

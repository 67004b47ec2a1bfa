"""The parts of a forecast multiply to it."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.engine import Calendar, EngineInputError, Flag, fit_forecast
from forecasting.engine.explain import explain
from tests.forecasting.engine.shops import Chain, chain


@pytest.mark.parametrize("days", [60, 500, 1100])
def test_factors_multiply_to_the_mean(days: int):
    shops = chain(40, days + 30)
    event = (np.arange(days + 30) % 17 == 0).astype(np.float32)[:, None]
    calendar = Calendar(shops.calendar.dates, event)
    made = fit_forecast(shops.demand[:, :days], None, calendar, shops.group, 30)
    for row in (0, 7, 39):
        found = explain(made, row)
        if found.method == "pooled":
            assert found.factors is not None
            product = np.prod(list(vars(found.factors).values()), axis=0)
            np.testing.assert_allclose(product, found.mean, rtol=1e-3)


def test_it_tells_the_truth_about_growth_and_week():
    shops: Chain = chain(60, 1130, groups=1)
    made = fit_forecast(shops.demand[:, :1100], None, shops.calendar, shops.group, 30)
    found = explain(made, 5)
    assert found.factors is not None
    assert 1.0 < found.factors.trend[-1] < 1.03
    assert found.factors.weekday.mean() == pytest.approx(1.0, abs=0.05)
    assert found.seasons.weekly.index.shape == (1, 7)
    assert found.half_life is not None
    assert 7 <= found.half_life <= 1000
    assert found.average_7 == pytest.approx(shops.demand[5, 1093:1100].mean())


def test_flags_and_dates_are_the_series_own():
    shops = chain(10, 60)
    made = fit_forecast(shops.demand[:, :30], None, shops.calendar, None, 30)
    found = explain(made, 2)
    assert Flag.NO_ANNUAL in found.flags
    assert found.dates[0] == shops.calendar.dates[30]
    assert len(found.dates) == 30


@pytest.mark.parametrize("row", [-1, 10])
def test_a_series_that_is_not_there_is_refused(row: int):
    shops = chain(10, 60)
    with pytest.raises(EngineInputError, match="row"):
        explain(fit_forecast(shops.demand[:, :30], None, shops.calendar, None, 30), row)

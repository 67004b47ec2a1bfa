"""Backtests are honest: nothing before a cut depends on anything after it."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.engine import Calendar, EngineInputError, fit_forecast
from forecasting.engine.baselines import BASELINES
from forecasting.engine.evaluate import rolling_origin
from tests.forecasting.engine.shops import FIRST_DAY, chain

ONE_SPEED = {"half_lives": (28.0,), "baselines": ()}
"""With one level to choose from, no weight is learned, and every number must be from before the cut."""


def test_forecasts_of_the_past_do_not_know_the_future():
    shops = chain(40, 500)
    history = shops.demand[:, :470].copy()
    one = fit_forecast(history, None, shops.calendar, shops.group, 30, **ONE_SPEED)
    for place, cut in enumerate(one.backtest.cuts):
        changed = history.copy()
        changed[:, cut:] = np.random.default_rng(place).poisson(200, changed[:, cut:].shape)
        other = fit_forecast(changed, None, shops.calendar, shops.group, 30, **ONE_SPEED)
        np.testing.assert_array_equal(other.backtest.forecast[place], one.backtest.forecast[place])


def test_a_window_of_the_backtest_is_the_forecast_made_that_day():
    shops = chain(40, 500)
    history = shops.demand[:, :470]
    now = fit_forecast(history, None, shops.calendar, shops.group, 30, **ONE_SPEED)
    cut = now.backtest.cuts[2]
    then = fit_forecast(history[:, :cut], None, shops.calendar, shops.group, 30, **ONE_SPEED)
    np.testing.assert_allclose(then.mean, now.backtest.forecast[2], rtol=1e-4)


def test_windows_do_not_overlap_and_leave_history_to_learn_from():
    shops = chain(10, 500)
    made = fit_forecast(shops.demand[:, :470], None, shops.calendar, None, 30).backtest
    assert len(made.cuts) == 8
    assert (-np.diff(made.cuts) >= made.horizon).all()
    assert max(made.cuts) + made.horizon == 470
    assert min(made.cuts) >= 28


@pytest.mark.parametrize(
    ("days", "windows", "length"),
    [(1, 0, 7), (20, 0, 7), (21, 1, 7), (28, 2, 7), (89, 4, 7), (90, 2, 30), (120, 3, 30), (1000, 8, 30)],
)
def test_short_histories_have_fewer_or_shorter_windows(days: int, windows: int, length: int):
    made = fit_forecast(np.ones((2, days)), None, Calendar.daily(FIRST_DAY, days + 30), None, 30).backtest
    assert (len(made.cuts), made.horizon) == (windows, length)


def test_rolling_origin_is_the_forecast_from_that_day_beside_what_came():
    shops = chain(30, 500)
    evaluation = rolling_origin(shops.demand, None, shops.calendar, shops.group, 30, [440, 470])
    assert [trial.cut for trial in evaluation.trials] == [440, 470]
    direct = fit_forecast(shops.demand[:, :440], None, shops.calendar.first(470), shops.group, 30)
    np.testing.assert_array_equal(evaluation.trials[0].forecast.mean, direct.mean)
    np.testing.assert_array_equal(evaluation.trials[0].actual, shops.demand[:, 440:470])


def test_accuracy_stands_beside_every_baseline_and_by_any_segment():
    shops = chain(60, 600)
    evaluation = rolling_origin(shops.demand, None, shops.calendar, shops.group, 30, [510, 540, 570])
    own = evaluation.accuracy(30)
    for name in BASELINES:
        assert own.wape[0] < evaluation.accuracy(30, baseline=name).wape[0]
        assert own.rmsse[0] < evaluation.accuracy(30, baseline=name).rmsse[0]
    by_group = evaluation.accuracy(30, by=shops.group)
    assert by_group.wape.shape == (6,)
    assert by_group.units.sum() == pytest.approx(own.units[0])
    assert evaluation.accuracy(7, by=np.arange(60)).days.tolist() == [21.0] * 60
    assert 0.9 <= evaluation.coverage(30, 0.95)[0] <= 1.0
    assert evaluation.pinball(7, 0.95, by=shops.group).shape == (6,)


def test_the_forecast_carries_its_own_accuracy():
    shops = chain(60, 600)
    made = fit_forecast(shops.demand[:, :570], None, shops.calendar, shops.group, 30)
    assert made.backtest.accuracy(7).wape[0] < made.backtest.accuracy(7, baseline="seasonal_naive").wape[0]
    assert made.backtest.accuracy(30, by=np.arange(60)).smape.shape == (60,)


def test_masked_days_are_not_scored():
    shops = chain(20, 400)
    mask = np.ones((20, 400), bool)
    mask[:, 375:380] = False
    spoiled = np.where(mask, shops.demand, 1e6)
    cuts = [370]
    clean = rolling_origin(shops.demand, mask, shops.calendar, None, 30, cuts)
    dirty = rolling_origin(spoiled, mask, shops.calendar, None, 30, cuts)
    assert clean.accuracy(30) == dirty.accuracy(30)
    assert np.isnan(clean.coverage(30, 0.95)).all()
    assert np.isfinite(clean.coverage(5, 0.95)).all()


@pytest.mark.parametrize("cuts", [[], [0], [471]])
def test_cuts_outside_history_are_refused(cuts: list[int]):
    with pytest.raises(EngineInputError):
        rolling_origin(np.ones((2, 500)), None, Calendar.daily(FIRST_DAY, 500), None, 30, cuts)

"""What must hold of every forecast, on demand whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.engine import Calendar, EngineInputError, fit_forecast
from forecasting.engine.baselines import BASELINES
from tests.forecasting.engine.shops import FIRST_DAY, Chain, chain

HORIZON = 30


@pytest.fixture(scope="module")
def shops() -> Chain:
    return chain()


def split(shops: Chain) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """History, what came, and what was to be expected."""
    return shops.demand[:, :-HORIZON], shops.demand[:, -HORIZON:], shops.truth[:, -HORIZON:]


def test_it_is_closer_to_the_truth_than_every_baseline(shops: Chain):
    history, _, truth = split(shops)
    made = fit_forecast(history, None, shops.calendar, shops.group, HORIZON)
    distance = np.sqrt((((made.mean - truth) / truth.mean(1, keepdims=True)) ** 2).mean())
    seen = np.ones(history.shape, bool)
    for name, baseline in BASELINES.items():
        other = baseline(history, seen, HORIZON, 7)
        assert distance < 0.8 * np.sqrt((((other - truth) / truth.mean(1, keepdims=True)) ** 2).mean()), name


def test_its_total_is_neither_high_nor_low(shops: Chain):
    history, _, truth = split(shops)
    made = fit_forecast(history, None, shops.calendar, shops.group, HORIZON)
    assert made.mean.sum() == pytest.approx(truth.sum(), rel=0.05)


@pytest.mark.parametrize("days", [1, 7, 30])
def test_quantiles_cover_what_they_say(days: int):
    made, came = [], []
    for seed in range(3):
        shops = chain(400, 600, groups=8, seed=seed)
        history, actual, _ = split(shops)
        forecast = fit_forecast(history, None, shops.calendar, shops.group, HORIZON)
        made.append(forecast.quantile(days, [0.8, 0.95, 0.99]))
        came.append(actual[:, :days].sum(1))
    covered = (np.concatenate(came)[:, None] <= np.concatenate(made)).mean(0)
    assert 0.75 <= covered[0] <= 0.90  # whole units: quantiles of slow sellers cover more than asked
    assert 0.92 <= covered[1] <= 0.98
    assert 0.97 <= covered[2] <= 1.0


def test_quantiles_rise_with_their_level_and_with_the_days(shops: Chain):
    history, _, _ = split(shops)
    made = fit_forecast(history, None, shops.calendar, shops.group, HORIZON)
    levels = [0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999]
    by_days = np.stack([made.quantile(days, levels) for days in (1, 2, 7, 14, 30)])
    assert (np.diff(by_days, axis=2) >= 0).all()
    # Whole units may stay where they are; more days never need clearly less.
    assert (np.diff(by_days[:, :, 2], axis=0) >= -1).all()


def test_baselines_stand_beside_it(shops: Chain):
    history, _, _ = split(shops)
    made = fit_forecast(history, None, shops.calendar, shops.group, HORIZON)
    np.testing.assert_array_equal(made.baseline("seasonal_naive")[:, 7:14], history[:, -7:])
    for name in BASELINES:
        assert made.baseline(name).shape == made.mean.shape
    with pytest.raises(EngineInputError, match="moving_average"):
        made.baseline("guess")


def test_the_same_input_gives_the_same_bits(shops: Chain):
    history, _, _ = split(shops)
    first = fit_forecast(history, None, shops.calendar, shops.group, HORIZON)
    again = fit_forecast(history.copy(), None, shops.calendar, shops.group, HORIZON)
    assert first.mean.tobytes() == again.mean.tobytes()
    assert first.backtest.forecast.tobytes() == again.backtest.forecast.tobytes()
    assert first.quantile(7, [0.5, 0.95]).tobytes() == again.quantile(7, [0.5, 0.95]).tobytes()


def test_threads_change_nothing(shops: Chain):
    history, _, _ = split(shops)
    alone = fit_forecast(history, None, shops.calendar, shops.group, HORIZON, chunk=32)
    together = fit_forecast(history, None, shops.calendar, shops.group, HORIZON, chunk=32, threads=3)
    assert alone.mean.tobytes() == together.mean.tobytes()


def test_chunks_and_order_of_series_change_nothing_but_rounding(shops: Chain):
    history, _, _ = split(shops)
    whole = fit_forecast(history, None, shops.calendar, shops.group, HORIZON)
    small = fit_forecast(history, None, shops.calendar, shops.group, HORIZON, chunk=7)
    np.testing.assert_allclose(small.mean, whole.mean, rtol=1e-3)
    order = np.random.default_rng(3).permutation(len(history))
    mixed = fit_forecast(history[order], None, shops.calendar, shops.group[order], HORIZON)
    np.testing.assert_allclose(mixed.mean, whole.mean[order], rtol=1e-3)


def test_a_mask_of_every_day_is_no_mask(shops: Chain):
    history, _, _ = split(shops)
    plain = fit_forecast(history, None, shops.calendar, shops.group, HORIZON)
    full = fit_forecast(history, np.ones(history.shape, bool), shops.calendar, shops.group, HORIZON)
    np.testing.assert_allclose(full.mean, plain.mean, rtol=1e-3)


def test_a_day_missing_is_a_day_masked(shops: Chain):
    history, _, _ = split(shops)
    mask = np.random.default_rng(5).random(history.shape) > 0.1
    masked = fit_forecast(history, mask, shops.calendar, shops.group, HORIZON)
    missing = fit_forecast(np.where(mask, history, np.nan), None, shops.calendar, shops.group, HORIZON)
    assert masked.mean.tobytes() == missing.mean.tobytes()


@pytest.mark.parametrize("factor", [0.01, 10.0, 1000.0])
def test_scaling_demand_scales_the_mean(shops: Chain, factor: float):
    history, _, _ = split(shops)
    one = fit_forecast(history, None, shops.calendar, shops.group, HORIZON).mean
    scaled = fit_forecast(history * factor, None, shops.calendar, shops.group, HORIZON).mean
    np.testing.assert_allclose(scaled, one * factor, rtol=2e-3)


@pytest.mark.parametrize("weeks", [1, 9, 60])
def test_shifting_dates_by_whole_weeks_keeps_the_week(shops: Chain, weeks: int):
    history = shops.demand[:, -530:-HORIZON]  # too short for a year's pattern, which knows the date
    here = Calendar.daily(FIRST_DAY, 530)
    there = Calendar.daily(here.dates[0] + np.timedelta64(7 * weeks, "D"), 530)
    one = fit_forecast(history, None, here, shops.group, HORIZON)
    other = fit_forecast(history, None, there, shops.group, HORIZON)
    assert one.mean.tobytes() == other.mean.tobytes()
    assert one.components is not None
    assert other.components is not None
    assert one.components.weekday.tobytes() == other.components.weekday.tobytes()


def test_sold_out_days_masked_do_not_lower_the_forecast(shops: Chain):
    history, _, truth = split(shops)
    empty = history.copy()
    mask = np.ones(history.shape, bool)
    empty[::2, -20:-6] = 0
    mask[::2, -20:-6] = False
    known = fit_forecast(empty, mask, shops.calendar, shops.group, HORIZON).mean[::2]
    blind = fit_forecast(empty, None, shops.calendar, shops.group, HORIZON).mean[::2]
    assert (known.sum(1) >= blind.sum(1)).mean() > 0.95
    assert known.sum() == pytest.approx(truth[::2].sum(), rel=0.07)
    assert blind.sum() < 0.95 * known.sum()


def test_one_masked_day_without_sales_never_lowers_its_series(shops: Chain):
    history, _, _ = split(shops)
    zero = history.copy()
    zero[:, -3] = 0
    mask = np.ones(history.shape, bool)
    mask[0, -3] = False
    masked = fit_forecast(zero, mask, shops.calendar, shops.group, HORIZON, baselines=())
    counted = fit_forecast(zero, None, shops.calendar, shops.group, HORIZON, baselines=())
    assert masked.mean[0].sum() >= counted.mean[0].sum()


def test_a_long_closure_keeps_the_level(shops: Chain):
    history, _, truth = split(shops)
    best = int(history.sum(1).argmax())
    mask = np.ones(history.shape, bool)
    mask[best, -400:] = False
    made = fit_forecast(history, mask, shops.calendar, shops.group, HORIZON)
    assert made.mean[best].sum() == pytest.approx(truth[best].sum(), rel=0.2)


def test_a_known_event_lifts_its_days_only(shops: Chain):
    history, _, _ = split(shops)
    event = np.random.default_rng(2).random((len(shops.calendar), 1)) < 0.1
    event[-HORIZON:, 0] = False
    event[-5, 0] = True
    busy = history * np.where(event[: history.shape[1], 0], 2.0, 1.0)
    calendar = Calendar(shops.calendar.dates, event.astype(np.float32))
    made = fit_forecast(busy, None, calendar, shops.group, HORIZON).mean.sum(0)
    usual = fit_forecast(history, None, shops.calendar, shops.group, HORIZON).mean.sum(0)
    lift = made / usual
    assert lift[-5] == pytest.approx(2.0, rel=0.15)
    np.testing.assert_allclose(np.delete(lift, HORIZON - 5), 1.0, atol=0.1)


def test_a_new_product_starts_like_its_group(shops: Chain):
    history, _, _ = split(shops)
    mask = np.ones(history.shape, bool)
    mask[0] = False
    made = fit_forecast(history, mask, shops.calendar, shops.group, HORIZON)
    like = made.mean[(shops.group == shops.group[0]) & (np.arange(len(history)) > 0)]
    assert made.mean[0].mean() == pytest.approx(like.mean(), rel=0.2)


def test_small_groups_borrow_the_week_of_all():
    shops = chain(200, 300, groups=1)
    history = shops.demand[:, :-HORIZON]
    alone = fit_forecast(history, None, shops.calendar, np.arange(200), HORIZON).mean
    together = fit_forecast(history, None, shops.calendar, shops.group, HORIZON).mean
    truth = shops.truth[:, -HORIZON:]
    scale = truth.mean(1, keepdims=True)
    error = [np.sqrt((((made - truth) / scale) ** 2).mean()) for made in (alone, together)]
    assert error[0] < 1.25 * error[1]


def test_the_baseline_is_used_where_it_wins():
    chance = np.random.default_rng(4)
    days = 430
    plain = chance.poisson(5, (40, days)).astype(np.float32)
    # Standing orders of a restaurant: the same week for half a year, then another one; the last week says it all.
    switching = np.repeat(chance.integers(0, 80, (3, 7)), 26, axis=0).ravel()[:days]
    history = np.concatenate([plain, switching[None].astype(np.float32)])
    made = fit_forecast(history, None, Calendar.daily(FIRST_DAY, days + HORIZON), None, HORIZON)
    assert made.methods[made.method[-1]] == "seasonal_naive"
    np.testing.assert_array_equal(made.mean[-1, :7], history[-1, -7:])
    assert (made.method[:-1] == 0).mean() > 0.9
    without = fit_forecast(history, None, Calendar.daily(FIRST_DAY, days + HORIZON), None, HORIZON, baselines=())
    assert not without.method.any()

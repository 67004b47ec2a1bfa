"""Streamed sales are the history's, by their figures: mean, deviation, weekdays, stores and items.

The days are played fast, eight intervals each, with a fixed seed. Tolerances follow from the number of days played.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from scipy import stats

from inventory_project.sales_stream import model
from tests.support import histories
from tests.support.histories import History

MONDAY = date(2024, 1, 1)
INTERVALS = 8


def played(learned: model.Model, days: int, seed: int = 5) -> np.ndarray:
    """Units by (series, day), each day summed up from its intervals."""
    chance = np.random.default_rng(seed)
    sold = np.zeros((len(learned.mean), days))
    for number in range(days):
        day = MONDAY + timedelta(days=number)
        for _ in range(INTERVALS):
            # Drawn anew in each interval, as a stream does: the day's luck is the same.
            sold[:, number] += learned.sales(chance, learned.luck(seed, day), day, 1 / INTERVALS)
    return sold


@pytest.fixture(scope="module", params=["small", "full"])
def both(request: pytest.FixtureRequest) -> tuple[History, np.ndarray]:
    """A history and five years that follow it. Without the full-size file the small one stands for both."""
    history = (histories.full() if request.param == "full" else None) or histories.small()
    return history, played(model.fit(history.moments()), 7 * 260)


def weekday_test(history: History, sold: np.ndarray) -> float:
    """The p-value of the played weekday shares against the history's.

    A chi-square over units would take them for independent; those of a day are not, so each weekday's difference is
    measured by what a weekday's total varies by in the playing itself.
    """
    expected = np.array([history.units[:, history.weekdays == n].mean(axis=1).sum() for n in range(7)])
    daily = sold.sum(axis=0).reshape(-1, 7)
    weeks, share = len(daily), expected / expected.sum()
    means, spread = daily.mean(axis=0), daily.var(axis=0, ddof=1) / weeks
    statistic = (((means - share * means.sum()) ** 2) / spread).sum()
    return float(stats.chi2.sf(statistic, 6))


def test_the_mean_of_every_series_is_the_histories(both) -> None:
    history, sold = both
    mean, deviation = history.units.mean(axis=1), history.units.std(axis=1)
    # Both are samples of the same thing only on the played side: the history's own mean is what was learned.
    distance = np.abs(sold.mean(axis=1) - mean) / (deviation / np.sqrt(sold.shape[1]))
    assert distance.max() < 4.5
    assert np.mean(distance < 2) > 0.9
    assert sold.mean() == pytest.approx(mean.mean(), rel=0.01)


def test_the_deviation_of_every_series_is_the_histories(both) -> None:
    history, sold = both
    ratio = sold.std(axis=1) / history.units.std(axis=1)
    assert ratio.mean() == pytest.approx(1, abs=0.02)
    assert np.abs(ratio - 1).max() < 0.15


def test_weekday_shares_pass_a_chi_square_test(both) -> None:
    history, sold = both
    assert weekday_test(history, sold) > 0.01


def test_the_same_test_notices_a_week_without_weekdays_and_a_shifted_one(both) -> None:
    history, _ = both
    learned = model.fit(history.moments())
    for wrong in (np.ones(7), np.roll(learned.weekday, 1)):
        assert weekday_test(history, played(replace(learned, weekday=wrong), 7 * 104)) < 1e-6


def test_stores_and_items_keep_their_ratios(both) -> None:
    history, sold = both
    for group in (history.stores, history.items):
        names = np.unique(group)
        before = np.array([history.units[group == name].mean(axis=1).sum() for name in names])
        after = np.array([sold[group == name].mean(axis=1).sum() for name in names])
        assert after / after.sum() == pytest.approx(
            before / before.sum(), rel=0.06 if len(history.stores) < 50 else 0.02
        )


def test_a_steady_series_is_poisson_and_a_silent_one_sells_nothing() -> None:
    history = histories.small()
    history.units[0] = 0
    learned = model.fit(history.moments())
    assert learned.dispersion[0] == 0
    assert learned.dispersion[histories.small().items == 2].max() < 0.06
    assert learned.dispersion[histories.small().items == 4].mean() == pytest.approx(1 / 8, rel=0.2)
    assert played(learned, 70)[0].sum() == 0


def test_the_luck_of_a_day_is_the_same_after_a_restart_and_another_on_another_day() -> None:
    learned = model.fit(histories.small().moments())
    assert (learned.luck(3, MONDAY) == learned.luck(3, MONDAY)).all()
    assert (learned.luck(3, MONDAY) != learned.luck(3, MONDAY + timedelta(days=1))).any()
    assert (learned.luck(4, MONDAY) != learned.luck(3, MONDAY)).any()


def test_a_history_of_one_day_is_enough() -> None:
    moments = histories.small().moments()
    one = np.zeros_like(moments.days)
    one[:, 2] = 1.0
    learned = model.fit(replace(moments, days=one, units=moments.units * one, squares=moments.squares * one))
    assert np.isfinite(learned.mean).all()
    assert learned.weekday == pytest.approx(np.ones(7))

"""Seasons are found where they are, and only there."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.engine import Calendar
from forecasting.engine.seasonality import detect
from tests.forecasting.engine.shops import FIRST_DAY

DAYS = 1100
CALENDAR = Calendar.daily(FIRST_DAY, DAYS + 1)
CHANCE = np.random.default_rng(8)
WEEK = np.array([0.6, 0.7, 0.8, 1.0, 1.2, 1.4, 1.3])


def test_a_week_is_found_with_its_days():
    demand = CHANCE.poisson(10 * WEEK[CALENDAR.weekday[:DAYS]], (20, DAYS))
    found = detect(demand, None, CALENDAR).weekly
    assert found.found.all()
    np.testing.assert_allclose(found.index.mean(0), WEEK / WEEK.mean(), atol=0.03)
    assert (found.strength > 0.3).all()


def test_a_year_is_found_with_its_months():
    demand = CHANCE.poisson(20 * np.exp(0.4 * np.sin(2 * np.pi * CALENDAR.day_of_year[:DAYS] / 365.25)), (20, DAYS))
    found = detect(demand, None, CALENDAR).yearly
    assert found.found.all()
    assert (found.index.argmax(1) == 3).mean() > 0.5  # the wave's top is at the start of April
    assert (found.strength > 0.8).all()


def test_noise_has_no_season():
    found = detect(CHANCE.poisson(5, (1000, DAYS)), None, CALENDAR)
    assert found.weekly.found.mean() < 0.03
    assert found.yearly.found.mean() < 0.03
    assert np.median(found.weekly.strength) < 0.1


def test_growth_is_not_taken_for_a_year():
    demand = CHANCE.poisson(10 * (1 + np.arange(DAYS) / 365), (200, DAYS))
    assert detect(demand, None, CALENDAR).yearly.found.mean() < 0.05


def test_a_strong_week_is_stronger_than_a_weak_one():
    weak = CHANCE.poisson(10 * WEEK[CALENDAR.weekday[:DAYS]] ** 0.3)
    strong = CHANCE.poisson(10 * WEEK[CALENDAR.weekday[:DAYS]] ** 2)
    strength = detect(np.stack([weak, strong]), None, CALENDAR).weekly.strength
    assert strength[0] < strength[1]


def test_closed_sundays_do_not_hide_the_week():
    demand = CHANCE.poisson(10 * WEEK[CALENDAR.weekday[:DAYS]], (5, DAYS))
    mask = np.repeat((CHANCE.random(DAYS) > 0.2)[None], 5, axis=0)
    assert detect(np.where(mask, demand, 0), mask, CALENDAR).weekly.found.all()


@pytest.mark.parametrize(("days", "weekly", "yearly"), [(20, False, False), (60, True, False), (800, True, True)])
def test_short_histories_are_not_tested(days: int, weekly: bool, yearly: bool):
    found = detect(np.ones((2, days)), None, CALENDAR)
    assert (found.weekly.tested.all(), found.yearly.tested.all()) == (weekly, yearly)
    assert not found.weekly.found.any()
    assert (found.yearly.index == 1).all()


def test_odd_histories_are_finite():
    for demand in (np.zeros((2, 800)), np.full((2, 800), np.nan), np.full((2, 800), 1e30)):
        found = detect(demand, None, CALENDAR)
        for pattern in (found.weekly, found.yearly):
            assert np.isfinite(pattern.index).all()
            assert np.isfinite(pattern.strength).all()
            assert not pattern.found.any()

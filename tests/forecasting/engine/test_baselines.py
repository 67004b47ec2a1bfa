"""The simple forecasts do exactly what their names say."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.engine.baselines import exponential_smoothing, moving_average, seasonal_naive


def test_seasonal_naive_repeats_the_last_week():
    demand = np.arange(21.0)[None]
    made = seasonal_naive(demand, np.ones((1, 21), bool), 10)
    assert made[0].tolist() == [14, 15, 16, 17, 18, 19, 20, 14, 15, 16]


def test_seasonal_naive_looks_further_back_where_a_day_was_not_observed():
    demand, seen = np.arange(21.0)[None], np.ones((1, 21), bool)
    seen[0, 16] = False
    assert seasonal_naive(demand, seen, 7)[0].tolist() == [14, 15, 9, 17, 18, 19, 20]


def test_seasonal_naive_of_three_days_takes_the_average_for_the_rest():
    made = seasonal_naive(np.array([[1.0, 2, 6]]), np.ones((1, 3), bool), 7)
    assert made[0].tolist() == [3, 3, 3, 3, 1, 2, 6]


def test_moving_average_counts_observed_days_of_the_last_four_weeks():
    demand = np.concatenate([np.full((1, 30), 100.0), np.full((1, 28), 4.0)], axis=1)
    seen = np.ones(demand.shape, bool)
    seen[0, -10:] = False
    demand[0, -10:] = 0
    assert moving_average(demand, seen, 3)[0].tolist() == [4, 4, 4]


def test_moving_average_of_a_long_closure_takes_all_history():
    demand = np.concatenate([np.full((1, 30), 6.0), np.zeros((1, 40))], axis=1)
    assert moving_average(demand, demand > 0, 1)[0, 0] == 6


def test_smoothing_follows_a_step_fast_and_noise_slowly():
    step = np.concatenate([np.full(60, 2.0), np.full(60, 10.0)])
    noise = np.random.default_rng(0).normal(5, 2, 120)
    made = exponential_smoothing(np.stack([step, noise]), np.ones((2, 120), bool), 2)
    assert made[0, 0] == pytest.approx(10, abs=0.01)
    assert made[1, 0] == pytest.approx(5, abs=0.7)

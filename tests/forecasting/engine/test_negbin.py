"""The negative binomial quantile against scipy's, value by value."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from forecasting.engine import negbin


def test_it_equals_scipy_on_a_wide_grid():
    chance = np.random.default_rng(0)
    mean = np.exp(chance.uniform(-6, 8, 3000))
    variance = mean * (1.001 + np.exp(chance.uniform(-3, 3, 3000)))
    level = chance.choice([0.02, 0.5, 0.8, 0.9, 0.95, 0.99, 0.9995], 3000)
    reference = stats.nbinom.ppf(level, mean**2 / (variance - mean), mean / variance)
    np.testing.assert_array_equal(negbin.quantile(mean, variance, level), reference)


@settings(max_examples=300, deadline=None)
@given(st.floats(1e-4, 1e5), st.floats(1.001, 1e4), st.floats(0.001, 0.9999))
def test_it_is_the_smallest_number_that_reaches_the_level(mean: float, ratio: float, level: float):
    found = float(negbin.quantile(mean, mean * ratio, level))
    assert negbin.cdf(found, mean, mean * ratio) >= level - 1e-9
    assert found == 0 or negbin.cdf(found - 1, mean, mean * ratio) < level + 1e-9


def test_very_many_units_take_the_gamma_distribution():
    many = negbin.quantile(np.array([9.9e4, 1.01e5]), np.array([9.9e6, 1.01e7]), 0.95)
    assert many[1] / many[0] > 1.015
    assert many[1] == np.rint(many[1])


def test_shapes_broadcast():
    assert negbin.quantile(np.ones((3, 1)), np.full((3, 1), 2.0), np.array([[0.5, 0.9]])).shape == (3, 2)

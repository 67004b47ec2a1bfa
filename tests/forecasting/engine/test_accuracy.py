"""The measures, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.engine.accuracy import coverage, error_sums, measures, pinball, scales

ACTUAL = np.array([[10.0, 0.0, 20.0], [5.0, 5.0, np.nan]])
FORECAST = np.array([[8.0, 0.0, 25.0], [6.0, 3.0, 9.0]])
HISTORY = np.array([[0.0, 0, 2, 4, 2, 4], [1.0, 1, 1, 1, 1, 1]])


def test_measures_by_hand():
    found = measures(error_sums(ACTUAL, FORECAST), scales(HISTORY, season=2))
    assert found.units[0] == 40
    assert found.days[0] == 5
    assert found.wape[0] == pytest.approx((2 + 0 + 5 + 1 + 2) / 40)
    assert found.bias[0] == pytest.approx((42 - 40) / 40)
    assert found.smape[0] == pytest.approx((4 / 18 + 0 + 10 / 45 + 2 / 11 + 4 / 8) / 5)
    assert found.mape[0] == pytest.approx((2 / 10 + 5 / 20 + 1 / 5 + 2 / 5) / 4)
    assert found.mse[0] == pytest.approx((4 + 25 + 1 + 4) / 5)


def test_scaled_errors_leave_out_series_that_never_changed():
    scale = scales(HISTORY, season=2)
    assert scale.absolute[0] == pytest.approx((2 + 4 + 0 + 0) / 4)
    assert scale.squared[0] == pytest.approx(4.0)  # from the first sale on: 2, 4, 2, 4
    found = measures(error_sums(ACTUAL, FORECAST), scale)
    assert found.mase[0] == pytest.approx((7 / 3) / 1.5)
    assert found.rmsse[0] == pytest.approx(np.sqrt(29 / 3 / 4))


def test_segments_add_up_and_unknown_is_not_a_number():
    sums = error_sums(np.zeros((3, 2)), np.ones((3, 2)))
    found = measures(sums, scales(np.zeros((3, 9))), by=np.array([0, 2, 2]))
    assert found.days.tolist() == [2, 0, 4]
    assert np.isnan(found.wape).all()
    assert found.smape[[0, 2]].tolist() == [2.0, 2.0]
    assert np.isnan(found.smape[1])


def test_sums_of_windows_add():
    both = error_sums(ACTUAL[:, :1], FORECAST[:, :1]) + error_sums(ACTUAL[:, 1:], FORECAST[:, 1:])
    whole = error_sums(ACTUAL, FORECAST)
    np.testing.assert_allclose(both.absolute, whole.absolute)
    np.testing.assert_allclose(both.symmetric, whole.symmetric)


def test_quantile_measures_by_hand():
    actual, quantile = np.array([10.0, 4.0]), np.array([8.0, 5.0])
    np.testing.assert_allclose(pinball(actual, quantile, 0.9), [1.8, 0.1])
    assert coverage(actual, quantile) == 0.5

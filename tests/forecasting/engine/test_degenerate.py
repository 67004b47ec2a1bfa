"""Whatever the history is like, the figures are finite, and the flags say what they rest on."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from forecasting.engine import Calendar, EngineInputError, Flag, Forecast, fit_forecast
from forecasting.engine.explain import explain

LEVELS = [0.01, 0.5, 0.95, 0.999]
CHANCE = np.random.default_rng(1)


def forecast(demand: np.ndarray, mask: np.ndarray | None = None, horizon: int = 30) -> Forecast:
    days = np.asarray(demand).shape[1]
    return fit_forecast(demand, mask, Calendar.daily("2024-02-01", days + horizon), None, horizon)


def check(made: Forecast) -> None:
    assert np.isfinite(made.mean).all()
    assert (made.mean >= 0).all()
    for days in {1, min(7, made.horizon), made.horizon}:
        quantiles = made.quantile(days, LEVELS)
        assert np.isfinite(quantiles).all()
        assert (quantiles >= 0).all()
        assert (np.diff(quantiles, axis=1) >= 0).all()
    assert np.isfinite(explain(made, 0).mean).all()


HISTORIES = {
    "nothing sold": np.zeros((4, 400)),
    "one day": np.full((1, 1), 3.0),
    "three days": CHANCE.poisson(3, (4, 3)),
    "ten days": CHANCE.poisson(3, (4, 10)),
    "forty days": CHANCE.poisson(3, (4, 40)),
    "always the same": np.full((3, 800), 7.0),
    "never observed": np.full((3, 400), np.nan),
    "half missing": np.where(CHANCE.random((5, 500)) < 0.5, np.nan, CHANCE.poisson(2, (5, 500))),
    "infinite days": np.where(CHANCE.random((5, 500)) < 0.1, np.inf, CHANCE.poisson(2, (5, 500))),
    "huge": CHANCE.poisson(5, (5, 500)) * 1e30,
    "tiny": CHANCE.random((5, 500)) * 1e-12,
    "returns": CHANCE.poisson(2, (5, 500)) - 3.0,
    "one series": CHANCE.poisson(2, (1, 1200)),
    "one sale ever": np.eye(1, 500, 499) * 1e6,
    "by weight": CHANCE.gamma(2, 0.2, (5, 500)),
}


@pytest.mark.parametrize("name", HISTORIES)
def test_figures_are_finite(name: str):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check(forecast(HISTORIES[name]))


# Threads that keep the database connections of other tests draw random times meanwhile.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module:hypothesis.errors.HypothesisDeprecationWarning")
@settings(max_examples=40, deadline=None)
@given(
    arrays.arrays(
        np.float32,
        st.tuples(st.integers(1, 4), st.integers(1, 130)),
        elements=st.floats(width=32, allow_nan=True, allow_infinity=True),
    ),
    st.integers(1, 40),
)
def test_any_numbers_give_finite_figures(demand: np.ndarray, horizon: int):
    with np.errstate(invalid="ignore"):
        check(forecast(demand, horizon=horizon))


def test_nothing_sold_means_nothing_expected():
    made = forecast(HISTORIES["nothing sold"])
    assert not made.mean.any()
    assert not made.quantile(30, 0.95).any()
    assert (made.flags & Flag.NEVER_SOLD).all()


def test_the_same_every_day_stays_the_same():
    np.testing.assert_allclose(forecast(HISTORIES["always the same"]).mean, 7.0, rtol=1e-4)


def test_one_day_is_repeated_and_said_to_be_too_short():
    made = forecast(HISTORIES["one day"])
    np.testing.assert_allclose(made.mean, 3.0, rtol=1e-3)
    assert made.flags[0] & Flag.TOO_SHORT
    assert made.backtest.cuts == ()


def test_seven_days_are_no_longer_too_short():
    week = np.full((1, 7), 4.0)
    assert not forecast(week).flags[0] & Flag.TOO_SHORT
    assert forecast(week[:, :6]).flags[0] & Flag.TOO_SHORT


def test_huge_demand_is_cut_to_the_largest_allowed():
    assert forecast(HISTORIES["huge"]).mean.max() <= 2e12


def test_returns_count_as_nothing_sold():
    made = forecast(np.full((1, 60), -4.0))
    assert not made.mean.any()


def test_a_freak_sale_does_not_turn_quantiles_to_nothing():
    made = forecast(HISTORIES["one sale ever"])
    assert made.quantile(7, 0.95)[0] > made.total(7)[0]


def test_goods_by_weight_have_quantiles_between_units():
    made = forecast(HISTORIES["by weight"])
    quantile = made.quantile(7, 0.9)
    assert (made.flags & Flag.FRACTIONAL).all()
    assert (quantile != np.rint(quantile)).all()


def test_flags_tell_rare_and_lumpy_demand_apart():
    rare = (np.arange(400) % 5 == 0) * 2.0
    lumpy = np.where(np.arange(400) % 5 == 0, 1 + 30 * (np.arange(400) % 35 == 0), 0)
    made = forecast(np.stack([rare, lumpy, np.full(400, 3.0)]))
    assert [bool(flag & Flag.INTERMITTENT) for flag in made.flags] == [True, True, False]
    assert [bool(flag & Flag.LUMPY) for flag in made.flags] == [False, True, False]


def test_leap_days_are_days_like_others():
    days = 366 + 365 + 365 + 366 + 30
    calendar = Calendar.daily("2020-01-01", days + 30)
    assert np.datetime64("2020-02-29") in calendar.dates
    demand = 20 + 10 * np.sin(2 * np.pi * calendar.day_of_year[:days] / 365.25)
    made = fit_forecast(demand[None].repeat(8, 0), None, calendar, None, 30)
    truth = 20 + 10 * np.sin(2 * np.pi * calendar.day_of_year[days:] / 365.25)
    np.testing.assert_allclose(made.mean[0], truth, rtol=0.05)


def test_a_hundred_thousand_series():
    demand = np.random.default_rng(2).poisson(2, (100_000, 60)).astype(np.float32)
    made = fit_forecast(demand, None, Calendar.daily("2024-01-01", 90), np.arange(100_000) // 50, 30)
    assert made.mean.shape == (100_000, 30)
    assert made.mean.mean() == pytest.approx(2.0, rel=0.03)
    assert ((demand[:, -7:].sum(1) <= made.quantile(7, 0.95)).mean()) > 0.9


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"demand": np.zeros(5)}, "demand"),
        ({"demand": np.zeros((0, 5))}, "demand"),
        ({"mask": np.ones((2, 4), bool)}, "mask"),
        ({"group": np.zeros(3, int)}, "group"),
        ({"group": np.array([0.5, 1.5])}, "group"),
        ({"horizon": 0}, "horizon"),
        ({"horizon": 31}, "calendar"),
        ({"half_lives": (7.0, -1.0)}, "half_lives"),
        ({"origins": (0,)}, "origins"),
        ({"baselines": ("guess",)}, "baselines"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(change: dict, named: str):
    given_ = {"demand": np.ones((2, 60)), "mask": None, "group": None, "horizon": 30, **change}
    with pytest.raises(EngineInputError, match=named):
        fit_forecast(calendar=Calendar.daily("2024-01-01", 90), **given_)


@pytest.mark.parametrize(("days", "level"), [(0, 0.5), (31, 0.5), (7, 0.0), (7, 1.0), (7, np.nan)])
def test_quantiles_beyond_the_forecast_are_refused(days: int, level: float):
    with pytest.raises(EngineInputError):
        forecast(np.ones((2, 60))).quantile(days, level)


@pytest.mark.parametrize(
    "dates",
    [["2024-01-02", "2024-01-01"], ["2024-01-01", "2024-01-03"], ["2024-01-01", "NaT"], ["2024-01-01", "2024-01-01"]],
)
def test_a_calendar_with_gaps_or_disorder_is_refused(dates: list[str]):
    with pytest.raises(EngineInputError, match="dates"):
        Calendar(np.array(dates, "datetime64[D]"))


def test_events_must_cover_the_calendar_with_numbers():
    dates = Calendar.daily("2024-01-01", 5).dates
    for events in (np.ones((4, 1)), np.ones(5), np.full((5, 1), np.nan)):
        with pytest.raises(EngineInputError, match="events"):
            Calendar(dates, events)

"""Other methods on the same days: (N, T) history in, (N, ahead) forecast out."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecasting.engine import Calendar
from forecasting.engine.baselines import BASELINES
from forecasting.engine.classical import forecast_one

Panel = NDArray[np.float32]
LAG = 91
ROUNDS = 300
TRAINING_DAYS = 1095


def baseline(name: str, history: Panel, calendar: Calendar, ahead: int) -> Panel:
    """One of the engine's own baselines."""
    return BASELINES[name](history, np.ones(history.shape, bool), ahead, calendar.season)


def classical(name: str, history: Panel, calendar: Calendar, ahead: int) -> Panel:
    """One of statsmodels' methods, a series at a time."""
    made = [forecast_one(name, row, None, calendar, ahead, tested=False) for row in history]
    assert not any(one.method[0] for one in made), "a method fell back"
    return np.concatenate([one.mean for one in made])


def statsforecast(model: Any, history: Panel, ahead: int) -> Panel:
    """One of statsforecast's models, a series at a time."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.stack([model.forecast(row.astype(np.float32), ahead)["mean"] for row in history])


def lightgbm(history: Panel, calendar: Calendar, ahead: int) -> Panel:
    """One LightGBM for all series, direct for 90 days: lags of 91 days and more, averages, calendar; log(1 + sales)."""
    import lightgbm as lgb

    days = history.shape[1]
    assert ahead < LAG
    past = np.arange(days - TRAINING_DAYS, days)
    known = np.log1p(history)
    training = lgb.Dataset(
        _features(known, calendar, past), known[:, past].ravel(), categorical_feature=[0, 1, 2], free_raw_data=True
    )
    settings = {
        "objective": "l2",
        "learning_rate": 0.05,
        "num_leaves": 63,
        "min_data_in_leaf": 100,
        "feature_fraction": 0.8,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "seed": 7,
        "num_threads": 2,
        "verbosity": -1,
        "deterministic": True,
        "force_row_wise": True,
    }
    model = lgb.train(settings, training, ROUNDS)
    future = np.arange(days, days + ahead)
    made = np.asarray(model.predict(_features(known, calendar, future)))
    return np.expm1(made).reshape(len(history), ahead).astype(np.float32)


def _features(known: Panel, calendar: Calendar, days: NDArray[np.intp]) -> Panel:
    """(N x days, F): series, weekday, month, day of year, trend, lags, and averages of weeks that are known by then."""
    series = len(known)
    columns = [
        np.repeat(np.arange(series), len(days)),
        *(
            np.tile(values[days], series)
            for values in (calendar.weekday, calendar.month, calendar.day_of_year, np.arange(len(calendar)))
        ),
    ]
    for lag in (91, 98, 105, 112, 182, 364, 371):
        columns.append(known[:, days - lag].ravel())
    sums = np.concatenate([np.zeros((series, 1)), np.cumsum(known, axis=1, dtype=float)], axis=1)
    for width in (7, 28, 91, 182, 364):
        last = np.minimum(days - LAG + 1, known.shape[1])
        columns.append(((sums[:, last] - sums[:, np.maximum(last - width, 0)]) / width).ravel())
    return np.stack(columns, axis=1).astype(np.float32)

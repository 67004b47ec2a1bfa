"""Classical methods for one series, through statsmodels: to choose for a product, to explain, to compare with.

They give the same `Forecast` as the engine, with a backtest of their own and quantiles calibrated on it. They take from
milliseconds (regression) to seconds (SARIMAX) a series, so the nightly batch does not use them.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from forecasting.engine import baselines, flags
from forecasting.engine.backtest import Backtest, windows
from forecasting.engine.calendar import DAYS_PER_YEAR, Calendar
from forecasting.engine.cores import products_on_one_core
from forecasting.engine.errors import EngineInputError
from forecasting.engine.panel import LARGEST_DEMAND, panel_of
from forecasting.engine.results import Forecast

FloatArray = NDArray[np.float64]
FALLBACK = "moving_average"
"""What is used, and named in the result, where a method finds too little history or no solution."""

_WINDOWS = 3
_REGRESSION_DAYS = 365
_SARIMAX_DAYS = 730
_AVERAGES = (7, 28)
_MONTHS_NEED_DAYS = 2 * DAYS_PER_YEAR
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Fit:
    """(ahead,) mean, and coefficients by name where the method has any."""

    mean: FloatArray
    coefficients: dict[str, float] = field(default_factory=dict)


Method = Callable[[FloatArray, Calendar, int], Fit]
"""History (T,) with NaN where not observed, the calendar, days ahead."""


class NoFit(Exception):
    """Too little history for the method, or its numbers do not settle."""


class TooLate(Exception):
    """The time given to a fit is over."""


_until: ContextVar[float | None] = ContextVar("until", default=None)


def _watch(*_: object) -> None:
    """Between two steps of a fit."""
    until = _until.get()
    if until is not None and time.monotonic() > until:
        raise TooLate


def regression(history: FloatArray, calendar: Calendar, ahead: int) -> Fit:
    """Ordinary least squares of demand on the day of the week, a trend, and moving averages of 7 and 28 days.

    From the last 365 days. Days ahead take the averages of what was forecast before them. It extrapolates its trend
    without end: good for a week, not for a quarter (docs/forecasting.md).
    """
    first = max(0, len(history) - _REGRESSION_DAYS)
    lags = np.column_stack([_trailing(history, days) for days in _AVERAGES])
    x = np.column_stack([_weekdays(calendar, 0, len(history)), np.arange(len(history)) / DAYS_PER_YEAR, lags])
    usable = np.isfinite(history) & np.isfinite(lags).all(1) & (np.arange(len(history)) >= first)
    _need(usable.sum() >= _fewest(x))
    beta = _least_squares(history[usable], x[usable])
    path = np.concatenate([_filled(history), np.zeros(ahead)])
    for day in range(len(history), len(history) + ahead):
        means = [path[day - days : day].mean() for days in _AVERAGES]
        row = np.concatenate([_weekdays(calendar, day, day + 1)[0], [day / DAYS_PER_YEAR], means])
        path[day] = np.clip(row @ beta, 0, LARGEST_DEMAND)
    names = [*_weekday_names(calendar), "trend a year", *(f"average of {days} days" for days in _AVERAGES)]
    return Fit(path[len(history) :], dict(zip(names, beta.tolist(), strict=True)))


def log_regression(history: FloatArray, calendar: Calendar, ahead: int) -> Fit:
    """Least squares of log(1 + demand) on a trend, the day of the week and, with two years, the month; all history."""
    days = np.arange(len(history) + ahead)
    columns = [_weekdays(calendar, 0, len(days)), days[:, None] / DAYS_PER_YEAR]
    if calendar.yearly and len(history) >= _MONTHS_NEED_DAYS:
        columns.append(calendar.month_columns[: len(days), 1:].astype(float))
    x = np.concatenate(columns, axis=1)
    past = x[: len(history)]
    seen = np.isfinite(history)
    _need(seen.sum() >= _fewest(past))
    beta = _least_squares(np.log1p(history[seen]), past[seen])
    names = [*_weekday_names(calendar), "trend a year", *(f"month {k}" for k in range(2, 13))]
    return Fit(np.expm1(np.clip(x[len(history) :] @ beta, 0, 25)), dict(zip(names, beta.tolist(), strict=False)))


def sarimax(history: FloatArray, calendar: Calendar, ahead: int) -> Fit:
    """SARIMAX(1,1,1)(1,0,1) of the week on log(1 + demand), the last 730 days; days not observed are bridged by the
    Kalman filter. Without a weekly pattern: ARIMA(1,1,1)."""
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    recent = np.log1p(history[-_SARIMAX_DAYS:])
    _need(np.isfinite(recent).sum() >= 4 * calendar.season + 2)
    seasonal = (1, 0, 1, 7) if calendar.weekly else (0, 0, 0, 0)
    model = SARIMAX(
        recent, order=(1, 1, 1), seasonal_order=seasonal, enforce_stationarity=False, enforce_invertibility=False
    )
    found = model.fit(disp=False, maxiter=50, cov_type="none", callback=_watch)
    parameters = dict(zip(model.param_names, np.asarray(found.params).tolist(), strict=True))
    return Fit(np.expm1(np.clip(np.asarray(found.forecast(ahead)), 0, 25)), parameters)


def holt_winters(history: FloatArray, calendar: Calendar, ahead: int) -> Fit:
    """Holt-Winters exponential smoothing with damped trend and additive week; gaps are filled by the week before."""
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    series = _filled(history[-_SARIMAX_DAYS:])
    _need(np.isfinite(history).sum() >= 2 * calendar.season + 3)
    seasonal = {"seasonal": "add", "seasonal_periods": 7} if calendar.weekly else {}
    model = ExponentialSmoothing(series, trend="add", damped_trend=True, initialization_method="estimated", **seasonal)
    found = model.fit()
    names = {"smoothing_level": "level", "smoothing_trend": "trend", "smoothing_seasonal": "season"}
    kept = {label: float(found.params[name]) for name, label in names.items() if np.isfinite(found.params[name])}
    return Fit(np.asarray(found.forecast(ahead)), kept)


METHODS: dict[str, Method] = {
    "regression": regression,
    "log_regression": log_regression,
    "sarimax": sarimax,
    "holt_winters": holt_winters,
}


def forecast_one(
    method: str,
    demand: ArrayLike,
    mask: ArrayLike | None,
    calendar: Calendar,
    horizon: int,
    *,
    tested: bool = True,
    seconds: float | None = None,
) -> Forecast:
    """One series (T,) by a classical method or a baseline, in the engine's result type with N = 1.

    `methods` and `method` say whose figures they are: the fallback's where the method could not be used. `tested`: fit
    three more times for a backtest, without which quantiles are only rough. Raises TooLate after about `seconds`.
    """
    if method in METHODS:
        _load()
    token = _until.set(None if seconds is None else time.monotonic() + seconds)
    try:
        with products_on_one_core():
            return _one(method, demand, mask, calendar, horizon, tested)
    finally:
        _until.reset(token)


def _load() -> None:
    """Import what the methods use: once in a process, most of a second, which is not taken from the time given.

    Not with this module, which every process of an installation imports and hardly any forecasts by.
    """
    import statsmodels.regression.linear_model
    import statsmodels.tsa.holtwinters
    import statsmodels.tsa.statespace.sarimax  # noqa: F401


def _least_squares(y: FloatArray, x: FloatArray) -> FloatArray:
    from statsmodels.regression.linear_model import OLS

    return np.asarray(OLS(y, x).fit().params)


def _one(
    method: str, demand: ArrayLike, mask: ArrayLike | None, calendar: Calendar, horizon: int, tested: bool
) -> Forecast:
    values = np.asarray(demand, dtype=np.float32)
    if values.ndim != 1:
        raise EngineInputError("demand must be one series.")
    seen = None if mask is None else np.asarray(mask, dtype=bool)[None]
    panel = panel_of(values[None], seen, calendar, None, horizon)
    clean, known = panel.window(slice(0, 1), 0, panel.days)
    history = np.where(known[0], clean[0], np.nan).astype(float)
    fit, own = _fit(method, history, panel.calendar, horizon)
    cuts, ahead = windows(panel.days, horizon, None)
    cuts = cuts[:_WINDOWS] if tested else ()
    made = _tests(method, history, panel.calendar, cuts, ahead)
    backtest = Backtest(panel, cuts[: len(made)], np.array(made, np.float32).reshape(len(made), 1, ahead))
    return Forecast(
        mean=fit.mean[None].astype(np.float32),
        panel=panel,
        flags=flags.of(panel),
        methods=(method, FALLBACK),
        method=np.array([0 if own else 1], np.uint8),
        backtest=backtest,
        coefficients=fit.coefficients,
    )


def _tests(method: str, history: FloatArray, calendar: Calendar, cuts: tuple[int, ...], ahead: int) -> list[FloatArray]:
    """What the method would have said at the cuts, the newest first; as many as the time allows."""
    made: list[FloatArray] = []
    for cut in cuts:
        try:
            made.append(_fit(method, history[:cut], calendar.first(cut + ahead), ahead)[0].mean)
        except TooLate:
            break
    return made


def _fit(method: str, history: FloatArray, calendar: Calendar, ahead: int) -> tuple[Fit, bool]:
    """The fit, and whether it is the method's own."""
    _watch()
    if method in METHODS:
        try:
            return _settled(METHODS[method], history, calendar, ahead), True
        except (NoFit, np.linalg.LinAlgError, ValueError):
            method, own = FALLBACK, False
    elif method in baselines.BASELINES:
        own = True
    else:
        raise EngineInputError(f"method must be one of {', '.join([*METHODS, *baselines.BASELINES])}.")
    seen = np.isfinite(history)
    made = baselines.BASELINES[method](np.where(seen, history, 0)[None], seen[None], ahead, calendar.season)
    return Fit(made[0].astype(float)), own


def _settled(method: Method, history: FloatArray, calendar: Calendar, ahead: int) -> Fit:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # statsmodels warns of what is checked here: that the figures make sense
        fit = method(history, calendar, ahead)
    _need(np.isfinite(fit.mean).all())
    ever = float(np.nanmax(history, initial=0.0))
    return Fit(np.clip(fit.mean, 0, 20 * ever), fit.coefficients)


def _need(enough: bool | np.bool_) -> None:
    if not enough:
        raise NoFit


def _fewest(x: FloatArray) -> int:
    """Observations a regression needs: three more than columns."""
    return x.shape[1] + 3


def _weekdays(calendar: Calendar, first: int, last: int) -> FloatArray:
    """One-hot days of the week, which stand for the constant too; a constant alone without a weekly pattern."""
    if not calendar.weekly:
        return np.ones((last - first, 1))
    return calendar.weekday_columns[first:last].astype(float)


def _weekday_names(calendar: Calendar) -> list[str]:
    return list(_WEEKDAYS) if calendar.weekly else ["constant"]


def _trailing(history: FloatArray, days: int) -> FloatArray:
    """(T,) mean of the observed days among the `days` before each day; NaN until that many have passed."""
    seen = np.isfinite(history)
    units = np.concatenate([[0], np.cumsum(np.where(seen, history, 0))])
    count = np.concatenate([[0], np.cumsum(seen)])
    out = np.full(len(history), np.nan)
    if len(history) > days:
        known = count[days:-1] - count[: -days - 1]
        total = units[days:-1] - units[: -days - 1]
        out[days:] = np.where(known > 0, total / np.maximum(known, 1), np.nan)
    return out


def _filled(history: FloatArray) -> FloatArray:
    """Gaps filled by the same day a week before, else by the mean."""
    out = history.copy()
    usual = float(np.nanmean(history)) if np.isfinite(history).any() else 0.0
    for day in np.flatnonzero(~np.isfinite(out)):
        out[day] = out[day - 7] if day >= 7 else usual
    return out

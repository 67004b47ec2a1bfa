"""How good forecasts were: sums of errors that add up, and the measures they give.

With y actual, f forecast, over the observed days of the windows tested:

    WAPE = sum |f - y| / sum y            bias = sum (f - y) / sum y
    sMAPE = mean 2|f - y| / (|f| + |y|)   (0 where both are 0)    MAPE = mean |f - y| / y over days with y > 0
    MASE = mean over series of MAE / mean |y_t - y_{t-s}| of history         (Hyndman & Koehler 2006)
    RMSSE = mean over series of sqrt(MSE / mean (y_t - y_{t-1})^2 of history from its first sale) (M5, Makridakis 2022)

Percentages are fractions: 0.12 is 12 %. A measure whose denominator is 0 is NaN. WAPE, MAPE and MASE reward forecasting
nothing at all for goods that rarely sell; compare methods there by squared error, bias and pinball loss.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class ErrorSums:
    """(N,) sums over the days of a series. Sums of several windows are added with +."""

    days: FloatArray
    units: FloatArray
    forecast: FloatArray
    absolute: FloatArray
    squared: FloatArray
    symmetric: FloatArray
    percentage: FloatArray
    selling_days: FloatArray

    def __add__(self, other: ErrorSums) -> ErrorSums:
        return ErrorSums(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True)
class Scales:
    """(N,) what errors of a series are measured by: of history, NaN where it never changed."""

    absolute: FloatArray
    squared: FloatArray


@dataclass(frozen=True)
class Measures:
    """One value for each segment (S,)."""

    days: FloatArray
    units: FloatArray
    wape: FloatArray
    bias: FloatArray
    smape: FloatArray
    mape: FloatArray
    mase: FloatArray
    rmsse: FloatArray
    mse: FloatArray


def error_sums(actual: NDArray, forecast: NDArray, seen: NDArray[np.bool_] | None = None) -> ErrorSums:
    """Sums of a window (N, h): units a day."""
    y = np.asarray(actual, float)
    f = np.asarray(forecast, float)
    used = np.isfinite(y) if seen is None else seen & np.isfinite(y)
    y, f = np.where(used, y, 0), np.where(used, f, 0)
    error = np.abs(f - y)
    size = np.abs(f) + np.abs(y)
    selling = used & (y > 0)
    return ErrorSums(
        used.sum(1).astype(float),
        y.sum(1),
        f.sum(1),
        error.sum(1),
        (error**2).sum(1),
        (2 * error / np.where(size > 0, size, 1)).sum(1),
        np.where(selling, error / np.where(selling, y, 1), 0).sum(1),
        selling.sum(1).astype(float),
    )


def scales(history: NDArray, seen: NDArray[np.bool_] | None = None, season: int = 7) -> Scales:
    """What errors are measured by, from (N, T) history: mean |y_t - y_{t-season}|, and mean (y_t - y_{t-1})^2 from the
    first sale on."""
    y = np.asarray(history, float)
    used = np.isfinite(y) if seen is None else seen & np.isfinite(y)
    y = np.where(used, y, 0)
    begun = np.cumsum(y > 0, axis=1) > 0
    return Scales(
        _mean(np.abs(y[:, season:] - y[:, :-season]), used[:, season:] & used[:, :-season]),
        _mean(np.diff(y, axis=1) ** 2, used[:, 1:] & used[:, :-1] & begun[:, :-1]),
    )


def measures(sums: ErrorSums, scale: Scales, by: NDArray[np.integer] | None = None) -> Measures:
    """Measures of each segment. `by` (N,) gives each series' segment 0..S-1, such as its product or store; None makes
    all series one segment; `numpy.arange(N)` gives a line for each series."""
    segment = np.zeros(len(sums.days), np.intp) if by is None else np.asarray(by)
    count = int(segment.max()) + 1 if len(segment) else 0

    def total(values: FloatArray) -> FloatArray:
        return np.bincount(segment, values, minlength=count).astype(float)

    def ratio(above: FloatArray, below: FloatArray) -> FloatArray:
        return np.asarray(np.where(below > 0, above / np.where(below > 0, below, 1), np.nan))

    def mean_of_series(values: FloatArray) -> FloatArray:
        good = np.isfinite(values)
        return ratio(total(np.where(good, values, 0)), total(good.astype(float)))

    units = total(sums.units)
    days = np.maximum(sums.days, 1)
    tested = sums.days > 0
    with np.errstate(invalid="ignore", divide="ignore"):
        mase = np.where(tested & (scale.absolute > 0), sums.absolute / days / scale.absolute, np.nan)
        rmsse = np.where(tested & (scale.squared > 0), np.sqrt(sums.squared / days / scale.squared), np.nan)
    return Measures(
        days=total(sums.days),
        units=units,
        wape=ratio(total(sums.absolute), units),
        bias=ratio(total(sums.forecast - sums.units), units),
        smape=ratio(total(sums.symmetric), total(sums.days)),
        mape=ratio(total(sums.percentage), total(sums.selling_days)),
        mase=mean_of_series(mase),
        rmsse=mean_of_series(rmsse),
        mse=ratio(total(sums.squared), total(sums.days)),
    )


def pinball(actual: NDArray, quantile: NDArray, level: float) -> FloatArray:
    """(N,) loss of a quantile forecast, units: level (y - q) where demand was more, (1 - level)(q - y) where less."""
    over = np.asarray(actual, float) - np.asarray(quantile, float)
    return np.asarray(np.maximum(level * over, (level - 1) * over))


def coverage(actual: NDArray, quantile: NDArray) -> float:
    """Share of series whose demand was at most the quantile; a good quantile of level 0.95 covers 0.95."""
    return float((np.asarray(actual, float) <= np.asarray(quantile, float) + 1e-9).mean())


def _mean(values: FloatArray, used: NDArray[np.bool_]) -> FloatArray:
    count = used.sum(1)
    return np.asarray(np.where(count > 0, np.where(used, values, 0).sum(1) / np.maximum(count, 1), np.nan))

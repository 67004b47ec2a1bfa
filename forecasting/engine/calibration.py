"""How far sums of demand stray from their forecast, learned from the backtest and checked against it.

For sums over L days, with forecast f and demand y of the backtest's windows:

1. The variance of a sum is v(f) = phi(f) (f + 0.2), phi interpolated between twelve bins of demand; each bin's phi is
   the mean of (y - f)^2 / (f + 0.2), clipped at its 99th percentile.
2. A series' own factor is its mean ratio to that variance, six windows' worth drawn toward 1.
3. Demand is negative binomial with this mean and variance (gamma for goods sold by weight). Where, in a class of
   demand, the backtest's probability integral transforms (randomised: Smith 1985; Czado, Gneiting & Held 2009) are not
   uniform, a nominal level is replaced by the one that had its coverage.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.engine import negbin
from forecasting.engine.backtest import Backtest

_BINS = 12
_CLASSES = 4
OFFSET = 0.2
"""Units added to a sum before its variance is taken as a multiple of it, so that small sums have some too."""

_CLIP = 0.99
_OWN_PRIOR = 6.0
_LARGEST_RATIO = 12.0
_MOST_WINDOWS = 6
_MOST_PAIRS = 1 << 16
_UNIFORM_PRIOR = 40
"""Imaginary windows of a perfect forecast, so that few real ones do not decide alone."""

LEVEL_LIMITS = (0.02, 0.9995)
"""Levels asked of the distribution stay within these."""

_DEFAULT_PHI = 2.0
_WIDEST = 25.0

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Uncertainty:
    """The spread of sums over `days` days. `centres`, `phi` (B,) the variance function; `own` (N,) each series' factor;
    `edges` (K-1,) of the demand classes; `levels` (K, M) the levels that covered M even steps of nominal level."""

    days: int
    centres: FloatArray
    phi: FloatArray
    own: FloatArray
    edges: FloatArray
    levels: FloatArray

    @classmethod
    def of(cls, backtest: Backtest, days: int, fractional: NDArray[np.bool_], seed: int) -> Uncertainty:
        """Learn from the backtest, of sums that are no longer than its windows."""
        if not backtest.cuts:
            return cls._untested(days, len(fractional))
        return _fitted(days, *_pairs(backtest, days), fractional, seed)

    def longer(self, days: int, backtest: Backtest) -> Uncertainty:
        """Of sums longer than the backtest's windows, from that of a whole window: its spread, widened as sums of half
        a window widen to a whole one."""
        half = _phi_of(*_pairs(backtest, max(1, self.days // 2)))
        middle = float(np.median(self.phi)), float(np.median(half))
        growth = float(np.clip(np.log2(max(middle[0], 1e-9) / max(middle[1], 1e-9)), 0.0, 1.0))
        by = days / self.days
        return Uncertainty(days, self.centres * by, self.phi * by**growth, self.own, self.edges * by, self.levels)

    @classmethod
    def _untested(cls, days: int, series: int) -> Uncertainty:
        """Without a backtest: twice a Poisson count's variance."""
        return cls(days, np.zeros(1), np.full(1, _DEFAULT_PHI), np.ones(series), np.zeros(0), steps()[None])

    def variance(self, mean: FloatArray) -> FloatArray:
        """(N,) variance of the sums whose expected values are `mean` (N,).

        At most mean + 25 max(mean, mean^2), wider than any real demand: after a freak of history the quantiles would
        otherwise be 0 for goods that sell thousands.
        """
        return widest(mean, _variance(mean, self.centres, self.phi) * self.own)

    def quantiles(self, mean: FloatArray, levels: FloatArray, fractional: NDArray[np.bool_]) -> FloatArray:
        """(N, Q) calibrated quantiles of sums with expected values `mean` (N,)."""
        kind = np.digitize(mean, self.edges)
        asked = np.stack([np.interp(levels, steps(), row) for row in self.levels])
        at = np.clip(asked, *LEVEL_LIMITS)[kind]
        variance = self.variance(mean)
        out = np.empty((len(mean), len(levels)))
        whole = ~fractional
        out[whole] = negbin.quantile(mean[whole, None], variance[whole, None], at[whole])
        out[fractional] = negbin.gamma_quantile(mean[fractional, None], variance[fractional, None], at[fractional])
        return out


def widest(mean: FloatArray, variance: FloatArray) -> FloatArray:
    """(N,) variance, at most the widest that makes sense for these means."""
    return np.asarray(np.minimum(variance, mean + _WIDEST * np.maximum(mean, mean**2)))


def steps() -> FloatArray:
    """Even steps of the nominal level."""
    return np.linspace(0, 1, 401)


def _variance(mean: FloatArray, centres: FloatArray, phi: FloatArray) -> FloatArray:
    return np.asarray(np.interp(mean, centres, phi) * (mean + OFFSET))


def _pairs(backtest: Backtest, days: int) -> tuple[FloatArray, FloatArray, NDArray[np.bool_]]:
    """(N, W) forecast and actual sums over windows of `days` days, of their observed days; and whether there were any.

    At most six windows a cut, spread so that short ones fall on different days of the week.
    """
    count = min(backtest.horizon // days, _MOST_WINDOWS)
    starts = np.floor(np.linspace(0, backtest.horizon - days, count)).astype(int)
    forecast, actual, any_seen = [], [], []
    for place in range(len(backtest.cuts)):
        demand, seen = backtest.actual(place)
        whole = bool(seen.all())
        for start in starts:
            at = slice(start, start + days)
            made = backtest.forecast[place][:, at]
            forecast.append((made if whole else np.where(seen[:, at], made, 0)).sum(1, dtype=float))
            actual.append(demand[:, at].sum(1, dtype=float))
            any_seen.append(seen[:, at].any(1))
    return np.stack(forecast, 1), np.stack(actual, 1), np.stack(any_seen, 1)


def _fitted(
    days: int,
    forecast: FloatArray,
    actual: FloatArray,
    seen: NDArray[np.bool_],
    fractional: NDArray[np.bool_],
    seed: int,
) -> Uncertainty:
    if not seen.any():
        return Uncertainty._untested(days, len(fractional))
    ratio = _ratio(forecast, actual)
    learn = _sampled(seen)
    centres, phi = _variance_function(forecast[learn], ratio[learn])
    relative = np.minimum(ratio / np.maximum(np.interp(forecast, centres, phi), 1e-9), _LARGEST_RATIO)
    own = (np.where(seen, relative, 0).sum(1) + _OWN_PRIOR) / (seen.sum(1) + _OWN_PRIOR)
    edges = np.unique(np.quantile(forecast[learn], np.arange(1, _CLASSES) / _CLASSES))
    series = learn[0]
    variance = _variance(forecast[learn], centres, phi) * own[series]
    transforms = _transforms(actual[learn], forecast[learn], variance, fractional[series], seed)
    kind = np.digitize(forecast[learn], edges)
    levels = np.stack([_covering(transforms[kind == k]) for k in range(len(edges) + 1)])
    return Uncertainty(days, centres, phi, own, edges, levels)


def _phi_of(forecast: FloatArray, actual: FloatArray, seen: NDArray[np.bool_]) -> FloatArray:
    """The variance function's phi alone."""
    if not seen.any():
        return np.full(1, _DEFAULT_PHI)
    learn = _sampled(seen)
    return _variance_function(forecast[learn], _ratio(forecast, actual)[learn])[1]


def _ratio(forecast: FloatArray, actual: FloatArray) -> FloatArray:
    return np.asarray((actual - forecast) ** 2 / (forecast + OFFSET))


def _sampled(seen: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Places of at most 65,536 pairs, spread evenly over the series."""
    series, window = np.nonzero(seen)
    step = max(1, -(-len(series) // _MOST_PAIRS))
    if step > 1 and seen.shape[1] % step == 0:
        step += 1  # or the same window of every series would be taken
    return series[::step], window[::step]


def _variance_function(forecast: FloatArray, ratio: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Centres and phi of the bins of demand."""
    edges = np.quantile(forecast, np.arange(1, _BINS) / _BINS)
    place = np.digitize(forecast, edges)
    centres, phi = [], []
    for at in np.unique(place):
        values = ratio[place == at]
        centres.append(float(forecast[place == at].mean()))
        phi.append(float(np.minimum(values, np.quantile(values, _CLIP)).mean()))
    return np.array(centres), np.maximum(phi, 1e-6)


def _transforms(
    actual: FloatArray, mean: FloatArray, variance: FloatArray, fractional: NDArray[np.bool_], seed: int
) -> FloatArray:
    """Randomised probability integral transforms: uniform when the forecast distribution is right."""
    whole = ~fractional
    out = np.empty(len(actual))
    out[fractional] = negbin.gamma_cdf(actual[fractional], mean[fractional], variance[fractional])
    upper, share = negbin.cdf_and_share(actual[whole], mean[whole], variance[whole])
    draw = np.random.default_rng(seed).random(len(actual))[whole]
    out[whole] = np.maximum(upper - (1 - draw) * share, 0)
    return out


def _covering(transforms: FloatArray) -> FloatArray:
    """The levels whose share of transforms below is each even step: the quantile function of the transforms."""
    prior = (np.arange(_UNIFORM_PRIOR) + 0.5) / _UNIFORM_PRIOR
    return np.asarray(np.quantile(np.concatenate([transforms, prior]), steps()))

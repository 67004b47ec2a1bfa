"""Group profiles: the trend, week, season and events that the series of a group share.

The demand index of group g on day t is I_gt = sum_i y_it / sum_i m_it l_i, with l_i the series' own mean demand: series
that come, go or are sold out change numerator and denominator alike. One weighted ridge regression

    log I_gt = a_g + b_g trend_t + weekday_gt + annual_gt + events_gt

is solved for all groups with one Gram matrix, and the coefficients are drawn toward those of all groups together, those
toward 0, as far as their noise asks (empirical Bayes). So a group of three slow sellers borrows its week.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.engine import design as columns_of
from forecasting.engine.design import Design
from forecasting.engine.panel import CHUNK, Chunk, Panel
from forecasting.engine.shrinkage import shrunk_coefficients

_FLOOR = 0.02
"""Share of a group's mean demand that stands for a day without any, whose logarithm would be infinite."""

_FILLS = 3
"""Rounds in which days without data are filled by their fitted value (expectation-maximisation)."""

_SMALLEST = 1e-9
_MOST_GROUPS_AT_ONCE = 2048


@dataclass(frozen=True)
class Profiles:
    """Coefficients (G, p) of every group at one cut, and the design they belong to."""

    design: Design
    coefficients: NDArray[np.float64]

    def shape(self, groups: NDArray[np.intp]) -> NDArray[np.float32]:
        """(g, cut+ahead) trend x annual x events, mean 1 over the last year before the cut."""
        moving = self.design.part(columns_of.TREND, columns_of.ANNUAL, columns_of.EVENT)
        raw = self._exp(groups, moving)
        return np.asarray(raw / self._scale(raw)[:, None], dtype=np.float32)

    def weekdays(self, groups: NDArray[np.intp]) -> NDArray[np.float32]:
        """(g, 7) day-of-week indices of mean 1."""
        at = self.design.part(columns_of.WEEKDAY)
        if not at.any():
            return np.ones((len(groups), 7), np.float32)
        index = np.exp(self.coefficients[np.ix_(groups, at)])
        return np.asarray(index / index.mean(1, keepdims=True), dtype=np.float32)

    def factors(self, groups: NDArray[np.intp]) -> dict[str, NDArray[np.float64]]:
        """The shape's parts, each (g, cut+ahead): `trend` (1 at the cut), `annual`, `events`, and `scale` (g,).

        shape = trend x annual x events / scale.
        """
        kinds = {"trend": columns_of.TREND, "annual": columns_of.ANNUAL, "events": columns_of.EVENT}
        parts = {name: self._exp(groups, self.design.part(kind)) for name, kind in kinds.items()}
        whole = parts["trend"] * parts["annual"] * parts["events"]
        return {**parts, "scale": self._scale(whole)}

    def _exp(self, groups: NDArray[np.intp], at: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.exp(np.clip(self.coefficients[np.ix_(groups, at)] @ self.design.columns[:, at].T, -20, 20))

    def _scale(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        cut = self.design.cut
        return np.asarray(np.maximum(raw[:, max(0, cut - 364) : cut].mean(1), _SMALLEST))


@dataclass
class _Found:
    """Ridge solutions before shrinkage: coefficients and their variances, (G, p)."""

    design: Design
    coefficients: NDArray[np.float64]
    variance: NDArray[np.float64]
    units: NDArray[np.float64]
    """(2, cut) sums over all series: units, and exposure times mean demand."""


def fit(panel: Panel, designs: list[Design], chunk: int = CHUNK) -> list[Profiles]:
    """The profiles of every group at the cut of each design, each from the days before its cut alone."""
    found = [_empty(panel, design) for design in designs]
    for first in range(0, panel.group_count, _MOST_GROUPS_AT_ONCE):
        last = min(first + _MOST_GROUPS_AT_ONCE, panel.group_count)
        units, exposures = _indices(panel, [design.cut for design in designs], first, last, chunk)
        for one, exposure in zip(found, exposures, strict=True):
            cut = one.design.cut
            one.coefficients[first:last], one.variance[first:last] = _solve(
                one.design, _log_index(units[:, :cut], exposure[:, :cut])
            )
            one.units += np.stack([units[:, :cut].sum(0), exposure[:, :cut].sum(0)])
    return [Profiles(one.design, _shrink(one)) for one in found]


def _empty(panel: Panel, design: Design) -> _Found:
    shape = (panel.group_count, len(design.kind))
    return _Found(design, np.zeros(shape), np.zeros(shape), np.zeros((2, design.cut)))


def _indices(
    panel: Panel, cuts: list[int], first: int, last: int, chunk: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Numerators (g, T) and, for each cut, denominators (cuts, g, T) of the index of groups first..last-1."""
    units = np.zeros((last - first, panel.days))
    exposure = np.zeros((len(cuts), last - first, panel.days))
    before = (np.arange(panel.days)[:, None] < np.array(cuts)).astype(np.float32)
    for begin in range(panel.starts[first], panel.starts[last], chunk):
        part = panel.chunk(panel.order[begin : min(begin + chunk, panel.starts[last])])
        own = (part.demand @ before) / np.maximum(part.observed_days(before), 1)
        at = part.groups - first
        units[at] += np.add.reduceat(part.demand, part.bounds[:-1], axis=0)
        if part.observed is None:
            exposure[:, at] += np.add.reduceat(own, part.bounds[:-1], axis=0).T[:, :, None]
        else:
            _add_exposure(exposure, part, own, first)
    return units, exposure


def _add_exposure(exposure: NDArray[np.float64], part: Chunk, own: NDArray[np.floating], first: int) -> None:
    assert part.observed is not None
    for place, span in part.spans():
        exposure[:, part.groups[place] - first] += own[span].T @ part.observed[span]


def _log_index(units: NDArray[np.float64], exposure: NDArray[np.float64]) -> NDArray[np.float64]:
    """(g, cut) log I, NaN on days when no series of the group was observed."""
    mean = units.sum(1, keepdims=True) / np.maximum(exposure.sum(1, keepdims=True), _SMALLEST)
    floor = np.maximum(_FLOOR * mean, _SMALLEST)
    index = np.maximum(units / np.maximum(exposure, 1e-300), floor)
    return np.where(exposure > 0, np.log(index), np.nan)


def _solve(design: Design, log_index: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ridge coefficients (g, p) and their variances. Days without data are filled by their fit."""
    x = design.columns[: design.cut]
    weighted = x.T * design.weights
    inverse = np.linalg.inv(weighted @ x + np.diag(design.penalty + 1e-8))
    project = inverse @ weighted
    missing = np.isnan(log_index)
    seen = np.maximum((~missing).sum(1, keepdims=True), 1)
    filled = np.where(missing, np.nansum(log_index, axis=1, keepdims=True) / seen, log_index)
    found = filled @ project.T
    if missing.any():
        for _ in range(_FILLS):
            filled = np.where(missing, found @ x.T, log_index)
            found = filled @ project.T
    residual = np.where(missing, 0.0, filled - found @ x.T)
    return found, _variance(design, inverse, project, residual, seen)


def _variance(
    design: Design,
    inverse: NDArray[np.floating],
    project: NDArray[np.floating],
    residual: NDArray[np.float64],
    seen: NDArray[np.int64],
) -> NDArray[np.float64]:
    """(g, p) sampling variances; trend and season count the residuals' correlation from day to day.

    Var(project e) = sigma^2 diag(project project'), times (1 + rho)/(1 - rho) for slow columns (Bartlett 1946).
    """
    noise = (residual**2).sum(1, keepdims=True) / np.maximum(seen - len(inverse), 1)
    step = (residual[:, 1:] * residual[:, :-1]).sum(1, keepdims=True)
    rho = np.clip(step / np.maximum((residual**2).sum(1, keepdims=True), 1e-300), 0.0, 0.95)
    slow = design.part(columns_of.TREND, columns_of.ANNUAL)
    return np.asarray(noise * (project**2).sum(1) * np.where(slow, (1 + rho) / (1 - rho), 1.0))


def _shrink(found: _Found) -> NDArray[np.float64]:
    """Groups drawn toward all groups together, and those toward no pattern."""
    design = found.design
    whole, variance = _solve(design, _log_index(found.units[:1], found.units[1:]))
    block = _blocks(design)
    constant = design.part(columns_of.CONSTANT)
    tenant = shrunk_coefficients(whole, variance, np.zeros(len(block)), block)
    tenant[:, constant] = whole[:, constant]
    if len(found.coefficients) == 1:
        return tenant
    groups = shrunk_coefficients(found.coefficients, found.variance, tenant[0], block, prior_cells=5.0)
    groups[:, constant] = found.coefficients[:, constant]
    return groups


def _blocks(design: Design) -> NDArray[np.int64]:
    """Columns shrunk together: a kind each, but every event for itself."""
    events = design.kind == columns_of.EVENT
    return np.asarray(np.where(events, columns_of.EVENT + np.cumsum(events), design.kind), dtype=np.int64)

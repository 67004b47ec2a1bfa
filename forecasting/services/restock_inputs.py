"""From the current forecast and the policies in the database to what the rules are asked with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.choices import SPREAD_DAYS
from forecasting.engine.calibration import OFFSET
from forecasting.engine.sums import sums
from forecasting.restock import asking
from forecasting.restock.asking import IntArray, Terms
from forecasting.restock.decision import Decision
from forecasting.restock.inputs import FloatArray, Inputs
from forecasting.selectors import restock
from forecasting.selectors.demand import Demand
from forecasting.selectors.restock import Series, take


@dataclass(frozen=True, slots=True)
class Asked:
    """(N,) what the rules are asked with, and on which terms."""

    terms: Terms
    inputs: Inputs


@dataclass(frozen=True, slots=True)
class Kept:
    """A forecast as it is kept, asked as the rules ask."""

    demand: Demand

    def total(self, days: int, rows: IntArray) -> FloatArray:
        return sums(self.demand.mean[rows], days)

    def deviation(self, days: int, rows: IntArray) -> FloatArray:
        """Between the numbers of days whose variance is kept, its ratio to the mean lies between theirs, in log days;
        beyond the last it stays."""
        mean, variance = self.demand.mean[rows], self.demand.variance[rows]
        kept = np.array(SPREAD_DAYS)
        ratio = variance / (np.stack([sums(mean, each) for each in SPREAD_DAYS], axis=1) + OFFSET)
        place = int(np.clip(np.searchsorted(kept, days), 1, len(kept) - 1))
        share = float(np.clip(np.log(days / kept[place - 1]) / np.log(kept[place] / kept[place - 1]), 0, 1))
        between = (1 - share) * ratio[:, place - 1] + share * ratio[:, place]
        return np.sqrt(np.maximum(between, 0.0) * (sums(mean, days) + OFFSET))

    def quantile(self, days: int, level: float, rows: IntArray) -> FloatArray:
        return take(self.demand, rows).quantile(days, level)


def of(series: Series) -> Asked:
    """The inputs of every series, each by its own policy."""
    terms = restock.terms(series)
    return Asked(terms, asking.inputs(Kept(series.demand), terms, series.position))


def decide(asked: Asked) -> Decision:
    """Every series by its own policy."""
    return asking.decide(asked.terms.kinds, asked.inputs)

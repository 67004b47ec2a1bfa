"""From the current forecast and the policies in the database to what the rules are asked with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.choices import SPREAD_DAYS
from forecasting.engine.sums import sums, variance_of_sum
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
        mean, variance = self.demand.mean[rows], self.demand.variance[rows]
        return np.sqrt(np.maximum(variance_of_sum(mean, variance, SPREAD_DAYS, days), 0.0))

    def quantile(self, days: int, level: float, rows: IntArray) -> FloatArray:
        return take(self.demand, rows).quantile(days, level)


def of(series: Series) -> Asked:
    """The inputs of every series, each by its own policy."""
    terms = restock.terms(series)
    return Asked(terms, asking.inputs(Kept(series.demand), terms, series.position))


def decide(asked: Asked) -> Decision:
    """Every series by its own policy."""
    return asking.decide(asked.terms.kinds, asked.inputs)

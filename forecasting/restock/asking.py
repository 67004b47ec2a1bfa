"""From a forecast and each series' terms to the inputs of the rules, whoever made the forecast."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from forecasting.restock import timing
from forecasting.restock.decision import Decision, Levels
from forecasting.restock.inputs import FloatArray, Inputs, Kind
from forecasting.restock.policies import POLICIES, decided

IntArray = NDArray[np.int64]


class Expected(Protocol):
    """A forecast of N series as the rules ask it: about the sum of the next `days` days, of some `rows`."""

    def total(self, days: int, rows: IntArray) -> FloatArray:
        """Units expected."""

    def deviation(self, days: int, rows: IntArray) -> FloatArray:
        """Their standard deviation."""

    def quantile(self, days: int, level: float, rows: IntArray) -> FloatArray:
        """Units demand stays within with this probability."""


@dataclass(frozen=True)
class Terms:
    """(N,) each series' policy and its product's terms. `least` and `most` are those of min/max; a `most` of NaN is the
    least and what an order should last."""

    kinds: list[Kind]
    lead_days: IntArray
    review_days: IntArray
    cycle_days: IntArray
    least_days: IntArray
    most_days: IntArray
    service_level: FloatArray
    factor: FloatArray
    lead_deviation: FloatArray
    least: FloatArray
    most: FloatArray
    pack: FloatArray
    moq: FloatArray

    @property
    def protection_days(self) -> IntArray:
        return timing.protection_days(self.lead_days, self.review_days)

    def changed(self, **columns: Any) -> Terms:
        """The same with other columns; one value stands for all series."""
        count = len(self.kinds)
        wide: dict[str, Any] = {"kinds": [columns.pop("kinds")] * count} if "kinds" in columns else {}
        for name, value in columns.items():
            wide[name] = np.full(count, value, getattr(self, name).dtype) if np.ndim(value) == 0 else value
        return replace(self, **wide)


def inputs(expected: Expected, terms: Terms, position: FloatArray) -> Inputs:
    """What the rules are asked with, each series by its own policy."""
    days = terms.protection_days
    mean = _by(days, expected.total)
    cycle = _by(terms.cycle_days, expected.total)
    return Inputs.of(
        len(terms.kinds),
        position=position,
        daily=mean / np.maximum(days, 1),
        expected_week=_by(np.full(len(days), 7), expected.total),
        expected=mean,
        deviation=_by(days, expected.deviation),
        quantile=_quantiles(expected, terms, days),
        expected_cycle=cycle,
        expected_least=_by(days + terms.least_days, expected.total),
        expected_most=_by(days + terms.most_days, expected.total),
        lead_deviation=terms.lead_deviation,
        service_level=terms.service_level,
        factor=terms.factor,
        least=terms.least,
        most=np.maximum(np.where(np.isnan(terms.most), terms.least + cycle, terms.most), terms.least),
        pack=terms.pack,
        moq=terms.moq,
    )


def decide(kinds: list[Kind], asked: Inputs) -> Decision:
    """Every series by its own policy; one step for each kind of policy."""
    names = ("quantity", "wanted", "reorder_point", "order_up_to", "safety_stock")
    columns = {name: np.zeros(len(kinds)) for name in names}
    binding = np.zeros(len(kinds), np.int8)
    for kind, rows in _places(kinds):
        found = decided(kind, asked.take(rows))
        for name, column in columns.items():
            column[rows] = getattr(found, name)
        binding[rows] = found.binding
    return Decision(binding=binding, **columns)


def levels(kinds: list[Kind], asked: Inputs) -> Levels:
    """(N,) the levels of every series' own policy."""
    columns = {name: np.zeros(len(kinds)) for name in ("reorder_point", "order_up_to", "safety_stock", "fixed")}
    for kind, rows in _places(kinds):
        found = POLICIES[kind](asked.take(rows))
        for name, column in columns.items():
            column[rows] = getattr(found, name)
    return Levels(**columns)


def _places(kinds: list[Kind]) -> list[tuple[Kind, IntArray]]:
    known = np.array([str(kind) for kind in kinds])
    return [(kind, np.flatnonzero(known == str(kind))) for kind in sorted(set(kinds))]


def _by(days: IntArray, ask: Callable[[int, IntArray], FloatArray]) -> FloatArray:
    """(N,) an answer that depends on a number of days, asked once for each number there is."""
    out = np.zeros(len(days))
    for own in np.unique(days).tolist():
        rows = np.flatnonzero(days == own)
        out[rows] = ask(own, rows)
    return out


def _quantiles(expected: Expected, terms: Terms, days: IntArray) -> FloatArray:
    out = np.zeros(len(days))
    asks = np.array([kind is Kind.QUANTILE for kind in terms.kinds], bool)
    level = terms.service_level
    for own, at in sorted(set(zip(days[asks].tolist(), level[asks].tolist(), strict=True))):
        rows = np.flatnonzero(asks & (days == own) & (level == at))
        out[rows] = expected.quantile(own, at, rows)
    return out

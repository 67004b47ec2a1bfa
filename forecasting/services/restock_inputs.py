"""From forecasts and policies to what the rules are asked with, and their answer for every series at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.choices import SPREAD_DAYS
from forecasting.engine.calibration import OFFSET
from forecasting.engine.sums import sums
from forecasting.restock import timing
from forecasting.restock.decision import Decision
from forecasting.restock.inputs import FloatArray, Inputs, Kind
from forecasting.restock.policies import decided
from forecasting.selectors.demand import Demand
from forecasting.selectors.restock import Series, take

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Asked:
    """(N,) what the rules are asked with, and how the protection interval came about."""

    kinds: list[Kind]
    inputs: Inputs
    lead_days: IntArray
    review_days: IntArray
    protection_days: IntArray


def of(series: Series) -> Asked:
    """The inputs of every series, each by its own policy."""
    count, demand = len(series), series.demand
    kinds = [Kind(row["kind"]) for row in series.facts]
    lead, review = series.ids("lead_days"), series.ids("review_days")
    days = timing.protection_days(lead, review)
    level = series.column("service_level")
    expected = _by(days, demand, lambda part, own: part.total(own))
    cycle = _by(series.ids("cycle_days"), demand, lambda part, own: part.total(own))
    least, most = _min_max(series, kinds, cycle)
    inputs = Inputs.of(
        count,
        position=series.position,
        daily=expected / np.maximum(days, 1),
        expected_week=demand.total(7) if count else 0.0,
        expected=expected,
        deviation=_by(days, demand, deviation),
        quantile=_quantiles(demand, kinds, days, level),
        expected_cycle=cycle,
        expected_least=_by(days + series.ids("least_days"), demand, lambda part, own: part.total(own)),
        expected_most=_by(days + series.ids("most_days"), demand, lambda part, own: part.total(own)),
        lead_deviation=series.column("lead_deviation"),
        service_level=level,
        factor=series.column("factor"),
        least=least,
        most=most,
        pack=series.column("pack"),
        moq=series.column("moq"),
    )
    return Asked(kinds, inputs, lead, review, days)


def decide(asked: Asked) -> Decision:
    """Every series by its own policy; one step for each kind of policy."""
    count = len(asked.kinds)
    columns = {name: np.zeros(count) for name in ("quantity", "wanted", "reorder_point", "order_up_to", "safety_stock")}
    binding = np.zeros(count, np.int8)
    for kind in sorted(set(asked.kinds)):
        rows = np.array([place for place, own in enumerate(asked.kinds) if own is kind])
        found = decided(kind, asked.inputs.take(rows))
        for name, column in columns.items():
            column[rows] = getattr(found, name)
        binding[rows] = found.binding
    return Decision(binding=binding, **columns)


def deviation(demand: Demand, days: int) -> FloatArray:
    """(N,) standard deviation of the sum of the next `days` days. Between the numbers of days whose variance is kept,
    its ratio to the mean lies between theirs, in log days; beyond the last it stays."""
    kept = np.array(SPREAD_DAYS[: demand.variance.shape[1]])
    totals = np.stack([sums(demand.mean, each) for each in kept.tolist()], axis=1)
    ratio = demand.variance / (totals + OFFSET)
    place = int(np.clip(np.searchsorted(kept, days), 1, len(kept) - 1))
    share = float(np.clip(np.log(days / kept[place - 1]) / np.log(kept[place] / kept[place - 1]), 0, 1))
    between = (1 - share) * ratio[:, place - 1] + share * ratio[:, place]
    return np.sqrt(np.maximum(between, 0.0) * (sums(demand.mean, days) + OFFSET))


def _by(days: IntArray, demand: Demand, ask: Callable[[Demand, int], FloatArray]) -> FloatArray:
    """(N,) an answer that depends on a number of days, asked once for each number there is."""
    out = np.zeros(len(days))
    for own in np.unique(days).tolist():
        rows = np.flatnonzero(days == own)
        out[rows] = ask(take(demand, rows), own)
    return out


def _quantiles(demand: Demand, kinds: list[Kind], days: IntArray, level: FloatArray) -> FloatArray:
    out = np.zeros(len(days))
    asks = np.array([kind is Kind.QUANTILE for kind in kinds], bool)
    for own, at in sorted(set(zip(days[asks].tolist(), level[asks].tolist(), strict=True))):
        rows = np.flatnonzero(asks & (days == own) & (level == at))
        out[rows] = take(demand, rows).quantile(own, at)
    return out


def _min_max(series: Series, kinds: list[Kind], cycle: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The policy's levels, else the product's; without a most, the least and what an order should last."""
    least, most = np.zeros(len(series)), np.zeros(len(series))
    for place, (row, kind) in enumerate(zip(series.facts, kinds, strict=True)):
        if kind is Kind.MIN_MAX:
            least[place] = row["reorder_level"] if row["least"] is None else row["least"]
            upper = row["order_up_to"] if row["most"] is None else row["most"]
            most[place] = least[place] + cycle[place] if upper is None else max(upper, least[place])
    return least, most

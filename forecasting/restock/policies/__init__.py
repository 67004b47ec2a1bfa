"""Each policy is one module with one function: `levels(inputs)`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from forecasting.restock.decision import Decision, Levels, decide
from forecasting.restock.inputs import Inputs, Kind
from forecasting.restock.policies import days_of_cover, min_max, quantile, reorder_point, seed_rule

POLICIES: Mapping[Kind, Callable[[Inputs], Levels]] = {
    Kind.SEED_RULE: seed_rule.levels,
    Kind.MIN_MAX: min_max.levels,
    Kind.REORDER_POINT: reorder_point.levels,
    Kind.QUANTILE: quantile.levels,
    Kind.DAYS_OF_COVER: days_of_cover.levels,
}


def decided(kind: Kind, inputs: Inputs) -> Decision:
    """What this policy orders for each series."""
    return decide(POLICIES[kind](inputs), inputs)

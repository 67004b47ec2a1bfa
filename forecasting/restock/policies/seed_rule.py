"""The seed rule, a rule of thumb: when less than a week's forecast is left, order 1.2 weeks of it.

    s = F7        q = 1.2 x F7

It knows neither the lead time nor how much demand strays. Counted is the inventory position: what is on order counts.
"""

from __future__ import annotations

from forecasting.restock.decision import Levels, levels_of
from forecasting.restock.inputs import Inputs


def levels(inputs: Inputs) -> Levels:
    quantity = inputs.factor * inputs.expected_week
    point = inputs.expected_week
    # What it keeps beyond the demand until the goods are there is chance; where negative, it runs short by plan.
    return levels_of(point, point + quantity, point - inputs.expected, quantity)

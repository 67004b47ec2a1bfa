"""Min/max: at the minimum or below, order up to the maximum. Both are set by hand.

s = least        S = most
"""

from __future__ import annotations

from forecasting.restock.decision import Levels, levels_of
from forecasting.restock.inputs import Inputs


def levels(inputs: Inputs) -> Levels:
    return levels_of(inputs.least, inputs.most, inputs.least - inputs.expected)

"""Days of cover: keep at least so many days of expected demand beyond the protection interval, order up to so many.

s = expected_least        S = expected_most
"""

from __future__ import annotations

from forecasting.restock.decision import Levels, levels_of
from forecasting.restock.inputs import Inputs


def levels(inputs: Inputs) -> Levels:
    return levels_of(inputs.expected_least, inputs.expected_most, inputs.expected_least - inputs.expected)

"""The textbook's reorder point: expected demand of the protection interval and a safety stock, demand taken as normal.

    safety = z(service level) x sqrt(deviation^2 + (daily x lead_deviation)^2)
    s = expected + safety        S = s + expected_cycle

Silver, Pyke & Thomas, Inventory and Production Management in Supply Chains, 4th ed., chapter 6.
"""

from __future__ import annotations

import numpy as np

from forecasting.restock.decision import Levels, levels_of
from forecasting.restock.inputs import Inputs


def levels(inputs: Inputs) -> Levels:
    from scipy.special import ndtri

    spread = np.sqrt(inputs.deviation**2 + (inputs.daily * inputs.lead_deviation) ** 2)
    safety = ndtri(inputs.service_level) * spread
    point = np.maximum(inputs.expected + safety, 0.0)
    return levels_of(point, point + inputs.expected_cycle, safety)

"""Quantile (s, S): a reorder point that demand of the protection interval stays within with the service level.

    safety = quantile - expected, and with lead times that stray
             sqrt((quantile - expected)^2 + (z x daily x lead_deviation)^2)
    s = expected + safety        S = s + expected_cycle

The quantile is the forecast's own, calibrated on its backtest, so that 95 % means 95 %: no normal demand is assumed,
which slow sellers do not have. Below one half the safety stock is negative and stays as the quantile says.
"""

from __future__ import annotations

import numpy as np

from forecasting.restock.decision import Levels, levels_of
from forecasting.restock.inputs import Inputs


def levels(inputs: Inputs) -> Levels:
    from scipy.special import ndtri

    own = inputs.quantile - inputs.expected
    late = ndtri(inputs.service_level) * inputs.daily * inputs.lead_deviation
    safety = np.where(late > 0, np.hypot(np.maximum(own, 0.0), late), own)
    point = np.maximum(inputs.expected + safety, 0.0)
    return levels_of(point, point + inputs.expected_cycle, safety)

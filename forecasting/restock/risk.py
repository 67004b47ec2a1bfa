"""What may be lost by not ordering: units short before the next chance, and the margin on them.

For demand D of the protection interval, taken as normal with mean m and deviation d, and x units to meet it with:

    E[(D - x)+] = d x (phi(k) - k x (1 - Phi(k)))        k = (x - m) / d

the loss function of Silver, Pyke & Thomas, chapter 6. With d = 0 it is max(m - x, 0).
"""

from __future__ import annotations

import numpy as np

from forecasting.restock.inputs import FloatArray, Inputs


def expected_short(available: FloatArray, mean: FloatArray, deviation: FloatArray) -> FloatArray:
    """(N,) units of demand that `available` units are expected not to meet."""
    from scipy.special import ndtr

    spread = np.maximum(deviation, 1e-12)
    k = (available - mean) / spread
    loss = spread * (np.exp(-0.5 * k**2) / np.sqrt(2 * np.pi) - k * (1 - ndtr(k)))
    return np.asarray(np.where(deviation > 1e-12, np.maximum(loss, 0.0), np.maximum(mean - available, 0.0)))


def margin_at_risk(inputs: Inputs, margin: FloatArray) -> FloatArray:
    """(N,) money: margin of one unit times units short when nothing is ordered now; goods sold at a loss risk
    nothing."""
    position = np.maximum(inputs.position, 0.0)
    return np.asarray(expected_short(position, inputs.expected, inputs.deviation) * np.maximum(margin, 0.0))

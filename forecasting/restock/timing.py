"""When an order can be placed, when it arrives, and how long what is on its way must last until the next can.

Stores are reviewed at night, after closing. What is ordered on the night of day t with a lead time of L days is on the
shelf on the morning of day t + L, before the first sale of that day. The next order is placed on the night of t + R, R
days between reviews, and is there on the morning of t + R + L. So what a store has and is owed on the night of t must
last for the sales of the days t + 1 ... t + R + L - 1: the protection interval

    P = L + R - 1

With a review every night that is the lead time itself. A lead time of 0 counts as 1: nothing arrives before the
morning.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def protection_days(lead_days: ArrayLike, review_days: ArrayLike) -> NDArray[np.int64]:
    """Days of sales an order placed tonight must cover together with what is there: P = max(L, 1) + R - 1."""
    return np.asarray(np.maximum(np.asarray(lead_days, np.int64), 1) + np.asarray(review_days, np.int64) - 1)

"""Sales histories as numbers: the full-size file where ONHAND_TEST_DATA has it, and a small seeded one everywhere."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from inventory_project.sales_stream.model import DAYS_A_WEEK, Moments

TRAIN = "store-item-demand.train.csv.gz"
WEEK = np.array([0.8, 0.85, 0.95, 1.0, 1.1, 1.2, 1.1])


@dataclass(frozen=True)
class History:
    """Units by (series, day) and the weekday of each day; a series' store and item."""

    stores: NDArray[np.int64]
    items: NDArray[np.int64]
    weekdays: NDArray[np.int64]
    units: NDArray[np.float64]

    def moments(self) -> Moments:
        """Summed up here by other means than the product's own statement."""
        days = [self.weekdays == number for number in range(DAYS_A_WEEK)]
        per_day = [self.units[:, each] for each in days]
        count = np.tile([float(each.sum()) for each in days], (len(self.stores), 1))
        total = np.stack([each.sum(axis=1) for each in per_day], axis=1)
        squares = np.stack([(each**2).sum(axis=1) for each in per_day], axis=1)
        return Moments(self.stores, self.items, count, total, squares)


def small() -> History:
    """Two years of 12 series in 3 stores with overdispersed sales; one item hardly sells, one is Poisson."""
    chance = np.random.default_rng(20)
    stores, items = np.repeat([1, 2, 3], 4), np.tile([1, 2, 3, 4], 3)
    mean = np.array([1.0, 0.5, 1.6])[stores - 1] * np.array([0.3, 6.0, 20.0, 60.0])[items - 1]
    weekdays = np.arange(728) % DAYS_A_WEEK
    luck = chance.gamma(8, 1 / 8, (12, 728))
    luck[items == 2] = 1.0
    return History(stores, items, weekdays, chance.poisson(mean[:, None] * WEEK[weekdays] * luck).astype(float))


def full() -> History | None:
    """The 913,000 days of 500 series, or None where the file is not."""
    path = Path(os.environ.get("ONHAND_TEST_DATA", "/nonexistent")) / TRAIN
    if not path.exists():
        return None
    table = pd.read_csv(path).pivot_table(index=["store", "item"], columns="date", values="sales")
    weekdays = pd.to_datetime(table.columns).day_of_week.to_numpy(dtype=np.int64)
    stores, items = (table.index.get_level_values(name).to_numpy(dtype=np.int64) for name in ("store", "item"))
    return History(stores, items, weekdays, table.to_numpy(dtype=float))

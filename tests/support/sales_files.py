"""Public sales figures, read as arrays. The files are not part of the repository."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

STORE_ITEMS = "store-item-demand.train.csv.gz"
CAR_PARTS = "carparts.csv.gz"


def store_items(path: Path) -> tuple[NDArray[np.float32], NDArray[np.datetime64]]:
    """(500, 1826) sales of `date,store,item,sales`, by store and item, and the dates."""
    table = pd.read_csv(path).pivot(index=["store", "item"], columns="date", values="sales")
    return table.to_numpy(np.float32), table.columns.to_numpy().astype("datetime64[D]")


def car_parts(path: Path) -> NDArray[np.float64]:
    """(2509, 51) monthly sales of the parts with a figure for every month."""
    return pd.read_csv(path, index_col=0).dropna().to_numpy(float)

"""Public sales figures, read as arrays. The files are not part of the repository."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

STORE_ITEMS = "store-item-demand.train.csv.gz"
CAR_PARTS = "carparts.csv.gz"


def store_items(path: Path) -> tuple[NDArray[np.float32], NDArray[np.datetime64]]:
    """(500, 1826) sales of `date,store,item,sales`, by store and item, and the dates."""
    with gzip.open(path, "rt") as file:
        rows = list(csv.reader(file))[1:]
    dates, day = np.unique([row[0] for row in rows], return_inverse=True)
    keys = np.array([(int(row[1]), int(row[2])) for row in rows])
    series = np.unique(keys, axis=0, return_inverse=True)[1].ravel()
    out = np.zeros((series.max() + 1, len(dates)), np.float32)
    out[series, day] = [float(row[3]) for row in rows]
    return out, dates.astype("datetime64[D]")


def car_parts(path: Path) -> NDArray[np.float64]:
    """(2509, 51) monthly sales of the parts with a figure for every month."""
    with gzip.open(path, "rt") as file:
        rows = [[float(cell or "nan") for cell in row[1:]] for row in list(csv.reader(file))[1:]]
    table = np.array(rows)
    return table[np.isfinite(table).all(1)]

"""Seeded demand to forecast: a chain whose truth is known."""

from __future__ import annotations

import csv
import gzip
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from forecasting.engine import Calendar

FIRST_DAY = "2022-01-03"
"""A Monday."""


@dataclass(frozen=True)
class Chain:
    """`demand` (N, T+H) as sold, `truth` (N, T+H) its expected value."""

    demand: NDArray[np.float32]
    truth: NDArray[np.float64]
    group: NDArray[np.int64]
    calendar: Calendar


def chain(series: int = 120, days: int = 900, *, groups: int = 6, seed: int = 7) -> Chain:
    """Goods selling 0.1 to 60 a day with a week, a year, growth, and group-wide patterns; negative binomial counts."""
    chance = np.random.default_rng(seed)
    calendar = Calendar.daily(FIRST_DAY, days)
    group = np.arange(series) % groups
    level = np.exp(chance.uniform(np.log(0.1), np.log(60), series))
    week = np.exp(chance.normal(0, 0.25, (groups, 7)))[group] * np.exp(chance.normal(0, 0.1, (series, 7)))
    week /= week.mean(1, keepdims=True)
    turn = 2 * np.pi * calendar.day_of_year / 365.25
    year = np.exp(0.3 * np.sin(turn + chance.uniform(0, 6, groups)[:, None]))[group]
    growth = np.exp(0.1 * np.arange(days) / 365.25)
    truth = level[:, None] * week[:, calendar.weekday] * year * growth
    size = 8.0
    return Chain(
        chance.negative_binomial(size, size / (size + truth)).astype(np.float32),
        truth,
        group.astype(np.int64),
        calendar,
    )


def real_file(name: str) -> Path:
    """A file of real sales, or a skip that says which is missing."""
    path = Path(os.environ.get("ONHAND_TEST_DATA", "/nonexistent")) / name
    if not path.exists():
        pytest.skip(f"ONHAND_TEST_DATA holds no {name}")
    return path


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

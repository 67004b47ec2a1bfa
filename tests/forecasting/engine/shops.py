"""Seeded demand to forecast: a chain whose truth is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
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

"""What a decision is made from: one number for each series and question, all of it kept with the decision."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]


class Kind(StrEnum):
    """The policies."""

    SEED_RULE = "seed_rule"
    MIN_MAX = "min_max"
    REORDER_POINT = "reorder_point"
    QUANTILE = "quantile"
    DAYS_OF_COVER = "days_of_cover"


@dataclass(frozen=True)
class Inputs:
    """N series of one policy. Units, unless said otherwise; (N,) float64.

    `position`: on hand - reserved - on hold + in transit + on order. `daily`: expected demand of a day.
    `expected_week`: of the next 7 days. `expected`: of the protection interval (`timing`). `deviation`: its standard
    deviation. `quantile`: units it stays within with probability `service_level`. `expected_cycle`: of the days an
    order should last. `expected_least`, `expected_most`: of the protection interval and `least_days`, `most_days`
    after it. `lead_deviation`: standard deviation of the lead time, days. `factor`: of the seed rule. `least`,
    `most`: of min/max. `pack`, `moq`: quantities are whole packs of this size, and never fewer units than `moq`.
    """

    position: FloatArray
    daily: FloatArray
    expected_week: FloatArray
    expected: FloatArray
    deviation: FloatArray
    quantile: FloatArray
    expected_cycle: FloatArray
    expected_least: FloatArray
    expected_most: FloatArray
    lead_deviation: FloatArray
    service_level: FloatArray
    factor: FloatArray
    least: FloatArray
    most: FloatArray
    pack: FloatArray
    moq: FloatArray

    @classmethod
    def of(cls, count: int, **given: ArrayLike) -> Inputs:
        """`count` series; what is not given is 0, or for `pack`, `moq`, `factor` and `service_level` what is usual."""
        usual = {"pack": 1.0, "moq": 1.0, "factor": 1.2, "service_level": 0.95}
        unknown = given.keys() - {field.name for field in fields(cls)}
        if unknown:
            raise TypeError(f"No such input: {', '.join(sorted(unknown))}.")
        return cls(**{name: _column(given.get(name, usual.get(name, 0.0)), count) for name in names()})

    def __len__(self) -> int:
        return len(self.position)

    def take(self, rows: NDArray[Any]) -> Inputs:
        return Inputs(**{name: getattr(self, name)[rows] for name in names()})

    def row(self, place: int) -> dict[str, float]:
        """One series' inputs, as they are kept."""
        return {name: float(getattr(self, name)[place]) for name in names()}

    def replaced(self, **columns: FloatArray) -> Inputs:
        return Inputs(**{**asdict(self), **columns})


def names() -> tuple[str, ...]:
    return tuple(field.name for field in fields(Inputs))


def _column(value: ArrayLike, count: int) -> FloatArray:
    return np.array(np.broadcast_to(np.asarray(value, float), (count,)))

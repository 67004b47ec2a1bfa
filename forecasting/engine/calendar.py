"""The days of a panel and what is known about them in advance.

Index convention, used everywhere in the engine: day 0 is the first day of history, day T - 1 the last one observed, and
day T the first day forecast. A *cut* c splits history from future: a model cut at c has seen days 0..c-1 and nothing
else, and its first forecast day is c. `Calendar.dates` therefore has T + H entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecasting.engine.errors import EngineInputError

DAYS_PER_YEAR = 365.25
"""Mean length of a year, so that leap days shift no season."""

_MONDAY_OFFSET = 3
"""1970-01-01, day 0 of datetime64, was a Thursday."""


@dataclass(frozen=True)
class Calendar:
    """Dates of history and future, and event columns known ahead.

    `dates`: (T+H,) datetime64[D], strictly increasing; consecutive days when `weekly` or `yearly` patterns are looked
    for. A day without data stays in the calendar and is masked in the panel.
    `events`: (T+H, E) numbers known for the future too: 1 on a promotion day and 0 elsewhere, or a strength.
    `weekly`, `yearly`: whether demand may depend on the day of the week and of the year. Both are False for series
    counted by month or week, whose "days" are then those periods.
    """

    dates: NDArray[np.datetime64]
    events: NDArray[np.float32] | None = None
    weekly: bool = True
    yearly: bool = True

    def __post_init__(self) -> None:
        dates = np.asarray(self.dates).astype("datetime64[D]")
        object.__setattr__(self, "dates", dates)
        if dates.ndim != 1 or np.isnat(dates).any():
            raise EngineInputError("calendar.dates must be one row of valid dates.")
        gaps = np.diff(dates.astype(np.int64))
        if (gaps <= 0).any():
            raise EngineInputError("calendar.dates must increase.")
        if (self.weekly or self.yearly) and (gaps != 1).any():
            raise EngineInputError("calendar.dates must be consecutive days; mask the days without data instead.")
        if self.events is not None:
            self._check_events(len(dates))

    def _check_events(self, length: int) -> None:
        events = np.asarray(self.events, dtype=np.float32)
        if events.ndim != 2 or len(events) != length:
            raise EngineInputError(f"calendar.events must have {length} rows, one for each date.")
        if not np.isfinite(events).all():
            raise EngineInputError("calendar.events must be finite numbers.")
        object.__setattr__(self, "events", events if events.shape[1] else None)

    @classmethod
    def daily(cls, first: str | np.datetime64, days: int, **options: Any) -> Calendar:
        """`days` consecutive days from `first`."""
        start = np.array(first, dtype="datetime64[D]")
        return cls(dates=start + np.arange(days).astype("timedelta64[D]"), **options)

    @classmethod
    def periods(cls, count: int) -> Calendar:
        """`count` periods without weekly or yearly pattern, such as months of spare parts."""
        return cls(
            dates=np.datetime64("2000-01-01") + np.arange(count).astype("timedelta64[D]"), weekly=False, yearly=False
        )

    def __len__(self) -> int:
        return len(self.dates)

    def first(self, length: int) -> Calendar:
        """The same calendar, ending after `length` days."""
        events = None if self.events is None else self.events[:length]
        return Calendar(self.dates[:length], events, weekly=self.weekly, yearly=self.yearly)

    @property
    def season(self) -> int:
        """Days after which the shortest pattern repeats: 7, or 1 without a weekly one."""
        return 7 if self.weekly else 1

    @cached_property
    def weekday(self) -> NDArray[np.int64]:
        """(T+H,) 0 for Monday ... 6 for Sunday; all 0 without a weekly pattern."""
        if not self.weekly:
            return np.zeros(len(self), np.int64)
        return (self.dates.astype(np.int64) + _MONDAY_OFFSET) % 7

    @cached_property
    def month(self) -> NDArray[np.int64]:
        """(T+H,) 0 for January ... 11 for December."""
        return self.dates.astype("datetime64[M]").astype(np.int64) % 12

    @cached_property
    def day_of_year(self) -> NDArray[np.int64]:
        """(T+H,) 0 for 1 January."""
        return (self.dates - self.dates.astype("datetime64[Y]").astype("datetime64[D]")).astype(np.int64)

    @cached_property
    def weekday_columns(self) -> NDArray[np.float32]:
        """(T+H, 7) one-hot day of the week."""
        return np.eye(7, dtype=np.float32)[self.weekday]

    @cached_property
    def month_columns(self) -> NDArray[np.float32]:
        """(T+H, 12) one-hot month."""
        return np.eye(12, dtype=np.float32)[self.month]

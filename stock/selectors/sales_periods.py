"""Periods of business days: by name, before one another, and cut into whole months and days."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY, MONTH = "D", "M"
ONE_DAY = timedelta(days=1)
NAMES = ("7d", "30d", "3m", "6m", "1y", "custom")
DAYS_OF = {"7d": 7, "30d": 30}
MONTHS_OF = {"3m": 3, "6m": 6, "1y": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """Business days from `first_day` to `last_day`, both included."""

    first_day: date
    last_day: date

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    def previous(self) -> Period:
        """As many days, just before."""
        return Period(self.first_day - timedelta(days=self.days), self.first_day - ONE_DAY)

    def year_before(self) -> Period:
        """The same dates a year earlier; 29 February is met by the 28th."""
        return Period(months_before(self.first_day, 12), months_before(self.last_day, 12))

    def spans(self) -> Iterator[tuple[str, Period]]:
        """Whole calendar months as months (named by their first days), what is left of the ends as days."""
        first = self.first_day if self.first_day.day == 1 else month_of(months_before(self.first_day, -1))
        after = month_of(self.last_day + ONE_DAY)
        if first >= after:
            yield DAY, self
            return
        if self.first_day < first:
            yield DAY, Period(self.first_day, first - ONE_DAY)
        yield MONTH, Period(first, after - ONE_DAY)
        if after <= self.last_day:
            yield DAY, Period(after, self.last_day)


def named(name: str, *, last_day: date) -> Period:
    """The period of that name that ends on a day: 7d is seven days with it, 3m all since this date 3 months ago."""
    if name in DAYS_OF:
        return Period(last_day - timedelta(days=DAYS_OF[name] - 1), last_day)
    return Period(months_before(last_day, MONTHS_OF[name]) + ONE_DAY, last_day)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month (a later one for negative `months`), or that month's last day."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_of(day: date) -> date:
    return day.replace(day=1)

"""Periods of business days: by name, before one another, and cut into whole months and days."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

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

    def spans(self) -> Iterator[Span]:
        """Whole calendar months, and what they lack or have too much of as days: whichever are fewer to read."""
        first, after = month_of(self.first_day), months_before(month_of(self.last_day), -1)
        lacking: list[Span] = []
        if 2 * (self.first_day - first).days >= (months_before(first, -1) - first).days:
            begins = months_before(first, -1)
            lacking.append(Span(DAY, 1, Period(self.first_day, min(begins - ONE_DAY, self.last_day))))
            first = begins
        elif self.first_day > first:
            lacking.append(Span(DAY, -1, Period(first, self.first_day - ONE_DAY)))
        ends = months_before(after, 1)
        if 2 * (after - ONE_DAY - self.last_day).days >= (after - ends).days:
            lacking.append(Span(DAY, 1, Period(max(ends, self.first_day), self.last_day)))
            after = ends
        elif self.last_day < after - ONE_DAY:
            lacking.append(Span(DAY, -1, Period(self.last_day + ONE_DAY, after - ONE_DAY)))
        if first >= after or self.days <= sum(piece.period.days for piece in lacking):
            yield Span(DAY, 1, self)
            return
        yield Span(MONTH, 1, Period(first, after - ONE_DAY))
        yield from lacking


class Span(NamedTuple):
    """A part of a period: days, or whole months named by their first days; added (`sign` 1) or taken away (-1)."""

    span: str
    sign: int
    period: Period


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

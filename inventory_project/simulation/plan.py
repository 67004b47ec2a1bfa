"""What happens on one day: when customers come, what they buy, what goes wrong. Seeded, so a day can be repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import numpy as np

WEEK = (0.85, 0.8, 0.9, 1.0, 1.25, 1.45, 1.1)  # Monday to Sunday
# How busy each local hour is. A shop opens at 9 and closes at 20; the online store never does.
SHOP_HOURS = (0,) * 9 + (2, 3, 4, 6, 6, 4, 4, 5, 7, 7, 4) + (0,) * 4
ONLINE_HOURS = (2, 1, 1, 1, 1, 1, 2, 3, 4, 4, 4, 5, 6, 5, 4, 4, 5, 6, 7, 9, 10, 9, 6, 4)
SHARES = {"shop": 1.0, "online": 0.6}
BASKET_SIZES = (0.38, 0.25, 0.16, 0.11, 0.06, 0.04)  # 1 to 6 lines
ZIPF_EXPONENT = 1.0
BASKETS_A_SECOND = 1.0  # at frequency 1, over all stores, on an ordinary weekday
SHARE_RETURNED, SHARE_DAMAGED, SHARE_LATE, SHARE_SENT_TWICE = 0.04, 0.02, 0.05, 0.06
COUNTS_A_STORE, RESTOCKS_A_DAY = 3, 8
COUNT_ERRORS = ((-1, 0.1), (1, 0.05))
MOST_SHELVES = 4  # of one count
SHARE_SHORT, SHARE_BROKEN = 0.15, 0.1  # of the boxes a shop opens
MOST_HOURS_LATE = 6.0


class Act(StrEnum):
    BASKET = "basket"
    RETURN = "return"
    DAMAGE = "damage"
    COUNT = "count"
    RESTOCK = "restock"


class Mishap(StrEnum):
    """What is wrong with a box that arrives."""

    NONE = "none"
    SHORT = "short"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Place:
    """A store as the API tells of it."""

    code: str
    kind: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Good:
    """A product as the API tells of it."""

    sku: str
    price: float
    pack: int = 1


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happens in one store. `at` is the instant of the played day."""

    at: datetime
    act: Act
    store: str
    lines: tuple[tuple[str, int], ...] = ()
    hours_late: float = 0.0
    sent_twice: bool = False
    miscounted: int = 0
    mishap: Mishap = Mishap.NONE


@dataclass(slots=True)
class Day:
    """One organisation's day. `baskets` is how many an ordinary weekday would see in all its stores."""

    date: date
    places: Sequence[Place]
    goods: Sequence[Good]
    baskets: float
    seed: int
    chance: np.random.Generator = field(init=False)
    popularity: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.chance = np.random.default_rng(self.seed)
        weights = 1 / np.arange(1, len(self.goods) + 1) ** ZIPF_EXPONENT
        # Which product is the most popular one is a matter of the seed.
        self.popularity = self.chance.permutation(weights / weights.sum())

    def events(self) -> list[Event]:
        """Everything that happens, in order of time."""
        share = {place.code: SHARES.get(place.kind, 0.0) for place in self.places}
        total = sum(share.values()) or 1.0
        events: list[Event] = []
        for place in self.places:
            expected = self.baskets * WEEK[self.date.weekday()] * share[place.code] / total
            events += self._trade(place, int(self.chance.poisson(expected)) if self.goods else 0)
            events += self._chores(place)
        return sorted(events, key=lambda event: event.at)

    def _trade(self, place: Place, customers: int) -> Iterator[Event]:
        hours = np.array(ONLINE_HOURS if place.kind == "online" else SHOP_HOURS, dtype=float)
        for hour in self.chance.choice(24, size=customers, p=hours / hours.sum()) + self.chance.random(customers):
            at, luck = self._at(place, float(hour)), self.chance.random()
            if luck < SHARE_RETURNED:
                yield Event(at, Act.RETURN, place.code, self._lines(1))
            elif luck < SHARE_RETURNED + SHARE_DAMAGED:
                yield Event(at, Act.DAMAGE, place.code, self._lines(1))
            else:
                yield self._basket(place, at)

    def _basket(self, place: Place, at: datetime) -> Event:
        late = self.chance.random() < SHARE_LATE
        return Event(
            at,
            Act.BASKET,
            place.code,
            self._lines(1 + int(self.chance.choice(len(BASKET_SIZES), p=BASKET_SIZES))),
            hours_late=float(self.chance.uniform(1, MOST_HOURS_LATE)) if late else 0.0,
            sent_twice=bool(self.chance.random() < SHARE_SENT_TWICE),
        )

    def _lines(self, count: int) -> tuple[tuple[str, int], ...]:
        """Different products, the popular ones more often; mostly one or two of each."""
        count = min(count, len(self.goods))
        chosen = self.chance.choice(len(self.goods), size=count, replace=False, p=self.popularity)
        return tuple((self.goods[number].sku, int(min(self.chance.geometric(0.65), 6))) for number in chosen)

    def _chores(self, place: Place) -> Iterator[Event]:
        """Looking for what is low, through the day; counting a few shelves, at any time the store is open."""
        for number in range(RESTOCKS_A_DAY):
            at = self._at(place, 9 + 11 * (number + self.chance.random()) / RESTOCKS_A_DAY)
            yield Event(at, Act.RESTOCK, place.code, mishap=self._mishap())
        for _ in range(COUNTS_A_STORE if self.goods else 0):
            luck, error = self.chance.random(), 0
            for wrong, share in COUNT_ERRORS:
                if 0 <= luck < share:
                    error = wrong
                luck -= share
            at = self._at(place, float(self.chance.uniform(9, 20)))
            shelves = self._lines(int(self.chance.integers(1, MOST_SHELVES, endpoint=True)))
            yield Event(at, Act.COUNT, place.code, shelves, miscounted=error)

    def _mishap(self) -> Mishap:
        luck = self.chance.random()
        if luck < SHARE_SHORT:
            return Mishap.SHORT
        return Mishap.DAMAGED if luck < SHARE_SHORT + SHARE_BROKEN else Mishap.NONE

    def _at(self, place: Place, hour: float) -> datetime:
        midnight = datetime.combine(self.date, time(), ZoneInfo(place.time_zone))
        return (midnight + timedelta(hours=hour)).astimezone(UTC)


def played_at(event: Event, first: datetime, last: datetime, duration: float) -> float:
    """Seconds from the start: the day from its first to its last event, squeezed into the duration."""
    span = (last - first).total_seconds()
    return duration * (event.at - first).total_seconds() / span if span else 0.0

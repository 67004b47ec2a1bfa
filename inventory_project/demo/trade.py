"""How the demo companies traded: a year of daily demand, and what moved in the last week. Seeded, so it repeats."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from inventory_project.demo.assortment import Company, Good, Place

HISTORY_DAYS = 365
LIVE_DAYS = 7
WEEK = (0.85, 0.8, 0.9, 1.0, 1.25, 1.45, 1.1)  # Monday to Sunday
GROWTH_A_YEAR = 0.12
SHARE_OUT, SHARE_LOW = 0.06, 0.14
WAREHOUSE_WEEKS = 3


@dataclass(frozen=True, slots=True)
class Trade:
    """One company's demand as days x stores x goods; `today` is the last day's successor."""

    company: Company
    today: date

    def goods(self) -> list[Good]:
        return [good for _, goods in self.company.goods.values() for good in goods]

    def demand(self) -> np.ndarray[Any, Any]:
        """Units asked for, by (day, store, good): weekday, season, growth, and noise wider than Poisson's."""
        chance = np.random.default_rng(self.company.seed)
        days = [self.today - timedelta(days=back) for back in range(HISTORY_DAYS, 0, -1)]
        shops, goods = self.company.places, self.goods()
        season = np.array(
            [[1 + g.summer * math.cos((day.timetuple().tm_yday - 196) * math.tau / 365) for g in goods] for day in days]
        )
        rhythm = np.array([WEEK[day.weekday()] * (1 + GROWTH_A_YEAR * n / 365) for n, day in enumerate(days)])
        taste = chance.lognormal(0, 0.25, (len(shops), len(goods))) * np.array([[p.share] for p in shops])
        mean = rhythm[:, None, None] * np.clip(season, 0.05, None)[:, None, :] * taste[None] * [g.pace for g in goods]
        return np.asarray(chance.poisson(mean * chance.gamma(12, 1 / 12, mean.shape)))

    def history(self) -> io.BytesIO:
        """The year up to the last week, as a history file."""
        demand = self.demand()[:-LIVE_DAYS]
        first, goods = self.today - timedelta(days=HISTORY_DAYS), self.goods()
        days = [(first + timedelta(days=number)).isoformat() for number in range(len(demand))]
        lines = ["date,store,item,sales"]
        for s, place in enumerate(self.company.places):
            if place.share:
                for g, good in enumerate(goods):
                    lines += [
                        f"{day},{place.code},{good.sku},{n}"
                        for day, n in zip(days, demand[:, s, g].tolist(), strict=True)
                    ]
        return io.BytesIO("\n".join(lines).encode() + b"\n")

    def reorder_level(self, good: Good) -> int:
        """About five days of a busy shop, in whole packs."""
        return good.pack * max(1, math.ceil(good.pace * 5 / good.pack))

    def movements(self) -> list[dict[str, Any]]:
        """The last week in order of time: opening counts, sales, deliveries, and a few things that went wrong."""
        rows = [row for s, place in enumerate(self.company.places) for row in self._of_store(s, place)]
        return sorted(rows, key=lambda row: str(row["effective_at"]))

    def _of_store(self, s: int, place: Place) -> Iterator[dict[str, Any]]:
        chance = np.random.default_rng(self.company.seed + 1 + s)
        week = self.demand()[-LIVE_DAYS:, s]
        for g, good in enumerate(self.goods()):
            sold = week[:, g].tolist()
            left = self._left(good, place, chance)
            delivery = good.pack if place.share and chance.random() < 0.35 else 0
            opening = sum(sold) + left - delivery
            if opening <= 0:
                opening, delivery = sum(sold) + left, 0
            if opening:
                yield self._row(place, good, "opening", opening, day=0, hour=6)
            if delivery:
                yield self._row(place, good, "receipt", delivery, day=2, hour=7, reference="PO-1042")
            for day, units in enumerate(sold):
                if units:
                    hour = float(chance.uniform(9, 18))
                    yield self._row(place, good, "sale", units, day=day, hour=hour, unit_price=good.price)

    def _left(self, good: Good, place: Place, chance: np.random.Generator) -> int:
        """What is on the shelf today: some of it gone, some of it low, the rest for a week or three."""
        level, luck = self.reorder_level(good), chance.random()
        if not place.share:
            return level * WAREHOUSE_WEEKS * 2
        if luck < SHARE_OUT:
            return 0
        if luck < SHARE_OUT + SHARE_LOW:
            return int(chance.integers(1, level + 1))
        return int(level * chance.uniform(1.2, 3.5)) + 1

    def _row(
        self, place: Place, good: Good, kind: str, units: int, *, day: int, hour: float, **more: Any
    ) -> dict[str, Any]:
        zone = ZoneInfo(place.time_zone)
        midnight = datetime.combine(self.today - timedelta(days=LIVE_DAYS - day), time(), zone)
        at = (midnight + timedelta(hours=hour)).astimezone(UTC)
        key = f"demo:{place.code}:{good.sku}:{kind}:{day}"
        row = {"store": place.code, "product": good.sku, "movement_type": kind, "quantity": units}
        return {**row, "effective_at": at.isoformat(timespec="seconds"), "idempotency_key": key, **more}

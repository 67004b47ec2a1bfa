"""Selling what the model says, interval by interval, through `movements.submit_many` like any other bulk caller.

When a sale asks for more than there is, a delivery comes first: two weeks of the series' mean sales beyond what is
asked for. So a stream can go on for as long as it likes, and shelves still run low and empty in between.
"""

from __future__ import annotations

import logging
import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from typing import Any

import numpy as np
from django.db import DatabaseError, connections

from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import Access, Actor, Role
from inventory_project.sales_stream import model
from inventory_project.sales_stream.model import DAYS_A_WEEK, Model, Moments
from stock.choices import Kind
from stock.selectors import sales_moments
from stock.services import movements

logger = logging.getLogger(__name__)
DAY_SECONDS = 86_400.0
DELIVERY_DAYS = 14
LABEL = "sales stream"
SOURCE = "stream"
ROWS_AT_ONCE = 5000  # sales a batch; each may bring a delivery along
# A stream that was away for longer does not make up for it: nobody sells a lost night in one morning second.
LONGEST_CATCH_UP_SECONDS = 300.0


@dataclass(slots=True)
class Tally:
    """What a stream has done so far."""

    sales: int = 0
    units: int = 0
    deliveries: int = 0
    refused: int = 0


@dataclass(slots=True)
class Stream:
    """One organisation's sales. `speed` 60 sells sixty days' worth in a day; `run` keeps the keys of two runs apart."""

    organization_id: int
    model: Model
    seed: int
    chance: np.random.Generator
    speed: float = 1.0
    tally: Tally = field(default_factory=Tally)
    run: str = field(default_factory=lambda: secrets.token_hex(6))
    intervals: int = 0

    @property
    def access(self) -> Access:
        return Access(user_id=0, username=LABEL, organization_id=self.organization_id, role=Role.ADMIN)

    def plan(self, at: datetime, seconds: float) -> list[tuple[int, int]]:
        """(place of the series, units) of what is sold in an interval that ends now."""
        luck = self.model.luck(self.seed, at.date())
        units = self.model.sales(self.chance, luck, at.date(), seconds * self.speed / DAY_SECONDS)
        return [(int(place), int(units[place])) for place in np.flatnonzero(units)]

    def sell(self, planned: list[tuple[int, int]]) -> None:
        """Put the interval's sales through the ledger, deliveries first where they are needed.

        The keys name the interval, so it may be repeated after trouble with the database. Raises DatabaseError.
        """
        self.intervals += 1
        for first in range(0, len(planned), ROWS_AT_ONCE):
            self._sell(planned[first : first + ROWS_AT_ONCE], f"stream:{self.run}:{self.intervals}:{first}")

    def _sell(self, planned: list[tuple[int, int]], key: str) -> None:
        rows = self._deliveries(planned) + [self._row(place, Kind.SALE, units) for place, units in planned]
        for row in rows:
            row["idempotency_key"] = f"{key}:{row['movement_type']}:{row['store']}:{row['product']}"
        actor = Actor(user_id=None, label=LABEL)
        receipts = _until_answered(
            lambda: movements.submit_many(raws=rows, access=self.access, acting_as=actor, source=SOURCE)
        )
        for row, receipt in zip(rows, receipts, strict=True):
            if receipt.errors or receipt.status == "rejected":
                self.tally.refused += 1
            elif row["movement_type"] == Kind.SALE:
                self.tally.sales += 1
                self.tally.units += row["quantity"]
            else:
                self.tally.deliveries += 1

    def _deliveries(self, planned: list[tuple[int, int]]) -> list[dict[str, Any]]:
        """What must come in before the planned can go out."""
        places = [place for place, _ in planned]
        shops = {int(self.model.stores[place]) for place in places}
        goods = {int(self.model.products[place]) for place in places}

        def look() -> dict[tuple[int, int], float]:
            with tenancy.scope(self.organization_id):
                return sales_moments.available(store_ids=shops, product_ids=goods)

        there = _until_answered(look)
        rows = []
        for place, units in planned:
            left = there.get((int(self.model.stores[place]), int(self.model.products[place])), 0.0)
            if left < units:
                more = math.ceil(units - left + DELIVERY_DAYS * self.model.mean[place])
                rows.append({**self._row(place, Kind.RECEIPT, more), "reference": "Sales stream"})
        return rows

    def _row(self, place: int, kind: str, units: int) -> dict[str, Any]:
        store, product = int(self.model.stores[place]), int(self.model.products[place])
        return {"store": store, "product": product, "movement_type": kind, "quantity": units}


def open_stream(
    *, organization_id: int, seed: int | None = None, speed: float = 1.0, store_ids: set[int] | None = None
) -> Stream | None:
    """A stream that follows the organisation's history; None when it has none, or none in these stores.

    Without a seed the days' luck is the organisation's own: a stream that starts again goes on with the same day.
    """
    with tenancy.scope(organization_id):
        rows = sales_moments.by_weekday(today=clock.now().date())
    rows = [row for row in rows if store_ids is None or row["store_id"] in store_ids]
    if not rows:
        return None
    learned = model.fit(moments(rows))
    return Stream(
        organization_id=organization_id,
        model=learned,
        seed=organization_id if seed is None else seed,
        chance=np.random.default_rng(seed),
        speed=speed,
    )


def moments(rows: list[dict[str, Any]]) -> Moments:
    """The selector's rows as columns."""
    series = sorted({(row["store_id"], row["product_id"]) for row in rows})
    place = {each: number for number, each in enumerate(series)}
    table = np.zeros((3, len(series), DAYS_A_WEEK))
    for row in rows:
        here = place[row["store_id"], row["product_id"]], row["weekday"]
        table[(slice(None), *here)] = row["days"], row["units"], row["squares"]
    ids = np.array(series, dtype=np.int64)
    return Moments(ids[:, 0], ids[:, 1], *table)


def play(
    streams: list[Stream], *, interval: float, stop: Event, duration: float | None, report: Callable[[], None]
) -> None:
    """Sell until asked to stop, or until `duration` seconds are over: every `interval` what those seconds sold."""
    begun = last = time.monotonic()
    while not stop.wait(max(0.0, last + interval - time.monotonic())):
        now = time.monotonic()
        if duration is not None and now - begun > duration:
            return
        for stream in streams:
            stream.sell(stream.plan(clock.now(), min(now - last, LONGEST_CATCH_UP_SECONDS)))
        last = now
        report()


def _until_answered(ask: Callable[[], Any], *, tries: int = 60) -> Any:
    """Ask again while the database is away; keys make that harmless. Raises its error in the end."""
    for number in range(tries):
        try:
            return ask()
        except DatabaseError as error:
            if number == tries - 1:
                raise
            logger.warning("the sales stream waits for the database", extra={"error": str(error).splitlines()[0]})
            connections.close_all()
            time.sleep(1.0)
    return None

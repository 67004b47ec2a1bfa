"""Promises and holds against a model of them in a few lines, through random histories."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

import pytest

from stock.services import reservation_expiry
from tests.factories.reservations import ask, book, figures, let_run_out, take
from tests.factories.stock import Shop, build_shop
from tests.support.ledger import assert_whole

STEPS = 120


@dataclass
class Model:
    """One balance, and what each reservation still holds."""

    on_hand: int = 0
    buckets: dict[str, int] = field(default_factory=lambda: {"damaged": 0, "quality": 0})
    open: list[int] = field(default_factory=list)

    @property
    def on_hold(self) -> int:
        return sum(self.buckets.values())

    @property
    def available(self) -> int:
        return self.on_hand - self.on_hold - sum(self.open)

    @property
    def figures(self) -> tuple[int, int, int, int]:
        return self.on_hand, sum(self.open), self.buckets["damaged"], self.buckets["quality"]


class History:
    """A shop, its model, and dice."""

    def __init__(self, seed: int) -> None:
        self.shop: Shop = build_shop(stores=1, products=1)
        self.dice = random.Random(seed)
        self.model = Model()
        self.reservations: list[dict[str, Any]] = []
        self.shop.post("IN", 12)
        self.model.on_hand = 12

    def step(self) -> None:
        doors = [self.receive, self.sell, self.find_missing, self.reserve, self.reserve, self.fulfil, self.release]
        self.dice.choice([*doors, self.run_out, self.hold, self.unhold, self.dispose, self.rebook])(
            self.dice.randint(1, 5)
        )
        assert figures(self.shop) == self.model.figures

    def receive(self, units: int) -> None:
        assert self.shop.post("IN", units).json()["status"] == "applied"
        self.model.on_hand += units

    def sell(self, units: int) -> None:
        wanted = "applied" if self.model.available >= units else "rejected"
        assert self.shop.post("OUT", units).json()["status"] == wanted
        self.model.on_hand -= units if wanted == "applied" else 0

    def find_missing(self, units: int) -> None:
        wanted = "applied" if self.model.on_hand >= units else "rejected"
        assert self.shop.post("adjustment", -units).json()["status"] == wanted
        self.model.on_hand -= units if wanted == "applied" else 0

    def reserve(self, units: int) -> None:
        answer = ask(self.shop, {0: units})
        assert answer.status_code == (201 if self.model.available >= units else 409)
        if answer.status_code == 201:
            self.reservations.append(answer.json())
            self.model.open.append(units)

    def fulfil(self, units: int) -> None:
        self._close("fulfil", units)

    def release(self, units: int) -> None:
        self._close("release", units)

    def _close(self, verb: str, units: int) -> None:
        if not self.reservations:
            return
        place = self.dice.randrange(len(self.reservations))
        answer = take(self.shop, self.reservations[place], verb, {"lines": [{"product": "SKU-1", "quantity": units}]})
        if self.model.open[place] < units:
            assert answer.status_code == (400 if self.model.open[place] else 409)
        elif verb == "fulfil" and self.model.on_hand - units < self.model.on_hold:
            assert answer.json()["code"] == "insufficient_stock"
        else:
            assert answer.status_code == 200, answer.json()
            self.model.open[place] -= units
            self.model.on_hand -= units if verb == "fulfil" else 0

    def run_out(self, units: int) -> None:
        held = [place for place, still in enumerate(self.model.open) if still]
        if held:
            place = self.dice.choice(held)
            let_run_out(self.shop, self.reservations[place])
            assert reservation_expiry.expire(self.shop.organization.id) == 1
            self.model.open[place] = 0

    def hold(self, units: int) -> None:
        bucket = self.dice.choice(["damaged", "quality"])
        wanted = self.model.available >= units
        assert book(self.shop, "hold", {0: units}, bucket=bucket).status_code == (201 if wanted else 409)
        self.model.buckets[bucket] += units if wanted else 0

    def unhold(self, units: int) -> None:
        wanted = self.model.buckets["damaged"] >= units
        answer = book(self.shop, "unhold", {0: units})
        assert answer.status_code == (201 if wanted else 409), (answer.json(), self.model)
        self.model.buckets["damaged"] -= units if wanted else 0

    def dispose(self, units: int) -> None:
        wanted = self.model.buckets["quality"] >= units and self.model.on_hand >= units
        assert book(self.shop, "dispose", {0: units}, bucket="quality").status_code == (201 if wanted else 409)
        self.model.buckets["quality"] -= units if wanted else 0
        self.model.on_hand -= units if wanted else 0

    def rebook(self, units: int) -> None:
        wanted = self.model.buckets["quality"] >= units
        answer = book(self.shop, "hold", {0: units}, from_bucket="quality")
        assert answer.status_code == (201 if wanted else 409), answer.json()
        if wanted:
            self.model.buckets["quality"] -= units
            self.model.buckets["damaged"] += units


@pytest.mark.parametrize("seed", range(5))
def test_a_random_history_agrees_with_the_model(seed: int) -> None:
    history = History(seed)
    for _ in range(STEPS):
        history.step()
    assert_whole(history.shop)

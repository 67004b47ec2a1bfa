"""Orders to suppliers as errands: sent, taken in by several people with damage and rejects, corrected, closed short."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.support.errands import Person
from tests.support.hands import Chain, new_key

FATES = ("received", "damaged", "rejected", "cancelled")
# What a line of a delivery says of a product: in good order, damaged, rejected.
Box = dict[int, tuple[int, int, int]]


@dataclass
class Promised:
    """What was acknowledged of one order: units by product and fate, and how many steps."""

    ordered: dict[int, int]
    units: dict[int, Counter[str]]
    steps: int = 1
    ended: str = ""

    def left(self, product: int) -> int:
        return self.ordered[product] - self.units[product]["received"] - self.units[product]["cancelled"]

    def book(self, box: Box, sign: int = 1) -> None:
        self.steps += 1
        for product, (good, damaged, rejected) in box.items():
            for fate, units in (("received", good + damaged), ("damaged", damaged), ("rejected", rejected)):
                self.units[product][fate] += sign * units

    def give_up(self, state: str) -> None:
        self.steps, self.ended = self.steps + 1, state
        for product in self.ordered:
            self.units[product]["cancelled"] += self.left(product)


@dataclass
class Purchases:
    """Every order drafted, by its id; all to one supplier."""

    supplier: int
    name: str = "purchases"
    promised: dict[str, Promised] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(cls, chain: Chain) -> Purchases:
        """Before anything dies: a supplier has no key that would make a repeat harmless."""
        with chain.client() as client:
            answer = client.post("/api/suppliers/", json={"name": f"Supplier of {chain.organization_id}"})
        assert answer.status_code == 201, answer.text
        return cls(int(answer.json()["id"]))

    def run(self, person: Person) -> None:
        dice, chain = person.dice, person.chain
        wanted = {product: dice.randint(2, 15) for product in dice.sample(chain.products, dice.randint(1, 3))}
        lines = [{"product": product, "quantity": units} for product, units in wanted.items()]
        body = {"supplier": self.supplier, "store": dice.choice(chain.stores), "lines": lines}
        drafted = person.ask("/api/purchase-orders/", body)
        if drafted is None:
            return
        path, order = f"/api/purchase-orders/{drafted['id']}/", Promised(wanted, {one: Counter() for one in wanted})
        with self.lock:
            self.promised[drafted["id"]] = order
        if not self._send(person, path, order):
            return
        for box in (self._take_in(person, path, order), self._take_in(person, path, order)):
            if box and person.chance(0.3):
                self._take_back(person, order, *box)
        self._end(person, path, order)

    def _send(self, person: Person, path: str, order: Promised) -> bool:
        """Two people may send it, or one of them gives it up: one of the two is heard."""
        calls = [person.step(f"{path}send/", {"by": "other"}, may_refuse={"wrong_state"})]
        if person.chance(0.2):
            calls.append(person.step(f"{path}send/", {"by": "other"}, may_refuse={"wrong_state"}))
        heard = [answer for answer in person.at_once(*calls) if answer is not None]
        order.steps += len(heard)
        if len(heard) != 1:
            person.hands.wrong.append(f"{path} was sent {len(heard)} times")
        if person.chance(0.1) and person.ask(f"{path}cancel/", {"reason": "too dear"}) is not None:
            order.give_up("cancelled")
            return False
        return True

    def _take_in(self, person: Person, path: str, order: Promised) -> tuple[Box, str] | None:
        """One delivery in two hands: the same note under two keys is taken in once. Its lines and its receipt."""
        box = _box(person, order)
        if not box:
            return None
        note = new_key(person.dice)
        body = {"lines": _lines(box), "delivery_note": note}
        refusals = {"delivery_known", "over_delivery"}
        steps = [person.step(f"{path}receive/", body, may_refuse=refusals) for _ in range(1 + person.chance(0.3))]
        heard = [answer for answer in person.at_once(*steps) if answer is not None]
        if len(heard) != 1:
            person.hands.wrong.append(f"{path} took the delivery {note} in {len(heard)} times")
            return None
        order.book(box)
        product = person.dice.choice(list(order.ordered))
        too_many = {product: (order.left(product) + 1, 0, 0)}
        if person.chance(0.2) and person.ask(
            f"{path}receive/", {"lines": _lines(too_many)}, may_refuse={"over_delivery"}
        ):
            person.hands.wrong.append(f"{path} took in more than was ordered")
        return box, next(one["id"] for one in heard[0]["receipts"] if one["delivery_note"] == note)

    def _take_back(self, person: Person, order: Promised, box: Box, receipt: str) -> None:
        """The first line was wrong: two people reverse it at once, unless its goods have been sold already."""
        body = {"line": 1, "reason": "counted twice"}
        refusals = {"already_reversed", "not_reversible"}
        steps = [person.step(f"/api/goods-receipts/{receipt}/reverse/", body, may_refuse=refusals) for _ in range(2)]
        heard = [answer for answer in person.at_once(*steps) if answer is not None]
        if len(heard) > 1:
            person.hands.wrong.append(f"a line of {receipt} was reversed {len(heard)} times")
        if heard:
            product, units = next(iter(box.items()))
            order.book({product: units}, sign=-1)

    def _end(self, person: Person, path: str, order: Promised) -> None:
        if person.chance(0.4):
            return
        refusals = {"wrong_state"}  # nothing of it is here: it was all rejected, or reversed
        if person.ask(f"{path}close/", {"reason": "no more of it"}, may_refuse=refusals) is not None:
            order.give_up("closed")

    def check(self, chain: Chain, connection: psycopg.Connection[Any]) -> str:
        orders = "SELECT id::text, status, version FROM stock_purchaseorder WHERE organization_id = %s"
        found = {row[0]: row[1:] for row in connection.execute(orders, [chain.organization_id])}
        assert found.keys() == self.promised.keys()
        query = """
            SELECT order_id::text, product_id, received, damaged, rejected, cancelled, over
              FROM stock_purchaseline WHERE organization_id = %s
        """
        rows = connection.execute(query, [chain.organization_id])
        lines = {(order, product): (tuple(map(int, fates)), int(over)) for order, product, *fates, over in rows}
        for order_id, order in self.promised.items():
            status, version = found[order_id]
            assert version == order.steps, (order_id, version, order)
            assert not order.ended or status == order.ended, (order_id, status, order)
            for product, fates in order.units.items():
                expected = tuple(fates[name] for name in FATES)
                assert lines[order_id, product] == (expected, 0), (order_id, product, fates)
        taken = sum(fates["received"] for order in self.promised.values() for fates in order.units.values())
        posted = """
            SELECT coalesce(sum(m.quantity), 0)
              FROM stock_stockmovement m
              LEFT JOIN stock_stockmovement undone ON undone.id = m.reverses_id
             WHERE m.organization_id = %s AND m.status = 'applied'
               AND 'purchase_order' IN (m.source, undone.source)
        """
        row = connection.execute(posted, [chain.organization_id]).fetchone()
        assert row is not None
        assert int(row[0]) == taken
        return f"{len(self.promised)} orders, {taken} units taken in"


def _box(person: Person, order: Promised) -> Box:
    """Some of what is outstanding: product -> in good order, damaged, rejected."""
    box: Box = {}
    for product in order.ordered:
        left = order.left(product)
        arrived = person.dice.randint(0, left) if person.chance(0.6) else left
        if arrived:
            damaged = person.dice.randint(0, min(arrived, 2)) if person.chance(0.3) else 0
            box[product] = arrived - damaged, damaged, person.dice.randint(0, 2) if person.chance(0.2) else 0
    return box


def _lines(box: Box) -> list[dict[str, Any]]:
    return [
        {"product": product, "quantity": good, "damaged": damaged, "rejected": rejected}
        for product, (good, damaged, rejected) in box.items()
    ]

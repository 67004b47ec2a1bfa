"""Transfers as errands: sent off, received in boxes with damage and shortage, settled, or given up."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.support.errands import Person
from tests.support.hands import Chain

FATES = ("dispatched", "received", "damaged", "short", "returned")
# How units stand in a box: in good order, damaged.
Box = dict[int, tuple[int, int]]


@dataclass
class Promised:
    """What was acknowledged of one transfer: units by product and fate, and how many steps."""

    units: dict[int, Counter[str]]
    steps: int = 1
    ended: str = ""

    def left(self, product: int) -> int:
        fate = self.units[product]
        return fate["dispatched"] - sum(fate[name] for name in FATES[1:])


@dataclass
class Transfers:
    """Every transfer drafted, by its id."""

    name: str = "transfers"
    promised: dict[str, Promised] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, person: Person) -> None:
        dice, chain = person.dice, person.chain
        source, target = dice.sample(chain.stores, 2)
        wanted = {product: dice.randint(2, 15) for product in dice.sample(chain.products, dice.randint(1, 3))}
        lines = [{"product": product, "quantity": units} for product, units in wanted.items()]
        drafted = person.ask("/api/transfers/", {"from_store": source, "to_store": target, "lines": lines})
        if drafted is None:
            return
        path = f"/api/transfers/{drafted['id']}/"
        transfer = Promised({product: Counter() for product in wanted})
        with self.lock:
            self.promised[drafted["id"]] = transfer
        for verb in ["request", *(["approve"] if person.chance(0.3) else [])]:
            transfer.steps += person.ask(f"{path}{verb}/") is not None
        if self._send_off(person, path, transfer, wanted):
            self._take_in(person, path, transfer)
            self._account_for_the_rest(person, path, transfer)
        elif not transfer.ended:
            transfer.steps += person.ask(f"{path}cancel/") is not None
            transfer.ended = "cancelled"

    def _send_off(self, person: Person, path: str, transfer: Promised, wanted: dict[int, int]) -> bool:
        """Two people may send the goods off, or one of them gives the transfer up: one of the two is heard."""
        refusals = {"wrong_state", "insufficient_stock"}
        sent = {product: person.dice.randint(1, units) for product, units in wanted.items()}
        body = {"lines": [{"product": product, "quantity": units} for product, units in sent.items()]}
        calls = [person.step(f"{path}dispatch/", body, may_refuse=refusals)]
        rival = person.dice.choices(["nobody", "dispatch", "cancel"], [6, 2, 1])[0]
        if rival == "dispatch":
            calls.append(person.step(f"{path}dispatch/", body, may_refuse=refusals))
        elif rival == "cancel":
            calls.append(person.step(f"{path}cancel/", {"reason": "rival"}, may_refuse={"wrong_state"}))
        heard = [answer for answer in person.at_once(*calls) if answer is not None]
        transfer.steps += len(heard)
        if len(heard) > 1:
            person.hands.wrong.append(f"{path} was sent off or cancelled {len(heard)} times")
        if not heard or heard[0]["status"] == "cancelled":
            transfer.ended = heard[0]["status"] if heard else ""
            return False
        for product, units in sent.items():
            transfer.units[product]["dispatched"] += units
        return True

    def _take_in(self, person: Person, path: str, transfer: Promised) -> None:
        """Two boxes at once, each received by somebody else, while a third tries to cancel; then a box too many."""
        boxes = [box for box in _boxes(person, transfer) if box]
        calls = [person.step(f"{path}receive/", _body(box)) for box in boxes]
        if person.chance(0.3):
            calls.append(person.step(f"{path}cancel/", may_refuse={"wrong_state"}))
        if not calls:
            return
        answers = person.at_once(*calls)
        for box, answer in zip(boxes, answers, strict=False):
            if answer is not None:
                self._book(transfer, box)
        if any(answers[len(boxes) :]):
            person.hands.wrong.append(f"{path} was cancelled with units in transit")
        product = person.dice.choice(list(transfer.units))
        too_many = {product: (transfer.left(product) + 1, 0)}
        if person.chance(0.2) and person.ask(
            f"{path}receive/", _body(too_many), may_refuse={"over_receipt", "wrong_state"}
        ):
            person.hands.wrong.append(f"{path} took in more than was dispatched")

    @staticmethod
    def _book(transfer: Promised, box: Box) -> None:
        transfer.steps += 1
        for product, (good, damaged) in box.items():
            transfer.units[product] += Counter(received=good, damaged=damaged)

    def _account_for_the_rest(self, person: Person, path: str, transfer: Promised) -> None:
        """What did not arrive was lost or goes back, in the same breath twice; some is left on its way."""
        left = {product: units for product in transfer.units if (units := transfer.left(product))}
        if not left:
            if person.chance(0.5):
                transfer.steps += person.ask(f"{path}close/") is not None
                transfer.ended = "closed"
            return
        if person.chance(0.2):
            return
        fate = person.dice.choice(["written_off", "returned"])
        body = {"outcome": fate, "reason": "never arrived"}
        steps = [person.step(f"{path}settle/", body, may_refuse={"wrong_state"}) for _ in range(2)]
        heard = [answer for answer in person.at_once(*steps) if answer is not None]
        transfer.steps += len(heard)
        if len(heard) != 1:
            person.hands.wrong.append(f"{path} was settled {len(heard)} times")
        for product, units in left.items():
            transfer.units[product]["short" if fate == "written_off" else "returned"] += units
        all_back = all(fates["returned"] == fates["dispatched"] for fates in transfer.units.values())
        transfer.ended = "cancelled" if all_back else "closed"

    def check(self, chain: Chain, connection: psycopg.Connection[Any]) -> str:
        orders = "SELECT id::text, status, version FROM stock_transferorder WHERE organization_id = %s"
        found = {row[0]: row[1:] for row in connection.execute(orders, [chain.organization_id])}
        assert found.keys() == self.promised.keys()
        lines = dict(_lines(chain, connection))
        posted = dict(_posted(chain, connection))
        for transfer_id, promised in self.promised.items():
            status, version = found[transfer_id]
            assert version == promised.steps, (transfer_id, version, promised)
            assert not promised.ended or status == promised.ended, (transfer_id, status, promised)
            for product, fates in promised.units.items():
                expected = tuple(fates[name] for name in FATES), promised.left(product)
                assert lines[transfer_id, product] == expected, (transfer_id, product, fates)
                arrived, removed = sum(fates[name] for name in FATES[1:]), fates["damaged"] + fates["short"]
                legs = posted.get((transfer_id, product), (0, 0, 0))
                assert legs == (fates["dispatched"], arrived, removed), (transfer_id, product, fates, legs)
        transit = sum(promised.left(product) for promised in self.promised.values() for product in promised.units)
        totals = sum((fates for promised in self.promised.values() for fates in promised.units.values()), Counter())
        return f"{len(self.promised)} transfers, units {dict(totals)}, {transit} in transit"


def _boxes(person: Person, transfer: Promised) -> list[Box]:
    """Two boxes with what was dispatched, less what got lost: product -> in good order, damaged."""
    boxes: list[Box] = [{}, {}]
    for product in transfer.units:
        left = transfer.left(product)
        for box in boxes:
            arrived = person.dice.randint(0, left) if person.chance(0.6) else left
            if arrived:
                damaged = person.dice.randint(0, min(arrived, 2)) if person.chance(0.3) else 0
                box[product] = arrived - damaged, damaged
            left -= arrived
    return boxes


def _body(box: Box) -> dict[str, Any]:
    return {
        "lines": [
            {"product": product, "quantity": good, "damaged": damaged} for product, (good, damaged) in box.items()
        ]
    }


def _lines(chain: Chain, connection: psycopg.Connection[Any]) -> Any:
    query = """
        SELECT order_id::text, product_id, dispatched, received, damaged, short, returned, in_transit
          FROM stock_transferline WHERE organization_id = %s
    """
    for order, product, *fates, in_transit in connection.execute(query, [chain.organization_id]):
        yield (order, product), (tuple(map(int, fates)), int(in_transit))


def _posted(chain: Chain, connection: psycopg.Connection[Any]) -> Any:
    """What the ledger says of each line: units sent, units arrived anywhere, units written off."""
    query = """
        SELECT transfer_id::text, product_id,
               -sum(quantity) FILTER (WHERE kind = 'transfer_dispatch'),
               coalesce(sum(quantity) FILTER (WHERE kind = 'transfer_receipt'), 0),
               -coalesce(sum(quantity) FILTER (WHERE kind = 'removal'), 0)
          FROM stock_stockmovement
         WHERE organization_id = %s AND status = 'applied' AND source = 'transfer_order'
         GROUP BY 1, 2
    """
    for order, product, *legs in connection.execute(query, [chain.organization_id]):
        yield (order, product), tuple(map(int, legs))

"""Reservations as errands: promised, extended, handed over in parts, given back, or left until their time is over."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from tests.support.errands import Person
from tests.support.hands import Chain

OVER = {"reservation_over", "reservation_expired"}
SHORTEST = 2.0


@dataclass
class Promised:
    """What was acknowledged of one reservation: units reserved, handed over and given back, by product."""

    reserved: dict[int, int]
    fulfilled: dict[int, int] = field(default_factory=dict)
    released: dict[int, int] = field(default_factory=dict)
    steps: int = 1
    may_expire: bool = False

    def left(self) -> dict[int, int]:
        gone = {product: self.fulfilled.get(product, 0) + self.released.get(product, 0) for product in self.reserved}
        return {product: units - gone[product] for product, units in self.reserved.items() if units > gone[product]}


@dataclass
class Reservations:
    """Every reservation made, by its id."""

    name: str = "reservations"
    promised: dict[str, Promised] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, person: Person) -> None:
        dice, chain = person.dice, person.chain
        wanted = {product: dice.randint(1, 6) for product in dice.sample(chain.products, dice.randint(1, 3))}
        body: dict[str, Any] = {"store": dice.choice(chain.stores), "lines": _lines(wanted), "reference": "order"}
        short_lived = person.chance(0.3)
        if short_lived:
            moment = datetime.now(UTC) + timedelta(seconds=SHORTEST + dice.random() * 5)
            body["expires_at"] = moment.isoformat()
        # A time that has passed while nobody answered cannot be promised any more.
        made = person.ask("/api/reservations/", body, may_refuse={"insufficient_stock", "invalid"})
        if made is None:
            return
        promise = Promised(wanted, may_expire=short_lived)
        with self.lock:
            self.promised[made["id"]] = promise
        path = f"/api/reservations/{made['id']}"
        if person.chance(0.3):
            promise.steps += person.ask(f"{path}/extend/", may_refuse=OVER) is not None
        if person.chance(0.8):
            self._hand_over(person, path, promise)
        if promise.left() and person.chance(0.6):
            self._finish(person, path, promise)

    def _hand_over(self, person: Person, path: str, promise: Promised) -> None:
        """A part of each product, twice in the same moment under two keys when there is enough for both."""
        part = {product: max(1, units // 2) for product, units in promise.reserved.items()}
        twice = all(2 * part[product] <= units for product, units in promise.reserved.items()) and person.chance(0.4)
        refusals = OVER | {"insufficient_stock"}
        steps = [
            person.step(f"{path}/fulfil/", {"lines": _lines(part)}, may_refuse=refusals)
            for _ in range(2 if twice else 1)
        ]
        for answer in person.at_once(*steps):
            if answer is not None:
                promise.steps += 1
                for product, units in part.items():
                    promise.fulfilled[product] = promise.fulfilled.get(product, 0) + units

    def _finish(self, person: Person, path: str, promise: Promised) -> None:
        """One person hands over what is left while another gives it back: one of the two is heard."""
        left = promise.left()
        steps = [
            person.step(f"{path}/fulfil/", may_refuse=OVER | {"insufficient_stock"}),
            person.step(f"{path}/release/", {"reason": "the customer changed their mind"}, may_refuse=OVER),
        ]
        handed_over, given_back = (answer is not None for answer in person.at_once(*steps))
        promise.steps += handed_over + given_back
        if handed_over and given_back:
            person.hands.wrong.append(f"{path} was handed over and given back")
        fate = promise.fulfilled if handed_over else promise.released
        for product, units in left.items() if handed_over or given_back else ():
            fate[product] = fate.get(product, 0) + units

    def check(self, chain: Chain, connection: psycopg.Connection[Any]) -> str:
        heads = "SELECT id::text, status, version FROM stock_reservation WHERE organization_id = %s"
        found = {row[0]: row[1:] for row in connection.execute(heads, [chain.organization_id])}
        assert found.keys() == self.promised.keys()
        lines = _found_lines(chain, connection)
        for reservation, promise in self.promised.items():
            status, version = found[reservation]
            expired = status == "expired"
            assert not expired or promise.may_expire, (reservation, promise)
            assert version == promise.steps + expired, (reservation, version, promise)
            left = promise.left()
            for product, units in promise.reserved.items():
                gone = promise.released.get(product, 0) + (left.get(product, 0) if expired else 0)
                handed_over = promise.fulfilled.get(product, 0)
                expected = units, handed_over, gone, units - handed_over - gone, handed_over
                assert lines[reservation, product] == expected, (reservation, product, promise)
        assert connection.execute(_RESERVED_ELSEWHERE, [chain.organization_id]).fetchall() == []
        states = [status for status, _ in found.values()]
        return f"{len(found)} reservations: " + ", ".join(f"{states.count(s)} {s}" for s in sorted(set(states)))


def _lines(units: dict[int, int]) -> list[dict[str, int]]:
    return [{"product": product, "quantity": quantity} for product, quantity in units.items()]


def _found_lines(chain: Chain, connection: psycopg.Connection[Any]) -> dict[tuple[str, int], tuple[int, ...]]:
    """Units reserved, handed over, given back and open of each line, and what the ledger says was handed over."""
    query = """
        SELECT l.reservation_id::text, l.product_id, l.quantity, l.fulfilled, l.released, l.open,
               (SELECT coalesce(-sum(m.quantity), 0) FROM stock_reservationfulfilment f
                  JOIN stock_stockmovement m ON m.organization_id = f.organization_id AND m.id = f.movement_id
                 WHERE f.organization_id = l.organization_id AND f.line_id = l.id AND m.status = 'applied')
          FROM stock_reservationline l WHERE l.organization_id = %s
    """
    rows = connection.execute(query, [chain.organization_id])
    return {(row[0], row[1]): tuple(map(int, row[2:])) for row in rows}


# Balances whose `reserved` is not the sum of the units still open.
_RESERVED_ELSEWHERE = """
    SELECT s.store_id, s.product_id, s.reserved FROM stock_stock s
     WHERE s.organization_id = %s AND s.reserved <> (
           SELECT coalesce(sum(l.open), 0) FROM stock_reservationline l
            WHERE l.organization_id = s.organization_id AND l.store_id = s.store_id AND l.product_id = s.product_id)
"""

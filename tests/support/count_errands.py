"""Stock counts as errands: blind counting with errors, a recount, and an approval that several people give."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.support.errands import Person
from tests.support.hands import Chain, Hands, new_key


@dataclass
class Promised:
    """What was acknowledged of one count: entries by key, how many verbs changed it, and how it ended."""

    entries: dict[str, tuple[int, int]] = field(default_factory=dict)
    # The units of each line's last round.
    counted: Counter[int] = field(default_factory=Counter)
    verbs: int = 0
    state: str = "planned"


@dataclass
class Counts:
    """Every count planned, by its id."""

    name: str = "counts"
    promised: dict[int, Promised] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, person: Person) -> None:
        dice, chain = person.dice, person.chain
        store, products = dice.choice(chain.stores), dice.sample(chain.products, dice.randint(1, 3))
        planned = person.ask("/api/counts/", {"store": store, "kind": "spot", "products": products})
        if planned is None:
            return
        count = Promised()
        with self.lock:
            self.promised[planned["id"]] = count
        path = f"/api/counts/{planned['id']}/"
        self._take(person, f"{path}start/", count, "counting")
        self._enter(person, path, count, store, products)
        self._take(person, f"{path}submit/", count, "counted")
        if person.chance(0.2):
            again = dice.choice(products)
            self._take(person, f"{path}recount/", count, "recount", {"products": [again]})
            count.counted[again] = 0
            self._enter(person, path, count, store, [again])
            self._take(person, f"{path}submit/", count, "counted")
        self._decide(person, path, count)

    def _take(self, person: Person, path: str, count: Promised, state: str, body: Any = None) -> None:
        answer = person.ask(path, body)
        if answer is not None:
            count.verbs, count.state = count.verbs + 1, state
            if answer["state"] != state:
                person.hands.wrong.append(f"{path} was answered with {answer['state']}")

    def _enter(self, person: Person, path: str, count: Promised, store: int, products: list[int]) -> None:
        """Each shelf is read with an error now and then; two people send the very same list, and it counts once."""
        rows = []
        for product in products:
            found = person.look("/api/stocks/", store=store, product=product)["results"]
            on_hand = int(found[0]["on_hand"]) if found else 0
            parts = [max(0, on_hand + person.dice.choice([0, 0, -2, 3]))]
            if person.chance(0.3):
                back_room = person.dice.randint(0, parts[0])
                parts = [parts[0] - back_room, back_room]
            rows += [
                {"product": product, "quantity": units, "place": f"place {n}", "idempotency_key": new_key(person.dice)}
                for n, units in enumerate(parts)
            ]
        steps = [person.step(f"{path}entries/", rows) for _ in range(2 if person.chance(0.3) else 1)]
        heard = [answer for answer in person.at_once(*steps) if answer is not None]
        if heard:
            for row in rows:
                count.entries[row["idempotency_key"]] = row["product"], row["quantity"]
                count.counted[row["product"]] += row["quantity"]

    def _decide(self, person: Person, path: str, count: Promised) -> None:
        """Two people approve at once, or one gives the count up meanwhile: one of the two is done, and once."""
        body = {"accept_moved": True}
        refusals = {"wrong_count_state", "adjustment_refused"}
        steps = [person.step(f"{path}approve/", body, may_refuse=refusals) for _ in range(2)]
        if person.chance(0.2):
            steps[1] = person.step(f"{path}cancel/", may_refuse={"wrong_count_state"})
        states = {answer["state"] for answer in person.at_once(*steps) if answer is not None}
        if len(states) > 1:
            person.hands.wrong.append(f"{path} was both posted and cancelled")
        if states:
            count.verbs, count.state = count.verbs + 1, states.pop()
        else:
            self._take(person, f"{path}cancel/", count, "cancelled")

    def check(self, chain: Chain, connection: psycopg.Connection[Any]) -> str:
        heads = "SELECT id, state, version FROM stock_stockcount WHERE organization_id = %s"
        found = {row[0]: row[1:] for row in connection.execute(heads, [chain.organization_id])}
        assert found == {each: (count.state, 1 + count.verbs) for each, count in self.promised.items()}
        kept = {key: (count, product, int(units)) for key, count, product, units in _entries(chain, connection)}
        assert kept == {
            key: (each, *entry) for each, count in self.promised.items() for key, entry in count.entries.items()
        }
        posted = {each: count for each, count in self.promised.items() if count.state == "posted"}
        lines = list(_lines(chain, connection))
        assert {(count, product): counted for count, product, counted, *_ in lines} == {
            (each, product): units for each, count in posted.items() for product, units in count.counted.items()
        }
        for count_id, product, counted, book, variance, adjusted in lines:
            assert counted == book + variance, (count_id, product, counted, book, variance)
            assert variance == adjusted, (count_id, product, variance, adjusted)
        assert _strays(chain, connection) == []
        anchors = self._settle_late_movements(chain, connection, posted)
        return f"{len(self.promised)} counts, {len(posted)} posted, {len(kept)} entries, {anchors} moments exact"

    @staticmethod
    def _settle_late_movements(chain: Chain, connection: psycopg.Connection[Any], posted: dict[int, Promised]) -> int:
        """Once what came late is corrected, the ledger says of each line's moment what was counted then."""
        hands, refused = Hands(chain, 0), set()
        with chain.client(timeout=30) as client:
            for count_id in sorted(posted):
                path = f"/api/counts/{count_id}/correct-late/"
                if hands.insist(client, path, {}, {}, may_refuse={"adjustment_refused"}) is None:
                    refused.add(count_id)
        assert hands.wrong == []
        moments = list(connection.execute(_MOMENTS, [chain.organization_id]))
        exact = [row for row in moments if row[2] == row[3]]
        wrong = [row for row in moments if row[2] != row[3]]
        assert refused or not wrong, wrong
        return len(exact)


def _entries(chain: Chain, connection: psycopg.Connection[Any]) -> Any:
    query = """
        SELECT e.key, e.count_id, l.product_id, e.quantity FROM stock_stockcountentry e
          JOIN stock_stockcountline l ON l.organization_id = e.organization_id AND l.id = e.line_id
         WHERE e.organization_id = %s
    """
    return connection.execute(query, [chain.organization_id])


def _lines(chain: Chain, connection: psycopg.Connection[Any]) -> Any:
    """The counted lines of posted counts, each with the sum of the movements that were posted for it."""
    query = """
        SELECT l.count_id, l.product_id, l.counted, l.book, l.variance,
               (SELECT coalesce(sum(m.quantity), 0) FROM stock_stockcountadjustment a
                  JOIN stock_stockmovement m ON m.organization_id = a.organization_id AND m.id = a.movement_id
                 WHERE a.organization_id = l.organization_id AND a.line_id = l.id AND m.status = 'applied')
          FROM stock_stockcountline l
         WHERE l.organization_id = %s AND l.counted_at IS NOT NULL
    """
    return connection.execute(query, [chain.organization_id])


def _strays(chain: Chain, connection: psycopg.Connection[Any]) -> list[Any]:
    """Adjustments in the ledger that no line knows of, or the other way round."""
    query = """
        SELECT m.id, a.movement_id FROM stock_stockcountadjustment a
          FULL JOIN (SELECT * FROM stock_stockmovement WHERE kind = 'count_adjustment') m
            ON m.organization_id = a.organization_id AND m.id = a.movement_id
         WHERE %s IN (m.organization_id, a.organization_id) AND (m.id IS NULL OR a.movement_id IS NULL)
    """
    return connection.execute(query, [chain.organization_id]).fetchall()


_MOMENTS = """
    SELECT l.count_id, l.product_id, l.counted,
           (SELECT coalesce(sum(m.quantity), 0) FROM stock_stockmovement m
             WHERE m.organization_id = l.organization_id AND m.store_id = l.store_id AND m.product_id = l.product_id
               AND m.status = 'applied' AND m.effective_at <= l.counted_at)
      FROM stock_stockcountline l
     WHERE l.organization_id = %s AND l.counted_at IS NOT NULL
"""

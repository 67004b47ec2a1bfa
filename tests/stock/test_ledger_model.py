"""The ledger against a model of it in twenty lines, through random histories with crashes after any statement."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from inventory_project.kernel import sql, tenancy
from inventory_project.kernel.errors import Conflict, InvalidInput
from stock.choices import INCOMING, AppliedVia
from stock.errors import KeyReused
from stock.models import InboxMovement, Stock, StockMovement
from stock.services import lanes, movements, reversals, transfers
from tests.factories.stock import build_shop
from tests.support.ledger import assert_whole

STORES, PRODUCTS = 3, 2
KINDS = [
    "receipt",
    "sale",
    "removal",
    "customer_return",
    "supplier_return",
    "adjustment",
    "count_adjustment",
    "opening",
]
store = st.integers(0, STORES - 1)
product = st.integers(0, PRODUCTS - 1)
# Few different ones, so that balances often end exactly at zero.
quantity = st.sampled_from(["1", "2", "3", "0.5", "1.125", "12"]).map(Decimal)
movement = st.tuples(st.sampled_from(KINDS), quantity, st.booleans(), store, product)
key = st.integers(0, 25).map("k{}".format)

Balance = tuple[int, int]


class Crash(Exception):
    """The process died here."""


@contextmanager
def dying_after(statements: int) -> Iterator[None]:
    """Let that many of the ledger's round trips pass, then die."""
    count = itertools.count(1)

    def dying(real: Any) -> Any:
        def rows(*args: Any, **kwargs: Any) -> Any:
            answer = real(*args, **kwargs)
            if next(count) > statements:
                raise Crash
            return answer

        return rows

    with mock.patch.object(sql, "rows", dying(sql.rows)):
        yield


class Model:
    """What the ledger promises, said plainly: a movement is applied when the balance stays at zero or above."""

    def __init__(self) -> None:
        self.balances: dict[Balance, Decimal] = {}
        self.final: dict[str, str] = {}

    def apply(self, movement_id: str, delta: Decimal, place: Balance, to_store: int | None = None) -> str:
        after = self.balances.get(place, Decimal(0)) + delta
        verdict = "applied" if delta > 0 or after >= 0 else "rejected"
        if verdict == "applied":
            self.balances[place] = after
            if to_store is not None:
                there = (to_store, place[1])
                self.balances[there] = self.balances.get(there, Decimal(0)) - delta
        self.final[movement_id] = verdict
        return verdict


class Ledger(RuleBasedStateMachine):
    """One shop, its model, and what waits in each lane."""

    def __init__(self) -> None:
        super().__init__()
        self.shop, self.other = build_shop(STORES, PRODUCTS), build_shop(1, 1)
        self.access = self.shop.access()
        self.actor = self.access.actor()
        self.model = Model()
        self.waiting: dict[int, list[tuple[str, Decimal, Balance]]] = {}
        self.keys: dict[str, tuple[Any, str]] = {}
        self.reversed: set[str] = set()
        self.reversible: list[tuple[str, list[tuple[Decimal, Balance]]]] = []

    def same(self, one: Any, other: Any) -> bool:
        """True when both say the same to the ledger: the sign only counts for adjustments."""
        return bool(self.read(one)[0] == self.read(other)[0])

    # -- doors ---------------------------------------------------------------------------------------------------

    @rule(what=movement, key=key | st.none(), wait=st.booleans())
    def submit(self, what: Any, key: str | None, wait: bool) -> None:
        raw, delta, place = self.read(what)
        if key in self.keys and not self.same(self.keys[key][0], what):
            with pytest.raises(KeyReused):
                self.send(raw, key, wait)
            return
        receipt = self.send(raw, key, wait)
        assert receipt.replayed == (key in self.keys)
        if receipt.replayed:
            assert key is not None
            assert receipt.id == self.keys[key][1]
            return
        self.accept(receipt.id, delta, place, what, key)
        if wait:
            self.expect_drain(self.lane(place[0]), 10**6)

    @rule(rows=st.lists(st.tuples(movement, key | st.none()), min_size=1, max_size=8))
    def bulk(self, rows: list[tuple[Any, str | None]]) -> None:
        new = {self.lane(what[3]) for what, key in rows if key not in self.keys}
        for lane in new:
            self.expect_drain(lane, 10**6)  # what was accepted earlier goes first
        raws = [{**self.read(what)[0], **({"idempotency_key": key} if key else {})} for what, key in rows]
        receipts = movements.submit_many(raws=raws, access=self.access, acting_as=self.actor)
        for (what, key), receipt in zip(rows, receipts, strict=True):
            if key in self.keys:
                sent, movement_id = self.keys[key]
                same = self.same(sent, what)
                assert (receipt.replayed, receipt.code == "") == (same, same)
                assert receipt.id == (movement_id if same else None)
                continue
            _, delta, place = self.read(what)
            assert receipt.status == self.apply(receipt.id, delta, place)
            if key:
                self.keys[key] = (what, receipt.id)

    @rule(source=store, step=st.integers(1, STORES - 1), product=product, quantity=quantity)
    def transfer(self, source: int, step: int, product: int, quantity: Decimal) -> None:
        target = (source + step) % STORES
        receipt = transfers.move(
            from_store=self.shop.stores[source].id,
            to_store=self.shop.stores[target].id,
            product=self.shop.products[product].id,
            quantity=str(quantity),
            reason="",
            key=None,
            access=self.access,
            acting_as=self.actor,
        )
        self.expect_drain(self.lane(source), 10**6)
        if self.model.apply(receipt.id, -quantity, (source, product), target) == "applied":
            legs = [(quantity, (target, product)), (-quantity, (source, product))]
            self.reversible.append((receipt.id, legs))

    @precondition(lambda self: self.reversible)
    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        movement_id, legs = data.draw(st.sampled_from(self.reversible))
        short = any(delta > 0 and self.model.balances.get(place, 0) < delta for delta, place in legs)
        if movement_id in self.reversed or short:
            with pytest.raises(Conflict):
                reversals.reverse(movement_id=movement_id, reason="", access=self.access, acting_as=self.actor)
            return
        made = reversals.reverse(movement_id=movement_id, reason="", access=self.access, acting_as=self.actor)
        self.reversed.add(movement_id)
        for delta, place in legs:
            self.model.balances[place] = self.model.balances.get(place, Decimal(0)) - delta
        self.model.final[made] = "applied"

    @rule(lane_of=store, batch=st.sampled_from([1, 2, 5, 1000]))
    def drain(self, lane_of: int, batch: int) -> None:
        lane = self.lane(lane_of)
        lanes._drain_batch(self.shop.organization.id, [lane], batch, AppliedVia.WORKER)
        self.expect_drain(lane, batch)

    # -- trouble -------------------------------------------------------------------------------------------------

    @rule(what=movement, wrong=st.sampled_from(["store", "product", "quantity", "kind", "future"]))
    def submit_what_cannot_be(self, what: Any, wrong: str) -> None:
        raw, _, _ = self.read(what)
        values = {
            "store": {"store": self.other.stores[0].id},
            "product": {"product": self.other.products[0].id},
            "quantity": {"quantity": "1.2345"},
            "kind": {"movement_type": "transfer_receipt"},
            "future": {"effective_at": "2999-01-01T00:00:00Z"},
        }
        with pytest.raises(InvalidInput):
            self.send({**raw, **values[wrong]}, None, False)

    @rule(lane_of=store, statements=st.integers(0, 9))
    def crash_in_a_drain(self, lane_of: int, statements: int) -> None:
        lane = self.lane(lane_of)
        try:
            with dying_after(statements):
                lanes._drain_batch(self.shop.organization.id, [lane], 1000, AppliedVia.WORKER)
        except Crash:
            return
        self.expect_drain(lane, 1000)

    @rule(rows=st.lists(movement, min_size=1, max_size=4), statements=st.integers(0, 9))
    def crash_in_a_batch(self, rows: list[Any], statements: int) -> None:
        for lane in {self.lane(what[3]) for what in rows}:
            lanes.drain(self.shop.organization.id, lane, via=AppliedVia.WORKER)
            self.expect_drain(lane, 10**6)
        raws = [self.read(what)[0] for what in rows]
        try:
            with dying_after(statements):
                receipts = movements.submit_many(raws=raws, access=self.access, acting_as=self.actor)
        except Crash:
            return
        for what, receipt in zip(rows, receipts, strict=True):
            _, delta, place = self.read(what)
            self.apply(receipt.id, delta, place)

    # -- the two sides compared ----------------------------------------------------------------------------------

    @invariant()
    def balances_and_verdicts_agree(self) -> None:
        stores, products = self.places()
        with tenancy.scope(self.shop.organization.id):
            rows = Stock.objects.values_list("store_id", "product_id", "on_hand")
            found = {(stores[place], products[thing]): on_hand for place, thing, on_hand in rows if on_hand}
            history = StockMovement.objects.exclude(kind="transfer_receipt").filter(id__in=self.model.final)
            final = {str(row[0]): row[1] for row in history.values_list("id", "status")}
            waiting = sorted(map(str, InboxMovement.objects.values_list("id", flat=True)))
        assert found == {place: on_hand for place, on_hand in self.model.balances.items() if on_hand}
        assert final == self.model.final
        assert waiting == sorted(row[0] for rows in self.waiting.values() for row in rows)

    def teardown(self) -> None:
        for lane in range(lanes.LANES):
            lanes.drain(self.shop.organization.id, lane, via=AppliedVia.WORKER)
            self.expect_drain(lane, 10**6)
        self.balances_and_verdicts_agree()
        assert_whole(self.shop)
        with tenancy.scope(self.other.organization.id):
            assert not StockMovement.objects.exists()

    # -- helpers -------------------------------------------------------------------------------------------------

    def read(self, what: Any) -> tuple[dict[str, Any], Decimal, Balance]:
        kind, number, negative, store, product = what
        signed = kind in ("adjustment", "count_adjustment")
        sent = -number if signed and negative else number
        delta = sent if signed or kind in INCOMING else -number
        return self.shop.movement(kind, str(sent), store, product), delta, (store, product)

    def send(self, raw: Any, key: str | None, wait: bool) -> Any:
        with mock.patch.object(lanes, "wake"):  # nobody comes until a rule drains the lane
            return movements.submit(raw=raw, key=key, access=self.access, acting_as=self.actor, wait=wait)

    def accept(self, movement_id: str, delta: Decimal, place: Balance, what: Any, key: str | None) -> None:
        self.waiting.setdefault(self.lane(place[0]), []).append((movement_id, delta, place))
        if key:
            self.keys[key] = (what, movement_id)

    def apply(self, movement_id: str, delta: Decimal, place: Balance) -> str:
        verdict = self.model.apply(movement_id, delta, place)
        if verdict == "applied":
            self.reversible.append((movement_id, [(delta, place)]))
        return verdict

    def expect_drain(self, lane: int, batch: int) -> None:
        rows = self.waiting.get(lane, [])
        for row in rows[:batch]:
            self.apply(*row)
        del rows[:batch]

    def lane(self, store: int) -> int:
        return lanes.lane_of(self.shop.stores[store].id)

    def places(self) -> tuple[dict[int, int], dict[int, int]]:
        stores = {place.id: number for number, place in enumerate(self.shop.stores)}
        return stores, {thing.id: number for number, thing in enumerate(self.shop.products)}


@pytest.mark.slow
def test_the_ledger_does_what_its_model_says_whatever_happens_in_which_order() -> None:
    # No shrinking: it takes minutes on a real database, and the steps that failed are printed all the same.
    options = settings(
        phases=[Phase.generate],
        max_examples=60,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    run_state_machine_as_test(Ledger, settings=options)


def test_a_crash_after_any_statement_of_an_apply_leaves_nothing_behind() -> None:
    shop = build_shop()
    access = shop.access()
    shop.post("IN", 5)
    rows = [shop.movement("OUT", 1), shop.movement("IN", 2, store=1), shop.movement("OUT", 9)]
    for statements in range(20):
        try:
            with dying_after(statements):
                movements.submit_many(raws=rows, access=access, acting_as=access.actor())
        except Crash:
            assert (shop.on_hand(0), shop.on_hand(1)) == (5, 0)
            continue
        break
    assert statements >= 6
    assert (shop.on_hand(0), shop.on_hand(1)) == (4, 2)
    assert_whole(shop)

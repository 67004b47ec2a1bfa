"""Shelves counted at both ends while transfers leave, arrive in parts, break and come back."""

from __future__ import annotations

import random
import threading
import time
from datetime import datetime, timedelta
from typing import Any

import pytest

from inventory_project.kernel import clock, tenancy
from stock.models import StockMovement, TransferLine
from tests.factories.counts import Counting, post_movements, started_count, stocked_shop
from tests.factories.stock import Shop
from tests.factories.transfers import draft, shipped, step
from tests.support.ledger import assert_whole, no_deadlock
from tests.support.records import at_once

PRODUCTS = 8
UNITS = 1000


def travel(shop: Shop, dice: random.Random) -> None:
    """One transfer in some direction, from its draft to the last unit."""
    source, target = dice.sample([0, 1], 2)
    sent = dict.fromkeys(dice.sample(range(PRODUCTS), 2), 6)
    ends = {"from_store": shop.stores[source].id, "to_store": shop.stores[target].id}
    transfer = draft(shop, sent, **ends)
    box = {"lines": [{"product": shop.products[n].id, "quantity": 3, "damaged": 1} for n in sent]}
    rest = {"outcome": dice.choice(["returned", "written_off"]), "reason": "not in the box"}
    for verb, body in (("request", {}), ("dispatch", {}), ("receive", box), ("settle", rest)):
        answer = step(shop, transfer, verb, body)
        assert answer.status_code == 200, (verb, answer.content)


def book(shop: Shop, store: int, product: int, at: datetime) -> int:
    """What the ledger says of a moment, of its movements alone."""
    with tenancy.scope(shop.organization.id):
        movements = StockMovement.objects.filter(
            store=shop.stores[store], product=shop.products[product], status="applied", effective_at__lte=at
        )
        return int(sum(movement.quantity for movement in movements))


def adjusted(shop: Shop) -> dict[tuple[int, int], int]:
    """Units posted by counts, by store and product."""
    with tenancy.scope(shop.organization.id):
        found = list(StockMovement.objects.filter(kind="count_adjustment", status="applied"))
    stores = [store.id for store in shop.stores]
    products = [product.id for product in shop.products]
    return {(stores.index(m.store_id), products.index(m.product_id)): int(m.quantity) for m in found}


@pytest.mark.parametrize("seed", [1, 2])
def test_variances_are_exact_while_transfers_are_sent_received_and_settled(seed: int) -> None:
    shop, dice = stocked_shop(PRODUCTS, UNITS, at=clock.now() - timedelta(days=1)), random.Random(seed)
    post_movements(shop, [shop.movement("IN", UNITS, 1, product) for product in range(PRODUCTS)])
    counts = [started_count(shop, "spot", store=store.id) for store in shop.stores]
    errors = {(store, product): dice.choice([-4, -1, 3]) for store in (0, 1) for product in range(store, PRODUCTS, 3)}
    looks: list[tuple[int, int, datetime]] = []
    over = threading.Event()

    def send(number: int) -> None:
        mine = random.Random(seed * 10 + number)
        while not over.is_set():
            travel(shop, mine)

    def look_at_the_shelves(store: int) -> None:
        for product in random.Random(seed + store).sample(range(PRODUCTS), PRODUCTS):
            looks.append((store, product, clock.now()))
            time.sleep(0.05)
        over.set()

    with no_deadlock():
        at_once(*[lambda n=n: send(n) for n in range(3)], *[lambda s=s: look_at_the_shelves(s) for s in (0, 1)])
    for store, product, at in dice.sample(looks, len(looks)):
        error = errors.get((store, product), 0)
        counts[store].enter(product, book(shop, store, product, at) + error, at)
    over.clear()

    def approve(count: Counting) -> Any:
        count.ok("submit")
        answers = [count.verb("approve"), count.verb("approve")]
        over.set()
        return [answer.status_code for answer in answers]

    with no_deadlock():
        answers = at_once(*[lambda n=n: send(n) for n in (7, 8)], *[lambda c=count: approve(c) for count in counts])
    assert answers[2:] == [[200, 200]] * 2
    assert adjusted(shop) == errors
    with tenancy.scope(shop.organization.id):
        lines = list(TransferLine.objects.all())
    assert sum(line.in_transit for line in lines) == 0
    lost = sum(line.damaged + line.short for line in lines)
    held = sum(shop.on_hand(store, product) for store in (0, 1) for product in range(PRODUCTS))
    assert held == 2 * PRODUCTS * UNITS - lost + sum(errors.values())
    assert_whole(shop)


@pytest.mark.parametrize("repeat", range(3))
def test_the_box_is_counted_before_it_or_with_it_but_never_half(repeat: int) -> None:
    """Goods are received in the moment in which the receiving shelf's count is approved."""
    shop = stocked_shop(1, 10)
    transfer = shipped(shop, {0: 10})
    before = int(shop.on_hand(1))
    count = started_count(shop, "spot", store=shop.stores[1].id)
    count.enter(0, before + 2)
    count.ok("submit")
    with no_deadlock():
        approved, received = at_once(lambda: count.verb("approve"), lambda: step(shop, transfer, "receive"))
    assert (approved.status_code, received.status_code) == (200, 200), (approved.content, received.content)
    assert adjusted(shop) == {(1, 0): 2}
    assert shop.on_hand(1) == before + 2 + 10
    assert_whole(shop)


@pytest.mark.parametrize("repeat", range(3))
def test_cancelling_while_a_part_is_received_and_the_rest_sent_back_leaves_every_unit_somewhere(repeat: int) -> None:
    shop = stocked_shop(1, 10)
    transfer = shipped(shop, {0: 10})
    home = int(shop.on_hand(0))
    box = {"lines": [{"product": "SKU-1", "quantity": 4}]}
    back = {"outcome": "returned", "reason": "came back", "lines": [{"product": "SKU-1", "quantity": 6}]}
    with no_deadlock():
        received, returned, cancelled = at_once(
            lambda: step(shop, transfer, "receive", box),
            lambda: step(shop, transfer, "settle", back),
            lambda: step(shop, transfer, "cancel"),
        )
    assert (received.status_code, returned.status_code, cancelled.status_code) == (200, 200, 409)
    assert cancelled.json()["code"] == "wrong_state"
    assert (shop.on_hand(0), shop.on_hand(1)) == (home + 6, 4)
    assert_whole(shop)

"""Many hands on the same balances: nothing sold twice, nothing lost, nobody locked for good."""

from __future__ import annotations

import random
import threading
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from inventory_project.kernel import clock, tenancy
from stock.choices import AppliedVia
from stock.models import Stock, StockMovement
from stock.services import lanes, movements, transfers
from tests.factories.stock import Shop, build_shop
from tests.support.ledger import assert_whole, drain_all, no_deadlock
from tests.support.records import at_once


def units(shop: Shop) -> Decimal:
    with tenancy.scope(shop.organization.id):
        return Stock.objects.aggregate(units=Sum("on_hand"))["units"] or Decimal(0)


def test_the_last_unit_is_sold_to_one_of_twenty() -> None:
    shop = build_shop()
    shop.post("IN", 1)
    answers = at_once(*[lambda: shop.post("OUT", 1)] * 20)
    assert [answer.status_code // 100 for answer in answers] == [2] * 20, [answer.content for answer in answers]
    drain_all(shop)
    with tenancy.scope(shop.organization.id):
        sales = list(StockMovement.objects.filter(kind="sale").values_list("status", "rejection"))
    assert sorted(sales) == [("applied", "")] + [("rejected", "insufficient_stock")] * 19
    assert shop.on_hand() == 0
    assert_whole(shop)


def test_four_thousand_opposing_transfers_conserve_the_units() -> None:
    shop = build_shop(stores=4, products=6)
    access = shop.access()
    stocked = [shop.movement("IN", 20, store, product) for store in range(4) for product in range(6)]
    movements.submit_many(raws=stocked, access=access, acting_as=access.actor())

    def work(seed: int) -> None:
        dice = random.Random(seed)
        for turn in range(667):
            # Every pair of stores goes both ways at the same time, now with one product, now with several.
            source = (seed + turn) % 4
            receipt = transfers.move(
                from_store=shop.stores[source].id,
                to_store=shop.stores[(source + dice.randint(1, 3)) % 4].id,
                product=shop.products[dice.randrange(6)].id,
                quantity=dice.randint(1, 9),
                reason="",
                key=None,
                access=access,
                acting_as=access.actor(),
            )
            assert receipt.id

    with no_deadlock():
        at_once(*[lambda seed=seed: work(seed) for seed in range(6)])
    assert units(shop) == 4 * 6 * 20
    with tenancy.scope(shop.organization.id):
        dispatched = StockMovement.objects.filter(kind="transfer_dispatch").count()
        applied = set(
            StockMovement.objects.filter(kind="transfer_dispatch", status="applied").values_list("id", flat=True)
        )
        arrived = set(StockMovement.objects.filter(kind="transfer_receipt").values_list("transfer_id", flat=True))
    assert dispatched == 6 * 667
    assert applied == arrived
    assert_whole(shop)


def test_new_products_sold_in_many_stores_at_once_get_one_balance_each() -> None:
    shop = build_shop(stores=6, products=8)

    def work(seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(6):
            rows = [shop.movement("IN", 2, dice.randrange(6), dice.randrange(8)) for _ in range(12)]
            access = shop.access()
            receipts = movements.submit_many(raws=rows, access=access, acting_as=access.actor())
            assert {receipt.status for receipt in receipts} == {"applied"}

    with no_deadlock():
        at_once(*[lambda seed=seed: work(seed) for seed in range(6)])
    assert units(shop) == 6 * 6 * 12 * 2
    assert_whole(shop)


def test_two_drains_of_one_lane_apply_each_movement_once() -> None:
    shop = build_shop(stores=1)
    access = shop.access()
    rows = [shop.movement("IN", 1, idempotency_key=f"k{n}") for n in range(1500)]
    movements.submit_many(raws=rows, access=access, acting_as=access.actor(), respond_async=True)
    lane = lanes.lane_of(shop.stores[0].id)
    drained = at_once(*[lambda: lanes.drain(shop.organization.id, lane, via=AppliedVia.WORKER)] * 3)
    drain_all(shop)
    assert sum(drained) <= 1500
    assert shop.on_hand() == 1500
    assert_whole(shop)


def test_what_was_acknowledged_before_another_was_sent_is_applied_before_it() -> None:
    shop = build_shop(stores=3, products=2)
    spans: dict[str, tuple[Any, Any]] = {}
    working = threading.Event()

    def client(seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(60):
            store, product = dice.randrange(3), dice.randrange(2)
            kind, wait = dice.choice(["IN", "OUT"]), dice.random() < 0.2
            sent = clock.now()
            body = shop.movement(kind, 1, store, product)
            if dice.random() < 0.15:
                answer = shop.client.post("/api/stock-movements/bulk/", [body], format="json").json()["results"][0]
            else:
                headers = {"Prefer": "wait=5"} if wait else {}
                answer = shop.client.post("/api/stock-movements/", body, format="json", headers=headers).json()
            spans[answer["id"]] = (sent, clock.now())

    def worker() -> None:
        while not working.is_set():
            drain_all(shop)

    def clients() -> None:
        try:
            at_once(*[lambda seed=seed: client(seed) for seed in range(5)])
        finally:
            working.set()

    at_once(clients, worker, worker)
    drain_all(shop)
    with tenancy.scope(shop.organization.id):
        rows = list(StockMovement.objects.order_by("sequence").values_list("id", "store_id", "product_id"))
    assert len(rows) == len(spans) == 300
    pairs = 0
    by_balance: dict[tuple[int, int], list[tuple[Any, Any]]] = {}
    for movement_id, store_id, product_id in rows:
        by_balance.setdefault((store_id, product_id), []).append(spans[str(movement_id)])
    for applied in by_balance.values():
        for place, (_, acknowledged) in enumerate(applied):
            assert not [sent for sent, acked in applied[:place] if acknowledged < sent]
            pairs += sum(acked < applied[place][0] for _, acked in applied[:place])
    assert pairs > 500
    assert_whole(shop)


def test_a_reversal_sent_eight_times_at_once_happens_once() -> None:
    shop = build_shop()
    movement = shop.post("IN", 5).json()
    path = f"/api/stock-movements/{movement['id']}/reverse/"
    answers = at_once(*[lambda: shop.client.post(path, {}, format="json").status_code] * 8)
    assert sorted(answers) == [201] + [409] * 7
    assert shop.on_hand() == 0
    assert_whole(shop)

"""Counting among many hands: one approval, every entry once, exact variances whatever moves meanwhile."""

from __future__ import annotations

import random
import threading
import time
from datetime import timedelta
from typing import Any

import pytest

from inventory_project.kernel import clock, tenancy
from stock.models import StockCountAdjustment, StockCountEntry, StockMovement
from stock.services import count_posting
from tests.factories.counts import Counting, post_movements, started_count, stocked_shop
from tests.factories.stock import Shop, build_shop
from tests.support.ledger import assert_whole, drain_all, no_deadlock
from tests.support.records import at_once
from tests.support.superuser import superuser
from tests.support.world_state import state_of


def adjustments(shop: Shop) -> dict[int, int]:
    """Units posted by counts, by the number of the product."""
    numbers = {product.id: number for number, product in enumerate(shop.products)}
    posted: dict[int, int] = {}
    with tenancy.scope(shop.organization.id):
        for movement in StockMovement.objects.filter(kind="count_adjustment", status="applied"):
            number = numbers[movement.product_id]
            posted[number] = posted.get(number, 0) + int(movement.quantity)
        assert StockCountAdjustment.objects.count() == StockMovement.objects.filter(kind="count_adjustment").count()
    return posted


def counted(products: int, found: dict[int, int], **values: Any) -> Counting:
    shop = stocked_shop(products, at=clock.now() - timedelta(days=1), **values)
    count = started_count(shop)
    for product, quantity in found.items():
        count.enter(product, quantity)
    count.ok("submit")
    return count


def test_eight_approvals_at_once_post_once() -> None:
    count = counted(5, {0: 97, 1: 104, 2: 100})
    answers = at_once(*[lambda: count.verb("approve")] * 8)
    assert [answer.status_code for answer in answers] == [200] * 8, [answer.content for answer in answers]
    assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) == 1
    assert adjustments(count.shop) == {0: -3, 1: 4}
    assert_whole(count.shop)


def test_approval_and_cancellation_at_once_leave_one_of_the_two() -> None:
    for _ in range(5):
        count = counted(2, {0: 90})
        approved, cancelled = at_once(lambda c=count: c.verb("approve"), lambda c=count: c.verb("cancel"))
        assert sorted([approved.status_code, cancelled.status_code]) == [200, 409]
        state = count.get()["state"]
        assert adjustments(count.shop) == ({0: -10} if state == "posted" else {})
        assert_whole(count.shop)


def test_late_corrections_at_once_and_the_sweep_post_once() -> None:
    count = counted(4, {0: 90, 1: 100})
    count.ok("approve")
    early = (clock.now() - timedelta(hours=6)).isoformat()
    post_movements(count.shop, [count.shop.movement("OUT", 5, 0, n, effective_at=early) for n in range(4)])
    answers = at_once(*[lambda: count.verb("correct-late")] * 4, count_posting.correct_late_everywhere)
    assert [answer.status_code for answer in answers[:4]] == [200] * 4
    assert adjustments(count.shop) == {0: -5, 1: 5}
    assert [count.shop.on_hand(0, n) for n in range(4)] == [90, 100, 95, 95]
    assert_whole(count.shop)


def test_a_plan_sent_at_once_with_one_key_is_one_count() -> None:
    shop = build_shop()
    body = {"store": "S1", "kind": "spot", "products": ["SKU-1"]}
    for repeat in range(5):
        key = {"Idempotency-Key": f"plan-{repeat}"}
        answers = at_once(*[lambda: shop.client.post("/api/counts/", body, format="json", headers=key)] * 8)  # noqa: B023
        assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
        assert {answer.json()["number"] for answer in answers} == {f"CNT-{repeat + 1:06d}"}


def test_one_scan_sent_by_many_threads_counts_once() -> None:
    shop = stocked_shop(2)
    count = started_count(shop)
    entry = {"product": "SKU-1", "quantity": 7, "idempotency_key": "scan"}
    answers = at_once(*[lambda: count.verb("entries", [entry, {**entry, "product": "SKU-1"}])] * 8)
    assert {answer.status_code for answer in answers} == {200, 201}
    assert sum(answer.json()["recorded"] for answer in answers) == 1
    assert count.lines()[0]["counted"] == 7


def test_entries_that_arrive_during_an_approval_are_in_it_or_refused() -> None:
    """Eight people count while the count is submitted and approved: what was answered 201 is in the posted sum."""
    shop = stocked_shop(6, units=10_000, at=clock.now() - timedelta(days=1))
    count = started_count(shop)
    count.enter(0, 1)
    kept: list[int] = []
    over = threading.Event()

    def scan(seed: int) -> None:
        dice = random.Random(seed)
        while not over.is_set():
            products = dice.sample(range(6), 3)
            answer = count.verb("entries", [{"product": shop.products[p].id, "quantity": 1} for p in products])
            assert answer.status_code in (201, 409), answer.content
            if answer.status_code == 409:
                return
            kept.extend(products)

    def approve() -> None:
        time.sleep(0.3)
        try:
            count.ok("submit")
            answer = count.verb("approve", {"uncounted_as_zero": True})
            assert answer.status_code == 200, answer.content
        finally:
            over.set()

    with no_deadlock():
        at_once(*[lambda seed=seed: scan(seed) for seed in range(6)], approve)
    assert len(kept) > 10
    with tenancy.scope(shop.organization.id):
        assert StockCountEntry.objects.count() == len(kept) + 1
    for product, line in count.lines().items():
        assert line["counted"] == kept.count(product) + (product == 0)
        assert line["counted"] == shop.on_hand(0, product)
    assert_whole(shop)


@pytest.mark.parametrize("seed", [1, 2])
def test_variances_are_exact_while_others_sell_transfer_and_receive(seed: int) -> None:
    """Each shelf holds book + planted error; counters read it, stamp it, and send it late and out of order."""
    shop = stocked_shop(20, units=1000, at=clock.now() - timedelta(days=1))
    dice = random.Random(seed)
    errors = {product: dice.choice([-3, -1, 2]) for product in range(0, 20, 3)}
    count = started_count(shop)
    over = threading.Event()
    sent: list[dict[str, Any]] = []

    def trade(number: int) -> None:
        mine = random.Random(seed * 10 + number)
        while not over.is_set():
            product = mine.randrange(20)
            if mine.random() < 0.3:
                body = {"from_store": "S1", "to_store": "S2", "product_id": shop.products[product].id, "quantity": 1}
                answer = shop.client.post("/api/inventory/transfer/", body, format="json")
            else:
                answer = shop.post(mine.choice(["OUT", "OUT", "IN"]), 2, 0, product)
            assert answer.status_code == 201, answer.content

    def read_the_shelves() -> None:
        # A counter looks at one moment; what the book then said is known only when all movements are.
        for product in dice.sample(range(20), 20):
            sent.append({"product": product, "at": clock.now()})
            time.sleep(0.02)
        over.set()

    with no_deadlock():
        at_once(*[lambda n=n: trade(n) for n in range(3)], read_the_shelves)
    drain_all(shop)
    with tenancy.scope(shop.organization.id):
        applied = list(StockMovement.objects.filter(store=shop.stores[0], status="applied"))
    dice.shuffle(sent)
    for look in sent:
        product, at = look["product"], look["at"]
        thing = shop.products[product].id
        book = sum(m.quantity for m in applied if m.product_id == thing and m.effective_at <= at)
        count.enter(product, str(book + errors.get(product, 0)), at)
    count.ok("submit")
    before = {product: shop.on_hand(0, product) for product in range(20)}
    approval: list[Any] = []
    over.clear()

    def approve() -> None:
        time.sleep(0.05)
        approval.append(count.verb("approve"))
        over.set()

    with no_deadlock():
        at_once(*[lambda n=n: trade(n) for n in (7, 8)], approve)
    assert approval[0].status_code == 200, approval[0].content
    assert adjustments(shop) == errors
    assert count.variances() == {product: errors.get(product, 0) for product in range(20)}
    assert before
    assert_whole(shop)


def test_a_connection_that_dies_in_the_middle_of_an_approval_leaves_nothing_and_it_is_repeated() -> None:
    count = counted(3, {0: 90, 1: 110})
    shop = count.shop
    before = state_of(shop.organization.id)
    with superuser() as other:
        # The approval has written movements and balances, and now waits for the store's figures.
        other.execute("SELECT FROM stock_storekpi WHERE store_id = %s FOR UPDATE", [shop.stores[0].id])
        answers: list[Any] = []
        approval = threading.Thread(target=lambda: answers.extend(at_once(lambda: count.verb("approve"))))
        approval.start()
        assert _kill_whoever_waits(other.info.backend_pid)
        approval.join(20)
    assert answers[0].status_code == 503, answers[0].content
    assert state_of(shop.organization.id) == before
    assert count.verb("approve").status_code == 200
    assert adjustments(shop) == {0: -10, 1: 10}
    assert_whole(shop)


def _kill_whoever_waits(blocker: int) -> bool:
    query = """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND %s = ANY(pg_blocking_pids(pid))
    """
    for _ in range(100):
        with superuser() as connection:  # a new one each time: a transaction sees the activity of its first look
            if connection.execute(query, [blocker]).fetchall():
                return True
        time.sleep(0.02)
    return False


def test_two_counts_of_the_same_products_approved_at_once_end_at_the_later_one() -> None:
    for _ in range(5):
        shop = stocked_shop(8, at=clock.now() - timedelta(days=1))
        now = clock.now()
        first, second = started_count(shop, "spot"), started_count(shop, "spot")
        for product in range(8):
            first.enter(product, 95, now - timedelta(minutes=20))
            second.enter(product, 97, now - timedelta(minutes=10))
        for count in (first, second):
            count.ok("submit")
        with no_deadlock():
            answers = at_once(lambda c=first: c.verb("approve"), lambda c=second: c.verb("approve"))
        assert [answer.status_code for answer in answers] == [200, 200]
        assert [shop.on_hand(0, product) for product in range(8)] == [97] * 8
        assert (set(first.variances().values()), set(second.variances().values())) == ({-5}, {2})
        assert_whole(shop)

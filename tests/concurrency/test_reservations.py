"""Many people at the same goods, at once: nothing is promised twice, and whoever loses is told so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from inventory_project.kernel import tenancy
from stock.models import Reservation, ReservationFulfilment
from stock.services import reservation_expiry
from tests.factories.counts import started_count
from tests.factories.reservations import ask, book, figures, let_run_out, now, reserve, take
from tests.factories.stock import Shop, build_shop
from tests.factories.transfers import draft, step
from tests.support.ledger import assert_whole, no_deadlock
from tests.support.records import at_once


@pytest.fixture
def shop() -> Shop:
    shop = build_shop()
    shop.post("IN", 10)
    return shop


def race(*calls: Callable[[], Any]) -> list[Any]:
    with no_deadlock():
        return at_once(*calls)


def statuses(answers: list[Any]) -> list[int]:
    return sorted(answer.status_code for answer in answers)


def sweep(shop: Shop) -> Callable[[], int]:
    return lambda: reservation_expiry.expire(shop.organization.id)


def test_fifty_people_who_want_one_of_ten_get_exactly_ten(shop: Shop) -> None:
    answers = race(*[lambda: ask(shop, {0: 1})] * 50)
    assert statuses(answers) == [201] * 10 + [409] * 40
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"insufficient_stock"}
    assert figures(shop) == (10, 10, 0, 0)
    assert_whole(shop)


def test_orders_of_several_products_are_all_or_nothing_and_do_not_wait_in_a_circle() -> None:
    shop = build_shop(products=6)
    for product in range(6):
        shop.post("IN", 5, product=product)
    orders = [dict.fromkeys(range(6), 1), dict.fromkeys(reversed(range(6)), 1)] * 6
    answers = race(*[lambda order=order: ask(shop, order) for order in orders])
    assert statuses(answers) == [201] * 5 + [409] * 7
    assert {figures(shop, product=product)[1] for product in range(6)} == {5}
    assert_whole(shop)


@pytest.mark.parametrize("repeat", range(3))
def test_sales_and_reservations_share_the_goods_and_never_overlap(shop: Shop, repeat: int) -> None:
    answers = race(*[lambda: ask(shop, {0: 1})] * 10, *[lambda: shop.post("OUT", 1)] * 10)
    sold = sum(answer.json().get("status") == "applied" for answer in answers[10:])
    reserved = sum(answer.status_code == 201 for answer in answers[:10])
    assert sold + reserved == 10
    assert figures(shop) == (10 - sold, reserved, 0, 0)
    assert_whole(shop)


@pytest.mark.parametrize("repeat", range(3))
def test_what_ran_out_is_sold_to_many_at_once_though_nobody_sweeps(shop: Shop, repeat: int) -> None:
    gone = [reserve(shop, {0: 2}) for _ in range(5)]
    let_run_out(shop, *gone)
    answers = race(*[lambda: shop.post("OUT", 1)] * 12)
    assert sum(answer.json()["status"] == "applied" for answer in answers) == 10
    assert figures(shop) == (0, 0, 0, 0)
    assert_whole(shop)


def test_a_repeated_key_at_once_is_one_reservation(shop: Shop) -> None:
    answers = race(*[lambda: ask(shop, {0: 4}, key="one")] * 8)
    assert statuses(answers) == [200] * 7 + [201]
    assert len({answer.content for answer in answers}) == 1
    assert figures(shop) == (10, 4, 0, 0)


def test_fulfilled_at_once_with_one_key_is_fulfilled_once(shop: Shop) -> None:
    made = reserve(shop, {0: 4})
    answers = race(*[lambda: take(shop, made, "fulfil", key="the till")] * 8)
    assert {(answer.status_code, answer.content) for answer in answers} == {(200, answers[0].content)}
    assert figures(shop) == (6, 0, 0, 0)
    assert_whole(shop)


@pytest.mark.parametrize("repeat", range(3))
def test_fulfilled_at_once_with_different_keys_is_fulfilled_once(shop: Shop, repeat: int) -> None:
    made = reserve(shop, {0: 4})
    answers = race(*[lambda n=n: take(shop, made, "fulfil", key=f"till {n}") for n in range(6)])
    assert statuses(answers) == [200] + [409] * 5
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"reservation_over"}
    with tenancy.scope(shop.organization.id):
        assert ReservationFulfilment.objects.count() == 1
    assert figures(shop) == (6, 0, 0, 0)
    assert_whole(shop)


def test_parts_fulfilled_at_once_never_exceed_what_is_reserved(shop: Shop) -> None:
    made = reserve(shop, {0: 4})
    body = {"lines": [{"product": "SKU-1", "quantity": 1}]}
    answers = race(*[lambda: take(shop, made, "fulfil", body)] * 7)
    assert statuses(answers).count(200) == 4
    assert (figures(shop), now(shop, made)["status"]) == ((6, 0, 0, 0), "fulfilled")
    assert_whole(shop)


@pytest.mark.parametrize("repeat", range(4))
def test_released_or_fulfilled_but_not_both(shop: Shop, repeat: int) -> None:
    made = reserve(shop, {0: 4})
    answers = race(lambda: take(shop, made, "release"), lambda: take(shop, made, "fulfil"))
    assert statuses(answers) == [200, 409]
    assert now(shop, made)["status"] == ("released" if answers[0].status_code == 200 else "fulfilled")
    assert figures(shop) == ((10, 0, 0, 0) if answers[0].status_code == 200 else (6, 0, 0, 0))
    assert_whole(shop)


@pytest.mark.parametrize("repeat", range(4))
def test_what_runs_out_while_it_is_fulfilled_is_given_back_once(shop: Shop, repeat: int) -> None:
    gone, kept = reserve(shop, {0: 4}), reserve(shop, {0: 3})
    let_run_out(shop, gone)
    answers = race(
        lambda: take(shop, gone, "fulfil"), sweep(shop), lambda: take(shop, kept, "fulfil"), sweep(shop), sweep(shop)
    )
    assert (answers[0].status_code, answers[0].json()["code"]) == (409, "reservation_expired")
    assert answers[2].status_code == 200
    assert (now(shop, gone)["status"], figures(shop)) == ("expired", (7, 0, 0, 0))
    assert_whole(shop)


@pytest.mark.parametrize("repeat", range(4))
def test_extended_or_released_while_the_sweep_runs(shop: Shop, repeat: int) -> None:
    gone = reserve(shop, {0: 4})
    let_run_out(shop, gone)
    answers = race(sweep(shop), lambda: take(shop, gone, "release"), lambda: take(shop, gone, "extend"))
    assert answers[1].status_code in (200, 409)
    assert answers[2].status_code == 409
    assert now(shop, gone)["status"] in ("expired", "released")
    assert figures(shop) == (10, 0, 0, 0)
    assert_whole(shop)


def test_several_sweeps_end_each_reservation_once() -> None:
    shop = build_shop(stores=3, products=4)
    for store in range(3):
        for product in range(4):
            shop.post("IN", 20, store=store, product=product)
    made = [
        reserve(shop, dict.fromkeys(order, 1), store=shop.stores[n % 3].id)
        for n, order in enumerate([[0, 1, 2, 3], [3, 2, 1, 0]] * 9)
    ]
    let_run_out(shop, *made)
    sales = [lambda s=s, p=p: shop.post("OUT", 1, store=s, product=p) for s in range(3) for p in range(2)]
    ended = race(*[sweep(shop)] * 4, *sales)[:4]
    assert sum(ended) == len(made)
    with tenancy.scope(shop.organization.id):
        assert set(Reservation.objects.values_list("status", flat=True)) == {"expired"}
    assert_whole(shop)


@pytest.mark.parametrize("repeat", range(3))
def test_goods_are_reserved_or_sent_away_but_not_both(shop: Shop, repeat: int) -> None:
    transfer = draft(shop, {0: 8})
    step(shop, transfer, "request")
    answers = race(lambda: step(shop, transfer, "dispatch"), *[lambda: ask(shop, {0: 4})] * 3)
    sent = answers[0].status_code == 200
    reserved = 4 * sum(answer.status_code == 201 for answer in answers[1:])
    assert reserved == (0 if sent else 8)
    assert figures(shop) == (2 if sent else 10, reserved, 0, 0)
    assert_whole(shop)


def test_a_count_posted_meanwhile_leaves_promises_alone(shop: Shop) -> None:
    made = reserve(shop, {0: 3})
    count = started_count(shop, "spot", products=[shop.products[0].id])
    count.enter(0, 9)
    count.ok("submit")
    answers = race(
        lambda: count.verb("approve"),
        *[lambda: ask(shop, {0: 1})] * 4,
        lambda: take(shop, made, "fulfil"),
        lambda: shop.post("OUT", 1),
    )
    assert answers[0].status_code == 200, answers[0].json()
    assert answers[5].status_code == 200
    reserved = sum(answer.status_code == 201 for answer in answers[1:5])
    assert figures(shop)[1] == reserved
    assert_whole(shop)


@pytest.mark.parametrize("repeat", range(3))
def test_goods_are_put_on_hold_or_reserved_or_sold_once(shop: Shop, repeat: int) -> None:
    answers = race(
        *[lambda: book(shop, "hold", {0: 1})] * 6,
        *[lambda: ask(shop, {0: 1})] * 6,
        *[lambda: shop.post("OUT", 1)] * 6,
    )
    held = sum(answer.status_code == 201 for answer in answers[:6])
    reserved = sum(answer.status_code == 201 for answer in answers[6:12])
    sold = sum(answer.json()["status"] == "applied" for answer in answers[12:])
    assert held + reserved + sold == 10
    assert figures(shop) == (10 - sold, reserved, held, 0)
    assert_whole(shop)


def test_units_of_a_bucket_leave_it_once(shop: Shop) -> None:
    book(shop, "hold", {0: 5})
    answers = race(*[lambda: book(shop, "dispose", {0: 1})] * 5, *[lambda: book(shop, "unhold", {0: 1})] * 5)
    assert statuses(answers) == [201] * 5 + [409] * 5
    assert figures(shop)[2] == 0
    assert_whole(shop)

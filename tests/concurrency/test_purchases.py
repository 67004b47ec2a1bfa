"""Several people at one order at once: a delivery is taken in once, and no unit is lost, doubled or left on order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from inventory_project.kernel import tenancy
from stock.models import GoodsReceipt, PurchaseLetter, StockMovement
from tests.factories.purchases import arrive, draft, line, ordered, read, step
from tests.factories.stock import Shop, build_shop
from tests.support.ledger import assert_whole, no_deadlock
from tests.support.records import at_once

TEN = {0: 10, 1: 4}


@pytest.fixture
def shop() -> Shop:
    return build_shop()


def race(*calls: Callable[[], Any]) -> list[Any]:
    with no_deadlock():
        return at_once(*calls)


def kept(shop: Shop) -> tuple[int, int]:
    """How many goods receipts and movements there are."""
    with tenancy.scope(shop.organization.id):
        return GoodsReceipt.objects.count(), StockMovement.objects.count()


def statuses(answers: list[Any]) -> list[int]:
    return sorted(answer.status_code for answer in answers)


def test_sixteen_requests_with_one_key_take_a_delivery_in_once(shop: Shop) -> None:
    order = ordered(shop, TEN)
    answers = race(*[lambda: arrive(shop, order, {0: 7}, key="delivery")] * 16)
    assert statuses(answers) == [200] * 16, [answer.content for answer in answers]
    assert len({answer.content for answer in answers}) == 1
    assert (kept(shop), shop.on_hand(), line(read(shop, order))["outstanding"]) == ((1, 1), 7, 3)
    assert_whole(shop)


@pytest.mark.parametrize("repeat", range(3))
def test_one_delivery_note_in_two_hands_is_taken_in_once(shop: Shop, repeat: int) -> None:
    order = ordered(shop, TEN)
    answers = race(*[lambda: arrive(shop, order, {0: 3}, delivery_note="L-1")] * 4)
    assert statuses(answers) == [200, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"delivery_known"}
    assert (kept(shop), shop.on_hand()) == ((1, 1), 3)
    assert_whole(shop)


@pytest.mark.parametrize("repeat", range(3))
def test_all_that_is_outstanding_is_taken_in_once(shop: Shop, repeat: int) -> None:
    order = ordered(shop, TEN)
    answers = race(*[lambda: step(shop, order, "receive")] * 4)
    assert statuses(answers) == [200, 400, 400, 400]
    assert (kept(shop), shop.on_hand(), shop.on_hand(product=1)) == ((1, 2), 10, 4)
    assert_whole(shop)


def test_parts_that_come_at_once_all_count(shop: Shop) -> None:
    order = ordered(shop, TEN)
    answers = race(*[lambda: arrive(shop, order, {0: 2})] * 6)
    assert statuses(answers) == [200] * 5 + [409], "the sixth is more than was ordered"
    assert (kept(shop), shop.on_hand(), line(read(shop, order))["received"]) == ((5, 5), 10, 10)
    assert_whole(shop)


@pytest.mark.parametrize("repeat", range(4))
def test_an_order_is_cancelled_or_received_and_never_both(shop: Shop, repeat: int) -> None:
    order = ordered(shop, TEN)
    calls = [lambda: step(shop, order, "receive"), lambda: step(shop, order, "cancel", {"reason": "too dear"})]
    answers = race(*calls[:: 1 if repeat % 2 else -1])
    assert statuses(answers) == [200, 409]
    found = read(shop, order)
    units = 10 if found["status"] == "received" else 0
    assert found["status"] in ("received", "cancelled")
    assert (shop.on_hand(), line(found)["received"], line(found)["cancelled"]) == (units, units, 10 - units)
    assert_whole(shop)


@pytest.mark.parametrize("repeat", range(3))
def test_closing_short_and_the_rest_arriving(shop: Shop, repeat: int) -> None:
    order = ordered(shop, TEN)
    arrive(shop, order, {0: 1})
    race(lambda: step(shop, order, "close", {"reason": "no more"}), lambda: arrive(shop, order, {0: 9}))
    found = read(shop, order)
    assert (found["status"], line(found)["outstanding"]) == ("closed", 0)
    assert line(found)["received"] == shop.on_hand()
    assert_whole(shop)


@pytest.mark.parametrize("repeat", range(3))
def test_a_line_is_reversed_once(shop: Shop, repeat: int) -> None:
    order = ordered(shop, TEN)
    arrive(shop, order, {0: {"quantity": 6, "damaged": 1}})
    path = f"/api/goods-receipts/{read(shop, order)['receipts'][0]['id']}/reverse/"
    answers = race(*[lambda: shop.client.post(path, {"line": 1, "reason": "wrong"}, format="json")] * 4)
    assert statuses(answers) == [200, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"already_reversed"}
    assert (shop.on_hand(), line(read(shop, order))["outstanding"]) == (0, 10)
    assert_whole(shop)


def test_a_draft_is_sent_once_and_one_letter_written(shop: Shop) -> None:
    order = draft(shop, TEN)
    answers = race(*[lambda: step(shop, order, "send")] * 4)
    assert statuses(answers) == [200, 409, 409, 409]
    with tenancy.scope(shop.organization.id):
        assert PurchaseLetter.objects.count() == 1


def test_deliveries_and_sales_of_the_same_products_do_not_stand_in_each_other_s_way(shop: Shop) -> None:
    shop.post("IN", 50)
    shop.post("IN", 50, product=1)
    orders = [ordered(shop, units) for units in ({0: 5, 1: 5}, {1: 5, 0: 5}, {0: 5, 1: 5})]
    receive = [lambda order=order: step(shop, order, "receive") for order in orders]
    sell = [lambda n=n: shop.post("OUT", 1, product=n % 2) for n in range(6)]
    answers = race(*[call for pair in zip(receive, sell[:3], strict=True) for call in pair], *sell[3:])
    assert {answer.status_code for answer in answers} <= {200, 201}, [answer.content for answer in answers]
    assert (shop.on_hand(), shop.on_hand(product=1)) == (62, 62)
    assert_whole(shop)

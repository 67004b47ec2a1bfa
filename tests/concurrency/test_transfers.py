"""Two people at one transfer, at once: one wins, the other is told how it stands, and no unit is lost or doubled."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from inventory_project.kernel import tenancy
from stock.models import StockMovement
from tests.factories.stock import Shop, build_shop
from tests.factories.transfers import draft, line, shipped, step
from tests.support.ledger import assert_whole, no_deadlock
from tests.support.records import at_once
from tests.support.superuser import superuser

BACK = {"outcome": "returned", "reason": "came back"}
LOST = {"outcome": "written_off", "reason": "lost"}


@pytest.fixture
def shop() -> Shop:
    return build_shop()


def now(shop: Shop, transfer: dict[str, Any]) -> dict[str, Any]:
    return dict(shop.client.get(f"/api/transfers/{transfer['id']}/").json())


def units(shop: Shop) -> tuple[int, int]:
    return int(shop.on_hand(0)), int(shop.on_hand(1))


def legs(shop: Shop, transfer: dict[str, Any]) -> int:
    with tenancy.scope(shop.organization.id):
        return int(StockMovement.objects.filter(transfer_id=transfer["id"]).count())


def race(*calls: Callable[[], Any]) -> list[Any]:
    with no_deadlock():
        return at_once(*calls)


def one_winner(answers: list[Any]) -> dict[str, Any]:
    """What the one who won was answered; all others were told the state."""
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * (len(answers) - 1), [
        answer.content for answer in answers
    ]
    won = next(answer for answer in answers if answer.status_code == 200).json()
    for answer in answers:
        if answer.status_code == 409:
            assert answer.json()["fields"] == {"status": won["status"]}
    return dict(won)


@pytest.mark.parametrize("repeat", range(3))
def test_a_transfer_is_dispatched_once(shop: Shop, repeat: int) -> None:
    shop.post("IN", 20)
    transfer = draft(shop, {0: 10})
    step(shop, transfer, "request")
    won = one_winner(race(*[lambda: step(shop, transfer, "dispatch")] * 4))
    assert (won["status"], units(shop), legs(shop, transfer)) == ("dispatched", (10, 0), 1)
    assert_whole(shop)


@pytest.mark.parametrize("repeat", range(3))
def test_a_transfer_is_received_once(shop: Shop, repeat: int) -> None:
    transfer = shipped(shop, {0: 10})
    won = one_winner(race(*[lambda: step(shop, transfer, "receive")] * 4))
    assert (won["status"], units(shop), legs(shop, transfer)) == ("received", (0, 10), 2)
    assert_whole(shop)


@pytest.mark.parametrize("body", [BACK, LOST])
def test_a_transfer_is_settled_once(shop: Shop, body: dict[str, str]) -> None:
    transfer = shipped(shop, {0: 10})
    one_winner(race(*[lambda: step(shop, transfer, "settle", body)] * 4))
    assert units(shop) == ((10, 0) if body is BACK else (0, 0))
    assert_whole(shop)


def test_a_repeated_key_at_once_is_one_receipt(shop: Shop) -> None:
    transfer = shipped(shop, {0: 10})
    body = {"lines": [{"product": "SKU-1", "quantity": 4}]}
    answers = race(*[lambda: step(shop, transfer, "receive", body, key="the box")] * 8)
    assert {(answer.status_code, answer.content) for answer in answers} == {(200, answers[0].content)}
    assert sum("Idempotency-Replayed" in answer.headers for answer in answers) == 7
    assert (units(shop), line(now(shop, transfer))["in_transit"]) == ((0, 4), 6)
    assert_whole(shop)


def test_a_draft_sent_at_once_with_one_key_is_one_draft(shop: Shop) -> None:
    body = {"from_store": "S1", "to_store": "S2", "lines": [{"product": "SKU-1", "quantity": 1}]}
    headers = {"Idempotency-Key": "one"}
    answers = race(*[lambda: shop.client.post("/api/transfers/", body, format="json", headers=headers)] * 8)
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.content for answer in answers}) == 1


def test_drafts_made_at_once_have_numbers_of_their_own(shop: Shop) -> None:
    made = race(*[lambda: draft(shop, {0: 1})] * 8)
    assert sorted(transfer["number"] for transfer in made) == [f"T-{number:06d}" for number in range(1, 9)]


@pytest.mark.parametrize("repeat", range(4))
def test_cancelled_or_dispatched_but_not_both(shop: Shop, repeat: int) -> None:
    shop.post("IN", 10)
    transfer = draft(shop, {0: 10})
    step(shop, transfer, "request")
    won = one_winner(race(lambda: step(shop, transfer, "cancel"), lambda: step(shop, transfer, "dispatch")))
    assert units(shop) == ((10, 0) if won["status"] == "cancelled" else (0, 0))
    assert_whole(shop)


@pytest.mark.parametrize("repeat", range(4))
def test_received_or_sent_back_but_not_both(shop: Shop, repeat: int) -> None:
    transfer = shipped(shop, {0: 10})
    calls = [lambda: step(shop, transfer, "receive"), lambda: step(shop, transfer, "settle", BACK)]
    won = one_winner(race(*calls, lambda: step(shop, transfer, "settle", LOST)))
    assert units(shop) in {(0, 10), (10, 0), (0, 0)}
    assert won["status"] in {"received", "cancelled", "closed"}
    assert_whole(shop)


def test_cancelling_while_receiving_leaves_what_was_received(shop: Shop) -> None:
    transfer = shipped(shop, {0: 10})
    answers = race(lambda: step(shop, transfer, "receive"), lambda: step(shop, transfer, "cancel"))
    assert [answer.status_code for answer in answers] == [200, 409]
    assert units(shop) == (0, 10)
    assert_whole(shop)


def test_boxes_received_at_once_by_several_people_add_up(shop: Shop) -> None:
    transfer = shipped(shop, {0: 10, 1: 10})

    def box(product: int) -> Any:
        body = {"lines": [{"product": f"SKU-{product}", "quantity": 3, "damaged": 1}]}
        return step(shop, transfer, "receive", body)

    answers = race(*[lambda p=product: box(p) for product in (1, 2) for _ in range(3)])
    assert sorted(answer.status_code for answer in answers) == [200] * 4 + [409] * 2
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"over_receipt"}
    assert [row["in_transit"] for row in now(shop, transfer)["lines"]] == [2, 2]
    assert units(shop) == (0, 6)
    assert_whole(shop)


def test_two_dispatches_of_the_last_units_do_not_both_succeed(shop: Shop) -> None:
    shop.post("IN", 10)
    both = [draft(shop, {0: 10}) for _ in range(2)]
    for transfer in both:
        step(shop, transfer, "request")
    answers = race(*[lambda t=transfer: step(shop, t, "dispatch") for transfer in both])
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "insufficient_stock"}
    assert_whole(shop)


def test_opposing_transfers_do_not_wait_in_a_circle() -> None:
    shop = build_shop(products=6)
    for store in (0, 1):
        for product in range(6):
            shop.post("IN", 40, store=store, product=product)
    there = [draft(shop, dict.fromkeys(range(6), 5)) for _ in range(4)]
    ends = {"from_store": "S2", "to_store": "S1"}
    back = [draft(shop, dict.fromkeys(reversed(range(6)), 5), **ends) for _ in range(4)]

    def travel(transfer: dict[str, Any]) -> list[int]:
        verbs = [("request", {}), ("dispatch", {}), ("receive", {})]
        return [step(shop, transfer, verb, body).status_code for verb, body in verbs]

    assert race(*[lambda t=transfer: travel(t) for transfer in [*there, *back]]) == [[200] * 3] * 8
    assert {shop.on_hand(store, product) for store in (0, 1) for product in range(6)} == {40}
    assert_whole(shop)


def test_selling_goes_on_while_goods_are_sent_and_received(shop: Shop) -> None:
    shop.post("IN", 100)
    transfers = [draft(shop, {0: 5}) for _ in range(4)]

    def travel(transfer: dict[str, Any]) -> None:
        for verb in ("request", "dispatch", "receive"):
            assert step(shop, transfer, verb).status_code == 200

    race(*[lambda t=transfer: travel(t) for transfer in transfers], *[lambda: shop.post("OUT", 1)] * 8)
    assert units(shop) == (72, 20)
    assert_whole(shop)


@pytest.mark.parametrize(("verb", "stuck_at"), [("dispatch", 0), ("receive", 1)])
def test_a_connection_killed_in_the_middle_leaves_nothing_behind(shop: Shop, verb: str, stuck_at: int) -> None:
    """The figures of the store are held, so the step stops after it wrote its movements; then its backend dies."""
    shop.post("IN", 10)
    shop.post("IN", 10, product=1)
    shop.post("IN", 1, store=1)
    transfer = draft(shop, {0: 10, 1: 10})
    step(shop, transfer, "request")
    if verb == "receive":
        step(shop, transfer, "dispatch")
    before, stood, posted = now(shop, transfer), units(shop), legs(shop, transfer)
    answers: list[Any] = []

    def send() -> None:
        answers.extend(at_once(lambda: step(shop, transfer, verb, key="once")))

    with superuser() as holder:
        hold = "SELECT 1 FROM stock_storekpi WHERE store_id = %s FOR UPDATE"
        holder.execute(hold, [shop.stores[stuck_at].id])
        request = threading.Thread(target=send)
        request.start()
        assert kill_the_one_waiting_for(holder.info.backend_pid)
    request.join()
    assert answers[0].status_code == 503, answers[0].content
    assert (now(shop, transfer), units(shop), legs(shop, transfer)) == (before, stood, posted)
    again = step(shop, transfer, verb, key="once")
    assert (again.status_code, "Idempotency-Replayed" in again.headers) == (200, False)
    assert_whole(shop)


def kill_the_one_waiting_for(holder: int) -> bool:
    query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))"
    for _ in range(100):
        with superuser() as connection:
            if connection.execute(query, [holder]).fetchall():
                return True
        time.sleep(0.05)
    return False

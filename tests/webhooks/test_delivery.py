"""What happens is sent: all of it, in order, at least once, whatever the receiver or a worker does."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from inventory_project.kernel import tenancy
from tests.factories.imports import send
from tests.factories.stock import Shop, build_shop
from tests.factories.webhooks import build_hook, closing, feed, firsts, trade
from tests.support.receiver import Handler, Receiver
from webhooks.models import WebhookEndpoint
from webhooks.services import outcomes, serving


@pytest.fixture
def shop() -> Shop:
    return build_shop()


def test_events_have_the_shape_of_the_feed_and_come_once_in_its_order(shop: Shop, receiver: Receiver):
    hook = build_hook(shop, receiver, includes_costs=True, types=["stock.", "webhooks."])
    began = hook.read()["cursor"]
    trade(shop, 7)
    shop.post("OUT", 3, unit_price=4)
    hook.drive()
    wanted = feed(shop, began, types="stock.,webhooks.")
    assert len(wanted) == 9  # the webhook's own beginning is one
    assert [event for request in receiver.seen for event in request.events] == wanted
    assert hook.read()["state"] == "ok"
    hook.serve()
    assert len(receiver.cursors()) == 9


def test_every_kind_of_change_of_stock_is_sent(shop: Shop, receiver: Receiver):
    hook = build_hook(shop, receiver, types=["stock.movement.applied"])
    for step in changes_of_every_kind(shop):
        receiver.seen.clear()
        step()
        hook.drive()
        assert receiver.cursors(), step
    with tenancy.scope(shop.organization.id):
        began = str(WebhookEndpoint.objects.get(pk=hook.id).created_at.isoformat()).replace("+", "%2B")
    applied = feed(shop, began, types="stock.movement.applied")
    assert len(applied) == len({event["cursor"] for event in applied}) >= 12


def changes_of_every_kind(shop: Shop) -> list[Callable[[], Any]]:
    here, there = (store.id for store in shop.stores)
    product = shop.products[0].pk
    lines = [{"product": product, "quantity": 1}]

    def post(path: str, body: Any = None) -> dict[str, Any]:
        answer = shop.client.post(f"/api/{path}", body or {})
        assert answer.status_code < 300, (path, answer.content)
        found: dict[str, Any] = answer.json()
        return found

    def transfer() -> None:
        order = post("transfers/", {"from_store": here, "to_store": there, "lines": lines})
        for step in ("request", "dispatch", "receive"):
            post(f"transfers/{order['id']}/{step}/")

    def purchase() -> None:
        with tenancy.scope(shop.organization.id):
            supplier = post("suppliers/", {"name": "Tea & Sons"})["id"]
        order = post("purchase-orders/", {"store": here, "supplier": supplier, "lines": lines})
        for step in ("send", "receive"):
            post(f"purchase-orders/{order['id']}/{step}/")

    def count() -> None:
        found = post("counts/", {"store": here, "kind": "spot", "name": "shelf", "products": [product]})["id"]
        post(f"counts/{found}/start/")
        post(f"counts/{found}/entries/", {"product": product, "quantity": 99})
        post(f"counts/{found}/submit/")
        post(f"counts/{found}/approve/")

    def load() -> None:
        file = f"sku,opening_stock\n{shop.products[1].sku},12\n"
        assert send(shop, file, store=shop.stores[0].code).status == "applied"

    def reservation() -> None:
        promised = post("reservations/", {"store": here, "lines": lines})
        post(f"reservations/{promised['id']}/fulfil/")

    def undo() -> None:
        sold = shop.post("OUT", 1).json()["id"]
        post(f"stock-movements/{sold}/reverse/", {"reason": "a mistake"})

    held = {"store": here, "bucket": "damaged", "lines": lines, "reason": "it fell"}
    return [
        lambda: shop.post("IN", 50),
        lambda: trade(shop, 3),
        lambda: post("stocks/hold/", held),
        transfer, purchase, count, load, reservation, undo,
    ]  # fmt: skip


def test_everything_arrives_in_order_whatever_the_receiver_does(shop: Shop, receiver: Receiver, settings: Any):
    settings.WEBHOOK_TIMEOUT_SECONDS = 0.25
    chance = random.Random(20261121)

    def moody(handler: Handler) -> None:
        mood = chance.random()
        if mood < 0.55:
            handler.say(200)
        elif mood < 0.75:
            handler.say(chance.choice([400, 404, 429, 500, 503]))
        elif mood < 0.85:
            handler.hang_up()
        elif mood < 0.93:
            handler.receiver.taken.append(handler.request_seen)  # it took them, and the answer was lost
            handler.hang_up()
        else:
            handler.never_answer()

    hook = build_hook(shop, receiver, types=["stock.movement."], batch_size=12)
    began = hook.read()["cursor"]
    receiver.manner = moody
    trade(shop, 150)
    hook.drive()
    trade(shop, 150, store=1)
    hook.drive()
    wanted = [event["cursor"] for event in feed(shop, began, types="stock.movement.")]
    assert len(wanted) == 300
    assert firsts(receiver.cursors(of=receiver.taken)) == wanted
    assert firsts(receiver.cursors()) == wanted
    delivered = hook.deliveries(status="delivered")
    assert sum(each.events for each in delivered) == 300
    assert {each.status for each in hook.deliveries()} == {"delivered"}
    by_number: dict[str, bytes] = {}
    for request in receiver.seen:
        assert by_number.setdefault(request.headers["Onhand-Delivery"], request.body) == request.body
    assert len(by_number) == len(delivered)


class Killed(BaseException):
    """What a worker does not survive."""


def test_a_worker_killed_after_sending_sends_that_batch_again_and_no_other(
    shop: Shop, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    hook = build_hook(shop, receiver, types=["stock.movement."], batch_size=4)
    began = hook.read()["cursor"]
    trade(shop, 12)

    def die(*args: Any) -> None:
        raise Killed()

    with monkeypatch.context() as patched:
        patched.setattr(outcomes, "note", die)
        with pytest.raises(Killed):
            hook.serve()
    hook.drive()
    wanted = [event["cursor"] for event in feed(shop, began, types="stock.movement.")]
    assert receiver.cursors() == wanted[:4] + wanted
    assert [(each.status, each.attempts) for each in hook.deliveries()] == [
        ("delivered", 2),
        ("delivered", 1),
        ("delivered", 1),
    ]


def test_workers_at_once_send_nothing_twice(shop: Shop, receiver: Receiver):
    hook = build_hook(shop, receiver, types=["stock.movement."], batch_size=5)
    began = hook.read()["cursor"]
    trade(shop, 60)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: closing(hook.serve), range(8)))
    hook.drive()
    assert receiver.cursors() == [event["cursor"] for event in feed(shop, began, types="stock.movement.")]


def test_a_filter_of_stores_and_events_holds_and_the_place_in_the_log_moves_on(shop: Shop, receiver: Receiver):
    far = shop.stores[1].id
    hook = build_hook(shop, receiver, types=["stock.movement.applied"], stores=[far])
    other = build_shop()
    trade(other, 3)
    trade(shop, 3)
    before = hook.stored().cursor
    hook.drive()
    assert receiver.seen == []
    assert hook.stored().cursor > before
    trade(shop, 2, store=1)
    assert shop.client.post("/api/categories/", {"name": "Tea"}).status_code == 201
    hook.drive()
    assert [event["store_id"] for request in receiver.seen for event in request.events] == [far, far]
    costs = json.dumps([event for request in receiver.seen for event in request.events])
    assert "cost" not in costs, "costs are sent to nobody who was not promised them"


def test_a_large_backlog_goes_in_requests_of_bounded_size(shop: Shop, receiver: Receiver, monkeypatch: Any):
    monkeypatch.setattr("webhooks.services.batches.MOST_BYTES", 2000)
    hook = build_hook(shop, receiver, types=["stock.movement."])
    began = hook.read()["cursor"]
    trade(shop, 20)
    hook.drive()
    assert len(receiver.seen) > 4
    assert all(len(request.body) < 2100 for request in receiver.seen if len(request.events) > 1)
    assert receiver.cursors() == [event["cursor"] for event in feed(shop, began, types="stock.movement.")]


def test_an_endpoint_deleted_while_a_request_is_on_its_way_ends_quietly(shop: Shop, receiver: Receiver):
    hook = build_hook(shop, receiver)

    def delete(handler: Handler) -> None:
        gone.append(shop.client.delete(hook.path).status_code)
        connections.close_all()
        handler.say(200)

    gone: list[int] = []
    receiver.manner = delete
    trade(shop, 1)
    assert hook.serve()
    assert gone == [204]
    assert hook.deliveries() == []


def test_a_change_rings_once_for_those_who_listen_and_the_sweep_finds_what_no_hint_told(
    shop: Shop, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    rung: list[str] = []
    quiet = build_shop()
    hook = build_hook(shop, receiver, types=["stock.movement."])
    monkeypatch.setattr("inventory_project.kernel.queue.ring", lambda name, **ids: rung.append((name, ids)) or True)
    serving.serve_organization(organization_id=shop.organization.id)
    rung.clear()
    trade(quiet, 1)
    trade(shop, 1)
    trade(shop, 1)
    ours = {"organization_id": shop.organization.id}
    assert [ids for name, ids in rung if name == "webhooks.serve_organization"] == [ours]
    rung.clear()
    serving.sweep()
    assert ("webhooks.serve_endpoint", {**ours, "endpoint_id": hook.id}) in rung
    rung.clear()
    serving.serve_organization(organization_id=shop.organization.id)
    trade(shop, 1)
    assert [name for name, ids in rung if ids == ours] == ["webhooks.serve_organization"]

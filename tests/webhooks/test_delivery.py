"""What happens is sent: all of it, in order, at least once, whatever the receiver or a worker does."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from inventory_project.kernel import clock, sql, tenancy
from tests.factories.imports import send
from tests.factories.stock import Shop, build_shop
from tests.factories.webhooks import build_hook
from tests.support.receiver import Handler, Receiver
from webhooks.models import WebhookDelivery, WebhookEndpoint
from webhooks.services import maintenance, outcomes, serving


@pytest.fixture
def shop() -> Shop:
    return build_shop()


def trade(shop: Shop, changes: int, store: int = 0) -> None:
    """So many movements, in one request."""
    rows = [shop.movement("IN", 1, store=store) for _ in range(changes)]
    assert shop.client.post("/api/stock-movements/bulk/", rows).json()["applied"] == changes


def feed(shop: Shop, since: str, **wanted: str) -> list[dict[str, Any]]:
    query = "&".join(f"{name}={value}" for name, value in {"since": since, "limit": "1000", **wanted}.items())
    found: list[dict[str, Any]] = shop.client.get(f"/api/changes/?{query}").json()["results"]
    return found


def firsts(cursors: list[str]) -> list[str]:
    return list(dict.fromkeys(cursors))


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


def kinds_of(receiver: Receiver) -> list[str]:
    return [event["after"]["kind"] for request in receiver.seen for event in request.events]


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
    settings.WEBHOOK_TIMEOUT_SECONDS = 0.3
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

    hook = build_hook(shop, receiver, types=["stock.movement."], batch_size=7)
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


def test_what_fails_waits_longer_each_time_and_is_paused_in_the_end_with_a_letter(
    shop: Shop, receiver: Receiver, settings: Any, mailoutbox: list[Any]
):
    receiver.manner = lambda handler: handler.say(500, b"<h1>no\x00 thanks</h1>")
    hook = build_hook(shop, receiver, types=["stock.movement."], description="Till link")
    trade(shop, 2)
    pauses = []
    for _ in range(3):
        before = clock.now()
        hook.hurry()
        hook.serve()
        pauses.append((hook.stored().next_attempt_at - before).total_seconds())
        hook.serve()  # too early: nothing is sent
    assert len(receiver.seen) == 3
    for number, pause in enumerate(pauses):
        assert 0.8 * 5 * 2**number <= pause <= 1.2 * 5 * 2**number + 5
    assert outcomes.pause_after(400) <= timedelta(hours=6) * 1.2
    shown = hook.read()
    assert (shown["state"], shown["failures"], shown["reason"]) == ("retrying", 3, "The receiver answered 500.")
    [delivery] = hook.deliveries()
    assert (delivery.response_status, delivery.answer) == (500, "<h1>no\ufffd thanks</h1>")

    with tenancy.scope(shop.organization.id):
        WebhookEndpoint.objects.filter(pk=hook.id).update(failing_since=clock.now() - timedelta(hours=73))
    hook.hurry()
    hook.serve()
    assert (hook.read()["state"], hook.read()["next_attempt_at"]) == ("paused", None)
    assert [each.status for each in hook.deliveries()] == ["dead"]
    [letter] = mailoutbox
    assert letter.to == [shop.admin.user.email]
    assert "Till link" in letter.subject
    assert not hook.is_due()
    [noted] = shop.client.get("/api/logs/?action=webhooks.endpoint.paused").json()["results"]
    assert noted["detail"]["reason"] == "The receiver answered 500."

    trade(shop, 1)
    assert not hook.is_due()
    receiver.manner = lambda handler: handler.say(200)
    receiver.seen.clear()
    assert shop.client.post(f"{hook.path}resume/").json()["state"] == "ok"
    hook.drive()
    assert len(receiver.cursors()) == 3, "the batch that was given up comes first"
    assert shop.client.post(f"{hook.path}resume/").json()["code"] == "not_paused"


def test_a_batch_the_receiver_will_never_take_can_be_skipped(shop: Shop, receiver: Receiver):
    receiver.manner = lambda handler: handler.say(410)
    hook = build_hook(shop, receiver, types=["stock.movement."], batch_size=2)
    trade(shop, 5)
    hook.serve()
    assert hook.read()["state"] == "paused", "410 Gone: at once"
    receiver.manner = lambda handler: handler.say(204, b"")
    assert shop.client.post(f"{hook.path}resume/", {"skip": True}).status_code == 200
    hook.drive()
    assert len(firsts(receiver.cursors())) == 5
    assert len(receiver.cursors(of=receiver.taken)) == 3


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


def test_other_events_chosen_meanwhile_hold_for_what_is_on_its_way(shop: Shop, receiver: Receiver):
    receiver.manner = lambda handler: handler.say(500)
    hook = build_hook(shop, receiver, types=["stock.movement."])
    trade(shop, 3)
    hook.serve()
    assert shop.client.patch(hook.path, {"types": ["catalog."]}).status_code == 200
    receiver.manner = lambda handler: handler.say(200)
    assert shop.client.post("/api/categories/", {"name": "Tea"}).status_code == 201
    hook.drive()
    assert [event["action"] for request in receiver.taken for event in request.events] == ["catalog.category.created"]
    assert [each.status for each in hook.deliveries()] == ["replaced", "delivered"]


def test_everything_since_a_moment_and_one_delivery_can_be_sent_again(shop: Shop, receiver: Receiver):
    hook = build_hook(shop, receiver, types=["stock.movement."], batch_size=3)
    began = hook.read()["cursor"]
    trade(shop, 6)
    hook.drive()
    sent = receiver.cursors()
    first, second = hook.deliveries()

    receiver.seen.clear()
    again = shop.client.post(f"/api/webhook-deliveries/{second.pk}/replay/")
    assert (again.status_code, again.json()["kind"], again.json()["status"]) == (202, "replay", "pending")
    hook.drive()
    assert receiver.cursors() == sent[3:]
    assert receiver.seen[0].headers["Onhand-Event-Id"] == sent[3]
    assert hook.read()["cursor"] == str(hook.stored().cursor)

    receiver.seen.clear()
    receiver.manner = lambda handler: handler.say(500)
    trade(shop, 1)
    hook.serve()
    receiver.manner = lambda handler: handler.say(200)
    receiver.seen.clear()
    assert shop.client.post(f"{hook.path}replay/", {"since": began}).status_code == 202
    hook.drive()
    assert receiver.cursors() == [event["cursor"] for event in feed(shop, began, types="stock.movement.")]
    assert [each.pk for each in hook.deliveries(kind="events")][0] == first.pk
    ahead = shop.client.post(f"{hook.path}replay/", {"since": f"{2**62}.0"})
    assert (ahead.status_code, list(ahead.json()["fields"])) == (400, ["since"])


def test_a_test_is_sent_once_even_when_the_endpoint_is_off(shop: Shop, receiver: Receiver):
    hook = build_hook(shop, receiver, is_active=False)
    receiver.manner = lambda handler: handler.say(500)
    asked = shop.client.post(f"{hook.path}test/").json()
    hook.drive()
    [event] = receiver.seen[0].events
    assert (event["action"], event["object_id"]) == ("webhooks.ping", str(hook.id))
    told = shop.client.get(f"/api/webhook-deliveries/{asked['id']}/").json()
    assert (told["status"], told["response_status"], told["attempts"]) == ("failed", 500, 1)
    assert hook.read()["state"] == "ok"
    nothing = shop.client.post(f"/api/webhook-deliveries/{asked['id']}/replay/")
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing_to_replay")


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


def test_receivers_that_fail_share_some_places_and_leave_the_others_theirs(
    shop: Shop, receiver: Receiver, settings: Any
):
    settings.WEBHOOK_RETRIES_AT_ONCE = 1
    failing, fine = build_hook(shop, receiver), build_hook(shop, receiver)
    receiver.manner = lambda handler: handler.say(500)
    trade(shop, 1)
    failing.serve()
    failing.hurry()
    receiver.manner = lambda handler: handler.say(200)
    with sql.alone("webhook retry 0"), ThreadPoolExecutor(1) as other:
        turns = [other.submit(closing, each.serve).result() for each in (failing, fine)]
    assert turns == [False, True]
    assert [len(each.deliveries(status="delivered")) for each in (failing, fine)] == [0, 1]
    assert failing.serve()
    assert failing.read()["state"] == "ok"


def closing(serve: Callable[[], bool]) -> bool:
    """In a thread of its own, whose connections end with it."""
    try:
        return serve()
    finally:
        connections.close_all()


def test_old_deliveries_are_forgotten(shop: Shop, receiver: Receiver):
    hook = build_hook(shop, receiver, types=["stock.movement."], batch_size=1)
    trade(shop, 3)
    hook.drive()
    old = hook.deliveries()[:2]
    with tenancy.scope(shop.organization.id):
        past = clock.now() - timedelta(days=31)
        WebhookDelivery.objects.filter(pk__in=[each.pk for each in old]).update(finished_at=past)
    assert maintenance.prune() >= 2
    assert len(hook.deliveries()) == 1

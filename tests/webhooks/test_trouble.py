"""What is not taken: tried again, given up with a letter, resumed, skipped, sent again by hand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from inventory_project.kernel import clock, sql, tenancy
from tests.factories.stock import Shop, build_shop
from tests.factories.webhooks import build_hook, closing, feed, firsts, trade
from tests.support.receiver import Receiver
from webhooks.models import WebhookDelivery, WebhookEndpoint
from webhooks.services import maintenance, outcomes


@pytest.fixture
def shop() -> Shop:
    return build_shop()


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
    assert shop.client.post(f"{hook.path}resume/").json()["code"] == "nothing_to_resume"


def test_a_receiver_that_asks_for_time_is_given_it(shop: Shop, receiver: Receiver):
    hook = build_hook(shop, receiver, types=["stock.movement."])
    trade(shop, 1)
    in_an_hour = format_datetime(clock.now() + timedelta(hours=1), usegmt=True)
    for said, least, most in (
        ("900", 900, 901),
        (in_an_hour, 3598, 3601),
        ("999999999999999", 6 * 3600, 6 * 3600 + 1),
        ("1", 5, 90),  # sooner than we would: our own pause holds
        ("Mon, 99 Foo", 5, 200),
        ("-5", 5, 300),
    ):
        receiver.manner = lambda handler, said=said: handler.say(429, **{"Retry-After": said})
        hook.hurry()
        before = clock.now()
        hook.serve()
        pause = (hook.stored().next_attempt_at - before).total_seconds()
        assert least - 1 <= pause <= most + 5, said


def test_a_batch_the_receiver_will_never_take_can_be_skipped(shop: Shop, receiver: Receiver):
    receiver.manner = lambda handler: handler.say(410)
    hook = build_hook(shop, receiver, types=["stock.movement."], batch_size=2)
    trade(shop, 5)
    hook.serve()
    assert hook.read()["state"] == "paused", "410 Gone: at once"
    receiver.manner = lambda handler: handler.say(400)
    assert shop.client.post(f"{hook.path}resume/", {"skip": True}).status_code == 200
    hook.serve()
    assert hook.read()["state"] == "retrying"
    receiver.manner = lambda handler: handler.say(204, b"")
    assert shop.client.post(f"{hook.path}resume/", {"skip": True}).status_code == 200
    assert hook.serve()
    assert len(firsts(receiver.cursors())) == 5
    assert len(receiver.cursors(of=receiver.taken)) == 1
    assert [each.status for each in hook.deliveries()] == ["dead", "replaced", "delivered"]


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

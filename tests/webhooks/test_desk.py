"""Webhooks at the desk: admins see them and press the buttons, managers do not."""

from __future__ import annotations

from tests.factories.desk import manager_client
from tests.factories.stock import build_shop
from tests.factories.webhooks import build_hook
from tests.support.receiver import Receiver

HOOKS, DELIVERIES = "/admin/webhooks/webhookendpoint/", "/admin/webhooks/webhookdelivery/"


def test_an_admin_tests_resumes_and_sends_again_and_a_manager_may_not(receiver: Receiver):
    shop = build_shop()
    hook = build_hook(shop, receiver, description="Till link")
    receiver.manner = lambda handler: handler.say(410)
    shop.post("IN", 1)
    hook.drive()
    admin, manager = (manager_client(shop.organization, role) for role in ("admin", "manager"))
    assert "Till link" in (page := admin.get(HOOKS).content.decode())
    assert "Paused" in page
    [dead] = hook.deliveries()
    press = {"action": "send_test", "_selected_action": [hook.id]}
    for path in (HOOKS, DELIVERIES, f"{HOOKS}{hook.id}/change/"):
        assert manager.get(path).status_code == 403
    assert manager.post(HOOKS, press).status_code == 403
    assert len(hook.deliveries()) == 1

    receiver.manner = lambda handler: handler.say(200)
    assert admin.post(HOOKS, press, follow=True).status_code == 200
    again = {"action": "send_again", "_selected_action": [dead.pk]}
    assert admin.post(DELIVERIES, again, follow=True).status_code == 200
    hook.drive()
    assert [(each.kind, each.status) for each in hook.deliveries()] == [
        ("events", "dead"),
        ("ping", "delivered"),
        ("replay", "delivered"),
    ]
    assert admin.post(HOOKS, {**press, "action": "go_on"}, follow=True).status_code == 200
    hook.drive()
    assert hook.read()["state"] == "ok"
    assert "answered 410" not in admin.get(f"{HOOKS}{hook.id}/change/").content.decode()
    assert "thank you" in admin.get(f"{DELIVERIES}{hook.deliveries()[-1].pk}/change/").content.decode()

"""Webhooks through the API: what may be set and by whom, secrets that are seen once, signatures that can be checked."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.sql import rows
from inventory_project.runtime.instance import BASE_DIR
from tests.factories.accounts import api_client, build_token
from tests.factories.stock import Shop, build_shop
from tests.factories.webhooks import build_hook
from tests.support.receiver import Receiver, Request
from webhooks.event_types import ACTIONS, NOUNS
from webhooks.models import WebhookEndpoint

URL = "https://receiver.example/hook"


@pytest.fixture(scope="module")
def shop() -> Shop:
    return build_shop()


def checker() -> Any:
    """The function our own documentation gives to receivers."""
    text = (BASE_DIR / "docs" / "webhooks.md").read_text()
    [sample] = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    names: dict[str, Any] = {}
    exec(sample, names)
    return names["is_ours"]


def fits(request: Request, secret: str) -> bool:
    return bool(checker()(request.body, request.headers["Onhand-Signature"], secret))


def test_a_signature_is_checked_by_the_sample_of_the_documentation(receiver: Receiver):
    shop = build_shop()
    hook = build_hook(shop, receiver)
    shop.post("IN", 3)
    hook.drive()
    [request] = receiver.seen
    assert fits(request, hook.secret)
    assert not fits(request, hook.secret[:-1] + "x")
    assert not checker()(request.body + b" ", request.headers["Onhand-Signature"], hook.secret)
    assert not checker()(request.body, request.headers["Onhand-Signature"], hook.secret, tolerance=-1)
    assert request.headers["User-Agent"] == "Onhand-Webhooks/1"
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["Onhand-Event-Id"] == request.events[0]["cursor"]
    assert request.headers["Onhand-Delivery"] == str(hook.deliveries()[0].pk)


def test_while_a_secret_is_replaced_both_sign_and_afterwards_one(receiver: Receiver):
    shop = build_shop()
    hook = build_hook(shop, receiver)
    rotated = shop.client.post(f"{hook.path}rotate-secret/", {"overlap_hours": 2})
    assert (rotated.status_code, rotated["Cache-Control"]) == (200, "no-store")
    new = rotated.json()["secret"]
    assert new != hook.secret
    shop.post("IN", 1)
    hook.drive()
    request = receiver.seen.pop()
    assert (fits(request, hook.secret), fits(request, new)) == (True, True)
    assert request.headers["Onhand-Signature"].count("v1=") == 2
    with tenancy.scope(shop.organization.id):
        WebhookEndpoint.objects.filter(pk=hook.id).update(previous_until=clock.now() - timedelta(seconds=1))
    shop.post("IN", 1)
    hook.drive()
    request = receiver.seen.pop()
    assert (fits(request, hook.secret), fits(request, new)) == (False, True)
    third = shop.client.post(f"{hook.path}rotate-secret/", {"overlap_hours": 0}).json()
    assert third["previous_secret_until"] is None
    shop.post("IN", 1)
    hook.drive()
    assert [fits(receiver.seen[-1], each) for each in (new, third["secret"])] == [False, True]


def test_a_secret_is_in_no_list_no_log_and_no_table(shop: Shop):
    hook = build_hook(shop)
    shown = [shop.client.get(path).content.decode() for path in ("/api/webhooks/", hook.path, "/api/logs/")]
    kept = rows("SELECT * FROM webhooks_webhookendpoint WHERE id = %(id)s", {"id": hook.id}, using="platform")
    logged = rows(
        "SELECT * FROM audit_entry WHERE object_type = 'endpoint' AND object_id = %(id)s",
        {"id": str(hook.id)},
        using="platform",
    )
    assert logged
    assert kept
    seed = kept[0]["secret_seed"]
    for text in [*shown, repr(logged)]:
        assert hook.secret not in text
        assert seed not in text
    assert hook.secret not in repr(kept)


def test_a_key_that_was_replaced_signs_on_while_it_is_named_and_is_told_when_it_is_not(
    receiver: Receiver, settings: Any
):
    shop = build_shop()
    hook = build_hook(shop, receiver)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, longer than the fifty characters that one needs"
    shop.client = api_client(build_token(shop.admin))
    shop.post("IN", 1)
    hook.drive()
    assert fits(receiver.seen.pop(), hook.secret)
    settings.SECRET_KEY_FALLBACKS = []
    shop.post("IN", 1)
    asked = shop.client.post(f"{hook.path}test/").json()
    hook.drive()
    assert receiver.seen == []
    assert (hook.read()["state"], "SECRET_KEY has changed" in hook.read()["reason"]) == ("paused", True)
    assert shop.client.get(f"/api/webhook-deliveries/{asked['id']}/").json()["status"] == "failed"
    secret = shop.client.post(f"{hook.path}rotate-secret/", {"overlap_hours": 0}).json()["secret"]
    assert shop.client.post(f"{hook.path}resume/").status_code == 200
    hook.drive()
    assert [fits(request, secret) for request in receiver.seen] == [True]


def test_what_is_changed_is_in_the_log_and_two_admins_do_not_overwrite_each_other(shop: Shop):
    hook = build_hook(shop, description="Till")
    first = shop.client.get(hook.path)
    stale = {"HTTP_IF_MATCH": first["ETag"]}
    assert shop.client.patch(hook.path, {"batch_size": 10, "stores": [shop.stores[0].id]}, **stale).status_code == 200
    lost = shop.client.patch(hook.path, {"batch_size": 20}, **stale)
    assert (lost.status_code, lost.json()["code"]) == (412, "stale_version")
    shop.client.post(f"{hook.path}test/")
    shop.client.post(f"{hook.path}replay/", {"since": "now"})
    shop.client.post(f"{hook.path}rotate-secret/")
    shop.client.delete(hook.path)
    told = shop.client.get(f"/api/logs/?object_type=endpoint&object_id={hook.id}").json()["results"]
    verbs = [entry["action"].rpartition(".")[2] for entry in reversed(told)]
    assert verbs == ["created", "updated", "tested", "replayed", "secret_rotated", "deleted"]
    assert told[-2]["before"] == {"stores": None, "batch_size": 100}
    assert shop.client.get(hook.path).status_code == 404


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "http": ({"url": "http://receiver.example/"}, "url"),
    "this machine": ({"url": "https://127.0.0.1/"}, "url"),
    "credentials": ({"url": "https://a:b@receiver.example/"}, "url"),
    "no address": ({"url": "receiver"}, "url"),
    "no event": ({"types": ["stock.movement.aplied"]}, "types"),
    "a prefix of nothing": ({"types": ["stok."]}, "types"),
    "a dot": ({"types": ["."]}, "types"),
    "no events": ({"types": []}, "types"),
    "another's store": ({"stores": [1]}, "stores"),
    "no stores": ({"stores": []}, "stores"),
    "too many at once": ({"batch_size": 101}, "batch_size"),
    "a field that is not there": ({"secret": "mine"}, "secret"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_refused_by_name_and_nothing_is_made(what: str, shop: Shop, settings: Any):
    settings.WEBHOOK_ALLOW_HTTP, settings.WEBHOOK_ALLOWED_NETWORKS = False, []
    values, field = WRONG[what]
    if what == "another's store":
        values = {"stores": [build_shop(stores=1, products=0).stores[0].id]}
    before = len(shop.client.get("/api/webhooks/").json()["results"])
    answer = shop.client.post("/api/webhooks/", {"url": URL, **values})
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    assert len(shop.client.get("/api/webhooks/").json()["results"]) == before


def test_an_organisation_has_at_most_twenty():
    shop = build_shop(stores=1, products=0)
    for _ in range(20):
        build_hook(shop)
    answer = shop.client.post("/api/webhooks/", {"url": URL})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_webhooks")


def test_a_token_of_some_stores_steers_only_what_is_sent_of_these():
    shop = build_shop()
    near, far = (store.id for store in shop.stores)
    whole, other = build_hook(shop), build_hook(shop, stores=[far])
    limited = api_client(build_token(shop.admin, store_ids=[near]))
    for values in ({}, {"stores": None}, {"stores": [near, far]}):
        answer = limited.post("/api/webhooks/", {"url": URL, **values})
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["stores"]), values
    own = limited.post("/api/webhooks/", {"url": URL, "stores": [near]}).json()["id"]
    assert [row["id"] for row in limited.get("/api/webhooks/").json()["results"]] == [own]
    assert limited.patch(f"/api/webhooks/{own}/", {"stores": [far]}).status_code == 400
    for hook in (whole, other):
        sent = shop.client.post(f"{hook.path}test/").json()["id"]
        assert limited.get(hook.path).status_code == 404
        assert limited.post(f"{hook.path}rotate-secret/").status_code == 404
        assert limited.get(f"/api/webhook-deliveries/{sent}/").status_code == 404


def test_costs_are_sent_only_where_somebody_who_sees_them_said_so(receiver: Receiver):
    shop = build_shop()
    blind = api_client(build_token(shop.admin, scopes=["audit:write", "stock:write"]))
    refused = blind.post("/api/webhooks/", {"url": URL, "includes_costs": True})
    assert (refused.status_code, list(refused.json()["fields"])) == (403, ["includes_costs"])
    hook = build_hook(shop, receiver, includes_costs=True, types=["catalog."])
    assert blind.patch(hook.path, {"url": URL}).status_code == 403
    assert blind.post(f"{hook.path}rotate-secret/").status_code == 403
    product = f"/api/products/{shop.products[0].pk}/"
    assert shop.client.patch(product, {"unit_cost": 7, "sale_price": 9}).status_code == 200
    hook.drive()
    assert receiver.seen[0].events[0]["after"].keys() == {"unit_cost", "sale_price"}
    assert blind.patch(hook.path, {"includes_costs": False}).status_code == 200
    assert shop.client.patch(product, {"unit_cost": 6, "sale_price": 8}).status_code == 200
    hook.drive()
    assert receiver.seen[1].events[0]["after"].keys() == {"sale_price"}


def test_deliveries_are_found_by_webhook_state_kind_and_time(receiver: Receiver):
    shop = build_shop()
    hook, other = build_hook(shop, receiver), build_hook(shop, receiver)
    shop.post("IN", 1)
    hook.drive()
    shop.client.post(f"{other.path}test/")

    def found(query: str, client: APIClient = shop.client) -> list[tuple[int, str]]:
        answer = client.get(f"/api/webhook-deliveries/?{query}")
        assert answer.status_code == 200, answer.content
        return [(row["webhook"], row["status"]) for row in answer.json()["results"]]

    assert found("") == [(other.id, "pending"), (hook.id, "delivered")]
    assert found(f"webhook={hook.id}") == found("status=delivered&kind=events") == [(hook.id, "delivered")]
    assert found("kind=ping&status=pending&status=dead") == [(other.id, "pending")]
    assert found("until=2026-01-01T00:00:00Z") == found(f"webhook={hook.id}&kind=replay") == []
    assert shop.client.get("/api/webhook-deliveries/?endpoint=1").status_code == 400
    assert found("", build_shop(stores=1, products=0).client) == []


def test_every_action_of_the_log_can_be_chosen():
    """All that this run's other tests have done, in any organisation, is in the list."""
    logged = rows("SELECT DISTINCT action FROM audit_entry WHERE organization_id > 0", {}, using="platform")
    # Without a room before it an action is made up, by tests of what guards the table itself.
    assert {row["action"] for row in logged if "." in row["action"]} - ACTIONS == set()
    assert len(ACTIONS) == sum(len(noun.verbs) for noun in NOUNS)

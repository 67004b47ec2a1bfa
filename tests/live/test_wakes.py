"""Readers of the log are woken once for each commit, and do without when nobody wakes them."""

from __future__ import annotations

import atexit
import signal
from collections.abc import Iterator
from urllib.parse import urlsplit

import psutil
import pytest
from django.conf import settings
from django.db import transaction

from audit import services as audit
from inventory_project.kernel import redis, tenancy
from inventory_project.kernel.log_bell import TOPIC
from inventory_project.runtime import processes, valkey
from inventory_project.settings.env import DATA_DIR
from tests.factories.accounts import build_organization, build_token
from tests.factories.audit import build_entry, build_movement, write_entries
from tests.factories.stock import build_shop
from tests.live.test_sockets import connected
from tests.support.instances import eventually
from tests.support.listening import Stream


@pytest.fixture
def heard() -> Iterator[list[int]]:
    """Organisations that readers were woken for, told after all that is published now has arrived."""
    subscription = redis.client().pubsub()
    subscription.subscribe(TOPIC)
    assert subscription.get_message(timeout=10)["type"] == "subscribe"
    found: list[int] = []

    def collect() -> list[int]:
        redis.client().publish(TOPIC, "end")
        while (message := subscription.get_message(timeout=10))["data"] != b"end":
            found.append(int(message["data"]))
        return found

    yield collect
    subscription.close()


def test_a_transaction_wakes_once_and_one_taken_back_wakes_nobody(heard):
    organization = build_organization()
    with tenancy.scope(organization.id):
        with transaction.atomic():
            audit.record_many([build_entry()])
            transaction.set_rollback(True)
        audit.record_many([build_entry()])
        with transaction.atomic():
            audit.record_many([build_entry()])
        audit.record_many([build_entry()])
    with tenancy.scope(organization.id):
        audit.record_many([build_entry()])
        transaction.set_rollback(True)
    assert heard().count(organization.id) == 1


def test_a_movement_wakes(heard):
    shop = build_shop()
    before = heard().count(shop.organization.id)
    shop.post("IN", 1)
    assert heard().count(shop.organization.id) > before


def test_a_valkey_killed_and_started_again_loses_nothing(web: str):
    shop = build_shop()
    organization, place = shop.organization, shop.stores[0].id
    token = build_token(shop.admin)
    with Stream(web, token, "?types=stock.") as stream, connected(web, {"token": token, "stores": [place]}) as client:
        eventually(lambda: stream.named("connected"))
        eventually(listens)
        address = urlsplit(settings.REDIS_URL)
        [process] = [each for each in psutil.process_iter() if is_valkey(each, address.port)]
        process.kill()
        eventually(lambda: not valkey.answers(settings.REDIS_URL))
        write_entries(organization.id, [build_movement(object_label="away", store_id=place)])
        eventually(lambda: told(stream) == ["away"])
        with Stream(web, token) as newcomer:  # each process counts for itself meanwhile
            assert newcomer.status == 200
        store = valkey.Valkey(DATA_DIR, address.port, address.password)
        again = store.spawn()
        atexit.register(processes.stop, again, signal.SIGTERM, within=5)  # what comes after needs it too
        valkey.wait_ready(store, again)
        eventually(listens)
        write_entries(organization.id, [build_movement(object_label="back", store_id=place)])
        eventually(lambda: told(stream) == ["away", "back"])
        eventually(lambda: [update["sku"] for update in client.told["inventory_update"]] == ["away", "back"])
        eventually(lambda: redis.client().zcard(f"live:organization:{organization.id}") == 2)


def told(stream: Stream) -> list[str]:
    return [message["object_label"] for message in stream.messages]


def listens() -> bool:
    """Whether the web server hears wake-ups."""
    try:
        return dict(redis.client().pubsub_numsub(TOPIC)).get(TOPIC.encode(), 0) > 0
    except redis.RedisError:
        return False


def is_valkey(process: psutil.Process, port: int) -> bool:
    try:
        return any(each.laddr.port == port for each in process.net_connections("tcp") if each.status == "LISTEN")
    except psutil.Error:
        return False

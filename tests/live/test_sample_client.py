"""The client of old is a real one: socket.io-client, as npm has it, run by Node."""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from inventory_project.runtime.instance import BASE_DIR
from tests.factories.accounts import build_token
from tests.factories.stock import build_shop
from tests.support.instances import eventually

PROGRAM = Path(__file__).with_name("sample_client.mjs")
CLIENTS = ("usual", "websocket", "polling")


@contextmanager
def clients(web: str, token: str, store: int) -> Iterator[list[dict[str, Any]]]:
    """What the clients say, as they say it."""
    command = [str(BASE_DIR / "frontend" / "with-node"), "node", "--input-type=module"]
    environment = {**os.environ, "ADDRESS": web, "TOKEN": token, "STORE": str(store)}
    with PROGRAM.open("rb") as text:
        node = subprocess.Popen(command, stdin=text, stdout=subprocess.PIPE, env=environment)
    said: list[dict[str, Any]] = []
    reading = Thread(target=lambda: said.extend(map(json.loads, node.stdout or [])), daemon=True)
    reading.start()
    try:
        yield said
    finally:
        node.kill()
        node.wait(10)
        reading.join(10)
        if node.stdout:
            node.stdout.close()


def test_the_sample_client_works_over_every_transport(web: str):
    shop = build_shop()
    store = shop.stores[0]
    with clients(web, build_token(shop.admin), store.id) as said:

        def told(event: str) -> dict[str, Any]:
            return {each["client"]: each.get("data") for each in said if each["event"] == event}

        eventually(lambda: told("joined").keys() >= set(CLIENTS), within=60)
        assert told("joined")["websocket"] == "websocket"
        assert told("joined")["polling"] == "polling"
        shop.post("IN", 4, store=1)
        shop.post("IN", 7)
        updates = eventually(lambda: len(found := told("inventory_update")) == len(CLIENTS) and found)
        [change] = shop.client.get("/api/changes", {"store": store.id}).json()["results"]
        wanted = {
            "product_id": shop.products[0].id,
            "store_id": store.id,
            "new_qty": 7,
            "transaction_id": change["object_id"],
            "timestamp": change["occurred_at"],
            "cursor": change["cursor"],
        }
        assert all(wanted.items() <= updates[each].items() for each in CLIENTS)
        eventually(lambda: told("pong").keys() == told("connected").keys() == set(CLIENTS))
        counted = Counter(each["event"] for each in said)
        assert counted["inventory_update"] == len(CLIENTS)
        assert not counted.keys() & {"connect_error", "goodbye", "refused", "disconnect"}

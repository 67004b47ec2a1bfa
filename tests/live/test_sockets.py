"""Socket.IO at the one address: the client of old, with an address and a token."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpx
import pytest
import socketio
from socketio.exceptions import ConnectionError as Refused
from socketio.exceptions import SocketIOError

from accounts.models import ApiToken
from accounts.services import tokens
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import SYSTEM
from tests.factories.accounts import PASSWORD, build_member, build_token
from tests.factories.stock import Shop, build_shop
from tests.support.instances import eventually

NAMES = (
    *("connected", "inventory_update", "transfer_update", "product_update", "alert_update"),
    *("pong", "refused", "goodbye", "connect_error"),
)


class Socket:
    """A client that remembers what it was told."""

    def __init__(self) -> None:
        self.told: dict[str, list[Any]] = defaultdict(list)
        self.io = socketio.Client(reconnection=False)
        for name in NAMES:
            self.io.on(name, lambda data=None, name=name: self.told[name].append(data))

    def join(self, store_id: Any, **more: Any) -> dict[str, Any]:
        return self.io.call("join_store", {"store_id": store_id, **more}, timeout=20)


@contextmanager
def connected(web: str, auth: Any = None, **options: Any) -> Iterator[Socket]:
    client = Socket()
    client.io.connect(web, auth=auth, wait_timeout=20, **options)
    line = client.io.eio.ws
    try:
        eventually(lambda: client.told["connected"])
        yield client
    finally:
        client.io.disconnect()
        if line is not None:
            line.shutdown()  # the client's own library leaves one open that the server closed


def token_of(shop: Shop, *member: Any, **values: Any) -> str:
    return build_token(build_member(shop.organization, *member, **values) if member else shop.admin)


@pytest.mark.parametrize("transports", [["websocket"], ["polling", "websocket"]], ids="-".join)
def test_the_client_of_old_joins_a_store_and_hears_of_it(web: str, transports: list[str]):
    shop = build_shop()
    here, there = shop.stores
    with connected(web, {"token": token_of(shop)}, transports=transports) as client:
        assert client.told["connected"][0]["role"] == "admin"
        assert client.join(here.id)["ok"] is True
        shop.post("IN", 4, store=1)
        shop.post("IN", 7, store=0)
        [update] = eventually(lambda: client.told["inventory_update"])
        [change] = shop.client.get("/api/changes", {"store": here.id}).json()["results"]
        wanted = {
            "product_id": shop.products[0].id,
            "store_id": here.id,
            "new_qty": 7,
            "transaction_id": change["object_id"],
            "timestamp": change["occurred_at"],
            "cursor": change["cursor"],
        }
        assert wanted.items() <= update.items()
        client.io.emit("ping")
        eventually(lambda: client.told["pong"])
        assert client.io.call("leave_store", {"store_id": here.id}, timeout=20)["ok"] is True
        client.join(there.id)
        shop.post("OUT", 1, store=0)
        shop.post("OUT", 1, store=1)
        eventually(lambda: len(client.told["inventory_update"]) == 2)
        assert client.told["inventory_update"][1]["store_id"] == there.id


def test_transfers_and_products_are_told_too(web: str):
    shop = build_shop()
    shop.post("IN", 9)
    here, there = shop.stores
    with connected(web, {"token": token_of(shop), "stores": [here.id, there.id]}) as client:
        body = {"from_store": here.id, "to_store": there.id, "product_id": shop.products[0].id, "quantity": 2}
        assert shop.client.post("/api/inventory/transfer", body, format="json").status_code < 300
        eventually(lambda: len(client.told["transfer_update"]) == 2 and len(client.told["inventory_update"]) == 2)
        assert {update["store_id"]: update["new_qty"] for update in client.told["inventory_update"]} == {
            here.id: 7,
            there.id: 2,
        }
        answer = shop.client.patch(f"/api/products/{shop.products[1].id}/", {"name": "Tea"}, format="json")
        assert answer.status_code == 200
        [update] = eventually(lambda: client.told["product_update"])
        assert (update["product_id"], update["after"]) == (shop.products[1].id, {"name": "Tea"})


def test_who_comes_back_with_a_cursor_has_missed_nothing(web: str):
    shop = build_shop()
    store, token = shop.stores[0].id, token_of(shop)
    with connected(web, {"token": token, "stores": [store]}) as client:
        shop.post("IN", 1)
        eventually(lambda: client.told["inventory_update"])
        cursor = client.told["inventory_update"][0]["cursor"]
    for _ in range(3):
        shop.post("IN", 1)
    with connected(web, {"token": token, "stores": [store], "since": cursor}) as client:
        shop.post("IN", 1)
        eventually(lambda: len(client.told["inventory_update"]) == 4)
        assert [update["new_qty"] for update in client.told["inventory_update"]] == [2, 3, 4, 5]


def test_a_message_too_large_and_too_many_of_them_end_the_connection(web: str):
    token = token_of(build_shop())
    with connected(web, {"token": token}, transports=["websocket"]) as client:
        client.io.emit("join_store", {"store_id": "9" * 30_000})
        eventually(lambda: not client.io.connected)
    with connected(web, {"token": token}, transports=["websocket"]) as client:
        with suppress(SocketIOError):
            for _ in range(500):
                client.io.emit("join_store", {"store_id": 1})
        eventually(lambda: not client.io.connected)
        # A line cut while words wait in it may lose the last of the other side's, too.
        assert client.told["goodbye"] in ([], [{"reason": "slow"}])


class TestRights:
    def test_a_store_that_is_not_ones_own_cannot_be_joined(self, web: str):
        shop, other = build_shop(), build_shop()
        here, there = shop.stores
        with connected(web, {"token": token_of(shop, "staff", [here])}) as staff:
            for wrong in (there.id, other.stores[0].id, 10**15):
                answer = staff.join(wrong)
                assert (answer["ok"], answer["code"]) == (False, "not_found")
            assert staff.join("x")["code"] == "invalid"
            assert staff.join(str(here.id))["ok"] is True
            shop.post("IN", 1, store=1)
            other.post("IN", 1)
            shop.post("IN", 1, store=0)
            eventually(lambda: staff.told["inventory_update"])
            assert [update["store_id"] for update in staff.told["inventory_update"]] == [here.id]
            assert len(staff.told["refused"]) == 4
        with connected(web, {"token": token_of(other)}) as stranger:
            assert stranger.join(here.id)["code"] == "not_found"

    def test_a_revoked_token_ends_the_connection_within_five_seconds(self, web: str):
        shop = build_shop()
        token = token_of(shop)
        with connected(web, {"token": token}, transports=["polling"]) as client:
            client.join(shop.stores[0].id)
            shop.post("IN", 1)
            eventually(lambda: client.told["inventory_update"])
            began = time.monotonic()
            with tenancy.scope(shop.organization.id):
                for each in ApiToken.objects.filter(membership=shop.admin):
                    tokens.revoke(token=each, acting_as=SYSTEM)
            eventually(lambda: not client.io.connected)
            assert time.monotonic() - began < 5
            assert client.told["goodbye"] == [{"reason": "signed_out"}]
        assert refusal_of(web, {"token": token}) == "token_invalid"

    @pytest.mark.parametrize("auth", [None, {"token": "nonsense"}, {"token": 7}, "nonsense", {"token": ""}])
    def test_without_a_token_nobody_connects(self, web: str, auth: Any):
        assert refusal_of(web, auth) == "token_invalid"

    @pytest.mark.parametrize("transports", [["polling"], ["websocket"]], ids="-".join)
    def test_a_page_of_somebody_else_s_is_refused(self, web: str, transports: list[str]):
        shop = build_shop()
        elsewhere = "https://elsewhere.example"
        client = socketio.Client(websocket_extra_options={"origin": elsewhere})
        with pytest.raises(Refused):
            client.connect(web, {"Origin": elsewhere}, {"token": token_of(shop)}, transports=transports)

    def test_the_browser_s_session_is_enough(self, web: str):
        shop = build_shop()
        member = build_member(shop.organization, "manager")
        cookies = sign_in(web, member.user.username)
        with connected(web, headers={"Cookie": cookies, "Origin": web}) as client:
            assert client.told["connected"][0]["role"] == "manager"


def refusal_of(web: str, auth: Any) -> str:
    client = Socket()
    with pytest.raises(Refused):
        client.io.connect(web, auth=auth, transports=["websocket"], wait_timeout=20)
    [said] = client.told["connect_error"]
    return str(said["data"]["code"])


def sign_in(web: str, username: str) -> str:
    with httpx.Client(base_url=web) as browser:
        secret = browser.get("/api/auth/csrf").json()["csrf_token"]
        body = {"username": username, "password": PASSWORD, "session": True}
        assert browser.post("/api/auth/login", json=body, headers={"X-CSRFToken": secret}).status_code == 200
        return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())

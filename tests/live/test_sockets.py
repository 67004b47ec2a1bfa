"""Socket.IO at the one address: the client of old, with an address and a token."""

from __future__ import annotations

import json
import socket
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpx
import psutil
import pytest
import socketio
from socketio.exceptions import ConnectionError as Refused
from socketio.exceptions import SocketIOError

from accounts.models import ApiToken
from accounts.services import tokens
from inventory_project.kernel import redis, tenancy
from inventory_project.kernel.access import SYSTEM
from tests.factories.accounts import PASSWORD, build_member, build_token
from tests.factories.audit import build_entry, build_movement, write_entries
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
        self.heard: list[str] = []
        self.io = socketio.Client(reconnection=False)
        for name in NAMES:
            self.io.on(name, lambda data=None, name=name: self._note(name, data))

    def _note(self, name: str, data: Any) -> None:
        if name.endswith("_update"):
            self.heard.append(data["cursor"])
        self.told[name].append(data)

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


def test_who_comes_back_with_a_cursor_has_missed_nothing_of_any_store(web: str):
    """The last cursor heard stands for all before it: so all stores are told in the order of the log."""
    shop = build_shop()
    stores, token = [store.id for store in shop.stores], token_of(shop)
    with connected(web, {"token": token, "stores": stores}) as client:
        shop.post("IN", 1)
        eventually(lambda: client.told["inventory_update"])
        cursor = client.told["inventory_update"][0]["cursor"]
    write_mixed(shop)
    auth = {"token": token, "since": cursor}
    with connected(web, {**auth, "stores": stores}) as client, connected(web, {**auth, "stores": stores[:1]}) as later:
        assert later.join(stores[1], since=cursor)["ok"] is True
        write_mixed(shop)
        for each in (client, later):
            eventually(lambda each=each: len(each.heard) >= 120)
        rows = shop.client.get("/api/changes", {"since": cursor, "limit": 1000}).json()["results"]
        written = [row["cursor"] for row in rows]
        assert len(written) == 120
        assert client.heard == written
        names = ("inventory_update", "product_update", "alert_update")
        assert [len(client.told[name]) for name in names] == [60, 30, 30]
        assert sorted(later.heard, key=in_order) == written


def write_mixed(shop: Shop) -> None:
    """Sixty events: of both stores and of none, in turn."""
    here, there = shop.stores
    each = [
        build_movement(store_id=here.id),
        build_movement(store_id=there.id),
        build_entry(product_id=1),
        build_entry(action="alert.opened", object_type="alert", store_id=there.id, product_id=1),
    ]
    write_entries(shop.organization.id, each * 15)


def in_order(cursor: str) -> tuple[int, ...]:
    return tuple(map(int, cursor.split(".")))


def test_a_socket_that_takes_nothing_is_cut_off_and_comes_back_for_the_rest(web: str):
    shop = build_shop()
    store, token = shop.stores[0].id, token_of(shop)
    with stuck_socket(web, token, store) as (line, cursor):
        bulky = [build_movement(store_id=store, detail={"reference": "x" * 20_000})] * 200
        written = 0
        while counted(shop) and written < 400:  # what lies in the buffers of two processes and the kernel goes on
            written += len(write_entries(shop.organization.id, bulky))
        eventually(lambda: not counted(shop), within=40)
        eventually(lambda: not is_kept(line))
    heard: list[str] = []
    while len(heard) < written:
        with connected(web, {"token": token, "stores": [store], "since": cursor}) as client:
            rest = written - len(heard)
            eventually(lambda one=client, rest=rest: not one.io.connected or len(one.heard) >= rest, within=120)
        heard += client.heard
        cursor = heard[-1]
    assert len(heard) == len(set(heard)) == written
    assert heard == sorted(heard, key=in_order)


def counted(shop: Shop) -> int:
    """How many connections of the shop's are open."""
    return int(redis.client().zcard(f"live:organization:{shop.organization.id}"))


def is_kept(line: socket.socket) -> bool:
    """Whether a process still has the other end."""
    return any(each.pid and each.raddr == line.getsockname() for each in psutil.net_connections("tcp"))


@contextmanager
def stuck_socket(web: str, token: str, store: int) -> Iterator[tuple[socket.socket, str]]:
    """A websocket that joins a store and then reads no more, and the cursor where it began."""
    host, port = web.removeprefix("http://").split(":")
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect((host, int(port)))
        line.settimeout(60)
        ask = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        ask += "Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        line.sendall(ask.encode())
        said = b"40" + json.dumps({"token": token, "stores": [store]}).encode()
        # One frame of text; the mask, which a client must name, is of zeros.
        size = bytes([0x80 | len(said)]) if len(said) < 126 else bytes([0x80 | 126]) + len(said).to_bytes(2)
        line.sendall(b"\x81" + size + bytes(4) + said)
        heard = b""
        while b'"cursor":"' not in heard:
            heard += line.recv(1500)
        yield line, heard.split(b'"cursor":"')[1].split(b'"')[0].decode()


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
    # The same over polling, where nothing is read of it.
    opened = httpx.get(f"{web}/socket.io/?EIO=4&transport=polling").text
    place = f"{web}/socket.io/?EIO=4&transport=polling&sid={json.loads(opened[1:])['sid']}"
    assert httpx.post(place, content=b"4" + b"9" * 30_000, timeout=20).status_code == 400


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

    def test_a_store_taken_away_is_heard_no_more_and_not_joined_again(self, web: str):
        shop = build_shop()
        near, far = shop.stores
        member = build_member(shop.organization, "staff", stores=[near, far])
        with connected(web, {"token": build_token(member), "stores": [near.id, far.id]}) as client:
            assert shop.client.patch(f"/api/members/{member.pk}/", {"stores": [near.id]}).status_code == 200
            time.sleep(5)
            shop.post("IN", 1, store=1)
            shop.post("IN", 1, store=0)
            eventually(lambda: client.told["inventory_update"])
            assert [update["store_id"] for update in client.told["inventory_update"]] == [near.id]
            client.io.call("leave_store", {"store_id": far.id}, timeout=20)
            assert client.join(far.id)["code"] == "not_found"

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

"""GET /api/stream: what happens is told as it happens, once, to whom it may concern."""

from __future__ import annotations

import random
import select
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import httpx
import pytest
from django.db import connections

from accounts.models import ApiToken, MembershipStore, User
from accounts.services import members, tokens
from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import SYSTEM
from tests.audit.test_feed import SlowWriter
from tests.factories.accounts import PASSWORD, api_client, build_member, build_organization, build_token
from tests.factories.audit import build_entry, build_movement, write_entries
from tests.factories.stock import build_shop
from tests.support.instances import eventually
from tests.support.listening import Stream


def admin_token(organization) -> str:
    return build_token(build_member(organization))


def labels(stream: Stream) -> list[str]:
    return [message["object_label"] for message in stream.messages]


def test_a_sale_is_told_as_the_list_of_changes_has_it(web: str):
    shop = build_shop()
    shop.post("IN", 10)
    with Stream(web, build_token(shop.admin)) as stream:
        [hello] = eventually(lambda: stream.named("connected"))
        began = time.monotonic()
        shop.post("OUT", 3)
        eventually(lambda: stream.messages)
        assert stream.messages == shop.client.get("/api/changes", {"since": hello["cursor"]}).json()["results"]
        eventually(lambda: any(figures["today"]["units_sold"] == 3 for figures in stream.named("kpi")))
        eventually(lambda: stream.signs_of_life)
        for _ in range(5):
            shop.post("OUT", 1)
        eventually(lambda: any(figures["today"]["units_sold"] == 8 for figures in stream.named("kpi")))
        assert len(stream.named("kpi")) <= 2 + 4 * (time.monotonic() - began)
    assert stream.messages[0]["detail"]["kind"] == "sale"
    ids = [each.id for each in stream.told if each.name == "message"]
    assert ids == [message["cursor"] for message in stream.messages]
    wanted = {"content-type": "text/event-stream", "cache-control": "no-store, no-transform", "x-accel-buffering": "no"}
    assert wanted.items() <= dict(stream.answer).items()
    assert "content-length" not in stream.answer


def test_a_listener_is_told_what_it_asked_for(web: str):
    organization = build_organization()
    token = admin_token(organization)
    with (
        Stream(web, token, "?store=2") as near,
        Stream(web, token, "?types=catalog.") as catalog,
        Stream(web, token, "?kinds=sale") as sales,
        Stream(web, token) as everything,
    ):
        for stream in (near, catalog, sales, everything):
            eventually(lambda stream=stream: stream.named("connected"))
        entries = [
            build_movement(object_label="1", store_id=1, detail={"kind": "sale"}),
            build_movement(object_label="2", store_id=2, detail={"kind": "receipt"}),
            build_entry(object_label="tea"),
            build_movement(object_label="last", store_id=2, detail={"kind": "sale"}),
        ]
        write_entries(organization.id, entries)
        eventually(lambda: len(everything.messages) == 4 and len(near.messages) == 2 and len(sales.messages) == 2)
        eventually(lambda: catalog.messages)
        assert labels(near) == ["2", "last"]
        assert labels(catalog) == ["tea"]
        assert labels(sales) == ["1", "last"]


def test_fifty_disconnects_during_twenty_thousand_events_miss_nothing_and_repeat_nothing(web: str):
    organization = build_organization()
    token = admin_token(organization)
    written: list[int] = []
    with Stream(web, token) as first:
        since = eventually(lambda: first.named("connected"))[0]["cursor"]
    heard: list[int] = []
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write_batches, organization.id, written)
        dice = random.Random(7)
        for _ in range(50):
            with Stream(web, token, since=since, stop_after=dice.randint(1, 700)) as stream:
                stream.ended.wait(dice.uniform(0.02, 0.4))
            heard += [message["sequence"] for message in stream.messages]
            since = stream.last_id
        writing.result(120)
    with Stream(web, token, since=since) as stream:
        eventually(lambda: stream.ended.is_set() or len(heard) + len(stream.messages) >= 20_000, within=60)
    heard += [message["sequence"] for message in stream.messages]
    assert heard == written
    assert len(written) == 20_000


def write_batches(organization_id: int, written: list[int]) -> None:
    try:
        for _ in range(50):
            written += write_entries(organization_id, [build_movement(store_id=1)] * 400)
    finally:
        connections.close_all()


def test_later_commits_wait_for_an_earlier_slow_one_and_none_is_skipped(web: str):
    organization = build_organization()
    with Stream(web, admin_token(organization)) as stream:
        eventually(lambda: stream.named("connected"))
        with SlowWriter(organization.id) as slow:
            write_entries(organization.id, [build_entry(object_id="fast")])
            time.sleep(0.5)
            assert stream.messages == []
            slow.commit()
            eventually(lambda: len(stream.messages) == 2)
    assert [message["object_id"] for message in stream.messages] == ["slow", "fast"]


def test_a_client_that_takes_nothing_is_cut_off_and_comes_back_for_the_rest(web: str):
    organization = build_organization()
    token = admin_token(organization)
    address = web.removeprefix("http://").split(":")
    with socket.socket() as stuck:
        stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stuck.connect((address[0], int(address[1])))
        stuck.settimeout(60)
        stuck.sendall(f"GET /api/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token {token}\r\n\r\n".encode())
        began = b""
        while b"connected" not in began:
            began += stuck.recv(1500)
        cursor = began.split(b"\nid: ")[1].split(b"\n")[0].decode()
        bulky = [build_movement(store_id=1, detail={"note": "x" * 2000})] * 500
        written = [sequence for _ in range(4) for sequence in write_entries(organization.id, bulky)]
        # Nothing is read for so long that the server gives up; what it kept for the client is gone with the line.
        taken = until_cut_off(stuck)
    assert len(taken) < 2_000_000
    heard: list[int] = []
    while len(heard) < len(written):  # a machine that is busy elsewhere may be cut off too
        with Stream(web, token, since=cursor, stop_after=len(written) - len(heard)) as stream:
            assert stream.ended.wait(60)
            assert stream.status == 200
        heard += [message["sequence"] for message in stream.messages]
        cursor = stream.last_id
    assert heard == written


def until_cut_off(connection: socket.socket) -> bytes:
    """Wait without reading until the other side has cut the line, then read what was on its way."""
    poll = select.poll()
    poll.register(connection, select.POLLRDHUP)
    assert poll.poll(40_000)
    taken = b""
    with suppress(OSError):
        while part := connection.recv(1 << 16):
            taken += part
    return taken


def signed_in(web: str, username: str) -> httpx.Client:
    """A browser with a session; whoever opens it closes it."""
    browser = httpx.Client(base_url=web)
    secret = browser.get("/api/auth/csrf").json()["csrf_token"]
    body = {"username": username, "password": PASSWORD, "session": True}
    assert browser.post("/api/auth/login", json=body, headers={"X-CSRFToken": secret}).status_code == 200
    browser.headers["X-CSRFToken"] = browser.get("/api/auth/csrf").json()["csrf_token"]
    return browser


def cookies_of(browser: httpx.Client) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())}


class TestRights:
    def test_staff_hear_their_own_store_and_nobody_hears_another_company(self, web: str):
        shop, other = build_shop(), build_shop()
        near, far = shop.stores
        staff = build_token(build_member(shop.organization, "staff", stores=[near]))
        with (
            Stream(web, staff) as theirs,
            Stream(web, staff, f"?store={far.id}") as elsewhere,
            Stream(web, build_token(other.admin)) as stranger,
            Stream(web, build_token(other.admin), f"?store={near.id}") as spy,
        ):
            for stream in (theirs, elsewhere, stranger, spy):
                eventually(lambda stream=stream: stream.named("connected"))
            shop.post("IN", 2, store=1)
            shop.post("IN", 1, store=0)
            other.post("IN", 5)
            eventually(lambda: theirs.messages and stranger.has(lambda message: message["action"].startswith("stock.")))
        assert [message["store_id"] for message in theirs.messages] == [near.id]
        since = {"since": theirs.named("connected")[0]["cursor"]}
        assert theirs.messages == api_client(staff).get("/api/changes", since).json()["results"]
        stores = {message["store_id"] for message in stranger.messages if message["action"].startswith("stock.")}
        assert stores == {other.stores[0].id}
        assert elsewhere.messages == spy.messages == []
        assert all("cost_value" not in figures for figures in theirs.named("kpi"))

    def test_a_revoked_token_is_cut_off_within_five_seconds(self, web: str):
        organization = build_organization()
        member = build_member(organization)
        with Stream(web, build_token(member)) as stream, Stream(web, admin_token(organization)) as other:
            eventually(lambda: stream.named("connected") and other.named("connected"))
            began = time.monotonic()
            with tenancy.scope(organization.id):
                tokens.revoke(token=ApiToken.objects.get(membership=member), acting_as=SYSTEM)
            assert stream.ended.wait(30)
            assert time.monotonic() - began < 5
            assert stream.named("goodbye") == [{"reason": "signed_out"}]
            assert not other.ended.is_set()
        with Stream(web, stream.token) as again:
            assert again.status == 401

    def test_whoever_loses_a_right_loses_it_on_open_connections_within_five_seconds(self, web: str):
        """A logout, an end of membership, a put-out person, a token's last day, another password, a smaller role."""
        shop = build_shop()
        [leaver, put_out, lapsed, demoted] = [build_member(shop.organization, "manager") for _ in range(4)]
        person, changer = (build_member(shop.organization, "manager").user.username for _ in range(2))
        out, changed, elsewhere = signed_in(web, person), signed_in(web, changer), signed_in(web, changer)
        with tenancy.scope(shop.organization.id):
            soon = clock.now() + timedelta(days=1)
            lapsing = tokens.issue(membership=lapsed, name="lapses", expires_at=soon, acting_as=SYSTEM)
        with (
            Stream(web, "", headers=cookies_of(out)) as logged_out,
            Stream(web, "", headers=cookies_of(changed)) as another_password,
            Stream(web, build_token(leaver)) as left,
            Stream(web, build_token(put_out)) as inactive,
            Stream(web, lapsing.secret) as expired,
            Stream(web, build_token(demoted)) as narrowed,
        ):
            ending = {"logout": logged_out, "member": left, "inactive": inactive, "expired": expired}
            ending["password"] = another_password
            for stream in (*ending.values(), narrowed):
                eventually(lambda stream=stream: stream.named("connected"))
            word = {"current_password": PASSWORD, "new_password": "another-horse-battery-3"}
            began = time.monotonic()
            assert elsewhere.post("/api/auth/password", json=word).status_code in (200, 204)
            assert out.post("/api/auth/logout").status_code in (200, 204)
            assert shop.client.delete(f"/api/members/{leaver.pk}/").status_code == 204
            assert shop.client.patch(f"/api/members/{demoted.pk}/", {"role": "staff"}).status_code == 200
            User.objects.filter(pk=put_out.user_id).update(is_active=False)
            with tenancy.scope(shop.organization.id):
                ApiToken.objects.filter(pk=lapsing.token.pk).update(expires_at=clock.now())
            for name, stream in ending.items():
                assert stream.ended.wait(20), name
            assert time.monotonic() - began < 5
            assert [stream.named("goodbye") for stream in ending.values()] == [[{"reason": "signed_out"}]] * len(ending)
            time.sleep(max(0, began + 5 - time.monotonic()))
            assert not narrowed.ended.is_set()
            write_entries(shop.organization.id, [build_entry(object_label="catalogue"), build_movement(store_id=1)])
            eventually(lambda: narrowed.has(lambda message: message["action"] == "stock.movement.applied"))
        assert "catalogue" not in labels(narrowed)
        for browser in (out, changed, elsewhere):
            browser.close()

    def test_a_store_taken_away_is_heard_no_more(self, web: str):
        shop = build_shop()
        near, far = shop.stores
        member = build_member(shop.organization, "staff", stores=[near, far])
        with Stream(web, build_token(member)) as stream:
            eventually(lambda: stream.named("connected"))
            with tenancy.scope(shop.organization.id):
                MembershipStore.objects.filter(membership=member, store_id=far.id).delete()
            members.epoch.begin(shop.organization.id)
            time.sleep(4)
            shop.post("IN", 1, store=1)
            shop.post("IN", 1, store=0)
            eventually(lambda: stream.messages)
        assert [message["store_id"] for message in stream.messages] == [near.id]


@pytest.mark.parametrize(
    ("query", "headers", "status", "code"),
    [
        ("?since=nonsense", {}, 400, "invalid"),
        ("?stores=1", {}, 400, "invalid"),
        ("", {"Origin": "https://elsewhere.example"}, 403, "origin_refused"),
        ("", {"Authorization": "Token nonsense"}, 401, "token_invalid"),
        ("", {"Last-Event-ID": "nonsense"}, 400, "invalid"),
    ],
)
def test_what_is_wrong_is_said_and_no_stream_begins(web: str, query: str, headers: dict, status: int, code: str):
    with Stream(web, admin_token(build_organization()), query, headers=headers) as stream:
        eventually(stream.ended.is_set)
    assert (stream.status, code) == (status, code) or code.encode() in stream.body
    assert stream.status == status

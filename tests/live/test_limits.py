"""How many connections there may be: counted in the whole installation, and never for ever."""

from __future__ import annotations

import time
import uuid
from typing import Any

import httpx
import socketio
from socketio.exceptions import ConnectionError as Refused

from inventory_project.kernel import redis
from inventory_project.kernel.access import Access, Role
from live import leases
from tests.factories.accounts import build_member, build_organization, build_token
from tests.factories.audit import build_entry, write_entries
from tests.live.conftest import QUICK
from tests.support.instances import eventually
from tests.support.listening import Stream

MOST = int(QUICK["LIVE_USER_CONNECTIONS"])


def test_one_person_opens_only_so_many_over_all_processes_and_ways(web: str):
    organization = build_organization()
    member = build_member(organization)
    token = build_token(member)
    key = f"live:user:{member.user_id}"
    streams = [Stream(web, token) for _ in range(MOST + 8)]
    try:
        statuses = [stream.__enter__().status for stream in streams]
        assert (statuses.count(200), statuses.count(429)) == (MOST, 8)
        assert refused_by_sockets(web, token) == "too_many_connections"
        # A poll that may not wait is answered at once, so before this client's own patience is at its end.
        query, headers = {"since": "now", "wait": 30}, {"Authorization": f"Token {token}"}
        assert httpx.get(f"{web}/api/changes", params=query, headers=headers, timeout=25).status_code == 200

        open_now = [stream for stream in streams if stream.status == 200]
        write_entries(organization.id, [build_entry(object_label="tea")])
        eventually(lambda: all(stream.messages for stream in open_now))

        redis.client().delete(key)  # as a Redis that came back with nothing
        eventually(lambda: redis.client().zcard(key) == MOST)
        open_now[0].close()
        eventually(lambda: may_listen(web, token))
    finally:
        for stream in streams:
            stream.close()
    eventually(lambda: redis.client().zcard(key) == 0)


def may_listen(web: str, token: str) -> bool:
    with Stream(web, token) as stream:
        return stream.status == 200


def refused_by_sockets(web: str, token: str) -> str:
    said: list[Any] = []
    client = socketio.Client(reconnection=False)
    client.on("connect_error", said.append)
    try:
        client.connect(web, auth={"token": token}, transports=["websocket"], wait_timeout=20)
    except Refused:
        return str(said[0]["data"]["code"])
    client.disconnect()
    return ""


def person(user_id: int, organization_id: int) -> Access:
    return Access(user_id, f"person {user_id}", organization_id, Role.STAFF)


def test_what_a_killed_process_held_is_free_again_and_what_a_living_one_holds_is_not(settings: Any):
    settings.LIVE_LEASE_SECONDS = 1.0
    settings.LIVE_USER_CONNECTIONS, settings.LIVE_ORGANIZATION_CONNECTIONS = 2, 3
    number = uuid.uuid4().int % 2**40
    amina, ben, carla = (person(number + n, number) for n in range(3))
    killed, living = leases.take(amina), leases.take(amina)
    assert killed
    assert living
    assert leases.take(amina) is None, "she has two"
    others = leases.take(ben)
    assert others
    assert leases.take(carla) is None, "the organisation has three"
    assert leases.take(person(number, number + 1)) is None, "a person counts once, wherever"
    end = time.monotonic() + 30
    while (again := leases.take(amina)) is None:
        leases.renew([living, others])
        assert time.monotonic() < end
        time.sleep(0.1)
    leases.renew([living, others, again])
    assert leases.take(amina) is None
    leases.give_back([living])
    assert leases.take(amina) is not None
    assert redis.client().ttl(amina_key := again.keys[0]) in range(3), amina_key

"""GET /api/changes?wait=N: an answer that would be empty is put off, and holds no thread meanwhile."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import httpx

from tests.factories.accounts import build_member, build_organization, build_token
from tests.factories.audit import build_entry, build_movement, write_entries
from tests.support.listening import answers


def ask(web: str, token: str, **query) -> tuple[dict, float]:
    began = time.monotonic()
    answer = httpx.get(f"{web}/api/changes", params=query, headers={"Authorization": f"Token {token}"}, timeout=40)
    assert answer.status_code == 200, answer.text
    return answer.json(), time.monotonic() - began


def test_many_wait_at_once_nobody_else_does_and_all_hear_it(web: str):
    organization = build_organization()
    token = build_token(build_member(organization))
    start, _ = ask(web, token, since="now", types="catalog.")
    with ThreadPoolExecutor(16) as pool:  # both processes together have eight threads
        waiting = [pool.submit(ask, web, token, since=start["next"], wait=25, types="catalog.") for _ in range(16)]
        time.sleep(1)
        assert all(answers(web) for _ in range(5))
        assert not any(each.done() for each in waiting)
        write_entries(organization.id, [build_movement(store_id=1)])  # not what they wait for
        write_entries(organization.id, [build_entry(object_label="tea")])
        for told, seconds in [each.result(40) for each in waiting]:
            assert [row["object_label"] for row in told["results"]] == ["tea"]
            assert seconds < 20


def test_the_time_runs_out_and_the_cursor_goes_on(web: str):
    organization = build_organization()
    token = build_token(build_member(organization))
    told, seconds = ask(web, token, since="now", wait=1)
    assert told["results"] == []
    assert 0.9 < seconds < 10
    assert told["next"]


def test_what_lies_ready_is_not_waited_for(web: str):
    organization = build_organization()
    write_entries(organization.id, [build_entry()])
    _, seconds = ask(web, build_token(build_member(organization)), wait=25)
    assert seconds < 10

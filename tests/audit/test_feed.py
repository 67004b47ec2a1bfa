"""The feed never skips a slow transaction."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import product

import pytest
from django.db import connections

from audit import selectors, services
from audit.models import AuditEntry
from audit.selectors.feed import LONGEST_TRANSACTION
from audit.selectors.logs import sees
from inventory_project.health import measure_lag
from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import Access, Role
from inventory_project.kernel.errors import InvalidInput
from tests.factories.accounts import build_organization
from tests.factories.audit import build_entry, build_movement, write_entries, write_entry
from tests.support.superuser import superuser


def read(organization_id: int, **options):
    with tenancy.scope(organization_id):
        return selectors.feed(access=None, **options)


def read_all(organization_id: int, since: str = "", **options) -> list[int]:
    """Every sequence from a cursor on, page by page."""
    found: list[int] = []
    while True:
        page = read(organization_id, since=since, **options)
        found += [entry.sequence for entry in page.entries]
        since = str(page.next)
        if not page.has_more:
            return found


class SlowWriter:
    """A transaction of another connection that recorded something and is not committed yet."""

    def __init__(self, organization_id: int) -> None:
        self.organization_id = organization_id
        self.recorded, self.may_commit = threading.Event(), threading.Event()
        self.pool = ThreadPoolExecutor(1)

    def __enter__(self) -> SlowWriter:
        self.result = self.pool.submit(self._write)
        assert self.recorded.wait(10)
        return self

    def _write(self) -> None:
        try:
            with tenancy.scope(self.organization_id):
                services.record_many([build_entry(object_id="slow")])
                self.recorded.set()
                assert self.may_commit.wait(10)
        finally:
            connections.close_all()

    def commit(self) -> None:
        self.may_commit.set()
        self.result.result(10)

    def __exit__(self, *failure: object) -> None:
        self.may_commit.set()
        self.pool.shutdown()


def test_later_commits_wait_for_an_earlier_slow_one_and_none_is_skipped():
    organization = build_organization()
    first = write_entry(organization.id)
    with SlowWriter(organization.id) as slow:
        fast = [write_entry(organization.id) for _ in range(3)]
        page = read(organization.id)
        assert [entry.sequence for entry in page.entries] == [first]
        assert measure_lag()["oldest_writer_seconds"] > 0
        slow.commit()
    rest = read(organization.id, since=str(page.next))
    assert [entry.object_id for entry in rest.entries] == ["slow", "1", "1", "1"]
    assert [entry.sequence for entry in rest.entries][1:] == fast


def test_a_timestamp_taken_while_a_slow_transaction_runs_misses_nothing():
    organization = build_organization()
    with SlowWriter(organization.id) as slow:
        asked_at = clock.now()
        slow.commit()
    found = read(organization.id, since=asked_at.isoformat())
    assert [entry.object_id for entry in found.entries] == ["slow"]


def test_a_timestamp_begins_near_its_instant_and_not_at_the_beginning():
    organization = build_organization()
    for minutes in (90, 60, 30, 0):
        sequence = write_entry(organization.id, object_id=minutes)
        with superuser(tampering=True) as connection:
            moved = "UPDATE audit_entry SET occurred_at = %s WHERE organization_id = %s AND sequence = %s"
            connection.execute(moved, [clock.now() - timedelta(minutes=minutes), organization.id, sequence])
    since = clock.now() - timedelta(minutes=45)
    assert [entry.object_id for entry in read(organization.id, since=since.isoformat()).entries] == ["30", "0"]
    assert read(organization.id, since=(clock.now() + 3 * LONGEST_TRANSACTION).isoformat()).entries == []


def test_pages_join_without_gap_or_repeat():
    organization = build_organization()
    written = [s for _ in range(5) for s in write_entries(organization.id, [build_entry()] * 5)]
    assert read_all(organization.id, limit=3) == written
    assert read_all(organization.id, limit=1000) == written


def test_a_quiet_reader_moves_on_past_what_it_does_not_want():
    organization = build_organization()
    write_entries(organization.id, [build_movement(store_id=1)] * 5)
    page = read(organization.id, stores=[2])
    assert page.entries == []
    assert not page.has_more
    write_entries(organization.id, [build_movement(store_id=2)])
    assert len(read(organization.id, since=str(page.next), stores=[2]).entries) == 1
    assert len(read(organization.id, since=str(page.next)).entries) == 1


def test_now_begins_with_what_comes_next():
    organization = build_organization()
    write_entry(organization.id)
    page = read(organization.id, since="now")
    assert page.entries == []
    sequence = write_entry(organization.id)
    assert read_all(organization.id, str(page.next)) == [sequence]


def test_types_are_actions_or_prefixes():
    organization = build_organization()
    write_entries(organization.id, [build_movement(), build_entry(), build_entry(action="accounts.token.created")])
    for types, expected in [
        (["stock."], ["stock.movement.applied"]),
        (["catalog.product.updated", "accounts."], ["catalog.product.updated", "accounts.token.created"]),
        (["catalog.product"], []),
    ]:
        assert [entry.action for entry in read(organization.id, types=types).entries] == expected


@pytest.mark.parametrize("since", ["x", "1", "1.2.3", "-1.2", "9" * 19 + ".1", "2026-13-01T00:00:00Z", "1.9e3", "²1.1"])
def test_a_cursor_that_is_none_is_refused(since: str):
    with pytest.raises(InvalidInput):
        read(build_organization().id, since=since)


@pytest.mark.parametrize(
    "since",
    ["2026-11-21", "2026-11-21T00:00:00", "2026-11-21T00:00:00+02:00", "2026-11-21T00:00:00 02:00", "0001-01-01"],
)
def test_timestamps_come_in_the_usual_forms(since: str):
    assert read(build_organization().id, since=since).entries == []


def test_eight_writers_and_a_reader_that_polls_meet_every_entry_once():
    organization = build_organization()
    stop = threading.Event()
    seen: list[int] = []

    def poll() -> None:
        since = ""
        try:
            while True:
                last_round = stop.is_set()
                page = read(organization.id, since=since, limit=7)
                seen.extend(entry.sequence for entry in page.entries)
                since = str(page.next)
                if last_round and not page.has_more:
                    return
        finally:
            connections.close_all()

    def write(number: int) -> None:
        try:
            for _ in range(15):
                with tenancy.scope(organization.id):
                    services.record_many([build_entry()] * (number % 3 + 1))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(9) as pool:
        reader = pool.submit(poll)
        list(pool.map(write, range(8)))
        stop.set()
        reader.result(30)
    missing = read_all(organization.id)
    assert seen == missing
    assert len(seen) == 15 * (1 + 2 + 3 + 1 + 2 + 3 + 1 + 2)


def test_who_may_see_an_entry_is_the_same_asked_of_the_database_and_of_the_entry():
    organization = build_organization()
    actions = ("stock.movement.applied", "alert.raised", "catalog.product.updated", "stores.store.updated")
    actions += ("accounts.token.created", "forecasting.run.finished")
    entries = [build_entry(action=action, store_id=store) for action in actions for store in (None, 1, 2)]
    write_entries(organization.id, entries)
    scopes = (None, ["stock:read"], ["stock:write", "catalog:read"], ["stock:read", "stores:write"], ["audit:read"])
    seen = set()
    for role, stores, given in product(Role, (None, [], [1], [2, 3]), scopes):
        access = Access(
            user_id=1,
            username="amina",
            organization_id=organization.id,
            role=role,
            store_ids=None if stores is None else frozenset(stores),
            scopes=None if given is None else frozenset(given),
        )
        with tenancy.scope(organization.id):
            found = set(AuditEntry.objects.filter(selectors.visible_to(access)).values_list("sequence", flat=True))
            each = {
                entry.sequence
                for entry in AuditEntry.objects.all()
                if sees(access, action=entry.action, store_id=entry.store_id)
            }
        assert each == found, access
        seen.add(frozenset(found))
    assert len(seen) > 10

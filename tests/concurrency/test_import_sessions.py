"""Large imports are applied by two sessions side by side: what one knows both report, and both end together."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import OperationalError, connections

from inventory_project.kernel import tenancy
from stock.models import ImportedRow, ImportJob
from stock.services.imports import abreast, applying, turns
from tests.factories.imports import UNIFIED, carry_out, csv, movements, problems, send
from tests.factories.stock import Shop, build_shop
from tests.support.instances import eventually
from tests.support.ledger import assert_whole, no_deadlock
from tests.support.superuser import superuser

PRODUCTS, DAYS = 20, 60
ROWS = PRODUCTS * DAYS


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "CHUNK", 25)
    monkeypatch.setattr(applying, "LARGE", 100)


def large_file() -> str:
    first = date(2025, 1, 1)
    return csv(
        UNIFIED,
        (
            f"Product {number},Things,1,1,2,{first + timedelta(day)},{DAYS - day}"
            for day in range(DAYS)
            for number in range(PRODUCTS)
        ),
    )


def second_session(shop: Shop) -> int | None:
    """The server's process of the second session, while there is one."""
    query = """
        SELECT pid FROM pg_locks, hashtextextended(%s, 0) AS key
         WHERE locktype = 'advisory' AND classid::bigint << 32 | objid::bigint = key AND granted
    """
    with superuser() as admin:
        found = admin.execute(query, [abreast._lock(shop.organization.id)]).fetchone()
    return found[0] if found else None


@contextmanager
def ended_by_the_server(shop: Shop) -> Iterator[None]:
    """The second session, at work for a while, is ended meanwhile."""

    def end() -> None:
        process = eventually(lambda: rows_in(shop) > ROWS // 3 and second_session(shop), within=60)
        with superuser() as admin:
            admin.execute("SELECT pg_terminate_backend(%s)", [process])
        connections.close_all()

    thread = threading.Thread(target=end)
    thread.start()
    yield
    thread.join()


def rows_in(shop: Shop) -> int:
    with tenancy.scope(shop.organization.id):
        return int(ImportedRow.objects.count())


def test_both_halves_are_in_and_both_halves_refusals_are_told_in_the_order_of_the_file():
    shop = build_shop(stores=2, products=4)
    for store, product, units in ((0, 0, 100), (0, 1, 40), (1, 2, 100), (1, 3, 40)):
        shop.post("IN", units, store, product)
    rows = [
        f"{name},1,2025-01-{1 + number // 4:02},{number},S{store}"
        for number in range(100)
        for store, name in ((1, "SKU-1"), (1, "SKU-2"), (2, "SKU-3"), (2, "SKU-4"))
    ]
    with no_deadlock():
        job = send(shop, csv("sku,quantity,sale_date,reference,store", rows))
    assert (job.status, job.rows, job.succeeded, job.failed) == ("applied", 400, 280, 120)
    assert (job.rows_done, job.rows_to_do) == (400, 400)
    lines = [line for line, *_ in problems(shop, job)]
    assert lines == sorted(line for sold in range(40, 100) for line in (2 + 4 * sold + 1, 2 + 4 * sold + 3))
    assert [shop.on_hand(store, product) for store, product in ((0, 0), (0, 1), (1, 2), (1, 3))] == [0, 0, 0, 0]
    assert second_session(shop) is None
    assert_whole(shop)


def test_where_both_stopped_because_one_was_ended_the_next_worker_goes_on():
    shop = build_shop(stores=1, products=0)
    with ended_by_the_server(shop), pytest.raises(OperationalError):
        send(shop, large_file())
    with tenancy.scope(shop.organization.id):
        left = ImportJob.objects.get()
        assert left.status == "applying"
        assert 0 < ImportedRow.objects.count() == left.succeeded < ROWS
    eventually(lambda: (left.pk, shop.organization.id) in turns.stragglers())
    job = carry_out(shop, left.pk)
    assert (job.status, job.succeeded, job.skipped, job.failed) == ("applied", ROWS, 0, 0)
    assert len(movements(shop)) == ROWS + PRODUCTS
    assert_whole(shop)

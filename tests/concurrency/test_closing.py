"""Closing the books while movements pour in: whatever is in the ledger after the answer was there before it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from inventory_project.kernel import clock, tenancy
from stock.choices import AppliedVia
from stock.models import SnapshotDay, StockMovement
from stock.services import ledger, ledger_rows, movements, periods, snapshots
from stock.services.ledger_rows import LedgerRow
from tests.factories.stock import Shop, build_shop
from tests.support.ledger import assert_whole, no_deadlock
from tests.support.records import at_once

YESTERDAY = clock.now().date() - timedelta(days=2)
NOON = datetime(YESTERDAY.year, YESTERDAY.month, YESTERDAY.day, 12, tzinfo=UTC).isoformat()


def send(shop: Shop, rows: int) -> list[str]:
    raws = [shop.movement("IN", 1, store=n % 2, product=n % 2, effective_at=NOON) for n in range(rows)]
    receipts = movements.submit_many(raws=raws, access=shop.access(), acting_as=shop.access().actor())
    return [receipt.rejection for receipt in receipts]


def of_the_day(shop: Shop) -> tuple[int, int]:
    """Applied and refused movements of the day."""
    with tenancy.scope(shop.organization.id):
        there = StockMovement.objects.filter(business_date=YESTERDAY)
        return there.filter(status="applied").count(), there.filter(rejection="period_closed").count()


def test_nothing_enters_a_day_after_the_answer_that_it_is_closed() -> None:
    shop = build_shop()
    send(shop, 2)
    applied_at_answer: list[int] = []
    sent: list[str] = []
    closed = threading.Event()

    def till() -> None:
        for _ in range(200):
            sent.extend(send(shop, 4))
            if closed.is_set():
                break
        sent.extend(send(shop, 4))

    def closer() -> None:
        while len(sent) < 40:
            pass
        with tenancy.scope(shop.organization.id, durable=True):
            periods.close(closed_through=YESTERDAY, reason="Month end", acting_as=shop.access().actor())
        applied_at_answer.append(of_the_day(shop)[0])
        closed.set()

    with no_deadlock():
        at_once(till, till, till, closer)
    applied, refused = of_the_day(shop)
    assert applied_at_answer == [applied]
    assert (applied, refused) == (2 + sent.count(""), sent.count("period_closed"))
    assert sent.count("") >= 40
    assert refused >= 12
    assert_whole(shop)


def test_the_answer_waits_for_an_apply_under_way() -> None:
    shop = build_shop()
    send(shop, 4)
    answered: list[int] = []

    def close() -> None:
        with tenancy.scope(shop.organization.id, durable=True):
            periods.close(closed_through=YESTERDAY, reason="Month end", acting_as=shop.access().actor())
        answered.append(of_the_day(shop)[0])
        connection.close()

    closer = threading.Thread(target=close)
    with tenancy.scope(shop.organization.id, durable=True):
        ledger.apply_step([movement(shop)], via=AppliedVia.COMMAND)
        closer.start()
        closer.join(0.5)
        assert closer.is_alive(), "it answered while a movement of the day was on its way"
    closer.join(10)
    assert answered == [5]


def test_an_apply_waits_for_a_closing_under_way_and_is_judged_by_it() -> None:
    shop = build_shop()
    send(shop, 4)
    rejections: list[str] = []

    def till() -> None:
        rejections.extend(send(shop, 1))
        connection.close()

    sale = threading.Thread(target=till)
    with tenancy.scope(shop.organization.id, durable=True):
        periods.close(closed_through=YESTERDAY, reason="Month end", acting_as=shop.access().actor())
        sale.start()
        sale.join(0.5)
        assert sale.is_alive()
    sale.join(10)
    assert rejections == ["period_closed"]


def movement(shop: Shop) -> LedgerRow:
    return ledger_rows.row_defaults(
        id=ledger_rows.new_id(),
        store=shop.stores[0].id,
        product=shop.products[0].id,
        kind="receipt",
        quantity=1,
        effective_at=NOON,
        recorded_at=NOON,
        actor=None,
        actor_label="",
        request_id="",
        source="api",
    )


def test_two_admins_close_at_once_and_one_of_them_is_told() -> None:
    shop = build_shop()
    body = {"closed_through": YESTERDAY.isoformat(), "reason": "Month end"}

    def close() -> Any:
        return shop.client_for("admin").post("/api/periods/", body, format="json").status_code

    assert sorted(at_once(close, close, close)) == [201, 400, 400]


def test_snapshots_taken_by_two_workers_at_once_beside_tills_are_taken_once_and_whole() -> None:
    shop = build_shop()
    send(shop, 4)
    organization_id = shop.organization.id

    def till() -> None:
        for _ in range(30):
            send(shop, 4)

    def worker() -> snapshots.Taken:
        return snapshots.take(organization_id=organization_id)

    with no_deadlock():
        answers = at_once(till, worker, worker, till)
    with tenancy.scope(organization_id):
        assert sum(taken.days for taken in answers[1:3]) == SnapshotDay.objects.count() == 2
    assert_whole(shop)

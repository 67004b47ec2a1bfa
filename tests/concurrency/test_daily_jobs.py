"""Two beats, or a beat and an operator, ring for the same work: it is done once."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import connections

from inventory_project.kernel import clock, tenancy
from stock import tasks
from stock.models import LedgerVerification
from stock.services import maintenance
from tests.factories.stock import build_shop
from tests.support.records import at_once
from tests.support.superuser import superuser


def test_a_ledger_is_verified_once_a_day_however_many_beats_ring() -> None:
    shop = build_shop()
    shop.post("IN", 1)
    beats = [lambda: tasks.verify_ledger(organization_id=shop.organization.id)] * 4
    assert shop.organization.id in maintenance.organizations_without(tasks.VERIFY, due_date=clock.now().date())
    at_once(*beats)
    assert shop.organization.id not in maintenance.organizations_without(tasks.VERIFY, due_date=clock.now().date())
    with tenancy.scope(shop.organization.id):
        assert LedgerVerification.objects.count() == 1


def test_a_daily_job_is_due_again_the_next_day() -> None:
    job = f"test.{uuid.uuid4()}"
    due = clock.now().date()
    for date in (due, due + timedelta(days=1)):
        claims = at_once(*[lambda date=date: maintenance.claim(job, due_date=date)] * 6)
        assert sorted(claims) == [False] * 5 + [True]
    with connections["platform"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM stock_jobrun WHERE name = %s", [job])
        assert cursor.fetchone() == (2,)


def test_partitions_made_by_two_at_once_are_made_once() -> None:
    last = """
        SELECT to_regclass('stock_stockmovement_'
            || to_char((now() AT TIME ZONE 'UTC') + interval '3 months', 'YYYY_MM'))::text
    """
    with superuser() as connection:
        row = connection.execute(last).fetchone()
        assert row is not None
        connection.execute(f"DROP TABLE {row[0]}")
    made = at_once(*[maintenance.ensure_partitions] * 4)
    assert sorted(made) == [0, 0, 0, 1]
    with superuser() as connection:
        assert connection.execute(last).fetchone() == row

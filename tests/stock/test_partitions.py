"""The months ahead have their partitions before anything is written to them."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections

from audit.services import partitions
from stock.services import maintenance
from tests.factories.stock import build_shop
from tests.support.ledger import assert_whole
from tests.support.superuser import superuser
from tests.support.world_state import state_of


def ask(query: str, *params: Any) -> Any:
    with connections["owner"].cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchone()[0] if cursor.description else None


@pytest.mark.parametrize("table", ["stock_stockmovement", "audit_entry"])
def test_preparing_a_database_makes_the_months_that_are_missing(table: str) -> None:
    last_month = ask("SELECT to_char((now() AT TIME ZONE 'UTC') + interval '3 months', 'YYYY_MM')")
    partition = f"{table}_{last_month if table.startswith('stock') else last_month.replace('_', '')}"
    ask(f"DROP TABLE {partition}")
    call_command("prepare_database", verbosity=0)
    assert ask("SELECT inhparent::regclass::text FROM pg_inherits WHERE inhrelid = to_regclass(%s)", partition) == table


@pytest.mark.parametrize(("table", "repair"), [("stock_stockmovement", maintenance), ("audit_entry", partitions)])
def test_rows_that_came_before_their_month_had_a_partition_are_given_one(table: str, repair: Any) -> None:
    """The present month's partition was missing: its rows lie in the default one and block this month and the next."""
    shop = build_shop()
    shop.post("IN", 5)
    before = state_of(shop.organization.id)
    month = partition_of_this_month(table)
    lose_the_partition(table, month)
    assert state_of(shop.organization.id) == before
    waiting = rows_in(f"{table}_default")
    assert waiting > 0
    with superuser() as broken_off:
        broken_off.execute(f"SELECT {table.split('_')[0]}_empty_default_partition()")
        broken_off.rollback()
    assert rows_in(f"{table}_default") == waiting
    assert repair.ensure_partitions() == 1
    assert (rows_in(f"{table}_default"), rows_in(month)) == (0, waiting)
    assert repair.ensure_partitions() == 0
    assert state_of(shop.organization.id) == before
    for name in (month, f"{table}_default"):
        walls = "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = %s::regclass"
        assert ask(walls, name) is True
        with superuser() as tamperer, pytest.raises(psycopg.errors.Error, match="append.only"):
            tamperer.execute(f"TRUNCATE {name}")
    with superuser() as tamperer, pytest.raises(psycopg.errors.Error, match="append.only"):
        tamperer.execute(f"DELETE FROM {month}")
    shop.post("OUT", 1)
    assert rows_in(month) > waiting
    assert_whole(shop)


def partition_of_this_month(table: str) -> str:
    wanted = "YYYY_MM" if table.startswith("stock") else "YYYYMM"
    return f"{table}_{ask('SELECT to_char(now() AT TIME ZONE %s, %s)', 'UTC', wanted)}"


def lose_the_partition(table: str, partition: str) -> None:
    """As if nobody had made room for this month in time."""
    with superuser() as connection:
        connection.execute(f"ALTER TABLE {table} DETACH PARTITION {partition}")
        connection.execute(f"INSERT INTO {table} SELECT * FROM {partition}")
        connection.execute(f"DROP TABLE {partition}")


def rows_in(table: str) -> int:
    with superuser() as connection:
        row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])

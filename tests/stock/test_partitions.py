"""The months ahead have their partitions before anything is written to them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections


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

"""One organisation's rows in one number, to see that a refused request changed nothing."""

from __future__ import annotations

import atexit
import os
from functools import lru_cache
from typing import Any

import psycopg

from inventory_project.kernel.sql import rows
from tests.support.tables import THE_TENANT, tenant_tables

# When a token was last used is noted even for a request that is then refused.
NOTED = "last_used_at"
WITH_NOTES = "SELECT attrelid::regclass::text AS name FROM pg_attribute WHERE attname = %(noted)s"


def _query() -> str:
    noted = {row["name"] for row in rows(WITH_NOTES, {"noted": NOTED})}
    parts = [
        f"SELECT '{table}', count(*), sum(hashtextextended({_text(noted=table in noted)}, 0)) FROM {table} t"
        f" WHERE {'id' if table == THE_TENANT else 'organization_id'} = $1"
        for table in tenant_tables()
    ]
    return " UNION ALL ".join(parts)


def _text(*, noted: bool) -> str:
    return f"(to_jsonb(t) - '{NOTED}')::text" if noted else "t::text"


@lru_cache(maxsize=1)
def _connection() -> psycopg.Connection[Any]:
    """Knows the statement: to plan it, for every table and partition there is, takes longer than to carry it out."""
    connection = psycopg.connect(os.environ["DATABASE_PLATFORM_URL"], autocommit=True)
    atexit.register(connection.close)
    connection.execute("SET plan_cache_mode = force_generic_plan")
    connection.execute(f"PREPARE state (bigint) AS {_query()}".encode())
    return connection


def state_of(organization_id: int) -> dict[str, tuple[int, Any]]:
    """Rows and a sum of their hashes by table."""
    found = _connection().execute(f"EXECUTE state ({int(organization_id)})".encode())
    return {table: (count, total) for table, count, total in found}

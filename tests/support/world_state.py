"""One organisation's rows in one number, to see that a refused request changed nothing."""

from __future__ import annotations

from functools import lru_cache

from inventory_project.kernel.sql import rows
from tests.support.tables import THE_TENANT, tenant_tables


@lru_cache(maxsize=1)
def _query() -> str:
    # When a token was last used is noted even for a request that is then refused.
    parts = [
        f"SELECT '{table}' AS name, count(*) AS rows, md5(string_agg((to_jsonb(t) - 'last_used_at')::text, ';'"
        f" ORDER BY (to_jsonb(t) - 'last_used_at')::text)) AS sum FROM {table} t"
        f" WHERE {'id' if table == THE_TENANT else 'organization_id'} = %(organization)s"
        for table in tenant_tables()
    ]
    return " UNION ALL ".join(parts)


def state_of(organization_id: int) -> dict[str, tuple[int, str | None]]:
    """Rows and checksum by table."""
    found = rows(_query(), {"organization": organization_id}, using="platform")
    return {row["name"]: (row["rows"], row["sum"]) for row in found}

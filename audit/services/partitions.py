"""Room for the months ahead."""

from __future__ import annotations

from inventory_project.kernel import sql


def ensure_partitions(*, months_ahead: int = 3) -> int:
    """Make the partitions of this month and the next ones that are missing; how many were made."""
    found = sql.rows("SELECT audit_ensure_partitions(%(months)s) AS made", {"months": months_ahead}, using="platform")
    return int(found[0]["made"])

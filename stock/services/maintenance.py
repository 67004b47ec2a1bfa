"""What the platform does for all organisations: partitions ahead, old keys away, work claimed once per due date."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import connections
from django.db.backends.utils import CursorWrapper

from inventory_project.kernel import clock

MONTHS_AHEAD = 3


def ensure_partitions() -> int:
    """Make the ledger's partitions for the months ahead. Returns how many were made.

    Movements that came in while their month had none are given theirs first: they would block the months after it.
    """
    with connections["platform"].cursor() as cursor:
        repaired = 0
        while _moved(cursor):
            repaired += 1
        cursor.execute("SELECT stock_ensure_partitions(%s)", [MONTHS_AHEAD])
        return repaired + int(cursor.fetchone()[0])


def _moved(cursor: CursorWrapper) -> int:
    """How many movements of one month left the default partition; 0 when it is empty."""
    cursor.execute("SELECT stock_empty_default_partition()")
    return int(cursor.fetchone()[0])


def prune_keys() -> int:
    """Forget idempotency keys older than IDEMPOTENCY_DAYS. Returns how many."""
    oldest = clock.now() - timedelta(days=settings.IDEMPOTENCY_DAYS)
    with connections["platform"].cursor() as cursor:
        pruned = 0
        for table in ("stock_movementkey", "stock_transferkey"):
            cursor.execute(f"DELETE FROM {table} WHERE recorded_at < %s", [oldest])
            pruned += int(cursor.rowcount)
        return pruned


def claim(job: str, *, due_date: date) -> bool:
    """True for the first caller who asks for this job of this date, false for every other."""
    query = "INSERT INTO stock_jobrun (name, due_date) VALUES (%s, %s) ON CONFLICT DO NOTHING"
    with connections["platform"].cursor() as cursor:
        cursor.execute(query, [job, due_date])
        return bool(cursor.rowcount)


def organizations_without(job: str, *, due_date: date) -> list[int]:
    """The organisations whose own run of a daily job (`job:id`) nobody has claimed yet."""
    query = """
        SELECT id FROM accounts_organization
         WHERE NOT EXISTS (SELECT FROM stock_jobrun WHERE name = %s || ':' || id AND due_date = %s)
         ORDER BY id
    """
    with connections["platform"].cursor() as cursor:
        cursor.execute(query, [job, due_date])
        return [row[0] for row in cursor.fetchall()]


def organizations() -> list[int]:
    """Every organisation, for commands that serve all."""
    with connections["platform"].cursor() as cursor:
        cursor.execute("SELECT id FROM accounts_organization ORDER BY id")
        return [row[0] for row in cursor.fetchall()]

"""What the platform does for all organisations: partitions ahead, old keys away, daily work claimed once."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import connections, transaction

from inventory_project.kernel import clock

MONTHS_AHEAD = 3


def ensure_partitions() -> int:
    """Make the ledger's partitions for the months ahead. Returns how many were made."""
    with connections["platform"].cursor() as cursor:
        cursor.execute("SELECT stock_ensure_partitions(%s)", [MONTHS_AHEAD])
        return int(cursor.fetchone()[0])


def prune_keys() -> int:
    """Forget idempotency keys older than IDEMPOTENCY_DAYS. Returns how many."""
    oldest = clock.now() - timedelta(days=settings.IDEMPOTENCY_DAYS)
    with connections["platform"].cursor() as cursor:
        cursor.execute("DELETE FROM stock_movementkey WHERE recorded_at < %s", [oldest])
        return int(cursor.rowcount)


def claim_daily(job: str) -> list[int]:
    """The organisations this caller is to serve today: all of them to the first who asks, none to any other."""
    today = clock.now().date()
    with transaction.atomic(using="platform"), connections["platform"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO stock_jobrun (name, due_date) VALUES (%s, %s) ON CONFLICT DO NOTHING RETURNING name",
            [job, today],
        )
        if cursor.fetchone() is None:
            return []
        cursor.execute("SELECT id FROM accounts_organization ORDER BY id")
        return [row[0] for row in cursor.fetchall()]

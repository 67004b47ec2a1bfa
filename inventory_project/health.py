"""/health and its parts, for load balancers, the supervisor and alarms. Open to all: no secret, no tenant's name.

`live` says that the process answers; `ready` that it can serve: the database answers, migrations are applied and the
app role cannot bypass row-level security. Valkey being away is a degradation and no failure: the work is in PostgreSQL.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import redis as redis_errors
from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from inventory_project.backup import keeping
from inventory_project.kernel import redis

# Also true for a role that may become one that bypasses it.
CAN_BYPASS = """
    SELECT EXISTS (
        SELECT FROM pg_roles WHERE (rolsuper OR rolbypassrls) AND pg_has_role(current_user, oid, 'MEMBER'))
"""
PENDING = "SELECT count(*), COALESCE(EXTRACT(EPOCH FROM now() - min(recorded_at)), 0)::float FROM stock_inbox"
AUDIT_AGE = """
    SELECT EXTRACT(EPOCH FROM now() - occurred_at)::float FROM audit_entry ORDER BY occurred_at DESC LIMIT 1
"""
# While a transaction that has written is open, nobody is told of what was committed after it began (docs/live.md). Who
# may not see other roles' transactions does not know.
OLDEST_WRITER = """
    SELECT CASE WHEN pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') THEN
           COALESCE(EXTRACT(EPOCH FROM clock_timestamp() - min(xact_start)), 0)::float END
      FROM pg_stat_activity WHERE backend_xid IS NOT NULL
"""
_migrated = False


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """No I/O: the process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """503 with the reasons while this process cannot serve."""
    reasons = database_reasons()
    degraded = [] if reasons else queue_reasons()
    status = "unavailable" if reasons else "degraded" if degraded else "ok"
    return JsonResponse({"status": status, "reasons": reasons + degraded}, status=503 if reasons else 200)


@require_safe
@never_cache
def lag(request: HttpRequest) -> JsonResponse:
    """How far the workers are behind, for alarms."""
    try:
        return JsonResponse(measure_lag())
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "reasons": ["database unreachable"]}, status=503)


@require_safe
@never_cache
def summary(request: HttpRequest) -> JsonResponse:
    """Each part in one word, and the lag."""
    reasons = database_reasons()
    queue = queue_reasons()
    body: dict[str, Any] = {
        "status": "unavailable" if reasons else "degraded" if queue else "ok",
        "database": "unavailable" if reasons else "ok",
        "queue": "unavailable" if queue else "ok",
        "reasons": reasons + queue,
    }
    if not reasons:
        with suppress(DatabaseError):  # the platform role may be away while the app still serves
            body.update(measure_lag())
    return JsonResponse(body, status=503 if reasons else 200)


def database_reasons() -> list[str]:
    """Why this process must not serve; empty when it may."""
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute(CAN_BYPASS)
            if cursor.fetchone()[0]:
                return ["the app role can bypass row-level security"]
        return [] if is_migrated() else ["migrations are not applied"]
    except DatabaseError:
        return ["database unreachable"]


def is_migrated() -> bool:
    """True once every migration of this code is applied; asked again only while it is not."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connections["default"])
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def queue_reasons() -> list[str]:
    """Why work is slower than usual; empty when the queue answers."""
    try:
        redis.client().ping()
    except redis_errors.RedisError:
        return ["queue unreachable: movements are applied by the requests themselves"]
    return []


def measure_lag() -> dict[str, Any]:
    """Movements that wait, across all organisations (so by the platform role), and how old log and backup are.

    `oldest_writer_seconds` is how late live events, webhooks and changes are told at the most; None: not to be seen.
    """
    with connections["platform"].cursor() as cursor:
        cursor.execute(PENDING)
        pending, oldest = cursor.fetchone()
        cursor.execute(AUDIT_AGE)
        newest = cursor.fetchone()
        cursor.execute(OLDEST_WRITER)
        writing = cursor.fetchone()[0]
    figures: dict[str, Any] = {
        "pending_movements": pending,
        "oldest_pending_seconds": round(oldest, 3),
        "audit_head_age_seconds": round(newest[0], 3) if newest else None,
        "oldest_writer_seconds": None if writing is None else round(writing, 3),
    }
    if settings.BACKUP_DIR:
        age = keeping.age_seconds()
        figures["backup_age_seconds"] = None if age is None else round(age)
    return figures

"""What waits to be sent, and for whom. Asked by the sweep as the platform: ids only."""

from __future__ import annotations

from pathlib import Path

from inventory_project.kernel import clock, sql

DUE = Path(__file__).resolve().parent.parent / "sql" / "due.sql"
LISTENING = """
    SELECT DISTINCT organization_id FROM webhooks_webhookendpoint WHERE is_active AND state <> 'paused'
"""


def due(*, organization_id: int | None = None) -> list[dict[str, int]]:
    """The endpoints with something to do now, as organization_id and endpoint_id."""
    params = {"organization": organization_id, "now": clock.now()}
    return sql.rows(sql.statement(DUE), params, using="platform")


def listening() -> list[int]:
    """The organisations whose log somebody is to be sent."""
    return [row["organization_id"] for row in sql.rows(LISTENING, {}, using="platform")]

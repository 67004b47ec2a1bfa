"""Forgetting deliveries past their age."""

from __future__ import annotations

from django.conf import settings

from inventory_project.kernel import sql

AT_ONCE = 10_000
# A delivery whose end is not known is kept, and so is the one an endpoint was paused at: resuming may skip it.
PRUNE = """
    WITH old AS (
        SELECT d.organization_id, d.id FROM webhooks_webhookdelivery d
          JOIN webhooks_webhookendpoint e ON e.organization_id = d.organization_id AND e.id = d.endpoint_id
         WHERE d.finished_at < now() - make_interval(days => %(days)s)
           AND NOT (e.state = 'paused' AND d.status = 'dead')
         LIMIT %(at_once)s
    ), gone AS (
        DELETE FROM webhooks_webhookdelivery d USING old
         WHERE d.organization_id = old.organization_id AND d.id = old.id RETURNING 1
    )
    SELECT count(*) AS found FROM gone
"""


def prune() -> int:
    """Remove deliveries that ended WEBHOOK_KEEP_DAYS ago, in bounded batches; how many were removed."""
    removed = 0
    while True:
        params = {"days": settings.WEBHOOK_KEEP_DAYS, "at_once": AT_ONCE}
        found = int(sql.rows(PRUNE, params, using="platform")[0]["found"])
        removed += found
        if found < AT_ONCE:
            return removed

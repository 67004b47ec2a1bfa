"""verify_ledger: recompute everything from the ledger and publish the differences. The only good answer is 0."""

from __future__ import annotations

import time
from pathlib import Path

from audit import services as audit
from inventory_project.kernel import sql, tenancy
from inventory_project.kernel.access import SYSTEM
from stock.models import LedgerVerification
from stock.services import sales_rollup

SQL = Path(__file__).resolve().parent.parent / "sql"
# Ten million movements take longer than the app role gives a request.
PATIENCE = "SET LOCAL statement_timeout = '30min'"


def verify(*, organization_id: int) -> LedgerVerification:
    """Recompute all that the apply and the sums keep of one organisation; keep the result."""
    started = time.monotonic()
    # Each is one statement, so one snapshot: movements that arrive meanwhile are in all of its sums or in none.
    with tenancy.scope(organization_id, durable=True):
        sql.rows(PATIENCE, {})
        found = sql.rows(sql.statement(SQL / "verify_ledger.sql"), {"organization": organization_id})[0]
        found["rollup_drift"] = sales_rollup.drift()
        result = LedgerVerification.objects.create(
            organization_id=organization_id, **found, milliseconds=int((time.monotonic() - started) * 1000)
        )
        audit.record(
            "stock.ledger.verified",
            acting_as=SYSTEM,
            object_type="ledger",
            object_id=str(organization_id),
            detail={**found, "drift": result.drift},
        )
    return result

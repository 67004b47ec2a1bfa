"""Rolling the ledger's sales into the sums the analytics read: behind the ledger, so that no movement waits for it.

The sums are what a remembered snapshot of the database saw. `roll` adds what it did not see and remembers the new
snapshot, in one statement; late events, reversals and returns are changes like any other. docs/adr/0014.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.db import connections

from inventory_project.kernel import clock, sql, tenancy

SQL = Path(__file__).resolve().parent.parent / "sql"
# A rebuild of a large chain reads every day sold; the role's own limits are for requests.
PATIENCE = "SET LOCAL statement_timeout = '30min'"
# A chain's sums by product, region and day are a few hundred thousand: added up in memory and not on disk.
ROOM = "SET LOCAL work_mem = '256MB'"
QUARTERS_KEPT = timedelta(days=8)
OF_SUMS = (
    "stock_salesstore",
    "stock_salestotal",
    "stock_productsalestotal",
    "stock_salesproduct",
    "stock_categorysalestotal",
    "stock_seriessalesmonth",
    "stock_salesoverlap",
    "stock_movementquarter",
)

BEGIN = """
    INSERT INTO stock_salesrollup (organization_id, snapshot, line, stale)
    SELECT %(organization)s, '', 0, true
     -- Meeting the row in the index would wait for a rolling that changes it.
     WHERE NOT EXISTS (SELECT FROM stock_salesrollup WHERE organization_id = %(organization)s)
    ON CONFLICT (organization_id) DO NOTHING
"""
HOLD = "SELECT id FROM stock_salesrollup WHERE organization_id = %(organization)s FOR UPDATE SKIP LOCKED"
USABLE = """
    SELECT stock_rolled(%(organization)s) IS NOT NULL AS usable, stock_recategorized(%(organization)s) AS recategorized
"""
# The row is made where it is missing: a first rolling at the same time must meet it.
MARK = """
    INSERT INTO stock_salesrollup (organization_id, snapshot, line, stale) VALUES (%(organization)s, '', 0, true)
    ON CONFLICT (organization_id) DO UPDATE SET stale = true
"""
PRUNE = "DELETE FROM stock_movementquarter WHERE organization_id = %(organization)s AND starts_at < %(kept_from)s"

# Something moved since the last rolling, with room for transactions that take their time; or the sums are unusable.
# Nothing is lost when one is overlooked: readers add what is not rolled up, and the next movement makes it due again.
DUE = """
    SELECT o.id FROM accounts_organization o
      LEFT JOIN stock_salesrollup r ON r.organization_id = o.id
     WHERE CASE WHEN r.id IS NULL OR r.stale
                THEN EXISTS (SELECT FROM stock_storekpi k WHERE k.organization_id = o.id)
                     OR EXISTS (SELECT FROM stock_saleshistory h WHERE h.organization_id = o.id)
                ELSE EXISTS (SELECT FROM stock_storekpi k
                              WHERE k.organization_id = o.id AND k.updated_at > r.rolled_at - interval '2 minutes')
                     OR EXISTS (SELECT FROM stock_salesstore k
                                  JOIN stores_store s ON s.organization_id = o.id AND s.id = k.store_id
                                 WHERE k.organization_id = o.id
                                   AND (k.region <> upper(s.region) OR k.currency <> s.currency))
                     OR stock_recategorized(o.id)
           END
     ORDER BY o.id
"""


def due() -> list[int]:
    """The organisations whose sums have something to add."""
    with connections["platform"].cursor() as cursor:
        cursor.execute(DUE)
        return [row[0] for row in cursor.fetchall()]


def roll(*, organization_id: int) -> bool:
    """Bring an organisation's sums up to now; make them anew where they cannot be used.

    False when somebody else is at it already.
    """
    params = {"organization": organization_id, "kept_from": kept_from()}
    with tenancy.scope(organization_id, durable=True):
        # Apart, so that nobody waits for the rest to find the row.
        sql.rows(BEGIN, params)
    with tenancy.scope(organization_id, durable=True):
        sql.rows(PATIENCE, {})
        if not sql.rows(HOLD, params):
            return False
        state = sql.rows(USABLE, params)[0]
        if state["usable"]:
            if state["recategorized"]:
                sql.rows(ROOM, {})
                sql.rows(sql.statement(SQL / "move_sales.sql"), params)
            sql.rows(sql.statement(SQL / "roll_sales.sql"), params)
            sql.rows(PRUNE, params)
        else:
            for table in OF_SUMS:
                sql.rows(f"DELETE FROM {table} WHERE organization_id = %(organization)s", params)
            sql.rows(ROOM, {})
            sql.rows(sql.statement(SQL / "rebuild_sales.sql"), params)
    return True


def kept_from() -> datetime:
    """Quarters of an hour from here on are kept."""
    return (clock.now() - QUARTERS_KEPT).replace(minute=0, second=0, microsecond=0)


def mark_stale() -> None:
    """In the transaction that changes histories: nobody uses the bound organisation's sums until they are made anew."""
    sql.rows(MARK, {"organization": tenancy.current_organization_id()})


def drift() -> int:
    """How many of the bound organisation's sums differ from what they are sums of."""
    # A rolling in between may have left out what was too old by then: an hour of room.
    params = {"organization": tenancy.current_organization_id(), "kept_from": kept_from() + timedelta(hours=1)}
    return int(sql.rows(sql.statement(SQL / "verify_sales.sql"), params)[0]["rollup_drift"])

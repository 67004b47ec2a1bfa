"""Closing balances of business days, kept so that stock as of any instant costs little (docs/adr/0009).

Nothing here is needed for a right answer: where a snapshot is missing or half of them are made, the ledger is read
further back. So they are taken beside the apply and never by it, store by store, and a run that was killed is simply
continued by the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connections

from inventory_project.kernel import sql, tenancy
from stock.models import SnapshotDay, StockSnapshot
from stock.services import books

SQL = Path(__file__).resolve().parent.parent / "sql"
# A day is kept this long after its end: what became known within an hour is in it, and whoever was about to write has.
DELAY = timedelta(hours=2)
STORES_AT_ONCE = 20
PATIENCE = "SET LOCAL statement_timeout = '30min'"
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('snapshots:' || %(organization)s::bigint, 0))"


@dataclass(slots=True)
class Taken:
    """How many days of stores, and how many closing balances in them."""

    days: int = 0
    balances: int = 0


def take(*, organization_id: int, anew: bool = False) -> Taken:
    """Keep every business day that is over and was not kept; with `anew` forget the ones kept before.

    A transaction for a few stores at a time. Raises Unavailable when the books could not be held for a moment.
    """
    with tenancy.scope(organization_id, durable=True):
        stores = list(SnapshotDay.objects.values_list("store_id", flat=True).distinct()) if anew else []
        stores += [store for store in _due_stores(organization_id) if store not in stores]
    taken = Taken()
    if stores:
        sequence, now = _draw_cut(organization_id)
        for some in _some_at_a_time(sorted(stores)):
            _take(taken, organization_id, some, sequence=sequence, over_before=now - DELAY, anew=anew)
    return taken


def due_organizations() -> list[int]:
    """The organisations with a day to keep."""
    query = sql.statement(SQL / "find_due_snapshots.sql")
    with connections["platform"].cursor() as cursor:
        cursor.execute(query, {"organization": None})
        return sorted({row[0] for row in cursor.fetchall()})


def _due_stores(organization_id: int) -> list[int]:
    query = sql.statement(SQL / "find_due_snapshots.sql")
    return [row["id"] for row in sql.rows(query, {"organization": organization_id})]


def _draw_cut(organization_id: int) -> tuple[int, datetime]:
    """A sequence that parts what is applied and visible from what is not, and the database's clock."""
    with tenancy.scope(organization_id, durable=True):
        books.hold(organization_id)
        cut = sql.rows(sql.statement(SQL / "draw_cut.sql"), {})[0]
        return cut["sequence"], cut["now"]


def _take(
    taken: Taken, organization_id: int, stores: list[int], *, sequence: int, over_before: datetime, anew: bool
) -> None:
    with tenancy.scope(organization_id, durable=True):
        sql.rows(PATIENCE, {})
        sql.rows(ONE_AT_A_TIME, {"organization": organization_id})
        if anew:
            StockSnapshot.objects.filter(store_id__in=stores).delete()
            SnapshotDay.objects.filter(store_id__in=stores).delete()
        params = {
            "organization": organization_id,
            "stores": stores,
            "sequence": sequence,
            "over_before": over_before,
        }
        found = sql.rows(sql.statement(SQL / "take_snapshots.sql"), params)[0]
    taken.days += found["days"]
    taken.balances += found["balances"]


def _some_at_a_time(stores: list[int]) -> Iterator[list[int]]:
    for first in range(0, len(stores), STORES_AT_ONCE):
        yield stores[first : first + STORES_AT_ONCE]

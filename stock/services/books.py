"""Holding an organisation's books: a moment in which nobody is in the middle of an apply."""

from __future__ import annotations

from pathlib import Path

from django.db import OperationalError

from inventory_project.kernel import sql
from inventory_project.kernel.errors import Unavailable

SQL = Path(__file__).resolve().parent.parent / "sql"
LOCK_NOT_AVAILABLE = "55P03"


def hold(organization_id: int) -> None:
    """Hold the books until the caller's transaction ends: what applies now is committed, what follows sees ours.

    Raises Unavailable when an apply takes longer than the role's lock_timeout: who comes after us waits as long.
    """
    try:
        sql.rows(sql.statement(SQL / "hold_books.sql"), {"organization": organization_id})
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
            raise
        raise Unavailable("Movements are being applied. Try again in a moment.", retry_after=2) from error

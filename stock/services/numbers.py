"""Drawing the next number of a paper."""

from __future__ import annotations

from pathlib import Path

from inventory_project.kernel import sql
from inventory_project.kernel.tenancy import current_organization_id
from stock.models.numbers import NumberKind

SQL = Path(__file__).resolve().parent.parent / "sql"


def draw(kind: NumberKind) -> int:
    """The organisation's next number of this kind. It is held until the caller's transaction ends: draw late."""
    params = {"organization": current_organization_id(), "kind": str(kind)}
    return int(sql.rows(sql.statement(SQL / "draw_number.sql"), params)[0]["last"])

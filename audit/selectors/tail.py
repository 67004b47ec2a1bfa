"""The feed for a reader that follows it all the time: one statement for everything new, whoever may see it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from audit.models import AuditEntry
from audit.selectors.feed import Cursor, cursor_of, position_of
from audit.selectors.lines import Horizon
from inventory_project.kernel import sql, tenancy

FACTS = ("before", "after", "detail")
SQL = Path(__file__).parent.parent / "sql" / "tail.sql"


@dataclass(frozen=True, slots=True)
class Tail:
    """What came after a cursor. `held_back`: there is more, and an earlier transaction that is not over."""

    entries: list[AuditEntry]
    next: Cursor
    has_more: bool
    held_back: bool


def tail(*, since: Cursor, limit: int) -> Tail:
    """The bound organisation's entries after `since`. Raises CursorLost as `feed` does."""
    params: dict[str, Any] = {
        "organization_id": tenancy.current_organization_id(),
        "xid": str(since.xid),
        "sequence": since.sequence,
        "limit": limit + 1,
    }
    rows = sql.rows(sql.statement(SQL), params)
    now = Horizon(rows[0].pop("horizon"), rows[0].pop("base"))
    if since.xid < now.base:
        position_of(str(since), now=now)
    found = [_entry(row) for row in rows if row["sequence"] is not None]
    final = [entry for entry in found if entry.xid < now.position]
    if len(final) > limit:
        return Tail(final[:limit], cursor_of(final[limit - 1]), has_more=True, held_back=False)
    return Tail(final, max(since, Cursor(now.position, 0)), has_more=False, held_back=len(found) > len(final))


def _entry(row: dict[str, Any]) -> AuditEntry:
    row.pop("horizon", None)
    row.pop("base", None)
    for name in FACTS:
        if row[name] is not None:
            row[name] = orjson.loads(row[name])
    return AuditEntry(**row)

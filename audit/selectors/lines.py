"""The lines of the feed: one for each time that this database came back from a copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inventory_project.kernel import sql

HORIZON = """
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + audit_feed_base() AS horizon,
           audit_feed_base() AS base
"""
# The first line that began after the one a position belongs to.
NEXT = """
    SELECT base, began_at, previous_end, data_until FROM audit_feed_line
     WHERE base > %(position)s ORDER BY base LIMIT 1
"""
SERVERS = """
    SELECT server = system_identifier AND timeline = timeline_id AS same
      FROM audit_feed_line, pg_control_system(), pg_control_checkpoint() ORDER BY base DESC LIMIT 1
"""
# Each organisation's own index knows its newest position.
NEWEST = """
    SELECT max(newest.xid::text::bigint) AS position
      FROM (SELECT DISTINCT organization_id FROM audit_chain_head) AS known
     CROSS JOIN LATERAL (SELECT xid FROM audit_entry WHERE audit_entry.organization_id = known.organization_id
                          ORDER BY xid DESC LIMIT 1) AS newest
"""


@dataclass(frozen=True, slots=True)
class Horizon:
    """Up to where the feed is final, and where its present line begins."""

    position: int
    base: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the feed: of the line before it, this database has what lies below `previous_end`."""

    base: int
    began_at: datetime
    previous_end: int
    data_until: datetime


def horizon() -> Horizon:
    """The oldest transaction still running; everything before it is final."""
    found = sql.rows(HORIZON, {})[0]
    return Horizon(found["horizon"], found["base"])


def line_after(position: int) -> Line | None:
    """The line that ended the one of this position; None for the present line."""
    found = sql.rows(NEXT, {"position": position})
    return Line(**found[0]) if found else None


def is_at_home() -> bool:
    """False when the data stands on another server, or another timeline, than the one its line began on."""
    return bool(sql.rows(SERVERS, {}, using="platform")[0]["same"])


def end_of_positions() -> int:
    """A position above every entry and every cursor handed out here so far."""
    now: dict[str, Any] = sql.rows(HORIZON, {}, using="platform")[0]
    newest = sql.rows(NEWEST, {}, using="platform")[0]["position"]
    return max(int(now["horizon"]), -1 if newest is None else int(newest) + 1)

"""Beginning a new line of the feed after the data came back from a copy (docs/adr/0011)."""

from __future__ import annotations

from audit.selectors import lines
from inventory_project.kernel import clock, sql


def ensure_line() -> bool:
    """Begin a line when this data was brought here by other means than `manage.py restore`; True when it did.

    A copy recovered to a moment, or loaded by a database's own tools, hands out transaction ids that its former life
    handed out too: on a line of its own they cannot be taken for each other. Run by the owner, before anyone serves.
    """
    if lines.is_at_home():
        return False
    params = {"end": lines.end_of_positions(), "until": clock.now()}
    sql.rows("SELECT audit_begin_line(%(end)s::bigint, %(until)s::timestamptz)", params, using="owner")
    return True

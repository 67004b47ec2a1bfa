"""The log as a feed: oldest first, resumed by a cursor that never skips a slow transaction.

Entries are ordered by (transaction id, sequence). A transaction that began early may commit late, so only entries of
transactions older than the oldest one still running are served: what is before a cursor can then never grow. The price
is that one long writing transaction holds the feed back until it ends.

After a restore the server's ids begin anew, perhaps below those of the entries it was given. `lines` lifts them above;
a cursor from a time that the restored copy does not have is refused with the place to go on from (docs/adr/0011).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from django.db.models import Q
from django.utils.dateparse import parse_datetime

from audit.errors import CursorLost
from audit.models import AuditEntry
from audit.selectors import lines
from audit.selectors.logs import by_action, visible_to
from inventory_project.kernel import sql, tenancy
from inventory_project.kernel.access import Access
from inventory_project.kernel.errors import InvalidInput

# No request's transaction lives longer (Celery's hard limit is 60 s, a statement's 30 s). A history load or a ledger's
# verification may: a reader that starts at a timestamp just after one can miss its few entries, a cursor never does.
LONGEST_TRANSACTION = timedelta(seconds=60)
_CURSOR = re.compile(r"(\d{1,19})\.(\d{1,19})")


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """A position in the feed; a client keeps its text and hands it back. `xid` counts on across restores."""

    xid: int
    sequence: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises InvalidInput."""
        match = _CURSOR.fullmatch(text)
        if match is None or max(int(part) for part in match.groups()) >= 2**63:
            raise InvalidInput(fields={"since": ["Not a cursor of this feed and not an ISO 8601 timestamp."]})
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.xid}.{self.sequence}"


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of the feed: the entries, where to go on, and whether more are waiting already."""

    entries: list[AuditEntry]
    next: Cursor
    has_more: bool


def cursor_of(entry: AuditEntry) -> Cursor:
    return Cursor(entry.xid, entry.sequence)


def feed(
    *,
    access: Access | None,
    since: str = "",
    limit: int = 100,
    stores: Collection[int] | None = None,
    types: Collection[str] | None = None,
    kinds: Collection[str] | None = None,
) -> Feed:
    """The entries after `since` that the caller may see (`access` None: all of the organisation's).

    `since` is a cursor, an ISO timestamp, "now", or empty for the beginning. `types` are actions or prefixes ending in
    a dot; `kinds` are kinds of movement, such as `sale`. The next cursor moves on even when no entry matched, so that a
    quiet reader never reads the same twice.
    """
    now = lines.horizon()
    start = position_of(since, now=now)
    wanted = Q(xid__gte=start.xid, xid__lt=now.position) & (Q(xid__gt=start.xid) | Q(sequence__gt=start.sequence))
    if access is not None:
        wanted &= visible_to(access)
    if stores is not None:
        wanted &= Q(store_id__in=stores)
    if types:
        any_type = Q()
        for action in types:
            any_type |= by_action(action)
        wanted &= any_type
    if kinds:
        wanted &= Q(detail__kind__in=list(kinds))
    entries = list(AuditEntry.objects.filter(wanted).order_by("xid", "sequence")[: limit + 1])
    has_more = len(entries) > limit
    entries = entries[:limit]
    end = cursor_of(entries[-1]) if has_more else max(start, Cursor(now.position, 0))
    return Feed(entries, end, has_more)


def position_of(since: str, *, now: lines.Horizon) -> Cursor:
    """Where a reader starts. Raises InvalidInput, CursorLost.

    A timestamp asks for everything committed from then on. Entries are stamped when their transaction begins, so the
    reader starts two of the longest transactions earlier: it may see entries again (they carry their numbers), and
    misses none of a request's.
    """
    if not since:
        return Cursor(0, 0)
    if since == "now":
        return Cursor(now.position, 0)
    moment = _moment(since)
    if moment is None:
        return _found(Cursor.parse(since), now)
    found = sql.rows(
        "SELECT audit_position_at(%(organization_id)s, %(moment)s)::text AS xid",
        {"organization_id": tenancy.current_organization_id(), "moment": moment - 2 * LONGEST_TRANSACTION},
    )[0]["xid"]
    return Cursor(now.position if found is None else min(int(found), now.position), 0)


def _found(cursor: Cursor, now: lines.Horizon) -> Cursor:
    """The cursor, when all that its reader has seen is here. Raises CursorLost."""
    if cursor.xid >= now.base:
        return cursor
    after = lines.line_after(cursor.xid)
    if after is None or cursor <= Cursor(after.previous_end, 0):
        return cursor
    go_on = Cursor(after.previous_end, 0)
    raise CursorLost(
        f"The database was restored on {after.began_at:%Y-%m-%d %H:%M} UTC to how it was on "
        f"{after.data_until:%Y-%m-%d %H:%M} UTC; this cursor is from the time between, whose changes are lost. Go on "
        f"from since={go_on}, and drop what you took between.",
        fields={"since": [f"Go on from {go_on}."]},
    )


def _moment(text: str) -> datetime | None:
    try:
        # In a query string an unescaped "+02:00" arrives as " 02:00".
        moment = parse_datetime(text.replace(" 0", "+0").replace(" 1", "+1") if "T" in text else text)
    except ValueError:
        return None
    if moment is None:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(moment, datetime(2000, 1, 1, tzinfo=UTC))

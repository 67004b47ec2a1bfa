"""One listener: what it waits for, what lies ready for it, and where it stands in the log."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from enum import StrEnum

from audit.selectors.feed import Cursor
from inventory_project.kernel.access import Access
from live.events import Audience, Event, Wanted
from live.selectors.rights import Credential

# Events that may lie ready before a listener counts as too slow. It comes back with its cursor and is told the rest.
MOST_WAITING = 2000


class Reason(StrEnum):
    """Why the server ended a connection."""

    SLOW = "slow"
    ENDED = "signed_out"
    STOPPING = "restart"
    LOST = "cursor_lost"


class Listener:
    """A connection's ear. Lives in the event loop; nothing here waits but `waiting`."""

    def __init__(self, credential: Credential, access: Access, wanted: Wanted, cursor: Cursor) -> None:
        self.credential = credential
        self.wanted = wanted
        self.cursor = self.began_at = cursor
        self.closed: Reason | None = None
        self.extras: dict[str, bytes] = {}
        self._told: set[str] = set()
        self._waiting: deque[Sequence[Event]] = deque()
        self._count = 0
        self._ready = asyncio.Event()
        self.access = access
        self.audience = Audience.of(access, wanted)

    def offer(self, events: Sequence[Event], upto: Cursor) -> None:
        """Lay events ready; whoever has too many waiting is cut off and comes back for them."""
        if self.closed is not None or upto <= self.cursor:
            return
        if events and events[0].cursor <= self.cursor:
            events = [event for event in events if event.cursor > self.cursor]
        if self._count + len(events) > MOST_WAITING:
            self.close(Reason.SLOW)
            return
        self.cursor = upto
        if events:
            self._waiting.append(events)
            self._count += len(events)
            self._ready.set()

    def offer_extra(self, name: str, frame: bytes) -> None:
        """Lay the newest state of something ready: the one before it is forgotten."""
        self.extras[name] = frame
        self._told.add(name)
        self._ready.set()

    def was_told(self, name: str) -> bool:
        return name in self._told

    def change(self, access: Access) -> None:
        """From now on with these rights."""
        self.access = access
        self.audience = Audience.of(access, self.wanted)

    def close(self, reason: Reason) -> None:
        if self.closed is None:
            self.closed = reason
            if reason is not Reason.SLOW:
                self._waiting.clear()
            self._ready.set()

    def ring(self) -> None:
        """Something else is to be seen to by whoever waits."""
        self._ready.set()

    async def is_told(self, seconds: float) -> None:
        """Wait until something lies ready, the connection is to be closed, or the time is up."""
        if not self._ready.is_set():
            try:
                async with asyncio.timeout(seconds):
                    await self._ready.wait()
            except TimeoutError:
                pass  # something may have come in the same moment, and `cursor` is past it
        self._ready.clear()

    def take(self) -> list[Event]:
        """The events that lie ready, in the order of the log."""
        events = [event for part in self._waiting for event in part]
        self._waiting.clear()
        self._count = 0
        return events

    async def waiting(self, seconds: float) -> tuple[list[Event], list[bytes]]:
        """What lies ready, as soon as something does or the connection is to be closed; nothing when time is up."""
        await self.is_told(seconds)
        extras = list(self.extras.values())
        self.extras = {}
        return self.take(), extras

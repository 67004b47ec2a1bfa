"""One Socket.IO client: what it joined, and what it is told of that."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from audit.errors import CursorLost
from audit.selectors.feed import Cursor
from inventory_project.kernel.access import Access
from live.errors import TooManyConnections
from live.events import Audience, Event, Wanted
from live.leases import Lease
from live.listeners import Listener, Reason
from live.selectors import log
from live.selectors.rights import Credential
from live.sockets.messages import messages

if TYPE_CHECKING:
    from live.sockets.server import Server

logger = logging.getLogger(__name__)

MOST_STORES = 100
# Packets on their way to a client before the next is made.
MOST_PACKETS = 200
LOOK_SECONDS = 0.05
# A client's own events in one second.
MOST_ASKED = 50


class Connection:
    """A client hears of what belongs to no store, and of the stores it joined, in the order of the log.

    One listener hears for all of them, so that the last cursor a client was told stands for everything before it.
    """

    def __init__(self, server: Server, sid: str, credential: Credential, access: Access, lease: Lease) -> None:
        self.server = server
        self.sid = sid
        self.credential = credential
        self.stores: set[int] = set()
        self._opened_with = access
        self._lease = lease
        self._listener: Listener | None = None
        self._task: asyncio.Task[None] | None = None
        self._joining: dict[int, Cursor] = {}
        # Where each store that was joined later begins for this client.
        self._from: dict[int, Cursor] = {}
        self._second, self._asked = 0, 0
        server.hub.leases.hold(lease)

    @property
    def access(self) -> Access:
        """The rights as they are now."""
        return self._listener.access if self._listener else self._opened_with

    def may_ask(self) -> bool:
        second = int(time.monotonic())
        if second != self._second:
            self._second, self._asked = second, 0
        self._asked += 1
        return self._asked <= MOST_ASKED

    def begin(self, stores: Iterable[int], cursor: Cursor) -> None:
        """Tell of these stores, and of what belongs to none, from there on."""
        self.stores |= set(stores)
        wanted = Wanted(stores=frozenset(self.stores), storeless=True, log_only=True)
        self._listener = Listener(self.credential, self._opened_with, wanted, cursor)
        self._task = self.server.hub.start(self._tell_all(self._listener))

    def hear(self, store_id: int, cursor: Cursor) -> None:
        """Tell of one more store, from there on. Raises TooManyConnections."""
        if store_id in self.stores or store_id in self._joining:
            return
        if len(self.stores) + len(self._joining) >= MOST_STORES:
            raise TooManyConnections(f"One connection hears of {MOST_STORES} stores at most.")
        self._joining[store_id] = cursor
        if self._listener is not None:
            self._listener.ring()

    def stop_hearing(self, store_id: int) -> None:
        self._joining.pop(store_id, None)
        if store_id in self.stores:
            self.stores.remove(store_id)
            self._from.pop(store_id, None)
            if self._listener is not None:
                self._choose(self._listener)

    def close(self) -> None:
        """Tell no more. The one who closes may be telling himself."""
        if self._task is not None and self._task is not asyncio.current_task():
            self._task.cancel()
        self.server.hub.leases.end(self._lease)

    # -- telling -------------------------------------------------------------------------------------------------

    async def _tell_all(self, listener: Listener) -> None:
        hub = self.server.hub
        reason = Reason.STOPPING
        with suppress(asyncio.CancelledError):
            async with hub.listening(listener):
                try:
                    async for missed in hub.reader(listener.access.organization_id).follow(listener):
                        await self._tell(missed, listener.access)
                    while listener.closed is None:
                        for store_id in list(self._joining):
                            await self._join(store_id, listener)
                        await listener.is_told(settings.LIVE_KEEPALIVE_SECONDS)
                        await self._tell(self._untold(listener), listener.access)
                    reason = listener.closed
                except TimeoutError:
                    reason = Reason.SLOW
                except CursorLost:
                    reason = Reason.LOST
                except (DatabaseError, InterfaceError) as error:
                    logger.warning("client not told", extra={"error": str(error)})
            await self.server.end(self.sid, reason)

    async def _join(self, store_id: int, listener: Listener) -> None:
        """Tell what was missed of a store up to where the listener is; from there on it hears of the store too."""
        wanted = replace(listener.wanted, stores=frozenset({store_id}), storeless=False)
        while (cursor := self._joining.get(store_id)) is not None:
            page = await self.server.hub.ask(log.missed, listener.access, cursor, wanted)
            missed = Audience.of(listener.access, wanted).chosen(page.events)
            if store_id not in self._joining:
                return
            if page.has_more or page.next < listener.cursor:
                self._joining[store_id] = page.next
                await self._tell(missed, listener.access)
                continue
            # Nothing is awaited until the listener has changed, so nothing of this store falls between.
            events = [*self._untold(listener), *(event for event in missed if event.cursor <= listener.cursor)]
            del self._joining[store_id]
            self.stores.add(store_id)
            self._from[store_id] = cursor
            self._choose(listener)
            await self._tell(sorted(events, key=lambda event: event.cursor), listener.access)

    def _choose(self, listener: Listener) -> None:
        """Let the listener hear of the stores as they are now."""
        listener.wanted = replace(listener.wanted, stores=frozenset(self.stores))
        self.server.hub.reader(listener.access.organization_id).regroup(listener, listener.access)

    def _untold(self, listener: Listener) -> list[Event]:
        """What lies ready of the stores as they are now, each from where it was joined."""
        return [
            event
            for event in listener.take()
            if event.store_id is None
            or (event.store_id in self.stores and event.cursor > self._from.get(event.store_id, listener.began_at))
        ]

    async def _tell(self, events: list[Event], access: Access) -> None:
        """Raises TimeoutError when the client does not take what it was sent."""
        for event in events:
            for name, facts in messages(event, access):
                async with asyncio.timeout(settings.LIVE_PATIENCE_SECONDS):
                    while self.server.on_their_way(self.sid) > MOST_PACKETS:
                        await asyncio.sleep(LOOK_SECONDS)
                await self.server.emit(name, facts, self.sid)

"""One Socket.IO client: what it joined, and what it is told of that."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from audit.errors import CursorLost
from audit.selectors.feed import Cursor
from inventory_project.kernel.access import Access
from live.errors import TooManyConnections
from live.events import Event, Wanted
from live.listeners import Listener, Reason
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
    """A client hears of what belongs to no store, and of the stores it joined."""

    def __init__(self, server: Server, sid: str, credential: Credential, access: Access) -> None:
        self.server = server
        self.sid = sid
        self.credential = credential
        self.organization_id = access.organization_id
        self.heard: dict[int | None, tuple[Listener, asyncio.Task[None]]] = {}
        self._second, self._asked = 0, 0
        self._opened_with = access
        server.hub.enter(access)

    @property
    def access(self) -> Access:
        """The rights as they are now."""
        listener = self.heard.get(None)
        return listener[0].access if listener else self._opened_with

    def may_ask(self) -> bool:
        second = int(time.monotonic())
        if second != self._second:
            self._second, self._asked = second, 0
        self._asked += 1
        return self._asked <= MOST_ASKED

    def hear(self, store_id: int | None, cursor: Cursor) -> None:
        """Begin to tell of a store (None: of what belongs to none) from there on. Raises TooManyConnections."""
        if store_id in self.heard:
            return
        if len(self.heard) > MOST_STORES:
            raise TooManyConnections(f"One connection hears of {MOST_STORES} stores at most.")
        stores = None if store_id is None else frozenset({store_id})
        wanted = Wanted(stores=stores, storeless=store_id is None, log_only=True)
        listener = Listener(self.credential, self.access, wanted, cursor)
        task = self.server.hub.start(self._tell_all(listener))
        self.heard[store_id] = (listener, task)

    def stop_hearing(self, store_id: int) -> None:
        if found := self.heard.pop(store_id, None):
            found[1].cancel()

    def close(self) -> None:
        """Tell no more. The one who closes may be telling himself."""
        for _, task in self.heard.values():
            if task is not asyncio.current_task():
                task.cancel()
        self.heard.clear()
        self.server.hub.go(self._opened_with)

    async def _tell_all(self, listener: Listener) -> None:
        hub = self.server.hub
        reason = Reason.STOPPING
        with suppress(asyncio.CancelledError):
            async with hub.listening(listener, counts=False):
                try:
                    async for missed in hub.reader(self.organization_id).follow(listener):
                        await self._tell(missed, listener)
                    while listener.closed is None:
                        events, _ = await listener.waiting(settings.LIVE_KEEPALIVE_SECONDS)
                        await self._tell(events, listener)
                    reason = listener.closed
                except TimeoutError:
                    reason = Reason.SLOW
                except CursorLost:
                    reason = Reason.LOST
                except (DatabaseError, InterfaceError) as error:
                    logger.warning("client not told", extra={"error": str(error)})
            await self.server.end(self.sid, reason)

    async def _tell(self, events: list[Event], listener: Listener) -> None:
        """Raises TimeoutError when the client does not take what it was sent."""
        for event in events:
            for name, facts in messages(event, listener.access):
                async with asyncio.timeout(settings.LIVE_PATIENCE_SECONDS):
                    while self.server.on_their_way(self.sid) > MOST_PACKETS:
                        await asyncio.sleep(LOOK_SECONDS)
                await self.server.emit(name, facts, self.sid)

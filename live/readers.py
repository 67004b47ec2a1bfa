"""One organisation's log, read once for all who listen to it in this process."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from django.db import DatabaseError, InterfaceError

from audit.errors import CursorLost
from audit.selectors.feed import Cursor
from inventory_project.kernel.access import Access
from live.events import Audience, Event
from live.figures import Figures
from live.listeners import Listener, Reason
from live.selectors import log
from live.selectors.log import Page

if TYPE_CHECKING:
    from live.hub import Hub

logger = logging.getLogger(__name__)

# How long a reader that nobody wakes waits before it looks by itself: while Redis answers, and while it does not.
LOOK_SECONDS, LOOK_OFTEN_SECONDS = 2.0, 0.5
# What an earlier transaction holds back is looked for again soon, then less often.
FIRST_PAUSE, LONGEST_PAUSE = 0.015, 0.25
AFTER_FAILURE_SECONDS = 1.0


class Reader:
    """Reads while somebody listens; its place in the log is where the last page ended."""

    def __init__(self, hub: Hub, organization_id: int) -> None:
        self.hub = hub
        self.organization_id = organization_id
        self.place: Cursor | None = None
        self.bell = asyncio.Event()
        self.audiences: dict[Audience, set[Listener]] = defaultdict(set)
        self.figures = Figures(self)
        self._runs = False

    # -- listeners -----------------------------------------------------------------------------------------------

    async def follow(self, listener: Listener) -> AsyncIterator[list[Event]]:
        """Tell the listener what it has missed since its cursor, page by page, and let it join where the reader is."""
        while True:
            access = listener.access
            page = await self.hub.ask(log.missed, access, listener.cursor, listener.wanted)
            listener.cursor = page.next
            chosen = Audience.of(listener.access, listener.wanted).chosen(page.events)
            # Between here and the join nothing is awaited, so no page of the reader's falls between.
            joins = not page.has_more and (self.place is None or page.next >= self.place)
            if joins:
                self._join(listener)
            yield chosen
            if joins or listener.closed is not None:
                return

    def _join(self, listener: Listener) -> None:
        self.audiences[listener.audience].add(listener)
        self.figures.is_new_to(listener)
        if self.place is None:
            self.place = listener.cursor
        if not self._runs:
            self._runs = True
            self.hub.start(self._run())

    def leave(self, listener: Listener) -> None:
        members = self.audiences.get(listener.audience)
        if members is not None:
            members.discard(listener)
            if not members:
                del self.audiences[listener.audience]
        if not self.audiences:
            self.bell.set()

    def regroup(self, listener: Listener, access: Access) -> None:
        """Take the listener to those who are told the same as it is under its new rights."""
        joined = listener in self.audiences.get(listener.audience, ())
        self.leave(listener)
        listener.change(access)
        if joined:
            self.audiences[listener.audience].add(listener)

    # -- the log -------------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        pause = FIRST_PAUSE
        try:
            while self.audiences:
                page = await self._read()
                if page is None:
                    await asyncio.sleep(AFTER_FAILURE_SECONDS)
                    continue
                self._tell(page)
                if page.has_more:
                    continue
                if page.held_back:
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, LONGEST_PAUSE)
                    continue
                pause = FIRST_PAUSE
                await self._rest()
        finally:
            self._runs = False
            self.place = None
            if self.audiences:  # ended by an error: whoever listens comes back
                for listener in [each for members in self.audiences.values() for each in members]:
                    listener.close(Reason.STOPPING)

    async def _rest(self) -> None:
        seconds = LOOK_SECONDS if self.hub.wakes.hears else LOOK_OFTEN_SECONDS
        try:
            async with asyncio.timeout(seconds):
                await self.bell.wait()
        except TimeoutError:
            pass
        self.bell.clear()

    async def _read(self) -> Page | None:
        try:
            return await self.hub.ask(log.grown, self.organization_id, self.place)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("log not read", extra={"organization": self.organization_id, "error": str(error)})
            return None
        except CursorLost:
            for listener in [each for members in self.audiences.values() for each in members]:
                listener.close(Reason.LOST)
            raise

    def _tell(self, page: Page) -> None:
        self.place = page.next
        for audience, members in self.audiences.items():
            chosen = audience.chosen(page.events) if page.events else []
            for listener in members:
                listener.offer(chosen, page.next)
        if page.events:
            self.figures.changed(page.events)

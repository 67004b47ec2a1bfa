"""Figures for those who watch them: made anew when something moved, at most four times a second."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from django.db import DatabaseError, InterfaceError

from live.events import FIGURES, IMPORTS, Audience, Event
from live.listeners import Listener
from live.selectors import state

if TYPE_CHECKING:
    from live.readers import Reader

logger = logging.getLogger(__name__)

SHORTEST_SECONDS = 0.25
# A thousand stores' figures take longer than one's: at most a tenth of a thread's time goes into them.
SHARE = 0.1
# An import that is being checked writes nothing into the log.
IMPORT_SECONDS = 1.0


class Figures:
    """One organisation's; each audience is told what changed for it."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._stores: set[int] = set()
        self._new: set[Audience] = set()
        self._last: dict[Audience, dict[str, bytes]] = {}
        self._imports_at_work = False
        self._runs = False

    def changed(self, events: list[Event]) -> None:
        self._stores |= {event.store_id or 0 for event in events if event.action.startswith("stock.")}
        if self._stores:
            self._begin()

    def is_new_to(self, listener: Listener) -> None:
        if listener.wanted.includes(FIGURES) or listener.wanted.includes(IMPORTS):
            self._new.add(listener.audience)
            self._begin()

    def _begin(self) -> None:
        if not self._runs:
            self._runs = True
            self._reader.hub.start(self._run())

    async def _run(self) -> None:
        try:
            while self._reader.audiences and (self._stores or self._new or self._imports_at_work):
                began = time.monotonic()
                audiences = self._due()
                if audiences:
                    await self._tell(audiences)
                spent = time.monotonic() - began
                idle = self._imports_at_work and not (self._stores or self._new)
                await asyncio.sleep(max(IMPORT_SECONDS if idle else SHORTEST_SECONDS, spent / SHARE))
        finally:
            self._runs = False
            self._last = {audience: told for audience, told in self._last.items() if audience in self._reader.audiences}

    def _due(self) -> list[Audience]:
        stores, new = self._stores, self._new
        self._stores, self._new = set(), set()
        return [
            audience
            for audience in self._reader.audiences
            if audience.wanted.includes(FIGURES) or audience.wanted.includes(IMPORTS)
            if audience in new or self._imports_at_work or 0 in stores or _touches(audience, stores)
        ]

    async def _tell(self, audiences: list[Audience]) -> None:
        try:
            found, self._imports_at_work = await self._reader.hub.ask(
                state.frames, self._reader.organization_id, audiences
            )
        except (DatabaseError, InterfaceError) as error:
            logger.warning("figures not read", extra={"error": str(error)})
            return
        for audience, frames in found.items():
            before = self._last.get(audience, {})
            self._last[audience] = frames
            for listener in self._reader.audiences.get(audience, ()):
                for name, frame in frames.items():
                    if before.get(name) != frame or not listener.was_told(name):
                        listener.offer_extra(name, frame)


def _touches(audience: Audience, stores: set[int]) -> bool:
    own = audience.rights.store_ids
    return bool(stores if own is None else stores & own)

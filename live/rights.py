"""Keeping open connections within the rights of whoever opened them."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from django.db import DatabaseError, InterfaceError

from inventory_project.kernel.access import Access
from live.listeners import Listener, Reason
from live.selectors import rights

if TYPE_CHECKING:
    from live.hub import Hub

logger = logging.getLogger(__name__)

LOOK_SECONDS = 1.5
# Ends that begin no new epoch: a session that is over, a person put out by an operator, a token's last day.
LOOK_ANYWAY_SECONDS = 3.0


class RightsWatch:
    """Looks every second and a half whose rights changed; a changed connection is narrowed, or closed."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._runs = False
        self._stamps: dict[int, bytes | None] = {}
        self._asked_at: dict[int, float] = {}

    def begin(self) -> None:
        if not self._runs:
            self._runs = True
            self._hub.start(self._run())

    async def _run(self) -> None:
        try:
            while self._hub.listeners:
                await asyncio.sleep(LOOK_SECONDS)
                try:
                    await self._look()
                except (DatabaseError, InterfaceError) as error:
                    logger.warning("rights not looked at", extra={"error": str(error)})
        finally:
            self._runs = False

    async def _look(self) -> None:
        by_organization: dict[int, list[Listener]] = {}
        for listener in self._hub.listeners:
            by_organization.setdefault(listener.access.organization_id, []).append(listener)
        stamps = await self._hub.ask(rights.stamps, list(by_organization))
        for organization_id, listeners in by_organization.items():
            if stamps is None or self._is_due(organization_id, stamps[organization_id]):
                await self._ask(listeners)
                self._stamps[organization_id] = stamps[organization_id] if stamps is not None else None
                self._asked_at[organization_id] = time.monotonic()

    def _is_due(self, organization_id: int, stamp: bytes | None) -> bool:
        if organization_id not in self._asked_at or self._stamps[organization_id] != stamp:
            return True
        return time.monotonic() - self._asked_at[organization_id] >= LOOK_ANYWAY_SECONDS

    async def _ask(self, listeners: list[Listener]) -> None:
        found = await self._hub.ask(rights.all_of, {listener.credential for listener in listeners})
        for listener in listeners:
            access = found[listener.credential]
            if access is None or access.organization_id != listener.access.organization_id:
                listener.close(Reason.ENDED)
            elif access != listener.access:
                self._change(listener, access)

    def _change(self, listener: Listener, access: Access) -> None:
        if not access.allows_scope("stock", write=False):
            listener.close(Reason.ENDED)
        elif reader := self._hub.readers.get(access.organization_id):
            reader.regroup(listener, access)
        else:
            listener.change(access)

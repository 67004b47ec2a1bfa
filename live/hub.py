"""The hub of a process: reads each listened-to organisation's log once, however many listen.

The log carries what happened, and every organisation's reader keeps its place in it: a wake-up that is lost, or a
Redis that is away, makes events late and never loses one.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from django.conf import settings

from inventory_project.kernel.access import Access
from live import leases
from live.errors import TooManyConnections
from live.leases import Lease, Leases
from live.listeners import Listener, Reason
from live.readers import Reader
from live.rights import RightsWatch
from live.wakes import WakeListener

logger = logging.getLogger(__name__)

T = TypeVar("T")

THREADS = 2


class Hub:
    """All listeners of one process. Everything here runs in its event loop; the database is asked in threads."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="live")
        self._tasks: set[asyncio.Task[None]] = set()
        self.readers: dict[int, Reader] = {}
        self.listeners: set[Listener] = set()
        self.leases = Leases(self)
        self._hearing: Counter[int] = Counter()
        self.wakes = WakeListener(self.wake)
        self.rights = RightsWatch(self)
        self.stopping = False

    async def ask(self, function: Callable[..., T], *arguments: Any) -> T:
        """A question to the database, in a thread that is kept for such."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *arguments)

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run something beside; its end by an error is told."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("live task failed", exc_info=error)

    def wake(self, organization_id: int | None) -> None:
        """An organisation's log has grown; None: look at all of them."""
        if organization_id is None:
            for each in self.readers.values():
                each.bell.set()
        elif reader := self.readers.get(organization_id):
            reader.bell.set()

    def admit(self, access: Access) -> Lease:
        """A place for one more connection, which is lost again unless it is soon held. Raises TooManyConnections.

        May be asked from any thread, and asks Redis.
        """
        has_room = not self.stopping and len(self.listeners) < settings.LIVE_CONNECTIONS
        lease = leases.take(access) if has_room and self.leases.may_take(access) else None
        if lease is None:
            raise TooManyConnections(retry_after=5)
        return lease

    @asynccontextmanager
    async def listening(self, listener: Listener, lease: Lease | None = None) -> AsyncIterator[Listener]:
        """Keep the listener's organisation's log read for as long as the block lasts, and its lease.

        One without belongs to a connection that has one.
        """
        self.listeners.add(listener)
        organization = listener.access.organization_id
        if lease is not None:
            self.leases.hold(lease)
        self._hearing[organization] += 1
        self.wakes.begin(self)
        self.rights.begin()
        try:
            yield listener
        finally:
            self.listeners.discard(listener)
            if lease is not None:
                self.leases.end(lease)
            if reader := self.readers.get(organization):
                reader.leave(listener)
            self._hearing[organization] -= 1
            if not self._hearing[organization]:
                self.readers.pop(organization, None)

    def reader(self, organization_id: int) -> Reader:
        if organization_id not in self.readers:
            self.readers[organization_id] = Reader(self, organization_id)
        return self.readers[organization_id]

    def close(self, reason: Reason) -> None:
        """End every connection; the clients come back, each after a while of its own."""
        self.stopping = True
        for listener in self.listeners:
            listener.close(reason)


_hub: Hub | None = None


def hub() -> Hub:
    """This process's hub, made when it is first needed."""
    global _hub
    if _hub is None:
        _hub = Hub()
    return _hub

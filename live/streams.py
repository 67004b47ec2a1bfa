"""A stream of server-sent events, from the first word to the last. Knows no web server: `send` takes bytes."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from audit.errors import CursorLost
from audit.selectors.feed import Cursor
from inventory_project.kernel.access import Access
from live.events import Wanted, frame
from live.hub import Hub
from live.leases import Lease
from live.listeners import Listener, Reason
from live.selectors.rights import Credential

logger = logging.getLogger(__name__)

# How long a client waits before it comes back: told at the start, so that it holds for whatever ends the stream, and
# another number for each, so that they do not all come at once.
SOONEST_MS, LATEST_MS = 500, 4000

MOST_AT_ONCE = 64 * 1024

Send = Callable[[bytes], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Stream:
    """What the door is to serve once the view has said yes."""

    credential: Credential
    access: Access
    wanted: Wanted
    cursor: Cursor
    lease: Lease | None = None


def greeting(stream: Stream) -> bytes:
    wait = random.randint(SOONEST_MS, LATEST_MS)  # noqa: S311
    stores = stream.access.store_ids
    facts = {
        "organization": stream.access.organization_id,
        "username": stream.access.username,
        "role": stream.access.role,
        "stores": None if stores is None else sorted(stores),
        "cursor": str(stream.cursor),
    }
    return b"retry: %d\n" % wait + frame(facts, name="connected", cursor=stream.cursor)


async def serve(stream: Stream, hub: Hub, send: Send) -> None:
    """Send until the client goes, is too slow, or loses its rights."""
    listener = Listener(stream.credential, stream.access, stream.wanted, stream.cursor)
    async with hub.listening(listener, stream.lease):
        await _send(send, greeting(stream))
        try:
            async for part in parts(listener, hub):
                await _send(send, part)
        except CursorLost:
            await _send(send, goodbye(Reason.LOST))
        except (DatabaseError, InterfaceError) as error:
            logger.warning("stream broken off", extra={"error": str(error)})
            await _send(send, goodbye(Reason.STOPPING))


async def _send(send: Send, part: bytes) -> None:
    """Bit by bit: who takes any of it is given time for the next."""
    for begin in range(0, len(part), MOST_AT_ONCE):
        async with asyncio.timeout(settings.LIVE_PATIENCE_SECONDS):
            await send(part[begin : begin + MOST_AT_ONCE])


async def parts(listener: Listener, hub: Hub) -> AsyncIterator[bytes]:
    """What was missed, then what happens; now and then a sign of life that carries the cursor on."""
    async for missed in hub.reader(listener.access.organization_id).follow(listener):
        if missed:
            yield b"".join(event.frame_for(listener.access) for event in missed)
    while True:
        events, extras = await listener.waiting(settings.LIVE_KEEPALIVE_SECONDS)
        if events or extras:
            yield b"".join([event.frame_for(listener.access) for event in events] + extras)
        elif listener.closed is None:
            yield b": still here\nid: " + str(listener.cursor).encode() + b"\n\n"
        if listener.closed is not None:
            yield goodbye(listener.closed)
            return


def goodbye(reason: Reason) -> bytes:
    return frame({"reason": reason}, name="goodbye")


async def something_new(stream: Stream, hub: Hub, seconds: float) -> None:
    """Wait until the listener would be told something, loses its rights, or the time is up."""
    listener = Listener(stream.credential, stream.access, stream.wanted, stream.cursor)
    async with hub.listening(listener, stream.lease):
        try:
            async with asyncio.timeout(seconds):
                async for missed in hub.reader(stream.access.organization_id).follow(listener):
                    if missed:
                        return
                await listener.waiting(seconds)
        except TimeoutError:
            pass

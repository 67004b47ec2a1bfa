"""What a view and the web server's door agree upon, so that listeners wait in the event loop and hold no thread."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from live.streams import Stream

# The door says by this name that it serves listeners, and by the other that it has waited already.
DOOR, WAITED = "onhand.door", "onhand.waited"


@dataclass(frozen=True, slots=True)
class Waits:
    """A request that is to be served again once there is something new, or when its seconds are over."""

    listener: Stream
    seconds: float


async def while_there(protocol: Any, work: Coroutine[Any, Any, None]) -> bool:
    """Do the work for a client for as long as it is there and takes what it is sent; False when it went."""
    working = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(protocol.client_disconnect())
    try:
        await asyncio.wait({working, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()
        working.cancel()
    with suppress(asyncio.CancelledError, TimeoutError):
        await working
    return not gone.done() or gone.cancelled()

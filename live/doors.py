"""What a view and the web server's door agree upon, so that listeners wait in the event loop and hold no thread."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any

from granian.rsgi import ProtocolClosed

from live import lines, streams
from live.hub import hub
from live.listeners import Reason
from live.streams import Stream

# The door says by this name that it serves listeners, and by the other that it has waited already.
DOOR, WAITED = "onhand.door", "onhand.waited"


@dataclass(frozen=True, slots=True)
class Waits:
    """A request that is to be served again once there is something new, or when its seconds are over."""

    listener: Stream
    seconds: float


async def serve(protocol: Any, transport: Any, *, client: str, stream: Stream) -> None:
    """Serve a listener no faster than it takes what it is sent; one that stands still is cut off and comes back."""
    line = await hub().ask(lines.find, client)

    async def send(part: bytes) -> None:
        await transport.send_bytes(part)
        if line is not None:
            await line.taken()

    try:
        await while_there(protocol, streams.serve(stream, hub(), send))
    except TimeoutError:
        if line is not None:
            line.cut()
    finally:
        if line is not None:
            line.close()


def say_goodbye_when_stopped(loop: asyncio.AbstractEventLoop) -> None:
    """End every connection when this process is told to stop: the web server waits for them to end.

    What the web server does then is done too: by the handler that was here before or, where the loop hears of signals
    by its own way, by that.
    """
    before = signal.getsignal(signal.SIGTERM)

    def stop(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(hub().close, Reason.STOPPING)
        if callable(before):
            before(number, frame)

    signal.signal(signal.SIGTERM, stop)
    signal.siginterrupt(signal.SIGTERM, False)


async def while_there(protocol: Any, work: Coroutine[Any, Any, None]) -> bool:
    """Do the work for a client for as long as it is there and takes what it is sent; False when it went."""
    working = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(protocol.client_disconnect())
    try:
        await asyncio.wait({working, gone}, return_when=asyncio.FIRST_COMPLETED)
        went = gone.done()
    finally:
        gone.cancel()
        working.cancel()
    with suppress(asyncio.CancelledError, ProtocolClosed):
        await working
    return not went

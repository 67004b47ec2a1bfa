"""What streams are compared with: a plain ASGI application that says to all listeners what it is sent."""

from __future__ import annotations

import asyncio
from typing import Any

_listeners: set[asyncio.Queue[bytes]] = set()
HEADERS = [(b"content-type", b"text/event-stream")]


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    if scope["method"] == "POST":
        said = (await receive())["body"]
        for listener in _listeners:
            listener.put_nowait(b"data: " + said + b"\n\n")
        await send({"type": "http.response.body", "body": b""})
        return
    listener: asyncio.Queue[bytes] = asyncio.Queue()
    _listeners.add(listener)
    try:
        await send({"type": "http.response.body", "body": b"event: connected\ndata: 1\n\n", "more_body": True})
        while True:
            await send({"type": "http.response.body", "body": await listener.get(), "more_body": True})
    finally:
        _listeners.discard(listener)

"""What streams are compared with: a plain ASGI application that says to all listeners of a room what it is sent."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Any

_rooms: dict[bytes, set[asyncio.Queue[bytes]]] = defaultdict(set)
HEADERS = [(b"content-type", b"text/event-stream")]


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    room = scope["query_string"]
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    if scope["method"] == "POST":
        said = (await receive())["body"]
        for listener in _rooms[room]:
            listener.put_nowait(b"data: " + said + b"\n\n")
        await send({"type": "http.response.body", "body": b""})
        return
    listener: asyncio.Queue[bytes] = asyncio.Queue()
    _rooms[room].add(listener)
    try:
        await send({"type": "http.response.body", "body": b"event: connected\ndata: 1\n\n", "more_body": True})
        while True:
            await send({"type": "http.response.body", "body": await listener.get(), "more_body": True})
    finally:
        _rooms[room].discard(listener)

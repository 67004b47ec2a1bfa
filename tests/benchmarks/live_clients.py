"""Clients by the thousand: little more than a socket each, so that it is the servers that are measured."""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

AT_ONCE = 50
PATIENCE_SECONDS = 60.0
OPENING_SECONDS = 600.0
TEXT, PING, PONG = 1, 9, 10
UPGRADE = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    "Sec-WebSocket-Version: 13\r\n"
)


@dataclass
class Heard:
    """What all clients were told, in milliseconds after it was committed."""

    expected: int = 0
    delays: list[float] = field(default_factory=list)
    opened: float = 0.0
    cpu: dict[str, float] = field(default_factory=dict)
    kib: dict[str, float] = field(default_factory=dict)

    @property
    def share(self) -> float:
        return 100 * len(self.delays) / max(self.expected, 1)

    def percentile(self, share: float) -> float:
        found = sorted(self.delays)
        return found[min(len(found) - 1, int(len(found) * share))] if found else float("nan")


class Client(ABC):
    """One connection. `room` is the number of the store it listens to; None: to all of them."""

    def __init__(self, port: int, room: int | None) -> None:
        self.port = port
        self.room = room

    async def open(self) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        await self.begin()

    def ask(self, path: str, headers: str = "") -> None:
        self.writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode())

    @abstractmethod
    async def begin(self) -> None:
        """Until the server says that it tells."""

    @abstractmethod
    async def next(self) -> float | None:
        """The moment of what was told next; None when it is something else."""


class StreamClient(Client):
    """Server-sent events, as the product and the plain application send them."""

    path = staticmethod(lambda room: "/" if room is None else f"/?room={room}")
    headers = ""

    async def begin(self) -> None:
        self.ask(self.path(self.room), self.headers)
        await self.reader.readuntil(b"event: connected\n")
        await self.reader.readline()

    async def next(self) -> float | None:
        line = await self.reader.readuntil(b"\n")
        return moment(orjson.loads(line[6:])) if line.startswith(b"data: ") else None


class SocketClient(Client):
    """A websocket: what the server sends is not masked, what we send has a mask of zeros."""

    path = staticmethod(lambda room: f"/?room={'all' if room is None else room}")

    async def begin(self) -> None:
        self.ask(self.path(self.room), UPGRADE)
        await self.reader.readuntil(b"\r\n\r\n")
        await self.frame()

    def say(self, text: bytes, kind: int = TEXT) -> None:
        size = bytes([0x80 | len(text)]) if len(text) < 126 else bytes([0x80 | 126]) + len(text).to_bytes(2)
        self.writer.write(bytes([0x80 | kind]) + size + bytes(4) + text)

    async def frame(self) -> bytes:
        """The next text; a ping before it is answered."""
        while True:
            first, size = await self.reader.readexactly(2)
            if size == 126:
                size = int.from_bytes(await self.reader.readexactly(2))
            elif size == 127:
                size = int.from_bytes(await self.reader.readexactly(8))
            content = await self.reader.readexactly(size)
            if first & 0x0F == TEXT:
                return content
            if first & 0x0F == PING:
                self.say(content, PONG)

    async def next(self) -> float | None:
        return moment(orjson.loads(await self.frame()))


def moment(facts: dict[str, Any]) -> float | None:
    """When it was committed: events name the moment their transaction began."""
    if (said := facts.get("occurred_at") or facts.get("timestamp")) is not None:
        return datetime.fromisoformat(said).timestamp()
    return facts.get("at")


Burst = Callable[[], Awaitable[None]]


async def listen(clients: list[Client], heard: Heard, *, opened: Callable[[], None], burst: Burst) -> None:
    """Open all clients, do what they are to hear of, and wait until they have heard it."""
    began = time.monotonic()
    door = asyncio.Semaphore(AT_ONCE)

    async def one(client: Client) -> None:
        async with door:
            await client.open()

    async def follow(client: Client) -> None:
        while True:
            happened = await client.next()
            if happened is not None:
                heard.delays.append((time.time() - happened) * 1000)

    async with asyncio.timeout(OPENING_SECONDS):
        await asyncio.gather(*map(one, clients))
    heard.opened = time.monotonic() - began
    following = [asyncio.create_task(follow(client)) for client in clients]
    opened()
    await burst()
    end = time.monotonic() + PATIENCE_SECONDS
    while len(heard.delays) < heard.expected and time.monotonic() < end:
        await asyncio.sleep(0.1)
    for task in following:
        task.cancel()
    await asyncio.gather(*following, return_exceptions=True)
    for client in clients:
        client.writer.close()

"""Passing on what comes to /socket.io/ to the process that serves it, so that there is one address for all."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import httpx
import orjson
from django.conf import settings
from granian.rsgi import ProtocolClosed, WebsocketMessageType
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

from live import lines
from live.hub import hub
from live.lines import Line

PATH = "/socket.io"
# A waiting request is answered within the sockets' own ping, 25 s, and the 20 s they give a client to answer it.
ANSWER_SECONDS = 60.0
CONNECT_SECONDS = 5.0
# What still waits for a client whose line was cut hears of that.
CUT_SECONDS = 1.0
# Of the connection and not of the message (RFC 9110, 7.6.1), or made anew for the next one.
HOP_BY_HOP = frozenset(
    {
        *("connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer"),
        *("transfer-encoding", "upgrade", "content-length", "date", "server"),
    }
)
# What a socket is opened with beside what the protocol itself sends.
TAKEN_ALONG = ("origin", "cookie", "authorization", "user-agent", "x-forwarded-for", "x-forwarded-proto")
MOST_BYTES = 1 << 20

Headers = list[tuple[str, str]]


def is_for_sockets(path: str) -> bool:
    return path == PATH or path.startswith(f"{PATH}/")


async def request(scope: Any, protocol: Any, body: bytes) -> None:
    """Pass on one request and its answer."""
    headers = [(name, value) for name, value in scope.headers.items() if name not in HOP_BY_HOP]
    address = f"{settings.LIVE_URL}{scope.path}?{scope.query_string}"
    try:
        if not settings.LIVE_URL:
            raise httpx.ConnectError("No process serves sockets.")
        answer = await _client().request(scope.method, address, headers=headers, content=body)
    except httpx.HTTPError:
        protocol.response_bytes(503, [("content-type", "application/json"), ("retry-after", "1")], _unavailable())
        return
    kept = [(name, value) for name, value in answer.headers.multi_items() if name not in HOP_BY_HOP]
    protocol.response_bytes(
        answer.status_code, [pair for pair in kept if pair[0] != "content-encoding"], answer.content
    )


@lru_cache(maxsize=1)
def _client() -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=100)
    timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    return httpx.AsyncClient(limits=limits, timeout=timeout, trust_env=False)


def _unavailable() -> bytes:
    detail = "The live connection is not there at the moment. Try again."
    return orjson.dumps({"code": "unavailable", "detail": detail, "fields": {}, "request_id": ""})


async def socket(scope: Any, protocol: Any) -> None:
    """Pass on a socket, message by message, until either side ends it or takes nothing any more."""
    server = urlsplit(settings.LIVE_URL)
    address = f"ws://{scope.headers.get('host') or scope.authority}{scope.path}?{scope.query_string}"
    headers = [(name, value) for name in TAKEN_ALONG if (value := scope.headers.get(name)) is not None]
    try:
        if not settings.LIVE_URL:
            raise OSError("No process serves sockets.")
        opened = connect(
            address,
            host=server.hostname,
            port=server.port,
            additional_headers=headers,
            user_agent_header=None,
            compression=None,
            proxy=None,
            open_timeout=CONNECT_SECONDS,
            max_size=MOST_BYTES,
            ping_interval=None,  # the sockets have pings of their own
        )
        async with opened as upstream:
            client = await protocol.accept()
            line = await hub().ask(lines.find, scope.client)
            await _both_ways(upstream, client, line)
    except InvalidStatus as refusal:
        protocol.close(refusal.response.status_code)
        return
    except (OSError, TimeoutError, WebSocketException):
        protocol.close(503)
        return
    with suppress(ProtocolClosed):
        protocol.close(None)


async def _both_ways(upstream: ClientConnection, client: Any, line: Line | None) -> None:
    ways = [asyncio.ensure_future(_inwards(client, upstream)), asyncio.ensure_future(_outwards(upstream, client, line))]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        if line is not None and any(way.done() and isinstance(way.exception(), TimeoutError) for way in ways):
            line.cut()
            await asyncio.wait(ways, timeout=CUT_SECONDS)
    finally:
        for way in ways:
            way.cancel()
        if line is not None:
            line.close()
    with suppress(asyncio.CancelledError, ConnectionClosed, ProtocolClosed, TimeoutError):
        await asyncio.gather(*ways)


async def _inwards(client: Any, upstream: ClientConnection) -> None:
    while (message := await client.receive()).kind != WebsocketMessageType.close:
        await upstream.send(message.data)


async def _outwards(upstream: ClientConnection, client: Any, line: Line | None) -> None:
    """No faster than the client takes it: the web server would keep for it whatever it is given."""
    async for message in upstream:
        async with asyncio.timeout(settings.LIVE_PATIENCE_SECONDS):
            await (client.send_str(message) if isinstance(message, str) else client.send_bytes(message))
            if line is not None:
                await line.taken()

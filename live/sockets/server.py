"""The Socket.IO server: who may connect, what a client may ask, and the doors to the hub."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from typing import Any

import engineio
import socketio
from django.conf import settings
from django.db import DatabaseError, InterfaceError
from socketio.exceptions import ConnectionRefusedError as Refused

from audit.selectors.feed import Cursor
from inventory_project.kernel import clock
from inventory_project.kernel.access import Access
from inventory_project.kernel.errors import DomainError, InvalidInput, NotFound
from live import origins
from live.hub import Hub
from live.listeners import Reason
from live.selectors import places, rights
from live.selectors.rights import Credential
from live.sockets import codec
from live.sockets.connections import MOST_STORES, Connection

logger = logging.getLogger(__name__)

MOST_BYTES = 20_000
PING_SECONDS, PONG_SECONDS = 25, 20
# A connection that never says who it is.
SILENT_SECONDS = 10.0
NOT_KNOWN = "Send a valid token: io(address, { auth: { token: '<secret>' } })."


class Engine(engineio.AsyncServer):
    """Waits for no client for ever: the library's own waits until one has taken all that lies ready for it."""

    async def disconnect(self, sid: str | None = None) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(settings.LIVE_PATIENCE_SECONDS):
                await super().disconnect(sid)
        self.sockets.pop(sid, None)


class SocketServer(socketio.AsyncServer):
    def _engineio_server_class(self) -> type[Engine]:
        return Engine


class Server:
    """One process's sockets."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.connections: dict[str, Connection] = {}
        self._seen: dict[str, float] = {}
        self.sio = SocketServer(
            async_mode="asgi",
            json=codec,
            cors_allowed_origins=_may_connect_from,
            max_http_buffer_size=MOST_BYTES,
            ping_interval=PING_SECONDS,
            ping_timeout=PONG_SECONDS,
            logger=False,
            engineio_logger=False,
        )
        for name in ("connect", "disconnect", "join_store", "leave_store", "ping"):
            self.sio.on(name, getattr(self, f"on_{name}"))

    # -- what clients say ----------------------------------------------------------------------------------------

    async def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        asked = auth if isinstance(auth, dict) else {}
        try:
            credential, access = await self._who(environ, asked)
            start = await self._start(access, asked)
            lease = await self.hub.ask(self.hub.admit, access)
        except DomainError as error:
            raise Refused(error.detail, {"code": error.code}) from error
        except (DatabaseError, InterfaceError) as error:
            raise Refused("Try again in a moment.", {"code": "unavailable"}) from error
        connection = self.connections[sid] = Connection(self, sid, credential, access, lease)
        if self._is_gone(sid):
            await self.on_disconnect(sid)
            raise Refused("The connection is gone.")
        self.hub.start(self._welcome(connection, asked, *start))

    async def on_disconnect(self, sid: str, *reason: Any) -> None:
        if connection := self.connections.pop(sid, None):
            connection.close()

    async def on_join_store(self, sid: str, asked: Any = None) -> dict[str, Any]:
        return await self._answer(sid, self._join, asked)

    async def on_leave_store(self, sid: str, asked: Any = None) -> dict[str, Any]:
        return await self._answer(sid, self._leave, asked)

    async def on_ping(self, sid: str, *asked: Any) -> None:
        if (connection := self.connections.get(sid)) and connection.may_ask():
            await self.emit("pong", {"timestamp": clock.now()}, sid)

    # -- joining and leaving -------------------------------------------------------------------------------------

    async def _answer(self, sid: str, ask: Any, asked: Any) -> dict[str, Any]:
        """What the client's callback is given; a refusal is also the event `refused`, for clients without one."""
        connection = self.connections.get(sid)
        if connection is None or not connection.may_ask():
            await self.end(sid, Reason.SLOW)
            return {"ok": False, "code": "rate_limited"}
        try:
            return {"ok": True, **await ask(connection, asked)}
        except DomainError as error:
            refusal = {"code": error.code, "detail": error.detail, "fields": error.fields}
            await self.emit("refused", refusal, sid)
            return {"ok": False, **refusal}

    async def _join(self, connection: Connection, asked: Any) -> dict[str, Any]:
        store_id = _store_id(asked)
        since = asked.get("since") if isinstance(asked, dict) else None
        cursor = await self._place(connection.access, since)
        if not await self.hub.ask(places.are_open, connection.access, [store_id]):
            raise NotFound("No such store.")
        connection.hear(store_id, cursor)
        return {"store_id": store_id, "cursor": str(cursor)}

    async def _leave(self, connection: Connection, asked: Any) -> dict[str, Any]:
        store_id = _store_id(asked)
        connection.stop_hearing(store_id)
        return {"store_id": store_id}

    async def _place(self, access: Access, since: Any) -> Cursor:
        """Where to begin. Raises InvalidInput, CursorLost."""
        text = since if isinstance(since, str) and since else "now"
        return await self.hub.ask(places.position, access.organization_id, text)

    # -- the beginning and the end -------------------------------------------------------------------------------

    async def _who(self, environ: dict[str, Any], asked: dict[str, Any]) -> tuple[Credential, Access]:
        """Raises InvalidInput: the refusal says nothing of what was wrong with the credential."""
        credential = _credential(environ, asked)
        access = await self.hub.ask(rights.access_of, credential) if credential else None
        if credential is None or access is None or not access.allows_scope("stock", write=False):
            raise TokenRefused(NOT_KNOWN)
        return credential, access

    async def _start(self, access: Access, asked: dict[str, Any]) -> tuple[Cursor, list[int]]:
        cursor = await self._place(access, asked.get("since"))
        stores = asked.get("stores") or []
        if not isinstance(stores, list):
            raise InvalidInput(fields={"stores": ["A list of store ids."]})
        wanted = list(dict.fromkeys(_store_id(each) for each in stores[: MOST_STORES + 1]))
        if len(wanted) > MOST_STORES:
            raise InvalidInput(fields={"stores": [f"{MOST_STORES} at most."]})
        if not await self.hub.ask(places.are_open, access, wanted):
            raise NotFound("No such store.")
        return cursor, wanted

    async def _welcome(self, connection: Connection, asked: dict[str, Any], cursor: Cursor, stores: list[int]) -> None:
        """Once the client knows that it is connected."""
        while self.sio.manager.is_pre_connected(connection.sid, "/"):
            await asyncio.sleep(0)
        if connection.sid not in self.connections:
            return
        access = connection.access
        facts = {
            "organization_id": access.organization_id,
            "username": access.username,
            "role": str(access.role),
            "stores": stores,
            "cursor": str(cursor),
            "timestamp": clock.now(),
        }
        await self.emit("connected", facts, connection.sid)
        connection.begin(stores, cursor)

    async def end(self, sid: str, reason: Reason) -> None:
        """Say why, and disconnect. Clients come back by themselves after a line that broke, not when sent away."""
        connection = self.connections.pop(sid, None)
        if connection is None:
            return
        eio_sid = self.sio.manager.eio_sid_from_sid(sid, "/")
        await self.emit("goodbye", {"reason": str(reason)}, sid)
        connection.close()
        if reason not in (Reason.SLOW, Reason.STOPPING):
            await self.sio.disconnect(sid)
        elif engine := self.sio.eio.sockets.get(eio_sid):
            await engine.close(wait=False, abort=True)
            engine.queue.put_nowait(None)  # after what lies ready, the transport ends

    async def emit(self, name: str, facts: dict[str, Any], sid: str) -> None:
        await self.sio.emit(name, facts, to=sid)

    def on_their_way(self, sid: str) -> int:
        """Packets made and not yet taken by the client's transport."""
        engine = self.sio.eio.sockets.get(self.sio.manager.eio_sid_from_sid(sid, "/"))
        return engine.queue.qsize() if engine else 0

    def _is_gone(self, sid: str) -> bool:
        return self.sio.manager.eio_sid_from_sid(sid, "/") not in self.sio.eio.sockets

    async def watch(self) -> None:
        """End connections that never said who they are, and forget those that went without a word."""
        while True:
            await asyncio.sleep(SILENT_SECONDS / 2)
            for gone in filter(self._is_gone, list(self.connections)):
                await self.on_disconnect(gone)
            now = time.monotonic()
            known = {self.sio.manager.eio_sid_from_sid(sid, "/") for sid in self.connections}
            open_now = dict(self.sio.eio.sockets)
            self._seen = {sid: self._seen.get(sid, now) for sid in open_now if sid not in known}
            for sid, since in self._seen.items():
                if now - since > SILENT_SECONDS:
                    await open_now[sid].close(wait=False)


class TokenRefused(DomainError):
    """Nobody we know, or not any more."""

    code = "token_invalid"
    status = 401


def _may_connect_from(origin: str | None, environ: dict[str, Any]) -> bool:
    scheme = environ.get("wsgi.url_scheme", "http")
    if settings.TRUSTED_PROXIES:
        scheme = environ.get("HTTP_X_FORWARDED_PROTO", scheme)
    return origins.is_allowed(origin, scheme=scheme, host=environ.get("HTTP_HOST", ""))


def _credential(environ: dict[str, Any], asked: dict[str, Any]) -> Credential | None:
    """A token in the connection's own `auth`, in the header, or the browser's session."""
    keyword, _, text = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    token = asked.get("token") or (text.strip() if keyword.lower() == "token" else "")
    if token:
        return Credential.of_token(token) if isinstance(token, str) else None
    try:
        cookies = SimpleCookie(environ.get("HTTP_COOKIE", ""))
    except CookieError:
        return None
    return rights.session_of({name: morsel.value for name, morsel in cookies.items()})


def _store_id(asked: Any) -> int:
    """`{store_id: 1}`, `1` or `"1"`. Raises InvalidInput."""
    value = asked.get("store_id") if isinstance(asked, dict) else asked
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**63:
        raise InvalidInput(fields={"store_id": ["The id of a store."]})
    return value

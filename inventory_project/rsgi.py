"""The door the web server knocks at: bodies are read by the event loop, and only whole requests get a thread.

Threads are few. Under plain WSGI a body is read by the thread that serves the request, so that a handful of clients
which send theirs byte by byte would hold all of them, and nobody else would be answered.
"""

from __future__ import annotations

import asyncio
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import IO, Any

import orjson
from django.conf import settings

from inventory_project.api import uploads
from inventory_project.wsgi import application as wsgi
from live import doors, forward, streams
from live.hub import hub

BODY_SECONDS = 30.0
MOST_HELD = 256 * 1024 * 1024  # bytes of half-read bodies in one process
# Files being uploaded lie on disk; a part of one must arrive every BODY_SECONDS.
MOST_UPLOADED = 4 * 1024**3
UPLOAD_SECONDS = 1800.0
SPOOLED = 1 << 20
DONE = object()

_threads = ThreadPoolExecutor(int(os.environ.get("WEB_THREADS", "4")), thread_name_prefix="web")
_held = 0
_uploaded = 0

Headers = list[tuple[str, str]]


class BodyRefused(Exception):
    """The body does not come, comes broken, or there is no room for it."""

    def __init__(self, status: HTTPStatus, code: str, detail: str) -> None:
        self.status, self.code, self.detail = status, code, detail


async def application(scope: Any, protocol: Any) -> None:
    """One request: its body, its answer by Django in a thread, and the answer's parts as they are made."""
    if scope.proto == "ws":
        await _socket(scope, protocol)
        return
    loop = asyncio.get_running_loop()
    try:
        body = await _body(scope, protocol, loop)
    except BodyRefused as refusal:
        _refuse(protocol, refusal)
        return
    if forward.is_for_sockets(scope.path):
        await forward.request(scope, protocol, body.read())
        return
    try:
        status, headers, parts = await loop.run_in_executor(_threads, _serve, _environ(scope, body))
    finally:
        body.close()
    if isinstance(parts, doors.Waits):
        waiting = streams.something_new(parts.listener, hub(), parts.seconds)
        if not await doors.while_there(protocol, waiting):
            return
        again = {**_environ(scope, io.BytesIO()), doors.WAITED: True}
        status, headers, parts = await loop.run_in_executor(_threads, _serve, again)
    if isinstance(parts, streams.Stream):
        transport = protocol.response_stream(status, headers)
        await doors.serve(protocol, transport, client=scope.client, stream=parts)
        return
    if isinstance(parts, bytes):
        protocol.response_bytes(status, headers, parts)
        return
    transport = protocol.response_stream(status, headers)
    try:
        iterator = iter(parts)
        while (part := await loop.run_in_executor(_threads, next, iterator, DONE)) is not DONE:
            await transport.send_bytes(part)
    finally:
        await loop.run_in_executor(_threads, parts.close)


async def _socket(scope: Any, protocol: Any) -> None:
    if forward.is_for_sockets(scope.path):
        await forward.socket(scope, protocol)
    else:
        protocol.close(HTTPStatus.NOT_FOUND)


# The web server calls this once in each of its processes.
application.__rsgi_init__ = doors.say_goodbye_when_stopped  # type: ignore[attr-defined]


async def _body(scope: Any, protocol: Any, loop: asyncio.AbstractEventLoop) -> IO[bytes]:
    """The whole body, or one byte more than the limit: the parser refuses that once the caller is known.

    A file's limit is its own, and it is refused here, by the length it announces.
    """
    announced = scope.headers.get("content-length")
    if "transfer-encoding" in scope.headers:
        # Where the chunks end too early cannot be told from where they end: half a batch would pass for all of it.
        raise BodyRefused(HTTPStatus.LENGTH_REQUIRED, "length_required", "Send the body with a Content-Length.")
    if announced == "0" or (announced is None and not scope.http_version.startswith("2")):
        return io.BytesIO()
    if uploads.is_upload(scope.method, scope.path, scope.headers.get("content-type") or ""):
        return await _upload(scope, protocol, loop)
    reading = loop.create_task(_read(protocol))
    done, _ = await asyncio.wait({reading}, timeout=BODY_SECONDS)
    if not done:
        reading.cancel()
        raise BodyRefused(HTTPStatus.REQUEST_TIMEOUT, "body_too_slow", "The request body did not arrive in time.")
    body = reading.result()
    if announced is not None and len(body) < min(int(announced), _limit()):
        raise BodyRefused(HTTPStatus.BAD_REQUEST, "malformed", "The request body broke off.")
    return io.BytesIO(body)


async def _upload(scope: Any, protocol: Any, loop: asyncio.AbstractEventLoop) -> IO[bytes]:
    """A file's body, on disk. Who shows no credentials at all fills no disk."""
    announced = scope.headers.get("content-length")
    if announced is None or not announced.isdigit():
        raise BodyRefused(HTTPStatus.LENGTH_REQUIRED, "length_required", "Send the body with a Content-Length.")
    if int(announced) > uploads.limit():
        raise BodyRefused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body_too_large", "The file is too large.")
    if "authorization" not in scope.headers and "cookie" not in scope.headers:
        raise BodyRefused(
            HTTPStatus.UNAUTHORIZED, "not_authenticated", "Send the header Authorization: Token <secret>."
        )
    file = tempfile.SpooledTemporaryFile(SPOOLED)  # noqa: SIM115
    try:
        async with asyncio.timeout(UPLOAD_SECONDS):
            await _spool(protocol, file, int(announced), loop)
    except BaseException as error:
        file.close()
        if isinstance(error, TimeoutError):
            sentence = "The request body did not arrive in time."
            raise BodyRefused(HTTPStatus.REQUEST_TIMEOUT, "body_too_slow", sentence) from error
        raise
    file.seek(0)
    return file


async def _spool(protocol: Any, file: IO[bytes], announced: int, loop: asyncio.AbstractEventLoop) -> None:
    global _uploaded
    size = 0
    parts = protocol.__aiter__()
    try:
        while size < announced:
            try:
                part = await asyncio.wait_for(anext(parts), BODY_SECONDS)
            except StopAsyncIteration:
                break
            size += len(part)
            _uploaded += len(part)
            if _uploaded > MOST_UPLOADED:
                raise BodyRefused(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", "Too much is being sent. Try again.")
            await loop.run_in_executor(None, file.write, part)
    finally:
        _uploaded -= size
    if size < announced:
        raise BodyRefused(HTTPStatus.BAD_REQUEST, "malformed", "The request body broke off.")


def _limit() -> int:
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE) + 1


async def _read(protocol: Any) -> bytes:
    global _held
    limit = _limit()
    body = bytearray()
    try:
        async for part in protocol:
            _held += len(part)
            body += part
            if len(body) >= limit:
                break
            if _held > MOST_HELD:
                raise BodyRefused(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", "Too much is being sent. Try again.")
        return bytes(body[:limit])
    finally:
        _held -= len(body)


def _refuse(protocol: Any, refusal: BodyRefused) -> None:
    # Part of the request lies unread, so the connection can serve no other one.
    body = {"code": refusal.code, "detail": refusal.detail, "fields": {}, "request_id": ""}
    headers = [("content-type", "application/json"), ("connection", "close"), ("retry-after", "1")]
    protocol.response_bytes(int(refusal.status), headers, orjson.dumps(body))


def _serve(environ: dict[str, Any]) -> tuple[int, Headers, Any]:
    """Django's answer: whole as bytes, or as the response itself when it is made piece by piece."""
    started: list[tuple[int, Headers]] = []

    def start_response(status: str, headers: Headers, exc_info: Any = None) -> Any:
        started.append((int(status[:3]), [(name.lower(), value) for name, value in headers]))

    response: Any = wsgi(environ, start_response)
    status, headers = started[-1]
    if (live := getattr(response, "live", None)) is not None:
        response.close()
        return status, headers, live
    if getattr(response, "streaming", True):
        return status, headers, _Parts(response)
    try:
        return status, headers, b"".join(response)
    finally:
        response.close()


class _Parts:
    """The pieces of a streamed answer that hold something, and its end."""

    def __init__(self, response: Any) -> None:
        self.response = response

    def __iter__(self) -> Iterator[bytes]:
        return (bytes(part) for part in self.response if part)

    def close(self) -> None:
        if hasattr(self.response, "close"):
            self.response.close()


def _environ(scope: Any, body: IO[bytes]) -> dict[str, Any]:
    host, _, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        doors.DOOR: True,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue  # would pass for the header of the same name with a hyphen, which a proxy sets or removes
        key = f"HTTP_{name.upper().replace('-', '_')}"
        environ[key] = f"{environ[key]},{value}" if key in environ else value
    if scope.authority:
        environ.setdefault("HTTP_HOST", scope.authority)
    environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
    length = len(body.getbuffer()) if isinstance(body, io.BytesIO) else 0
    environ["CONTENT_LENGTH"] = environ.pop("HTTP_CONTENT_LENGTH", str(length) if length else "")
    return environ

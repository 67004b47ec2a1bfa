"""A real web server that takes webhooks: it keeps what it was sent, and can be told to be any kind of bad."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import trustme

Manner = Callable[["Handler"], None]


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def events(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.body)["events"]
        return found


@dataclass
class Receiver:
    """`taken` are the requests it answered well, `seen` all of them; `manner` decides what the next one meets."""

    port: int = 0
    manner: Manner = lambda handler: handler.say(200)
    taken: list[Request] = field(default_factory=list)
    seen: list[Request] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def cursors(self, *, of: list[Request] | None = None) -> list[str]:
        """The ids of all events, as they arrived."""
        return [event["cursor"] for request in (self.seen if of is None else of) for event in request.events]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    receiver: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.request_seen = Request(self.path, dict(self.headers.items()), body)
        self.receiver.seen.append(self.request_seen)
        self.receiver.manner(self)

    def do_GET(self) -> None:
        self.receiver.seen.append(Request(self.path, dict(self.headers.items()), b"{}"))
        self.say(200)

    def say(self, status: int, body: bytes = b"thank you", **headers: str) -> None:
        if 200 <= status < 300:
            self.receiver.taken.append(self.request_seen)
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def never_answer(self) -> None:
        self.receiver.ended.wait(30)
        self.hang_up()

    def drip(self, start: bytes = b"HTTP/1.1 200 OK\r\nX-Slow: ") -> None:
        """One byte at a time, each well within any limit for one step."""
        self.wfile.write(start)
        while not self.receiver.ended.is_set():
            self.wfile.write(b"a")
            self.wfile.flush()
            time.sleep(0.05)

    def flood(self) -> None:
        """Ten gigabytes, as fast as they are read."""
        self.receiver.taken.append(self.request_seen)
        self.send_response(200)
        self.send_header("Content-Length", str(10 << 30))
        self.end_headers()
        while not self.receiver.ended.is_set():
            self.wfile.write(b"a" * (1 << 16))

    def log_message(self, format: str, *args: Any) -> None:
        pass


@lru_cache(maxsize=1)
def authority() -> trustme.CA:
    """An authority of these tests, made anew for each run."""
    return trustme.CA()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what some of these tests are about."""


@contextmanager
def receiving(*, tls: bool = False) -> Iterator[Receiver]:
    """A receiver on a free port."""
    receiver = Receiver()
    server = _Server(("127.0.0.1", 0), type("OwnHandler", (Handler,), {"receiver": receiver}))
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority().issue_cert("receiver.example").configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()

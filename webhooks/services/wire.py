"""One POST after another to one endpoint: bounded in time and size, no redirects, no proxies of the environment.

httpcore speaks HTTP; the connections under it are ours, because only so can a judged address be the one connected to,
and one deadline hold for name, connection, handshake, request and answer together.
"""

from __future__ import annotations

import select
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

import httpcore
import httpx
from django.conf import settings

from inventory_project.kernel import clock
from webhooks.services import addresses
from webhooks.services.addresses import Address, NotAllowed, Target

CONNECT_SECONDS = 5.0
BODY_SECONDS = 2.0  # for what follows the status: it decides nothing
MOST_READ = 64 * 1024
CHUNK = 64 * 1024
MOST_ADDRESSES = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver said: a status, and the beginning of its body; or none, and why in a sentence.

    `retry_after` are the seconds it asks to be left alone.
    """

    status: int | None
    body: bytes
    error: str
    seconds: float
    retry_after: float = 0.0

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class _Clock:
    """The time that is left of the request at hand."""

    def __init__(self) -> None:
        self.deadline = 0.0

    def start(self, seconds: float) -> None:
        self.deadline = time.monotonic() + seconds

    def shorten(self, seconds: float) -> None:
        self.deadline = min(self.deadline, time.monotonic() + seconds)

    def left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("time is up")
        return left


class _Stream(httpcore.NetworkStream):
    """A socket whose every step ends with the request's time. httpcore's own limits begin anew with each byte."""

    def __init__(self, sock: socket.socket, clock: _Clock) -> None:
        self.sock = sock
        self.clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            self.sock.settimeout(self.clock.left())
            return self.sock.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        rest = memoryview(buffer)
        try:
            while rest:
                self.sock.settimeout(self.clock.left())
                rest = rest[self.sock.send(rest[:CHUNK]) :]
        except TimeoutError as error:
            raise httpcore.WriteTimeout(str(error)) from error
        except OSError as error:  # httpcore goes on to read: the receiver may have answered before it hung up
            raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        self.sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> _Stream:
        try:
            self.sock.settimeout(self.clock.left())
            return _Stream(ssl_context.wrap_socket(self.sock, server_hostname=server_hostname), self.clock)
        except BaseException:
            self.close()
            raise

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object":
            return self.sock if isinstance(self.sock, ssl.SSLSocket) else None
        if info == "is_readable":  # an idle connection that can be read was closed by the other side
            poll = select.poll()
            poll.register(self.sock, select.POLLIN)
            return bool(poll.poll(0))
        return None


class _Network(httpcore.NetworkBackend):
    """Connects to the addresses that were judged, and asks for no name twice."""

    def __init__(self, clock: _Clock) -> None:
        self.clock = clock

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> _Stream:
        until = time.monotonic() + CONNECT_SECONDS
        found = addresses.addresses_of(host.strip("[]"), port, seconds=min(CONNECT_SECONDS, self.clock.left()))
        failure: OSError = TimeoutError("No time was left to connect.")
        for address in found[:MOST_ADDRESSES]:
            try:
                seconds = min(self.clock.left(), max(until - time.monotonic(), 0.1))
                return _Stream(_connected(address, port, seconds), self.clock)
            except OSError as error:
                failure = error
        raise failure


def _connected(address: Address, port: int, seconds: float) -> socket.socket:
    sock = socket.socket(socket.AF_INET if address.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)
    try:
        sock.settimeout(seconds)
        sock.connect((str(address), port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        sock.close()
        raise
    return sock


class Line:
    """A line to one endpoint, open for a few requests: while its connection is kept, its name is asked once."""

    def __init__(self) -> None:
        self.clock = _Clock()
        self.pool = httpcore.ConnectionPool(
            ssl_context=_ssl_context(), max_connections=1, network_backend=_Network(self.clock)
        )

    def close(self) -> None:
        self.pool.close()

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send one request. Never raises for what a receiver, its name or the network does."""
        began = time.monotonic()
        self.clock.start(settings.WEBHOOK_TIMEOUT_SECONDS)
        try:
            status, text, wait = self._exchange(addresses.parse(url), body, headers)
            return Answer(status, text, "", time.monotonic() - began, wait)
        except NotAllowed as refused:
            error = str(refused)
        except (TimeoutError, httpcore.TimeoutException):
            error = f"The receiver did not answer within {settings.WEBHOOK_TIMEOUT_SECONDS:g} seconds."
        except ssl.SSLCertVerificationError as failed:
            error = f"No safe connection: {failed.verify_message}."
        except ssl.SSLError as failed:
            error = f"No safe connection: {failed.reason}."
        except (OSError, httpcore.NetworkError, httpcore.ProtocolError) as failed:
            error = f"The connection failed: {failed or type(failed).__name__}"
        return Answer(None, b"", " ".join(error.split())[:300], time.monotonic() - began)

    def _exchange(self, place: Target, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes, float]:
        host = f"[{place.host}]" if ":" in place.host else place.host
        url = httpcore.URL(scheme=place.scheme, host=host, port=place.port, target=place.path)
        named = {"sni_hostname": place.host}  # without the brackets of an address
        with self.pool.stream("POST", url, headers=list(headers.items()), content=body, extensions=named) as answer:
            self.clock.shorten(BODY_SECONDS)
            return answer.status, _beginning(answer), _retry_after(answer)


def _retry_after(answer: httpcore.Response) -> float:
    """Seconds from now that the receiver names, as a number or a date (RFC 9110, 10.2.3); 0 for none or nonsense."""
    said = next((value for name, value in answer.headers if name.lower() == b"retry-after"), b"")
    text = said.decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max((moment - clock.now()).total_seconds(), 0.0)
    except (ValueError, OverflowError):
        return 0.0


def _beginning(answer: httpcore.Response) -> bytes:
    """What comes of the body within its bounds; the connection is closed when that is not all of it."""
    read = b""
    try:
        for part in answer.iter_stream():
            read += part
            if len(read) >= MOST_READ:
                break
    except (TimeoutError, OSError, httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError):
        pass  # the status was said, and it alone counts
    return read[:MOST_READ]


@lru_cache(maxsize=1)
def _ssl_context() -> ssl.SSLContext:
    """Trusts the usual authorities; where SSL_CERT_FILE names others, as in a company with its own, those."""
    return httpx.create_ssl_context()

"""Web servers as `manage.py up` starts them, and clients that listen to them."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from inventory_project.runtime import processes
from inventory_project.runtime.instance import BASE_DIR
from inventory_project.runtime.ports import free_port
from inventory_project.runtime.up import LIVE_OPTIONS
from tests.support.instances import eventually


@contextmanager
def web_server(*options: str, workers: int = 1, **environment: str) -> Iterator[str]:
    """A web server on the session's services; its address."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "rsgi", "--port", str(port), "--workers", str(workers)]
    command += [*options, "inventory_project.rsgi:application"]
    server = subprocess.Popen(command, cwd=BASE_DIR, env={**os.environ, **environment})
    address = f"http://127.0.0.1:{port}"
    try:
        eventually(lambda: answers(address), within=150)
        yield address
    finally:
        processes.stop(server, 15, within=10)


@contextmanager
def socket_server(**environment: str) -> Iterator[str]:
    """The process that serves sockets, as `manage.py up` starts it; its address."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "inventory_project.asgi:application", "--port", str(port)]
    server = subprocess.Popen(
        [*command, "--log-level", "warning", *LIVE_OPTIONS], cwd=BASE_DIR, env={**os.environ, **environment}
    )
    address = f"http://127.0.0.1:{port}"
    try:
        eventually(lambda: answers(address, "/socket.io/?EIO=4&transport=polling"), within=150)
        yield address
    finally:
        processes.stop(server, 15, within=10)


def answers(address: str, path: str = "/health/live") -> bool:
    try:
        return httpx.get(f"{address}{path}", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


@dataclass
class Told:
    """One event of a stream."""

    id: str = ""
    name: str = "message"
    data: Any = None


@dataclass
class Stream:
    """A client of /api/stream in a thread of its own: collects what it is told until it is closed."""

    address: str
    token: str
    query: str = ""
    since: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    status: int = 0
    answer: httpx.Headers | None = None
    body: bytes = b""
    ended: threading.Event = field(default_factory=threading.Event)
    stop_after: int = 0
    signs_of_life: int = 0
    _network: socket.socket | None = None

    def __enter__(self) -> Stream:
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        eventually(lambda: self.status)
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def close(self) -> None:
        """Cut the connection, as when a client vanishes."""
        if self._network is not None:
            with suppress(OSError):
                self._network.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)

    def _run(self) -> None:
        headers = {**({"Authorization": f"Token {self.token}"} if self.token else {}), **self.headers}
        if self.since:
            headers["Last-Event-ID"] = self.since
        try:
            address = f"{self.address}/api/stream{self.query}"
            with httpx.stream("GET", address, headers=headers, timeout=30) as answer:
                self._network = answer.extensions["network_stream"].get_extra_info("socket")
                self.answer = answer.headers
                self.status = answer.status_code
                self._read(answer)
        except httpx.HTTPError:
            pass
        finally:
            self.status = self.status or -1
            self.ended.set()

    def _read(self, answer: httpx.Response) -> None:
        if answer.status_code != 200:
            self.body = answer.read()
            return
        event = Told()
        for line in answer.iter_lines():
            name, _, value = line.partition(": ")
            if not line:
                if event.data is not None:
                    self.told.append(event)
                if self.stop_after and len(self.messages) >= self.stop_after:
                    return
                event = Told(id=event.id)
            elif line.startswith(":"):
                self.signs_of_life += 1
            elif name == "id":
                event.id = value
            elif name == "event":
                event.name = value
            elif name == "data":
                event.data = json.loads(value)

    @property
    def messages(self) -> list[Any]:
        return [each.data for each in self.told if each.name == "message"]

    def named(self, name: str) -> list[Any]:
        return [each.data for each in self.told if each.name == name]

    def has(self, fact: Callable[[Any], Any]) -> bool:
        return any(fact(message) for message in self.messages)

    @property
    def last_id(self) -> str:
        return self.told[-1].id if self.told else self.since

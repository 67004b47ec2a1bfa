"""A load generator that costs next to nothing: one process and one kept-alive connection a client, prepared bytes."""

from __future__ import annotations

import multiprocessing
import socket
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

CONTEXT = multiprocessing.get_context("fork")


@dataclass
class Outcome:
    """What the clients saw. Latencies in milliseconds, `elapsed` from the common start to the last answer."""

    latencies: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    elapsed: float = 0.0

    @property
    def requests(self) -> int:
        return len(self.latencies)

    def percentile(self, share: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

    def median(self) -> float:
        return statistics.median(self.latencies)

    def require(self, *statuses: int) -> Outcome:
        """Stop when an answer had another status: a fast error is no result."""
        wrong = {status: count for status, count in self.statuses.items() if status not in statuses}
        if wrong:
            raise SystemExit(f"Unexpected answers: {wrong}")
        return self


def request(method: str, path: str, token: str, body: bytes = b"", **headers: str) -> bytes:
    """One HTTP/1.1 request as bytes."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"Authorization: Token {token}", f"Content-Length: {len(body)}"]
    if body:
        lines.append("Content-Type: application/json")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Connection:
    """One kept-alive connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, message: bytes) -> tuple[int, bytes]:
        self.socket.sendall(message)
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more()
        head = received[:end].lower()
        length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        while len(received) < end + 4 + length:
            received += self._more()
        return int(head[9:12]), received[end + 4 :]

    def _more(self) -> bytes:
        chunk = self.socket.recv(1 << 18)
        if not chunk:
            raise ConnectionError("The server closed the connection.")
        return chunk


def run(port: int, requests: Sequence[Sequence[bytes]], *, seconds: float, per_second: float | None = None) -> Outcome:
    """One client for each list of requests, sent round and round for the time given; paced when a rate is given."""
    barrier = CONTEXT.Barrier(len(requests))
    queue: Any = CONTEXT.Queue()
    pace = None if per_second is None else len(requests) / per_second
    offsets = [place * (pace or 0) / len(requests) for place in range(len(requests))]
    clients = [
        CONTEXT.Process(target=_client, args=(port, mine, seconds, pace, offset, barrier, queue))
        for mine, offset in zip(requests, offsets, strict=True)
    ]
    for client in clients:
        client.start()
    whole = Outcome()
    begun, ended = [], []
    for _ in clients:
        latencies, statuses, start, end = queue.get(timeout=seconds + 120)
        whole.latencies += latencies
        for status, count in statuses.items():
            whole.statuses[status] = whole.statuses.get(status, 0) + count
        begun.append(start)
        ended.append(end)
    for client in clients:
        client.join()
    whole.elapsed = max(ended) - min(begun)
    return whole


def _client(
    port: int, requests: Sequence[bytes], seconds: float, pace: float | None, offset: float, barrier: Any, queue: Any
) -> None:
    connection = Connection(port)
    latencies: list[float] = []
    statuses: dict[int, int] = {}
    barrier.wait()
    start = time.monotonic()
    number = 0
    while True:
        if pace is not None:
            due = start + offset + number * pace
            time.sleep(max(0.0, due - time.monotonic()))
        sent = time.monotonic()
        if sent - start > seconds:
            break
        status, _ = connection.ask(requests[number % len(requests)])
        latencies.append((time.monotonic() - sent) * 1000)
        statuses[status] = statuses.get(status, 0) + 1
        number += 1
    queue.put((latencies, statuses, start, time.monotonic()))

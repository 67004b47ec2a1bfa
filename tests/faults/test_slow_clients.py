"""Clients that send slowly, break off or announce nothing: they get their answer, and nobody else waits for it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from inventory_project.runtime import processes
from inventory_project.runtime.instance import BASE_DIR
from inventory_project.runtime.ports import free_port
from tests.factories.accounts import build_token
from tests.factories.stock import Shop, build_shop
from tests.support.instances import eventually

SLOW = 60  # more than any web process has threads


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """One web process as `manage.py up` starts it, on the session's services."""
    chosen = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "rsgi", "--port", str(chosen), "--workers", "1"]
    server = subprocess.Popen([*command, "--no-ws", "inventory_project.rsgi:application"], cwd=BASE_DIR)
    try:
        eventually(lambda: answers(chosen))
        yield chosen
    finally:
        processes.stop(server, 15, within=10)


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health/live", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def send(port: int, *parts: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    for part in parts:
        connection.sendall(part)
    return connection


def head(shop: Shop, *headers: str) -> bytes:
    lines = [
        "POST /api/stock-movements/bulk/ HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Token {build_token(shop.admin)}",
        "Content-Type: application/x-ndjson",
        *headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def test_many_slow_bodies_hold_nobody_up(port: int) -> None:
    with ExitStack() as stack:
        for _ in range(SLOW):
            start = b"POST /api/auth/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{"
            stack.enter_context(send(port, start))
        began = time.monotonic()
        for _ in range(5):
            assert answers(port)
        assert time.monotonic() - began < 5


def test_a_body_without_a_length_is_refused_and_not_taken_for_none(port: int) -> None:
    shop = build_shop()
    row = b'{"store": %d, "product": %d, "movement_type": "IN", "quantity": 1}\n' % (
        shop.stores[0].id,
        shop.products[0].id,
    )
    with send(port, head(shop, "Transfer-Encoding: chunked"), b"%x\r\n%s\r\n" % (len(row), row)) as connection:
        assert connection.recv(100).startswith(b"HTTP/1.1 411 ")
    assert shop.on_hand() == 0


def test_a_body_that_breaks_off_applies_nothing(port: int) -> None:
    shop = build_shop()
    row = b'{"store": %d, "product": %d, "movement_type": "IN", "quantity": 1}\n' % (
        shop.stores[0].id,
        shop.products[0].id,
    )
    with send(port, head(shop, f"Content-Length: {2 * len(row)}"), row) as connection:
        connection.shutdown(socket.SHUT_WR)
        connection.recv(100)
    time.sleep(0.5)
    assert shop.on_hand() == 0


def test_a_header_with_underscores_is_not_taken_for_the_one_with_hyphens(port: int) -> None:
    answer = httpx.get(f"http://127.0.0.1:{port}/health/live", headers={"X_Request_ID": "forged"})
    assert answer.headers["X-Request-ID"] != "forged"


def test_a_long_answer_is_streamed_whole(port: int) -> None:
    shop = build_shop()
    for _ in range(3):
        shop.post("IN", 1)
    answer = httpx.get(
        f"http://127.0.0.1:{port}/api/logs.csv", headers={"Authorization": f"Token {build_token(shop.admin)}"}
    )
    assert answer.status_code == 200
    assert answer.text.count("stock.movement.applied") == 3

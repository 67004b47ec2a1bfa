"""A thousand listeners: how long after a movement they are told, beside a plain application that says it to all."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import httpx
import orjson

from inventory_project.runtime import processes
from inventory_project.runtime.instance import BASE_DIR
from inventory_project.runtime.ports import free_port
from tests.benchmarks.bench import Bench
from tests.benchmarks.cpu import Meter
from tests.benchmarks.report import Row, below, plain
from tests.support.instances import eventually

LISTENERS = 1_000
BURSTS = 20
PAUSE_SECONDS = 0.5
AT_ONCE = 50
PATIENCE_SECONDS = 60.0


def measure(bench: Bench) -> list[Row]:
    """One movement told to all at once, and each store's told to those who listen to that store."""
    meter = bench.meter()
    everybody = asyncio.run(_all_at_once(bench, meter))
    spread = asyncio.run(_store_by_store(bench))
    echo = asyncio.run(_echo())
    told = f"to {LISTENERS:,} listeners"
    return [
        plain(f"Plain application, one message {told}, p50", _percentile(echo.delays, 0.5), "ms"),
        plain(f"Plain application, one message {told}, p99", _percentile(echo.delays, 0.99), "ms"),
        plain(f"One movement {told}, p50", _percentile(everybody.delays, 0.5), "ms", **everybody.cpu),
        below(f"One movement {told}, p99", _percentile(everybody.delays, 0.99), "ms", limit=500),
        plain(f"Delivered of one movement {told}", everybody.share, "%"),
        plain("A store's movement to its 20 of 1,000, p50", _percentile(spread.delays, 0.5), "ms"),
        below("A store's movement to its 20 of 1,000, p99", _percentile(spread.delays, 0.99), "ms", limit=500),
        plain("Delivered of the stores' movements", spread.share, "%"),
        plain(f"Until {LISTENERS:,} streams are open", everybody.opened * 1000, "ms"),
    ]


class Heard:
    """What all listeners were told, in milliseconds after it happened."""

    def __init__(self, expected: int) -> None:
        self.expected = expected
        self.delays: list[float] = []
        self.opened = 0.0
        self.cpu: dict[str, float] = {}

    @property
    def share(self) -> float:
        return 100 * len(self.delays) / self.expected


async def _all_at_once(bench: Bench, meter: Meter) -> Heard:
    heard = Heard(LISTENERS * BURSTS)
    paths = ["/api/stream?kinds=sale"] * LISTENERS

    async def burst() -> None:
        meter.start()
        for _ in range(BURSTS):
            await _post(bench, bench.movement(bench.dataset.stores[0]))
            await asyncio.sleep(PAUSE_SECONDS)
        heard.cpu = meter.stop(heard.expected)

    await _with_listeners(bench.running.port, paths, _headers(bench), heard, burst)
    return heard


async def _store_by_store(bench: Bench) -> Heard:
    stores = bench.dataset.stores[: LISTENERS // 20]
    heard = Heard(20 * BURSTS * 5)
    paths = [f"/api/stream?kinds=sale&store={stores[n % len(stores)]}" for n in range(LISTENERS)]

    async def burst() -> None:
        for n in range(BURSTS * 5):
            await _post(bench, bench.movement(stores[n % len(stores)]))

    await _with_listeners(bench.running.port, paths, _headers(bench), heard, burst)
    return heard


async def _echo() -> Heard:
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "tests.benchmarks.live_echo:application", "--port", str(port)]
    server = subprocess.Popen([*command, "--log-level", "critical"], cwd=BASE_DIR)
    address = f"http://127.0.0.1:{port}/"
    try:
        eventually(lambda: _is_up(address))
        heard = Heard(LISTENERS * BURSTS)

        async def burst() -> None:
            async with httpx.AsyncClient() as client:
                for _ in range(BURSTS):
                    await client.post(address, content=orjson.dumps({"at": time.time(), "x": "x" * 500}))
                    await asyncio.sleep(PAUSE_SECONDS)

        await _with_listeners(port, ["/"] * LISTENERS, "", heard, burst)
        return heard
    finally:
        processes.stop(server, 9, within=5)


def _is_up(address: str) -> bool:
    try:
        return httpx.post(address, content=b"{}").status_code == 200
    except httpx.TransportError:
        return False


def _headers(bench: Bench) -> str:
    return f"Authorization: Token {bench.dataset.token}\r\n"


async def _post(bench: Bench, movement: dict[str, Any]) -> None:
    async with httpx.AsyncClient() as client:
        headers = {"Authorization": f"Token {bench.dataset.token}", "Prefer": "wait=5"}
        answer = await client.post(f"{bench.running.address}/api/stock-movements/", json=movement, headers=headers)
        answer.raise_for_status()


async def _with_listeners(
    port: int, paths: list[str], headers: str, heard: Heard, burst: Callable[[], Awaitable[None]]
) -> None:
    began = time.monotonic()
    door = asyncio.Semaphore(AT_ONCE)
    opened = [asyncio.Event() for _ in paths]
    tasks = [
        asyncio.create_task(_listen(port, path, headers, heard, door, ready))
        for path, ready in zip(paths, opened, strict=True)
    ]
    async with asyncio.timeout(300):
        await asyncio.gather(*(ready.wait() for ready in opened))
    heard.opened = time.monotonic() - began
    await burst()
    end = time.monotonic() + PATIENCE_SECONDS
    while len(heard.delays) < heard.expected and time.monotonic() < end:
        await asyncio.sleep(0.1)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _listen(
    port: int, path: str, headers: str, heard: Heard, door: asyncio.Semaphore, ready: asyncio.Event
) -> None:
    async with door:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode())
        await reader.readuntil(b"event: connected\n")
        await reader.readline()
        ready.set()
    try:
        while line := await reader.readline():
            if line.startswith(b"data: ") and (moment := _moment(orjson.loads(line[6:]))):
                heard.delays.append((time.time() - moment) * 1000)
    finally:
        writer.close()


def _moment(facts: dict[str, Any]) -> float | None:
    if "occurred_at" in facts:
        return datetime.fromisoformat(facts["occurred_at"]).timestamp()
    return facts.get("at")


def _percentile(delays: list[float], share: float) -> float:
    return sorted(delays)[min(len(delays) - 1, int(len(delays) * share))] if delays else float("nan")

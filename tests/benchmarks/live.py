"""A thousand listeners: how long after a movement is committed they are told, beside a plain application and Channels.

`in their stores`: each listens to one of fifty stores, and movements come at a hundred a second. `in one room`: all
listen to everything, five movements a second. ONHAND_BENCH_LISTENERS says how many there are.
"""

from __future__ import annotations

import asyncio
import os
import resource
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import orjson
import psutil

from inventory_project.runtime import processes
from inventory_project.runtime.instance import BASE_DIR
from inventory_project.runtime.ports import free_port
from tests.benchmarks.bench import Bench
from tests.benchmarks.cpu import Meter
from tests.benchmarks.live_clients import Client, Heard, SocketClient, StreamClient, listen, moment
from tests.benchmarks.report import Row, below, plain
from tests.support.instances import eventually

LISTENERS = int(os.environ.get("ONHAND_BENCH_LISTENERS", "1_000"))
ROOMS = 50
# Movements a second and for how many seconds.
IN_STORES, IN_ONE_ROOM = (100, 10), (5, 5)
# A server closes what was idle for five seconds.
LIMITS = httpx.Limits(keepalive_expiry=2)
RIVALS = Path(BASE_DIR) / ".venv-bench" / "bin" / "python"

Say = Callable[[int], Awaitable[Any]]
"""Let something happen in a room."""


def measure(bench: Bench) -> list[Row]:
    """Each way in both patterns: the product's two, and what they are compared with."""
    _open_more_files()
    found: dict[str, dict[str, Heard]] = {
        "Server-sent events": _product(bench, _stream_client(bench), {"web": "granian"}),
        "Socket.IO": _product(bench, _socket_client(bench), {"web": "granian", "live": "uvicorn"}),
        "Plain uvicorn, server-sent events": _echo(),
    }
    if RIVALS.exists():
        found["Django Channels, websockets"] = _channels(bench)
    else:
        print("Without Django Channels: `make bench-live` installs it.", flush=True)
    return [row for name, patterns in found.items() for row in _rows(name, patterns)]


def _rows(name: str, patterns: dict[str, Heard]) -> list[Row]:
    ours = name in ("Server-sent events", "Socket.IO")
    rows = []
    for pattern, heard in patterns.items():
        p50, p99 = heard.percentile(0.5), heard.percentile(0.99)
        told = f"{name}, {LISTENERS:,} {pattern}"
        is_promised = ours and pattern == "in their stores"
        rows.append(
            below(f"{told}, p50", p50, "ms", limit=50, **heard.cpu)
            if is_promised
            else plain(f"{told}, p50", p50, "ms", **heard.cpu)
        )
        rows.append(below(f"{told}, p99", p99, "ms", limit=500) if ours else plain(f"{told}, p99", p99, "ms"))
        rows.append(plain(f"{told}, delivered", heard.share, "%"))
    heard = patterns["in their stores"]
    rows += [plain(f"{name}, memory a client in {part}", kib, "KiB") for part, kib in heard.kib.items()]
    return [*rows, plain(f"{name}, until {LISTENERS:,} are open", heard.opened, "s")]


def _product(bench: Bench, client: Callable[[int | None], Client], parts: dict[str, str]) -> dict[str, Heard]:
    groups = {name: bench.running.children(word) for name, word in parts.items()}
    others = {"worker": bench.running.children("worker"), "postgres": bench.running.children("postgres")}
    stores = bench.dataset.stores[:ROOMS]

    async def run(seen: dict[str, Heard]) -> None:
        headers = {"Authorization": f"Token {bench.dataset.token}"}
        async with httpx.AsyncClient(
            base_url=bench.running.address, headers=headers, timeout=60, limits=LIMITS
        ) as http:

            async def say(room: int) -> None:
                answer = await http.post("/api/stock-movements/", json=bench.movement(stores[room]))
                answer.raise_for_status()

            await _both(seen, client, say, groups, others)

    return _measured(run)


def _echo() -> dict[str, Heard]:
    command = [sys.executable, "-m", "uvicorn", "tests.benchmarks.live_echo:application"]
    return _beside(command, StreamClient, lambda room: "/" if room is None else f"/?room={room}", {})


def _channels(bench: Bench) -> dict[str, Heard]:
    command = [str(RIVALS), "-m", "uvicorn", "live_channels:application", "--app-dir", str(Path(__file__).parent)]
    environment = {"REDIS_URL": bench.running.instance.values["REDIS_URL"]}
    return _beside(command, SocketClient, lambda room: f"/?room={'all' if room is None else room}", environment)


def _beside(
    command: list[str], kind: type[Client], place: Callable[[int | None], str], environment: dict[str, str]
) -> dict[str, Heard]:
    """The same patterns for an application that is told by POST what it is to say."""
    with _server(command, environment) as (port, process):

        async def run(seen: dict[str, Heard]) -> None:
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60, limits=LIMITS) as http:

                async def say(room: int, everybody: bool = False) -> None:
                    body = {"at": time.time(), "x": "x" * 500}
                    await http.post(place(None if everybody else room), content=orjson.dumps(body))

                await _both(seen, lambda room: kind(port, room), say, {"server": [process]}, {}, everybody=True)

        return _measured(run)


def _measured(run: Callable[[dict[str, Heard]], Awaitable[None]]) -> dict[str, Heard]:
    seen: dict[str, Heard] = {}
    asyncio.run(run(seen))  # type: ignore[arg-type]
    return seen


async def _both(
    seen: dict[str, Heard],
    client: Callable[[int | None], Client],
    say: Any,
    groups: dict[str, list[psutil.Process]],
    others: dict[str, list[psutil.Process]],
    *,
    everybody: bool = False,
) -> None:
    meter = Meter({**groups, **others, "clients": [psutil.Process()]})
    for pattern, (rate, seconds) in (("in their stores", IN_STORES), ("in one room", IN_ONE_ROOM)):
        in_stores = pattern == "in their stores"
        count = rate * seconds
        heard = seen[pattern] = Heard(count * (LISTENERS // ROOMS if in_stores else LISTENERS))
        clients = [client(n % ROOMS if in_stores else None) for n in range(LISTENERS)]
        before = {name: _memory(members) for name, members in groups.items()}

        def opened() -> None:
            for name, members in groups.items():
                heard.kib[name] = (_memory(members) - before[name]) / 1024 / LISTENERS  # noqa: B023
            meter.start()

        async def burst() -> None:
            begun, tasks = time.monotonic(), []
            for n in range(count):  # noqa: B023
                await asyncio.sleep(max(0.0, begun + n / rate - time.monotonic()))  # noqa: B023
                more = {"everybody": True} if everybody and not in_stores else {}  # noqa: B023
                tasks.append(asyncio.create_task(say(n % ROOMS, **more)))
            await asyncio.gather(*tasks)

        await listen(clients, heard, opened=opened, burst=burst)
        heard.cpu = meter.stop(heard.expected)


# -- the product's clients -----------------------------------------------------------------------------------------


def _stream_client(bench: Bench) -> Callable[[int | None], Client]:
    stores = bench.dataset.stores

    class ProductStream(StreamClient):
        path = staticmethod(lambda room: "/api/stream?kinds=sale" + ("" if room is None else f"&store={stores[room]}"))
        headers = f"Authorization: Token {bench.dataset.token}\r\n"

    return lambda room: ProductStream(bench.running.port, room)


def _socket_client(bench: Bench) -> Callable[[int | None], Client]:
    stores = bench.dataset.stores[:ROOMS]

    class ProductSocket(SocketClient):
        """Engine.IO's and Socket.IO's few signs before the text: 0 open, 2 ping, 3 pong, 40 connect, 42 event."""

        path = staticmethod(lambda room: "/socket.io/?EIO=4&transport=websocket")

        async def begin(self) -> None:
            await super().begin()
            wanted = stores if self.room is None else [stores[self.room]]
            self.say(b"40" + orjson.dumps({"token": bench.dataset.token, "stores": wanted}))
            while not (await self.frame()).startswith(b'42["connected"'):
                pass

        async def next(self) -> float | None:
            text = await self.frame()
            if text == b"2":
                self.say(b"3")
            return moment(orjson.loads(text[2:])[1]) if text.startswith(b'42["inventory_update"') else None

    return lambda room: ProductSocket(bench.running.port, room)


# -- the machine -----------------------------------------------------------------------------------------------------


def _memory(members: list[psutil.Process]) -> int:
    """Bytes that nobody but these processes and their children has."""
    return sum(process.memory_full_info().uss for root in members for process in [root, *root.children(recursive=True)])


@contextmanager
def _server(command: list[str], environment: dict[str, str]) -> Iterator[tuple[int, psutil.Process]]:
    port = free_port()
    arguments = [*command, "--port", str(port), "--log-level", "critical", "--ws", "websockets-sansio"]
    server = subprocess.Popen(arguments, cwd=BASE_DIR, env={**os.environ, **environment})
    try:
        eventually(lambda: _is_up(f"http://127.0.0.1:{port}/?room=none"), within=60)
        yield port, psutil.Process(server.pid)
    finally:
        processes.stop(server, 9, within=5)


def _is_up(address: str) -> bool:
    try:
        return httpx.post(address).status_code == 200
    except httpx.TransportError:
        return False


def _open_more_files() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

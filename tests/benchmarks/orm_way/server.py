"""The plain way under the same web server, with as many processes and threads as ours."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from typing import Any

import orjson
import psutil

from inventory_project.runtime.instance import BASE_DIR
from inventory_project.runtime.ports import free_port
from tests.benchmarks import load
from tests.benchmarks.instance import WORKERS, Running, web_threads


class OrmWay:
    """Runs for as long as the block."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.port = free_port()
        self.token = secrets.token_hex(20)
        self.environment = {
            **os.environ,
            "ORM_WAY_DATABASE_URL": running.instance.admin_url(),
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.orm_way.settings",
        }

    def __enter__(self) -> OrmWay:
        self._run("-m", "django", "migrate", "--verbosity=0")
        with self.running.superuser(options="-c search_path=raw") as connection:
            user = connection.execute(
                """INSERT INTO auth_user (
                       username, password, first_name, last_name, email, is_superuser, is_staff, is_active, date_joined)
                   VALUES (%s, '!', '', '', '', false, false, true, now()) RETURNING id""",
                [f"clerk-{self.token[:8]}"],
            ).fetchone()
            assert user is not None
            token = "INSERT INTO authtoken_token (key, user_id, created) VALUES (%s, %s, now())"
            connection.execute(token, [self.token, user[0]])
        web = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--no-ws"]
        web += ["--workers", str(WORKERS), "--blocking-threads", str(web_threads(self.running))]
        web += ["--log-level", "warning", "tests.benchmarks.orm_way.wsgi:application"]
        self.process = subprocess.Popen(
            [sys.executable, *web], cwd=BASE_DIR, env=self.environment, start_new_session=True
        )
        self._wait_ready()
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(30)

    def request(self, movement: dict[str, Any]) -> bytes:
        return load.request("POST", "/movements/", self.token, orjson.dumps(movement))

    def processes(self) -> list[psutil.Process]:
        return [psutil.Process(self.process.pid)]

    def _run(self, *arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], cwd=BASE_DIR, env=self.environment, check=True)

    def _wait_ready(self) -> None:
        end = time.monotonic() + 30
        while True:
            try:
                load.Connection(self.port).ask(load.request("GET", "/", self.token))
                return
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)

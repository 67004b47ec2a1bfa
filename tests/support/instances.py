"""`manage.py up` as a user starts it, for the tests that look at whole installations."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from inventory_project.runtime.instance import BASE_DIR
from inventory_project.runtime.ports import free_port
from inventory_project.runtime.processes import become, unprivileged_user
from tests.support.services import environment_without_instance

NOBODY = unprivileged_user() or (0, 0)


def eventually(fact: Callable[[], Any], within: float = 30.0) -> Any:
    """The fact's first true value; fails when it stays false."""
    end = time.monotonic() + within
    while not (value := fact()):
        assert time.monotonic() < end, f"not within {within} s: {fact}"
        time.sleep(0.1)
    return value


def ordinary() -> None:
    """Become `nobody`, able to read this interpreter and the project wherever they are, and to write nowhere new."""
    become(*NOBODY, pass_private_folders=True)


def manage(
    *arguments: str, root: Path, timeout: float = 120.0, as_ordinary_user: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run one management command on the instance in `root`."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR,
        env={**environment_without_instance(), "ONHAND_DATA_DIR": str(root)},
        capture_output=True,
        text=True,
        timeout=timeout,
        preexec_fn=ordinary if as_ordinary_user else None,
    )


class Installation:
    """One `manage.py up` with its own directory and port."""

    def __init__(self, root: Path, *, as_ordinary_user: bool = False) -> None:
        self.root = root
        self.port = free_port()
        self.ordinary = as_ordinary_user
        self.extra: dict[str, str] = {}
        self.log = root.parent / f"{root.name}.out"
        self.seen: set[psutil.Process] = set()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def launch(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start it and do not wait. `extra` is added to its environment; a demo sells only with `--sales`."""
        argv = [
            sys.executable,
            "manage.py",
            "up",
            "--data-dir",
            str(self.root),
            "--port",
            str(self.port),
            "--workers",
            "1",
        ]
        if "--demo" in arguments and "--sales" not in arguments:
            argv.append("--no-sales")  # what a test counts must not sell by itself
        arguments = tuple(word for word in arguments if word != "--sales")
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [*argv, *arguments],
                cwd=BASE_DIR,
                env={**environment_without_instance(), **self.extra},
                stdout=output,
                stderr=output,
                preexec_fn=ordinary if self.ordinary else None,
            )
        return self.process

    def start(self, *arguments: str) -> Installation:
        """Start it and return when it is ready."""
        process = self.launch(*arguments)
        already = self.said().count("is ready at")

        def ready() -> bool:
            assert process.poll() is None, self.said()
            return self.said().count("is ready at") > already or self.get("/health/ready") == 200

        eventually(ready, within=120)
        self.seen |= set(self.processes())
        return self

    def said(self) -> str:
        return self.log.read_text() if self.log.exists() else ""

    def get(self, path: str) -> int:
        """The HTTP status; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=5) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            with error:  # it holds the connection
                return int(error.code)
        except OSError:
            return 0

    def json(self, path: str) -> Any:
        with urllib.request.urlopen(self.address + path, timeout=5) as response:
            return json.load(response)

    def processes(self) -> list[psutil.Process]:
        """The supervisor and everything below it."""
        assert self.process is not None
        try:
            supervisor = psutil.Process(self.process.pid)
            return [supervisor, *supervisor.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def child(self, *words: str) -> psutil.Process | None:
        """The supervisor's direct child whose command line has all the words."""
        for process in psutil.Process(self.process.pid).children() if self.process else []:
            try:
                line = " ".join(process.cmdline())
            except psutil.Error:
                continue
            if all(word in line for word in words):
                return process
        return None

    def survivors(self) -> list[psutil.Process]:
        """Whoever still works on this directory, with or without a supervisor."""
        found = []
        for process in psutil.process_iter():
            try:
                lines = [*process.cmdline(), process.environ().get("ONHAND_DATA_DIR", "")]
            except psutil.Error:
                continue
            mine = any(line == str(self.root) or line.startswith(f"{self.root}/") for line in lines)
            if (mine or process in self.seen) and process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        return found

    def stop(self, number: int = signal.SIGTERM) -> float:
        """Signal the supervisor alone; the seconds until it was gone."""
        assert self.process is not None
        started = time.monotonic()
        if self.process.poll() is None:
            self.seen |= set(self.processes())
            os.kill(self.process.pid, number)
        self.process.wait(30)
        return time.monotonic() - started

"""Breaking a running installation: what each fault does to the real processes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psutil
import psycopg

from inventory_project.runtime.instance import BASE_DIR, Instance
from tests.support.instances import Installation
from tests.support.services import environment_without_instance

POSTGRES, VALKEY, WEB = ("postgres", "-D"), ("valkey-server",), ("granian",)
WORKER, LONG, BEAT = ("worker@",), ("long@",), ("celery", "beat")


def admin(up: Installation) -> psycopg.Connection[Any]:
    return psycopg.connect(Instance.load(up.root).admin_url(), autocommit=True)


@contextmanager
def stopped(*processes: psutil.Process) -> Iterator[None]:
    """The processes and their children neither run nor die meanwhile."""
    family = [member for process in processes for member in (process, *process.children(recursive=True))]
    for member in family:
        member.suspend()
    try:
        yield
    finally:
        for member in family:
            try:
                member.resume()
            except psutil.NoSuchProcess:
                pass


@contextmanager
def second_beat(up: Installation) -> Iterator[None]:
    """Another beat beside the supervised one, as a wrong deployment would have it."""
    argv = [sys.executable, "-m", "celery", "-A", "inventory_project", "beat", "--pidfile=", "--loglevel", "ERROR"]
    argv += ["-s", str(up.root / "run" / "second-beat")]
    env = {**environment_without_instance(), "ONHAND_DATA_DIR": str(up.root)}
    process = subprocess.Popen(argv, cwd=BASE_DIR, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


@dataclass
class Breaker:
    """Injects one random fault after another until the time is up."""

    up: Installation
    dice: random.Random
    done: Counter[str] = field(default_factory=Counter)

    def run(self, until: float) -> None:
        faults: dict[str, Callable[[], bool]] = {
            "web killed": lambda: self._kill(WEB),
            "web process killed": lambda: self._kill_child(WEB),
            "worker killed": lambda: self._kill(WORKER, whole_group=True),
            "worker process killed": lambda: self._kill_child(WORKER),
            "long worker killed": lambda: self._kill(LONG, whole_group=True),
            "beat killed": lambda: self._kill(BEAT),
            "Valkey killed and emptied": lambda: self._kill(VALKEY),
            "Valkey silent": self._silence_valkey,
            "PostgreSQL restarted at once": lambda: self._kill(POSTGRES, number=signal.SIGQUIT),
        }
        names: list[str] = []
        while time.monotonic() < until:
            names = names or self.dice.sample(sorted(faults), len(faults))
            name = names.pop()
            self.done[name] += faults[name]()
            time.sleep(self.dice.uniform(1.0, 3.0))

    def _kill(self, words: tuple[str, ...], *, number: int = signal.SIGKILL, whole_group: bool = False) -> bool:
        process = self.up.child(*words)
        if process is None:
            return False
        try:
            os.killpg(process.pid, number) if whole_group else process.send_signal(number)
        except (ProcessLookupError, psutil.NoSuchProcess):
            return False
        return True

    def _kill_child(self, words: tuple[str, ...]) -> bool:
        process = self.up.child(*words)
        children = process.children() if process else []
        if not children:
            return False
        self.dice.choice(children).kill()
        return True

    def _silence_valkey(self) -> bool:
        process = self.up.child(*VALKEY)
        if process is None:
            return False
        with stopped(process):
            time.sleep(self.dice.uniform(1.0, 4.0))
        return True

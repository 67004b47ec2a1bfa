"""Notices a worker that is alive but deaf.

Beat sends a heartbeat task every ten seconds; whichever worker runs it touches a file. When the broker answers and
the file still grows old, the worker (known to stop listening after a lost connection) or beat is deaf: both restart.
Nothing is lost meanwhile, because the work itself is rows in PostgreSQL.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path

from inventory_project.runtime import processes, valkey
from inventory_project.runtime.supervisor import Supervisor

CHECK_SECONDS = 10.0
PATIENCE_SECONDS = 120.0  # above the hard limit of a task, so a long task is not taken for deafness
LISTENERS = ("worker", "beat")


class WorkerWatch:
    """Called in every round of the supervisor; looks once in a while."""

    def __init__(self, supervisor: Supervisor, heartbeat: Path, redis_url: str, say: Callable[[str], None]) -> None:
        self.supervisor = supervisor
        self.heartbeat = heartbeat
        self.redis_url = redis_url
        self.say = say
        self.patience = PATIENCE_SECONDS
        self.next_check = time.monotonic() + CHECK_SECONDS
        self.broker_since = time.monotonic()

    def __call__(self) -> None:
        now = time.monotonic()
        if now < self.next_check:
            return
        self.next_check = now + CHECK_SECONDS
        if not valkey.answers(self.redis_url):
            self.broker_since = now
            return
        listeners = [child for child in self.supervisor.children if child.name in LISTENERS]
        # Deaf only when both have had the whole time, with a broker that answered throughout.
        quiet_since = max([self.broker_since, now - self._age(), *(child.started_at for child in listeners)])
        if now - quiet_since > self.patience:
            self.say("The worker no longer answers; starting worker and beat again.")
            for child in listeners:
                if child.process is not None:
                    processes.signal_group(child.process, signal.SIGKILL)

    def _age(self) -> float:
        try:
            return time.time() - self.heartbeat.stat().st_mtime
        except OSError:
            return float("inf")

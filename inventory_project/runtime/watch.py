"""Notices a worker that is alive but deaf.

Beat sends each worker a heartbeat task every ten seconds; whichever of its processes runs it touches a file. When the
broker answers and the file still grows old, the worker (known to stop listening after a lost connection) or beat is
deaf: both restart. Nothing is lost meanwhile, because the work itself is rows in PostgreSQL.
"""

from __future__ import annotations

import signal
import time
from pathlib import Path

import psutil

from inventory_project.runtime import processes, valkey
from inventory_project.runtime.supervisor import Child, Supervisor

CHECK_SECONDS = 10.0
# Above the hard limit of each worker's tasks, so that a long task is not taken for deafness. Imports and backups may
# last for hours; they keep a processor busy while they do.
PATIENCE_SECONDS = {"worker": 120.0, "long": 1900.0, "webhooks": 120.0}


class WorkerWatch:
    """Called in every round of the supervisor; looks once in a while after one worker."""

    def __init__(
        self, supervisor: Supervisor, worker: str, heartbeat: Path, *, redis_url: str, patience: float
    ) -> None:
        self.supervisor = supervisor
        self.worker = worker
        self.heartbeat = heartbeat
        self.redis_url = redis_url
        self.patience = patience
        self.next_check = time.monotonic() + CHECK_SECONDS
        self.alive_since = time.monotonic()
        self.processor_seconds = 0.0

    def __call__(self) -> None:
        now = time.monotonic()
        if now < self.next_check:
            return
        self.next_check = now + CHECK_SECONDS
        listeners = [child for child in self.supervisor.children if child.name in (self.worker, "beat")]
        if not valkey.answers(self.redis_url) or self._is_at_work(listeners):
            self.alive_since = now
            return
        # Deaf only when both have had the whole time, with a broker that answered throughout.
        quiet_since = max([self.alive_since, now - self._age(), *(child.started_at for child in listeners)])
        if now - quiet_since > self.patience:
            self.supervisor.say(f"The {self.worker} worker no longer answers; starting it and beat again.")
            for child in listeners:
                if child.process is not None:
                    processes.signal_group(child.process, signal.SIGKILL)

    def _is_at_work(self, listeners: list[Child]) -> bool:
        """Whether the worker's pool has used more of a processor than idling takes since the last look."""
        before, self.processor_seconds = self.processor_seconds, 0.0
        for child in listeners:
            if child.name == self.worker and child.process is not None:
                self.processor_seconds = _processor_seconds_of_pool(child.process.pid)
        return self.processor_seconds - before > CHECK_SECONDS / 10

    def _age(self) -> float:
        try:
            return time.time() - self.heartbeat.stat().st_mtime
        except OSError:
            return float("inf")


def _processor_seconds_of_pool(pid: int) -> float:
    total = 0.0
    try:
        for process in psutil.Process(pid).children(recursive=True):
            spent = process.cpu_times()
            total += spent.user + spent.system
    except psutil.Error:
        return 0.0  # it dies or has just died
    return total

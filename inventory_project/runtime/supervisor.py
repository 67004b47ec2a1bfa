"""One supervisor for every child: starts it, restarts it with backoff when it dies, stops all of them in order."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from inventory_project.runtime import processes
from inventory_project.runtime.errors import Stopped

FIRST_DELAY, LONGEST_DELAY = 0.5, 10.0
STABLE_SECONDS = 30.0
POLL_SECONDS = 0.1
# All children; of that what sockets have before the others, and what is kept for the databases; and how long a killed
# one is waited for.
STOP_SECONDS, SOCKETS_SECONDS, DATABASES_SECONDS = 7.0, 1.0, 4.0
LEAST_SECONDS, KILLED_SECONDS = 1.0, 0.5

Spawn = Callable[[], subprocess.Popen[bytes]]


@dataclass
class Child:
    """One supervised process and how it is started and stopped. The lowest `tier` stops first."""

    name: str
    spawn: Spawn
    tier: int = 0
    stop_signal: int = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restart_at: float | None = None
    restarts: int = 0

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> subprocess.Popen[bytes]:
        self.started_at = time.monotonic()
        self.process = self.spawn()
        self.restart_at = None
        return self.process

    def bury(self) -> int | None:
        """After the leader's death: end what it left behind and plan the restart."""
        assert self.process is not None
        processes.signal_group(self.process, signal.SIGKILL)
        self.put_off()
        return self.process.returncode

    def put_off(self) -> None:
        """Plan the next start, later each time while the child does not stay."""
        if time.monotonic() - self.started_at > STABLE_SECONDS:
            self.restarts = 0
        delay = min(LONGEST_DELAY, FIRST_DELAY * 2**self.restarts)
        self.restarts += 1
        self.restart_at = time.monotonic() + delay


@dataclass
class Supervisor:
    """Keeps its children alive until somebody asks it to stop."""

    say: Callable[[str], None]
    children: list[Child] = field(default_factory=list)
    stopping: bool = False
    watchers: list[Callable[[], None]] = field(default_factory=list)

    def install_signals(self) -> None:
        """Ctrl-C, SIGTERM and a closed terminal all mean: stop everything."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_requested)

    def _stop_requested(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def add(self, child: Child) -> subprocess.Popen[bytes]:
        """Start a child and keep it alive from now on."""
        self.children.append(child)
        return child.start()

    def tend(self) -> None:
        """One round: notice the dead, restart those whose time has come. Raises Stopped when asked to stop."""
        if self.stopping:
            raise Stopped
        for child in self.children:
            if child.restart_at is None and not child.is_running:
                code = child.bury()
                self.say(f"{child.name} ended ({_meaning(code)}); starting it again.")
            elif child.restart_at is not None and time.monotonic() >= child.restart_at:
                self._start_again(child)
        for watch in self.watchers:
            watch()

    def _start_again(self, child: Child) -> None:
        """What the system refuses now (no room on the disk, no process to spare) it may allow later."""
        try:
            child.start()
        except OSError as error:
            child.put_off()
            self.say(f"{child.name} could not be started ({error.strerror}); trying again.")

    def wait_until(self, ready: Callable[[], bool], *, within: float) -> bool:
        """Tend the children until `ready()`; False when it did not happen in time."""
        end = time.monotonic() + within
        while not ready():
            self.tend()
            if time.monotonic() > end:
                return False
            time.sleep(POLL_SECONDS)
        return True

    def run_to_end(self, process: subprocess.Popen[bytes]) -> int:
        """Tend the children while a one-off process works; its exit code."""
        try:
            while process.poll() is None:
                self.tend()
                time.sleep(POLL_SECONDS / 2)
        finally:
            if process.poll() is None:
                processes.stop(process, signal.SIGTERM, within=1)
        return int(process.returncode)

    def run(self) -> None:
        """Tend the children until somebody asks to stop."""
        while True:
            self.tend()
            time.sleep(POLL_SECONDS)

    def stop_all(self) -> None:
        """Stop every child, what serves users first, the databases last; within ten seconds whatever they do.

        Sockets say goodbye through the web server, so they end before it (tier -1).
        One end for all: what the first leave of it, the databases have; a busy machine needs the rest itself.
        """
        end = time.monotonic() + STOP_SECONDS
        for tier, until in ((-1, end - STOP_SECONDS + SOCKETS_SECONDS), (0, end - DATABASES_SECONDS), (1, end)):
            members = [child for child in self.children if child.tier == tier and child.process is not None]
            self._stop_tier(members, max(until - time.monotonic(), LEAST_SECONDS))

    def _stop_tier(self, members: Sequence[Child], seconds: float) -> None:
        running = [child for child in members if child.is_running]
        for child in running:
            if child.process is not None:
                child.process.send_signal(child.stop_signal)
        handles = [child.process for child in members if child.process is not None]
        processes.wait_all(handles, seconds)
        for process in handles:
            processes.signal_group(process, signal.SIGKILL)
        processes.wait_all(handles, KILLED_SECONDS)


def _meaning(code: int | None) -> str:
    if code is not None and code < 0:
        return f"signal {-code}"
    return f"exit code {code}"

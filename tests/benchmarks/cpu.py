"""CPU time by part of the instance: what stays true when other programs share the machine."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psutil
import psycopg


def backend_nanoseconds(connection: psycopg.Connection[Any]) -> int:
    """Time on a processor of the server process behind one connection on this machine."""
    return int(Path(f"/proc/{connection.info.backend_pid}/schedstat").read_text().split()[0])


def seconds(roots: Iterable[psutil.Process]) -> float:
    """CPU seconds of the processes, of everything below them, and of those of their children that have ended."""
    total = 0.0
    for root in roots:
        for process in [root, *root.children(recursive=True)]:
            try:
                times = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system + times.children_user + times.children_system
    return total


class Meter:
    """CPU spent by named groups of processes between `start` and `stop`."""

    def __init__(self, groups: dict[str, list[psutil.Process]]) -> None:
        self.groups = groups
        self.begun: dict[str, float] = {}

    def start(self) -> None:
        self.begun = {name: seconds(roots) for name, roots in self.groups.items()}

    def stop(self, items: int) -> dict[str, float]:
        """Microseconds an item, by group."""
        spent = {name: seconds(roots) - self.begun[name] for name, roots in self.groups.items()}
        return {name: round(each * 1e6 / max(items, 1), 1) for name, each in spent.items()}

"""Stopping takes a bounded time, whatever the parts do."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from inventory_project.runtime import processes, supervisor
from inventory_project.runtime.supervisor import Child, Supervisor

DEAF = ["sh", "-c", "trap '' TERM INT; while :; do sleep 0.1; done"]


def test_all_parts_are_gone_in_time_although_none_listens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert supervisor.STOP_SECONDS + 2 * supervisor.KILLED_SECONDS <= 8, "a busy machine needs the rest of ten seconds"
    for name in ("STOP_SECONDS", "DATABASES_SECONDS", "LEAST_SECONDS"):
        monkeypatch.setattr(supervisor, name, getattr(supervisor, name) / 10)
    boss = Supervisor(lambda line: None)

    def spawn() -> subprocess.Popen[bytes]:
        return processes.spawn(DEAF, log=tmp_path / "log", env=os.environ, cwd=tmp_path)

    children = [Child("web", spawn), Child("PostgreSQL", spawn, tier=1, stop_signal=signal.SIGINT)]
    for child in children:
        boss.add(child)
    time.sleep(0.3)  # until they are deaf
    began = time.monotonic()
    boss.stop_all()
    assert time.monotonic() - began >= supervisor.STOP_SECONDS
    assert not any(child.is_running for child in children)

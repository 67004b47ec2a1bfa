"""`manage.py up` on this machine, as a user runs it: real services, real signals, real crashes."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.support.instances import NOBODY, Installation, eventually, manage
from tests.support.prepared import Prepared

SERVICES = [
    ("postgres", "-D"),
    ("valkey-server",),
    ("granian",),
    ("uvicorn",),
    ("worker@",),
    ("long@",),
    ("webhooks@",),
    ("celery", "beat"),
]
AS_ROOT = os.geteuid() == 0


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, prepared: Prepared) -> Iterator[Installation]:
    """One that goes on running, whatever happens to its parts."""
    up = Installation(prepared(tmp_path_factory.mktemp("up") / "data")).start()
    yield up
    up.stop()


@pytest.fixture(scope="module")
def stoppable(tmp_path_factory: pytest.TempPathFactory, prepared: Prepared) -> Iterator[Installation]:
    """One for everything that ends a whole installation."""
    up = Installation(prepared(tmp_path_factory.mktemp("stoppable") / "data"))
    yield up
    if up.process is not None:
        up.stop()


@pytest.fixture
def running(stoppable: Installation) -> Installation:
    """It is running: since the test before, whose end is then this one's beginning, or from now on."""
    if stoppable.process is None or stoppable.process.poll() is not None:
        stoppable.start()
    return stoppable


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Installation]:
    up = Installation(tmp_path / "data")
    yield up
    if up.process is not None:
        up.stop()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder of the ordinary user's, outside pytest's own, which are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="onhand-user-"))
    if AS_ROOT:
        os.chown(folder, *NOBODY)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(tmp_path)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("this user may not mount")
    yield tmp_path
    subprocess.run(["umount", str(tmp_path)], check=True)


def test_it_answers_and_runs_every_part(installation: Installation) -> None:
    assert f"Onhand is ready at {installation.address}" in eventually(installation.said)
    for path in ("/health", "/health/", "/health/live", "/health/live/", "/health/ready", "/health/ready/"):
        assert installation.get(path) == 200, path
    for words in SERVICES:
        assert installation.child(*words) is not None, words


def test_secrets_are_private_and_not_on_a_command_line(installation: Installation) -> None:
    file = installation.root / "instance.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    values = json.loads(file.read_text())
    secrets = [value for name, value in values.items() if name.endswith("password") or name == "SECRET_KEY"]
    assert len(secrets) >= 5
    lines = " ".join(" ".join(process.cmdline()) for process in installation.processes())
    assert not [secret for secret in secrets if secret in lines]
    assert "address" not in "".join(name for name in values if name.isupper())


@pytest.mark.parametrize("words", SERVICES, ids="-".join)
def test_a_killed_part_is_started_again(installation: Installation, words: tuple[str, ...]) -> None:
    before = installation.child(*words)
    assert before is not None
    before.kill()

    def replaced() -> bool:
        now = installation.child(*words)
        return now is not None and now.pid != before.pid

    eventually(replaced, within=20)
    eventually(lambda: installation.get("/health/ready") == 200, within=30)
    eventually(lambda: installation.json("/health/ready")["status"] == "ok", within=30)


def test_a_killed_worker_leaves_no_pool_process(installation: Installation) -> None:
    worker = eventually(lambda: installation.child("worker@"))
    pool = eventually(worker.children)
    worker.kill()
    gone, alive = psutil.wait_procs(pool, timeout=10)
    assert not alive
    eventually(lambda: (again := installation.child("worker@")) and again.pid != worker.pid)


def test_a_worker_proves_that_it_listens(installation: Installation) -> None:
    for name in ("worker", "long", "webhooks"):
        heartbeat = installation.root / "run" / f"{name}-heartbeat"
        eventually(lambda path=heartbeat: path.exists() and time.time() - path.stat().st_mtime < 15, within=40)


def test_a_second_up_on_the_same_directory_says_so_in_one_sentence(installation: Installation) -> None:
    second = manage("up", "--data-dir", str(installation.root), "--port", "1", root=installation.root)
    assert second.returncode != 0
    assert "already in use by `manage.py up`" in second.stderr
    assert_one_sentence(second.stderr)


def test_commands_use_the_running_instance(installation: Installation) -> None:
    assert manage("migrate", "--database", "owner", "--check", root=installation.root).returncode == 0
    assert installation.get("/health/ready") == 200


def test_a_port_in_use_is_one_sentence(fresh: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = manage("up", "--port", str(taken.getsockname()[1]), root=fresh.root)
    assert refused.returncode != 0
    assert "is already in use" in refused.stderr
    assert_one_sentence(refused.stderr)


def test_a_data_directory_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    refused = manage("up", root=tmp_path / "data")
    assert refused.returncode != 0
    assert "is not a directory" in refused.stderr
    assert_one_sentence(refused.stderr)


def test_a_read_only_data_directory_is_one_sentence(open_folder: Path) -> None:
    root = open_folder / "data"
    root.mkdir(mode=0o500)
    refused = manage("up", "--data-dir", str(root / "inside"), root=root, as_ordinary_user=AS_ROOT)
    assert refused.returncode != 0
    assert "may not write" in refused.stderr
    assert_one_sentence(refused.stderr)


def test_a_full_disk_is_one_sentence(small_disk: Path) -> None:
    refused = manage("up", root=small_disk / "data")
    assert refused.returncode != 0
    assert "is full" in refused.stderr
    assert_one_sentence(refused.stderr)


def test_a_damaged_instance_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "instance.json").write_text("{")
    for command in ("up", "migrate"):
        refused = manage(command, root=tmp_path)
        assert refused.returncode != 0
        assert "is damaged" in refused.stderr
        assert_one_sentence(refused.stderr)


def test_a_read_only_file_system_is_one_sentence() -> None:
    root = Path("/sys/onhand" if sys.platform.startswith("linux") else "/System/onhand")
    refused = manage("up", root=root)
    assert refused.returncode != 0
    assert_one_sentence(refused.stderr)


def test_a_command_without_any_instance_says_what_to_do(tmp_path: Path) -> None:
    refused = manage("showmigrations", root=tmp_path / "nothing")
    assert refused.returncode != 0
    assert refused.stderr.strip() == "No database: run `manage.py up` first or set DATABASE_URL."
    assert not (tmp_path / "nothing").exists()


@pytest.mark.slow
def test_workers_that_are_alive_but_deaf_are_replaced(stoppable: Installation) -> None:
    stoppable.extra = {"WORKER_PATIENCE_SECONDS": "20", "LONG_PATIENCE_SECONDS": "20"}
    stoppable.start()
    stoppable.extra = {}  # from the next start on
    names = ("worker", "long")
    deaf = {name: eventually(lambda name=name: stoppable.child(f"{name}@")) for name in names}
    heartbeats = [stoppable.root / "run" / f"{name}-heartbeat" for name in names]
    eventually(lambda: all(path.exists() for path in heartbeats), within=60)
    for worker in deaf.values():
        for process in [worker, *worker.children()]:
            process.suspend()
    for name, worker in deaf.items():
        eventually(lambda name=name, pid=worker.pid: (now := stoppable.child(f"{name}@")) and now.pid != pid, within=90)
        assert f"The {name} worker no longer answers" in stoppable.said()
    for path in heartbeats:
        path.unlink()
    eventually(lambda: all(path.exists() for path in heartbeats), within=60)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_it_stops_within_ten_seconds_without_orphans_and_keeps_its_data(running: Installation, number: int) -> None:
    key = json.loads((running.root / "instance.json").read_text())["SECRET_KEY"]
    assert running.stop(number) < 10
    assert running.process is not None
    assert running.process.returncode == 0
    assert running.survivors() == []
    # A command alone borrows the database and gives it back.
    assert manage("migrate", "--database", "owner", "--check", root=running.root).returncode == 0
    assert running.survivors() == []
    running.start()
    assert json.loads((running.root / "instance.json").read_text())["SECRET_KEY"] == key


def test_a_killed_supervisor_takes_everything_along_and_the_next_start_recovers(running: Installation) -> None:
    assert running.stop(signal.SIGKILL) < 10
    eventually(lambda: running.survivors() == [], within=15)
    running.start()
    assert running.get("/health/ready") == 200


def test_everything_killed_at_once_leaves_a_lock_and_the_next_start_recovers(running: Installation) -> None:
    for process in running.processes():
        with contextlib.suppress(psutil.NoSuchProcess):  # those left follow a dead parent by themselves
            process.kill()
    assert running.process is not None
    running.process.wait(10)
    lock = running.root / "postgres" / "postmaster.pid"
    assert lock.exists()
    # The worst case: the process id in the lock now belongs to another program.
    lock.write_text("\n".join([str(os.getpid()), *lock.read_text().split("\n")[1:]]))
    running.start()
    assert running.get("/health/ready") == 200


def test_two_installations_run_side_by_side(installation: Installation, running: Installation) -> None:
    assert installation.get("/health/ready") == running.get("/health/ready") == 200
    running.stop()
    assert installation.get("/health/ready") == 200


def test_it_stops_while_it_is_still_starting(fresh: Installation) -> None:
    fresh.launch()
    eventually((fresh.root / "postgres").exists, within=20)
    assert fresh.stop() < 10
    eventually(lambda: fresh.survivors() == [], within=5)
    fresh.start()


@pytest.mark.skipif(not AS_ROOT, reason="every other test already runs as an ordinary user")
def test_an_ordinary_user_can_run_it(open_folder: Path) -> None:
    up = Installation(open_folder / "data", as_ordinary_user=True)
    try:
        up.start()
        assert {process.uids().effective for process in up.processes()} == {NOBODY[0]}
        assert up.stop() < 10
        eventually(lambda: up.survivors() == [], within=15)  # a busy disk holds the killed for a while
    finally:
        if up.process is not None:
            up.stop()


def assert_one_sentence(text: str) -> None:
    assert "Traceback" not in text
    assert len(text.strip().splitlines()) == 1, text

"""The embedded PostgreSQL for one management command, while no `up` is running.

Commands that overlap share the server: the one that started it waits for the others before it stops it.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from inventory_project.runtime.errors import CannotStart, InUse, explain
from inventory_project.runtime.instance import NO_DATABASE, Instance, exclusive, locked
from inventory_project.runtime.postgres import Postgres, stop, wait_ready


def server(instance: Instance, *, durable: bool = True) -> Postgres:
    """The instance's PostgreSQL, where it last listened."""
    port = int(instance.values["postgres_port"])
    return Postgres(instance.root, port, instance.secret("postgres_password"), durable=durable)


@contextmanager
def postgres(root: Path, what: str) -> Iterator[None]:
    """Lend the server to the block; raises CannotStart when nothing was ever set up."""
    instance = Instance.load(root)
    if "postgres_port" not in instance.values or not (root / "postgres" / "PG_VERSION").exists():
        raise CannotStart(NO_DATABASE)
    users = root / "run" / "commands.lock"
    try:
        users.touch(mode=0o600)
    except OSError as error:
        raise explain(error, root) from error
    with locked(users, fcntl.LOCK_SH) as mine, ExitStack() as stack:
        if not server(instance).is_ready():
            try:
                stack.enter_context(exclusive(root, what))
            except InUse:
                _wait_for_starter(root)
            else:
                stack.enter_context(_started(instance))
                stack.callback(_wait_for_others, users, mine)
        yield


def _wait_for_others(users: Path, mine: TextIO) -> None:
    """Return when no other command uses the server."""
    fcntl.flock(mine, fcntl.LOCK_UN)
    with locked(users, fcntl.LOCK_EX):
        pass


@contextmanager
def _started(instance: Instance) -> Iterator[None]:
    instance.set_database(instance.port("postgres_port"))
    instance.save()
    cluster = server(instance)
    process = cluster.spawn()
    try:
        wait_ready(cluster, process)
        yield
    finally:
        stop(process, within=30)


def _wait_for_starter(root: Path) -> None:
    end = time.monotonic() + 60
    while not server(Instance.load(root)).is_ready():
        if time.monotonic() > end:
            raise CannotStart("The database did not become ready within a minute; see log/postgres.log.")
        time.sleep(0.2)

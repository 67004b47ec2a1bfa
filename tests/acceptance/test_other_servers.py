"""Onhand on servers that somebody else runs: roles through a creator that is no superuser, and `up` beside them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from inventory_project.runtime import roles
from inventory_project.runtime.errors import CannotStart
from inventory_project.runtime.instance import BASE_DIR
from tests.support.instances import Installation, manage
from tests.support.services import Services, environment_without_instance

ROLES = ("onhand_app", "onhand_owner", "onhand_platform")


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[Services, dict[str, str]]]:
    """PostgreSQL and Valkey that somebody else runs."""
    services = Services()
    yield services, services.start()
    services.stop()


def as_creator(services: Services) -> str:
    """The URL of a new role as a hosting provider hands it out: it may create, and is no superuser."""
    elsewhere = urlsplit(services.admin_url)._replace(path="/postgres").geturl()
    with psycopg.connect(elsewhere, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS onhand")
        for role in ROLES:
            connection.execute(f"DROP ROLE {role}")
        connection.execute("CREATE ROLE creator LOGIN PASSWORD 'creator' CREATEDB CREATEROLE BYPASSRLS")
    return services.admin_url.replace("//postgres:", "//creator:", 1).replace(services.admin_password, "creator")


def test_a_creator_that_is_no_superuser_can_prepare_the_database(server: tuple[Services, dict[str, str]]) -> None:
    services, urls = server
    creator = as_creator(services)
    for _ in range(2):  # safe to repeat
        roles.prepare(
            creator,
            app=roles.Login.of(urls["DATABASE_URL"]),
            owner=roles.Login.of(urls["DATABASE_OWNER_URL"]),
            platform=roles.Login.of(urls["DATABASE_PLATFORM_URL"]),
        )
    with psycopg.connect(services.admin_url) as connection:
        found = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles "
            "WHERE rolname LIKE 'onhand%' ORDER BY rolname"
        ).fetchall()
    assert found == [
        ("onhand_app", False, False, False, False),
        ("onhand_owner", False, False, False, False),
        ("onhand_platform", False, True, False, False),
    ]


def test_the_app_role_is_limited_and_owns_nothing(server: tuple[Services, dict[str, str]]) -> None:
    _, urls = server
    with psycopg.connect(urls["DATABASE_URL"]) as connection:
        for setting, value in (("statement_timeout", "30s"), ("lock_timeout", "5s")):
            assert connection.execute(f"SHOW {setting}").fetchone() == (value,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine ()")
    with psycopg.connect(urls["DATABASE_URL"]) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SET ROLE onhand_platform")


def test_two_machines_may_prepare_the_same_database_at_once(server: tuple[Services, dict[str, str]]) -> None:
    _, urls = server
    command = [sys.executable, "manage.py", "prepare_database", "--verbosity", "0"]
    both = [
        subprocess.Popen(command, cwd=BASE_DIR, env={**environment_without_instance(), **urls}, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    errors = [process.communicate(timeout=60)[1].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0], errors


def test_up_runs_only_what_the_environment_does_not_name(
    server: tuple[Services, dict[str, str]], tmp_path: Path
) -> None:
    _, urls = server
    up = Installation(tmp_path / "data")
    up.extra = {name: url for name, url in urls.items() if name.startswith("DATABASE_") or name == "REDIS_URL"}
    try:
        up.start()
        assert up.json("/health/ready")["status"] == "ok"
        assert up.child("granian") is not None
        assert up.child("worker@") is not None
        assert up.child("postgres", "-D") is None
        assert up.child("valkey-server") is None
        assert not (up.root / "postgres").exists()
    finally:
        assert up.stop() < 10
    assert manage("showmigrations", root=up.root).stderr.startswith("No database:")


def test_a_wrong_user_in_a_database_url_is_one_sentence(
    server: tuple[Services, dict[str, str]], tmp_path: Path
) -> None:
    services, urls = server
    up = Installation(tmp_path / "data")
    up.extra = {**urls, "DATABASE_ADMIN_URL": services.admin_url}
    up.extra["DATABASE_URL"] = urls["DATABASE_OWNER_URL"]
    up.launch()
    assert up.process is not None
    assert up.process.wait(60) != 0
    assert "names the user onhand_owner; it must be onhand_app" in up.said()
    assert "Traceback" not in up.said()


def test_a_server_too_old_is_refused_by_its_version(
    server: tuple[Services, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    services, urls = server
    monkeypatch.setattr(roles, "OLDEST_SERVER", 99)
    logins = {
        name: roles.Login.of(urls[variable])
        for name, variable in (
            ("app", "DATABASE_URL"),
            ("owner", "DATABASE_OWNER_URL"),
            ("platform", "DATABASE_PLATFORM_URL"),
        )
    }
    with pytest.raises(CannotStart, match="Onhand needs PostgreSQL 99 or later; this server is"):
        roles.prepare(services.admin_url, **logins)

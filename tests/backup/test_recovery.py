"""Point in time: a base and the archived log give back the database of a moment, and the feed knows of it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from audit import selectors as log
from audit.errors import CursorLost
from inventory_project.kernel import clock, tenancy
from inventory_project.runtime import recovery
from inventory_project.runtime.errors import CannotStart
from inventory_project.runtime.instance import BASE_DIR, DATABASE, Instance
from stock.services import verification
from tests.factories.stock import Shop, build_shop
from tests.support import clusters
from tests.support.instances import eventually

ARCHIVED = "SELECT last_archived_wal >= %s FROM pg_stat_archiver"


@dataclass
class Disaster:
    """An archived server whose shop had 42 pieces, until somebody sold 30 by mistake."""

    folder: Path
    base: Path
    archive: Path
    shop: Shop
    moment: datetime
    before: str
    after: str


def command(instance: Instance, *words: str) -> subprocess.CompletedProcess[str]:
    environment = clusters.environment(instance, DATABASE)
    argv = [sys.executable, "manage.py", *words]
    return subprocess.run(argv, cwd=BASE_DIR, env=environment, capture_output=True, text=True, timeout=200)


def cursor(shop: Shop, since: str = "") -> str:
    with tenancy.scope(shop.organization.id):
        return str(log.feed(access=None, since=since, limit=1000).next)


def archive_all(instance: Instance) -> None:
    """Return when the log up to now is in the archive."""
    with psycopg.connect(instance.admin_url(), autocommit=True) as connection:
        name = connection.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
        eventually(lambda: connection.execute(ARCHIVED, name).fetchone() == (True,), within=30)


@pytest.fixture(scope="module")
def disaster(tmp_path_factory: pytest.TempPathFactory) -> Disaster:
    folder = tmp_path_factory.mktemp("moment")
    archive = folder / "wal"
    with clusters.cluster(folder / "data", archive=archive) as instance:
        prepared = command(instance, "prepare_database")
        assert prepared.returncode == 0, prepared.stderr
        with clusters.living_in(instance, DATABASE):
            shop = build_shop()
            shop.post("IN", 50)
            base = recovery.take_base(instance, folder / "bases")
            shop.post("OUT", 8)
            before = cursor(shop)
            moment = clock.now()
            with psycopg.connect(instance.admin_url()) as connection:
                connection.execute("SELECT pg_sleep(0.2)")
            shop.post("OUT", 30)
            after = cursor(shop)
        archive_all(instance)
    return Disaster(folder, base, archive, shop, moment, before, after)


def recovered(disaster: Disaster, name: str, **options: Any) -> Path:
    root = disaster.folder / name
    recovery.recover(base=disaster.base, archive=disaster.archive, root=root, **options)
    return root


def test_the_database_of_the_moment_before_the_mistake_comes_back(disaster: Disaster) -> None:
    root = recovered(disaster, "then", to=disaster.moment)
    with clusters.cluster(root) as instance:
        prepared = command(instance, "prepare_database")
        assert prepared.returncode == 0, prepared.stderr
        with clusters.living_in(instance, DATABASE):
            assert disaster.shop.on_hand() == 42
            assert verification.verify(organization_id=disaster.shop.organization.id).drift == 0
            readers_are_told(disaster)
            disaster.shop.post("OUT", 2)
            assert disaster.shop.on_hand() == 40
        assert command(instance, "verify_audit").stdout.startswith("whole")


def readers_are_told(disaster: Disaster) -> None:
    """Whoever read the mistake is told; whoever did not goes on. The ids of lost transactions are handed out again."""
    with pytest.raises(CursorLost, match="The database was restored on"):
        cursor(disaster.shop, disaster.after)
    onward = cursor(disaster.shop, disaster.before)
    disaster.shop.post("IN", 2)
    disaster.shop.post("OUT", 2)
    with tenancy.scope(disaster.shop.organization.id):
        new = log.feed(access=None, since=onward).entries
    assert [entry.action for entry in new][-2:] == ["stock.movement.applied"] * 2


def test_without_a_moment_everything_archived_comes_back(disaster: Disaster) -> None:
    root = recovered(disaster, "all", to=None)
    with clusters.cluster(root) as instance, clusters.living_in(instance, DATABASE):
        assert disaster.shop.on_hand() == 12


def test_a_moment_after_the_end_of_the_log_is_refused_and_nothing_is_left(disaster: Disaster) -> None:
    with pytest.raises(CannotStart, match="ends before that moment"):  # and the server's log said so
        recovered(disaster, "future", to=disaster.moment + timedelta(days=1))
    left = disaster.folder / "future"
    assert not (left / "postgres").exists()
    assert not (left / "instance.json").exists()


def test_what_is_no_base_no_archive_or_no_new_place_is_one_sentence(disaster: Disaster, tmp_path: Path) -> None:
    given = {"base": disaster.base, "archive": disaster.archive, "root": tmp_path / "new", "to": None}
    for wrong, sentence in [
        ({"base": tmp_path}, "is no base"),
        ({"archive": tmp_path / "none"}, "There is no archive at"),
        ({"root": disaster.folder / "data"}, "There is an instance in"),
    ]:
        with pytest.raises(CannotStart, match=sentence):
            recovery.recover(**{**given, **wrong})

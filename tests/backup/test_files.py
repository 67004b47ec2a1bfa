"""A backup file is whole or it is refused; what is not finished never looks finished."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from inventory_project.backup import keeping, manifest, restore, take
from inventory_project.backup.archive import Reader, Writer
from inventory_project.backup.errors import BackupFailed, NotABackup, RestoreRefused
from inventory_project.health import measure_lag
from inventory_project.kernel import clock
from inventory_project.runtime.instance import BASE_DIR
from inventory_project.runtime.roles import Login
from tests.factories.stock import build_shop
from tests.support import clusters

NOWHERE = "onhand_nowhere"


def quiet(part: float, what: str) -> None:
    """Nobody looks."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build_shop().post("IN", 5)
    return take.take(directory=tmp_path_factory.mktemp("whole"), report=quiet).path


def changed(whole: Path, folder: Path, place: float, flip: int = 1) -> Path:
    """A copy with one bit turned, so far into it."""
    data = bytearray(whole.read_bytes())
    data[int(len(data) * place)] ^= flip
    copy = folder / whole.name
    copy.write_bytes(data)
    return copy


def assert_refused(file: Path, words: str) -> None:
    """One sentence, before the server is asked anything: nobody answers at this address."""
    nobody = "postgres://nobody@127.0.0.1:9/nothing"
    with pytest.raises(NotABackup, match=words) as refusal:
        restore.restore(file=file, admin_url=nobody, logins={}, report=quiet)
    assert str(file) in str(refusal.value)
    assert len(str(refusal.value).splitlines()) == 1


def test_a_damaged_file_is_refused_wherever_the_damage_is(whole: Path, tmp_path: Path) -> None:
    for percent in range(0, 100, 5):
        assert_refused(changed(whole, tmp_path, percent / 100), "damaged|no whole backup|no backup")


@pytest.mark.parametrize("part", [0.0, 0.2, 0.6, 0.99])
def test_a_file_that_was_cut_short_is_refused(whole: Path, tmp_path: Path, part: float) -> None:
    file = tmp_path / whole.name
    file.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * part)])
    assert_refused(file, "cut short|damaged|no backup")


def test_something_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "holiday.jpg"
    file.write_bytes(os.urandom(5000))
    assert_refused(file, "no backup|no whole backup")


def test_a_row_that_changed_on_the_way_is_noticed_and_nothing_is_kept(whole: Path, tmp_path: Path) -> None:
    """Whoever mends the checksums meets the comparison of the tables: here a manifest that names another sum."""
    reader = Reader(whole, lambda part: None)
    forged = tmp_path / whole.name
    with forged.open("w+b") as file:
        writer = Writer(file)
        for name in [each for each in reader.members if each != "SHA256SUMS"]:
            data = reader.open(name).read()
            if name == manifest.NAME:
                found = manifest.Manifest.from_json(data)
                table = next(each for each in found.tables if each.name == "stock_stockmovement")
                data = data.replace(table.fingerprint.encode(), b"1")
            with writer.member(name) as member:
                member.write(data)
        writer.finish()
    reader.close()
    admin = clusters.named(os.environ["DATABASE_ADMIN_URL"], NOWHERE)
    logins = {
        "app": Login.of_alias("default"),
        "owner": Login.of_alias("owner"),
        "platform": Login.of_alias("platform"),
    }
    with pytest.raises(RestoreRefused, match="stock_stockmovement did not come back as it was; nothing was kept"):
        restore.restore(file=forged, admin_url=admin, logins=logins, report=quiet)
    with psycopg.connect(admin) as connection:
        assert connection.execute(restore.OCCUPIED).fetchone() is None


@pytest.fixture
def slow_backup(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A backup in a process of its own that waits for a table another transaction holds."""
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"]) as holder:
        holder.execute("LOCK TABLE stock_transferkey IN ACCESS EXCLUSIVE MODE")
        process = subprocess.Popen(
            [sys.executable, "manage.py", "backup", str(tmp_path)],
            cwd=BASE_DIR, env=dict(os.environ), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        end = time.monotonic() + 30
        while not list(tmp_path.glob(".onhand-*.partial")):
            assert time.monotonic() < end
            time.sleep(0.05)
        yield process, tmp_path
        process.kill()
        process.wait()
        holder.rollback()


def test_an_interrupted_backup_leaves_nothing(slow_backup: tuple[subprocess.Popen[bytes], Path]) -> None:
    process, folder = slow_backup
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    assert process.wait(20) != 0
    assert list(folder.iterdir()) == []


def test_a_killed_backup_leaves_nothing_that_looks_whole(slow_backup: tuple[subprocess.Popen[bytes], Path]) -> None:
    process, folder = slow_backup
    process.kill()
    process.wait()
    assert keeping.backups(folder) == []
    left = list(folder.iterdir())
    assert [path.suffix for path in left] == [".partial"]
    with take._unfinished(folder / "onhand-2.backup") as file:  # the next one sweeps it away
        file.write(b"x")
    assert [path.name for path in folder.iterdir()] == ["onhand-2.backup"]


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BackupFailed, match="could not be written to"):
        take.take(directory=tmp_path / "file", report=quiet)


def test_one_backup_a_night_and_the_newest_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "BACKUP_DIR", tmp_path)
    monkeypatch.setattr(settings, "BACKUP_KEEP", 2)
    for day in ("20260101", "20260102", "20260103"):
        (tmp_path / f"onhand-{day}T010203Z.backup").write_bytes(b"")
    assert measure_lag()["backup_age_seconds"] is not None
    today = clock.now().date()
    taken = keeping.nightly(due_date=today)
    assert taken is not None
    assert [path.name for path in keeping.backups(tmp_path)] == ["onhand-20260103T010203Z.backup", taken.name]
    assert keeping.nightly(due_date=today) is None
    assert measure_lag()["backup_age_seconds"] < 60
    time.sleep(1.1)  # a backup is named by its second
    assert keeping.nightly(due_date=today + timedelta(days=1)) is not None


def test_without_a_folder_there_is_no_nightly_backup() -> None:
    assert settings.BACKUP_DIR is None
    assert keeping.nightly(due_date=clock.now().date()) is None
    assert "backup_age_seconds" not in measure_lag()

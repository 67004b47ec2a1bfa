"""backup, restore and recover as an operator types them, on embedded databases of their own."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.support.instances import manage
from tests.support.prepared import Prepared

pytestmark = pytest.mark.slow


def said(root: Path, *words: str) -> str:
    done = manage(*words, root=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def refusal(root: Path, *words: str) -> str:
    """The one sentence on standard error, but for the note that a new instance is made."""
    done = manage(*words, root=root)
    assert done.returncode != 0, done.stdout
    lines = [line for line in done.stderr.strip().splitlines() if not line.startswith("Setting up the database")]
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_a_shop_moves_to_another_data_directory(tmp_path: Path, prepared: Prepared) -> None:
    old, new, kept = prepared(tmp_path / "old"), tmp_path / "new", tmp_path / "kept"
    said(old, "stock", "setup", "--organization", "Corner shop", "--store", "Shop")
    said(old, "stock", "receive", "TEA", "7", "--new", "Earl Grey", "--price", "4")
    file = Path(said(old, "backup", str(kept), "--quiet").strip())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "each table compared" in said(new, "restore", str(file))
    assert "is not empty" in refusal(new, "restore", str(file))
    assert json.loads(said(new, "verify_ledger", "--json"))["drift"] == 0
    assert said(new, "verify_audit").startswith("whole")
    said(new, "stock", "sell", "TEA", "2")
    assert "5" in said(new, "stock", "show", "TEA")


def test_what_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    root, file = tmp_path / "data", tmp_path / "torn.backup"
    file.write_bytes(b"onhand" * 1000)
    assert "is no backup" in refusal(root, "restore", str(file))
    assert "cannot be read: No such file" in refusal(root, "restore", str(tmp_path / "none"))
    assert "is no base" in refusal(
        root, "recover", str(tmp_path), "--archive", str(tmp_path), "--data-dir", str(tmp_path / "new")
    )

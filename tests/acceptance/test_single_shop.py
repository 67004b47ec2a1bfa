"""A shop is run for a day with the command line and nothing else: docs/single-shop.md, word for word."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from inventory_project.runtime.instance import BASE_DIR, is_offline
from tests.support.instances import Installation, manage
from tests.support.prepared import Prepared
from tests.support.services import environment_without_instance

GUIDE = BASE_DIR / "docs" / "single-shop.md"
# What differs from day to day and machine to machine.
VARIABLE = {
    r"\d{4}-\d\d-\d\d \d\d:\d\d": "WHEN",
    r"password \S+": "password ****",
    r"database in \S+": "database in DATA-DIR",
    r"\d+ entries in \d+ blocks": "N entries in N blocks",
    r"\d+ entries/s": "N entries/s",
}

QUICK_SECONDS = 2.5


def sessions() -> Iterator[tuple[str, str]]:
    """Every command of the guide with what it says it prints."""
    for block in re.findall(r"```console\n(.*?)```", GUIDE.read_text(), re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, printed = part.partition("\n")
            yield command, printed


def steady(text: str) -> str:
    for pattern, name in VARIABLE.items():
        text = re.sub(pattern, name, text)
    return text.rstrip()


def run(command: str, root: Path, within: float = 120) -> subprocess.CompletedProcess[str]:
    program, *arguments = shlex.split(command)
    assert program == "python"
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env={**environment_without_instance(), "ONHAND_DATA_DIR": str(root), "COLUMNS": "80"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=within,
    )


@pytest.mark.slow
def test_the_guide_is_true_word_for_word(tmp_path: Path) -> None:
    root, code = tmp_path / "corner", 0
    for command, expected in sessions():
        if command == "echo $?":
            assert expected.strip() == str(code)
            continue
        done = run(command, root)
        code = done.returncode
        assert steady(done.stdout) == steady(expected), command
    assert run("python manage.py verify_ledger", root).returncode == 0
    assert left_over(root) == []


def left_over(root: Path) -> list[psutil.Process]:
    up = Installation(root)
    return up.survivors()


def test_the_first_receipt_needs_no_setup_and_later_commands_are_quick(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    first = manage("stock", "receive", "TEA-1", "20", "--new", "Earl Grey", "--price", "4.5", "--json", root=root)
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["balance_after"] == 20
    assert 'Made the organisation "My shop"' in first.stderr
    # Of some, because other programs may be at work on this machine.
    taken: list[float] = []
    while not taken or (min(taken) >= QUICK_SECONDS and len(taken) < 8):
        started = time.monotonic()
        assert manage("stock", "sell", "TEA-1", "1", root=root).returncode == 0
        taken.append(time.monotonic() - started)
    assert min(taken) < QUICK_SECONDS, taken
    # Commands that overlap share one server, and nothing is left running.
    with ThreadPoolExecutor(4) as pool:
        sold = list(pool.map(lambda _: manage("stock", "sell", "TEA-1", "1", root=root), range(4)))
    assert [each.returncode for each in sold] == [0] * 4, [each.stderr for each in sold]
    [row] = json.loads(manage("stock", "show", "--json", root=root).stdout)
    assert row["on_hand"] == 20 - len(taken) - 4
    assert left_over(root) == []


def test_nothing_is_made_by_a_command_that_only_looks_or_helps(tmp_path: Path) -> None:
    root = tmp_path / "nothing"
    looked = manage("stock", "show", root=root)
    assert looked.returncode != 0
    assert looked.stderr.startswith("There is no shop here yet")
    helped = manage("stock", "sell", "--help", root=root)
    assert helped.returncode == 0
    assert "examples:" in helped.stdout
    bare = manage("stock", root=root)
    assert bare.returncode == 2
    assert len(bare.stderr.splitlines()) == 1
    assert not root.exists()


@pytest.mark.parametrize(
    ("line", "offline"),
    [
        ("manage.py stock", True),
        ("manage.py stock sell -h", True),
        ("manage.py migrate --help", True),
        ("manage.py stock show", False),
        ("server inventory_project.wsgi -h 0.0.0.0", False),  # a server's host is no call for help
    ],
)
def test_only_help_of_our_own_runs_without_a_secret(line: str, offline: bool) -> None:
    assert is_offline(line.split()) is offline


@pytest.mark.slow
def test_a_first_command_killed_at_any_moment_is_made_good_by_the_next(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    words = ("stock", "receive", "TEA-1", "10", "--new", "Earl Grey", "--key", "first")
    for patience in (0.6, 1.2, 2.0):
        with pytest.raises(subprocess.TimeoutExpired):
            run(shlex.join(["python", "manage.py", *words]), root, within=patience)
    done = manage(*words, root=root)
    # A product that an attempt made before it was killed needs no --new any more.
    assert done.returncode == 0 or "already has this SKU" in done.stderr, done.stderr
    assert manage("stock", "receive", "TEA-1", "10", "--key", "first", root=root).returncode == 0
    [row] = json.loads(manage("stock", "show", "--json", root=root).stdout)
    assert row["on_hand"] == 10
    assert left_over(root) == []


def test_a_newer_program_brings_its_database_up_to_date_and_the_shop_is_there_when_the_web_starts(
    tmp_path: Path, prepared: Prepared
) -> None:
    up = Installation(prepared(tmp_path / "shop"))
    made = manage("stock", "receive", "TEA-1", "10", "--new", "Earl Grey", root=up.root)
    assert made.returncode == 0, made.stderr
    kept = json.loads((up.root / "instance.json").read_text())
    (up.root / "instance.json").write_text(json.dumps({**kept, "prepared": "an older one"}))
    assert manage("stock", "show", root=up.root).returncode == 0
    assert json.loads((up.root / "instance.json").read_text())["prepared"] == kept["prepared"]
    try:
        up.start()
        sold = manage("stock", "sell", "TEA-1", "4", root=up.root)
        assert sold.returncode == 0, sold.stderr
        [row] = json.loads(manage("stock", "show", "--json", root=up.root).stdout)
        assert row["on_hand"] == 6
    finally:
        up.stop()

"""The house keeps its plan: imports go down only, tasks are rung by name, HTTP stays at the door."""

from __future__ import annotations

import ast
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import current_app

from inventory_project.runtime.instance import BASE_DIR
from tests.support.tables import ROOMS

LAYERS_WITHOUT_HTTP = ("services", "selectors", "models", "tasks", "errors", "choices")


def sources(*parts: str) -> Iterator[Path]:
    """The modules of every room that carry one of these names, as a module or inside a package of that name."""
    for room in [*ROOMS, "inventory_project/kernel"]:
        for path in sorted((BASE_DIR / room).rglob("*.py")):
            inside = path.relative_to(BASE_DIR / room).with_suffix("").parts
            if room.endswith("kernel") or any(part in inside for part in parts):
                yield path


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_the_import_contracts_are_kept():
    lint = Path(sysconfig.get_path("scripts")) / "lint-imports"
    run = subprocess.run([sys.executable, str(lint), "--no-cache"], cwd=BASE_DIR, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 broken" in run.stdout


@pytest.mark.parametrize("room", ROOMS)
def test_services_ring_tasks_by_name_and_never_import_them(room: str):
    for path in sources("services", "selectors", "models"):
        assert not any(name.split(".")[1:2] == ["tasks"] for name in imported(path) if name.startswith(room)), path


@pytest.mark.parametrize("path", [*sources(*LAYERS_WITHOUT_HTTP)], ids=lambda p: str(p.relative_to(BASE_DIR)))
def test_http_stays_at_the_door(path: Path):
    http = ("rest_framework", "drf_spectacular", "django.http", "django_filters", "inventory_project.api")
    assert not [name for name in imported(path) if name.startswith(http)]


def test_every_task_the_beat_rings_exists():
    current_app.loader.import_default_modules()
    for entry in current_app.conf.beat_schedule.values():
        assert entry["task"] in current_app.tasks


def test_every_task_is_named_after_its_room():
    current_app.loader.import_default_modules()
    own = [name for name in current_app.tasks if not name.startswith("celery.")]
    assert own
    assert {name.split(".")[0] for name in own} <= {*ROOMS, "inventory_project"}

"""What the code imports is what pyproject.toml declares and the lock pins, without naming where it comes from."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from inventory_project.runtime.instance import BASE_DIR

ROOMS = ("inventory_project", "accounts", "audit", "stores", "catalog", "stock", "webhooks", "forecasting", "live")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> set[str]:
    project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]
    return {normal(re.split(r"[^A-Za-z0-9._-]", line)[0]) for line in project["dependencies"]}


def imported() -> set[str]:
    modules: set[str] = set()
    for room in ROOMS:
        for path in (BASE_DIR / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Import):
                    modules |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    modules.add(node.module.split(".")[0])
    return modules - set(sys.stdlib_module_names) - set(ROOMS)


def test_every_import_is_declared() -> None:
    homes = packages_distributions()
    brought_along = {"kombu"}  # Celery's own transport, never another version than Celery's
    missing = {
        module
        for module in imported() - brought_along
        if not {normal(name) for name in homes.get(module, [module])} & declared()
    }
    assert missing == set()


def test_every_declared_package_is_locked() -> None:
    locked = {
        normal(name) for name in re.findall(r"(?m)^([A-Za-z0-9._-]+)==", (BASE_DIR / "requirements.lock").read_text())
    }
    assert declared() <= locked


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-bench.lock"])
def test_locks_carry_hashes_and_name_no_host(name: str) -> None:
    text = (BASE_DIR / name).read_text()
    assert "://" not in text
    assert "index" not in re.sub(r"(?m)^[a-z0-9._-]+==.*$", "", text)
    pins = len(re.findall(r"(?m)^\S+==", text))
    assert pins == len(re.findall(r"(?m)^\S+==[^\n]*\\\n    --hash=sha256:", text)) > 50

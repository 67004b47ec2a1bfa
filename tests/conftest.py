"""Each test process has real services of its own, started as this file is imported: Django reads its settings once."""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterator

import pytest

from tests.support.services import Services

services = Services()
atexit.register(services.stop)
names = {**services.start(), "DJANGO_SETTINGS_MODULE": "inventory_project.settings.test"}
os.environ.update(names)

import django  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.urls import get_resolver  # noqa: E402
from pytest_django import DjangoDbBlocker  # noqa: E402

from tests.support.prepared import Prepared  # noqa: E402

django.setup()
_ = get_resolver().url_patterns  # and with them the desks, as in a process that serves people


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fault-seconds", type=float, default=50.0, help="how long tests/faults breaks things")
    parser.addoption("--fault-seed", type=int, default=None, help="repeats a run of tests/faults; printed by each run")


def pytest_configure(config: pytest.Config) -> None:
    """Whoever only hands tests out to other processes leaves them no settings: each takes its own."""
    if config.getoption("numprocesses") and not hasattr(config, "workerinput"):
        for name in names:
            os.environ.pop(name, None)


@pytest.fixture(scope="session", autouse=True)
def open_database(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One database for the process: production's roles, migrated by the owner as in production.

    Tests commit for real and clean nothing up: each makes organisations of its own.
    """
    with django_db_blocker.unblock():
        call_command("prepare_database", verbosity=0)
        yield


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """No test database beside the process's own."""


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Makes data directories on which `up` has been before; one first start serves all processes of the run."""
    base = tmp_path_factory.getbasetemp()
    return Prepared(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)

"""Each test process has real services of its own, started before any test is read: Django reads its settings once."""

from __future__ import annotations

import os
from collections.abc import Iterator

import django
import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from tests.support.services import Services


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fault-seconds", type=float, default=60.0, help="how long tests/faults breaks things")
    parser.addoption("--fault-seed", type=int, default=None, help="repeats a run of tests/faults; printed by each run")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("numprocesses") and not hasattr(config, "workerinput"):
        # This process only hands tests out to others, who must not take over the settings a mere import named here.
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)
        return
    services = Services()
    config.add_cleanup(services.stop)
    os.environ.update(services.start(), DJANGO_SETTINGS_MODULE="inventory_project.settings.test")
    django.setup()


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

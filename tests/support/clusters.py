"""Database servers beside the session's own, and looking at another database through the same code."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import caches
from django.db import connections

from inventory_project.runtime import postgres
from inventory_project.runtime.borrowed import server
from inventory_project.runtime.instance import Instance, prepare_data_dir
from inventory_project.runtime.roles import Login
from tests.support.services import environment_without_instance

ALIASES = {"default": "DATABASE_URL", "owner": "DATABASE_OWNER_URL", "platform": "DATABASE_PLATFORM_URL"}


@contextmanager
def cluster(root: Path, *, archive: Path | None = None) -> Iterator[Instance]:
    """A fresh embedded server without roles and databases of ours, or the one that is there already."""
    root.parent.chmod(0o711)
    prepare_data_dir(root)
    instance = Instance.load(root)
    instance.set_database(instance.port("postgres_port"))
    instance.secret("postgres_password")
    instance.secret("SECRET_KEY")
    if archive is not None:
        instance.values["wal_archive"] = str(archive)
    instance.save()
    fresh = server(instance, durable=archive is not None)
    fresh.initialise()
    process = fresh.spawn()
    try:
        postgres.wait_ready(fresh, process)
        yield instance
    finally:
        postgres.stop(process, within=10)


def logins(instance: Instance) -> dict[str, Login]:
    names = {"app": "DATABASE_URL", "owner": "DATABASE_OWNER_URL", "platform": "DATABASE_PLATFORM_URL"}
    return {name: Login.of(instance.values[variable]) for name, variable in names.items()}


def named(url: str, database: str) -> str:
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def environment(instance: Instance, database: str) -> dict[str, str]:
    """What leads a command to that database."""
    urls = {variable: named(instance.values[variable], database) for variable in ALIASES.values()}
    admin = named(instance.admin_url(), database)
    ours = {"SECRET_KEY": instance.values["SECRET_KEY"], "SERVED_OVER_HTTPS": "false", "DATABASE_ADMIN_URL": admin}
    ours |= {"REDIS_URL": os.environ["REDIS_URL"], "ONHAND_DATA_DIR": str(instance.root)}
    return environment_without_instance() | urls | ours


@contextmanager
def living_in(instance: Instance, database: str) -> Iterator[None]:
    """The code of this process uses that database until the block ends."""
    before: dict[str, dict[str, Any]] = {}
    for alias, variable in ALIASES.items():
        connections[alias].close()
        before[alias] = dict(connections[alias].settings_dict)
        parts = urlsplit(instance.values[variable])
        connections[alias].settings_dict.update(
            HOST=parts.hostname, PORT=parts.port, PASSWORD=parts.password, NAME=database
        )
    try:
        yield
    finally:
        for alias, values in before.items():
            connections[alias].close()
            connections[alias].settings_dict.update(values)
        caches.close_all()

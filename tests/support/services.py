"""Embedded PostgreSQL and Valkey for one test session, in a directory of its own, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from inventory_project.runtime import postgres, processes, roles, valkey
from inventory_project.runtime.borrowed import server
from inventory_project.runtime.instance import Instance, prepare_data_dir


class Services:
    """Started before Django reads its settings, which find them in the environment."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="onhand-tests-"))
        self.running: list[subprocess.Popen[bytes]] = []
        self.admin_url = self.admin_password = ""

    def start(self) -> dict[str, str]:
        """Start both and make the roles; the settings that lead there."""
        prepare_data_dir(self.root)
        (self.root / "static").mkdir()
        instance = Instance(self.root)
        self.admin_password = instance.secret("postgres_password")
        instance.set_database(instance.port("postgres_port"))
        self.admin_url = instance.admin_url()
        self._start_postgres(instance)
        self._start_valkey(instance)
        return {
            **instance.settings(),
            "DATABASE_ADMIN_URL": instance.admin_url(),
            "SECRET_KEY": instance.secret("SECRET_KEY"),
            "SERVED_OVER_HTTPS": "false",
            "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
            "ONHAND_DATA_DIR": str(self.root),
        }

    def _start_postgres(self, instance: Instance) -> None:
        cluster = server(instance, durable=False)
        cluster.initialise()
        process = cluster.spawn()
        self.running.append(process)
        postgres.wait_ready(cluster, process)
        login = roles.Login.of
        roles.prepare(
            instance.admin_url(),
            app=login(instance.values["DATABASE_URL"]),
            owner=login(instance.values["DATABASE_OWNER_URL"]),
            platform=login(instance.values["DATABASE_PLATFORM_URL"]),
        )

    def _start_valkey(self, instance: Instance) -> None:
        store = valkey.Valkey(self.root, instance.port("valkey_port"), instance.secret("valkey_password"))
        store.initialise()
        process = store.spawn()
        self.running.append(process)
        valkey.wait_ready(store, process)
        instance.values["REDIS_URL"] = store.url

    def stop(self) -> None:
        for process in self.running:
            processes.stop(process, 15 if process is not self.running[0] else 2, within=5)
        shutil.rmtree(self.root, ignore_errors=True)


def environment_without_instance() -> dict[str, str]:
    """This process's environment without what leads to the session's services, for tests that start their own."""
    return {name: value for name, value in os.environ.items() if name not in _SESSION_NAMES}


_SESSION_NAMES = frozenset(
    {
        *("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_PLATFORM_URL", "DATABASE_ADMIN_URL", "REDIS_URL"),
        *("SECRET_KEY", "SERVED_OVER_HTTPS", "ALLOWED_HOSTS", "ONHAND_DATA_DIR", "DJANGO_SETTINGS_MODULE"),
    }
)

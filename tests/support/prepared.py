"""A first start of `manage.py up`, made once in a run and copied for every test that does not look at first starts."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from pathlib import Path

from inventory_project.runtime.instance import Instance, locked, prepare_data_dir
from inventory_project.runtime.valkey import Valkey
from tests.support.instances import Installation


class Prepared:
    """Gives data directories as `up` leaves them: initialised, migrated, static files collected, nothing running."""

    def __init__(self, folder: Path) -> None:
        """`folder` is shared by all test processes of the run."""
        self.folder = folder

    def __call__(self, root: Path) -> Path:
        """Make `root` such a directory, with ports of its own; the secrets are those of all copies."""
        # Ownership is kept: as root, PostgreSQL's files are its own user's.
        subprocess.run(["cp", "-a", str(self._original()), str(root)], check=True)
        for name in ("log", "run"):
            shutil.rmtree(root / name)
        prepare_data_dir(root)
        instance = Instance.load(root)
        for name in ("postgres_port", "valkey_port"):
            del instance.values[name]
        instance.set_database(instance.port("postgres_port"))
        port = instance.port("valkey_port")
        instance.values["REDIS_URL"] = Valkey(root, port, instance.secret("valkey_password")).url
        instance.save()
        return root

    def _original(self) -> Path:
        original, whole = self.folder / "prepared", self.folder / "prepared.whole"
        with locked(self.folder / "prepared.lock", fcntl.LOCK_EX):
            if not whole.exists():
                shutil.rmtree(original, ignore_errors=True)
                Installation(original).start().stop()
                whole.touch()
        return original

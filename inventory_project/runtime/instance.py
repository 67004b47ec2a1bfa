"""One installation on this machine: its data directory, its addresses and secrets, and who is using it.

<data-dir>/instance.json (mode 0600) keeps what must survive a restart. Upper-case keys are settings every process of
the instance may read; lower-case keys are for the runtime alone, among them the database superuser's password.
This module is read before the settings are, so it imports nothing of Django.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from inventory_project.runtime import ports
from inventory_project.runtime.errors import CannotStart, InUse, explain

BASE_DIR = Path(__file__).resolve().parent.parent.parent
NO_DATABASE = "No database: run `manage.py up` first or set DATABASE_URL."
# Commands that touch no data may run before an instance exists.
OFFLINE_COMMANDS = frozenset(
    {
        *("up", "recover", "help", "version", "--help", "-h", "--version", "check", "collectstatic", "findstatic"),
        *("compilemessages", "makemessages", "makemigrations", "spectacular", "diffsettings"),
    }
)
# The shop's command line runs a shop without `up`: these words of it may set the instance up themselves.
SHOP_COMMAND = "stock"
SHOP_BEGINS_WITH = frozenset({"setup", "receive"})
ROLES = {"DATABASE_URL": "onhand_app", "DATABASE_OWNER_URL": "onhand_owner", "DATABASE_PLATFORM_URL": "onhand_platform"}
DATABASE = "onhand"
# Where instance.json says up to which schema its database was prepared.
PREPARED = "prepared"
MEGABYTE = 1024 * 1024
LEAST_FREE_MEGABYTES = 256
LARGEST_LOG_MEGABYTES = 20


def data_dir() -> Path:
    """Where this process's instance lives: ONHAND_DATA_DIR, else var/ beside manage.py."""
    return Path(os.environ.get("ONHAND_DATA_DIR") or BASE_DIR / "var").absolute()


def names_a_database(environment: Any = os.environ) -> bool:
    """True when the environment names a database of its own, so the embedded one is not used."""
    return bool(environment.get("DATABASE_URL") or environment.get("POSTGRES_HOST"))


def schema_version() -> str:
    """What the migrations on disk amount to: another one when the program brings new ones."""
    names = sorted(str(path.relative_to(BASE_DIR)) for path in BASE_DIR.glob("*/migrations/[0-9]*.py"))
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]


def adopt_data_dir(argv: Sequence[str]) -> None:
    """Let `--data-dir` decide before the settings are read."""
    for number, argument in enumerate(argv):
        name, _, value = argument.partition("=")
        if name == "--data-dir":
            value = value or (argv[number + 1] if number + 1 < len(argv) else "")
            os.environ["ONHAND_DATA_DIR"] = str(Path(value).absolute())


@dataclass
class Instance:
    """What instance.json holds."""

    root: Path
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        return self.root / "instance.json"

    @classmethod
    def load(cls, root: Path) -> Instance:
        """The instance in `root`; empty when nothing was set up there yet."""
        instance = cls(root)
        try:
            instance.values = json.loads(instance.file.read_text())
        except FileNotFoundError:
            pass
        except OSError as error:
            raise explain(error, root) from error
        except ValueError as error:
            raise CannotStart(f"{instance.file} is damaged; restore it from a backup.") from error
        return instance

    def save(self) -> None:
        """Write the file whole or not at all, readable by its owner only."""
        temporary = self.file.with_suffix(".new")
        temporary.unlink(missing_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(self.values, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.file)

    def secret(self, name: str) -> str:
        """A random secret, made once."""
        return str(self.values.setdefault(name, secrets.token_urlsafe(48 if name == "SECRET_KEY" else 24)))

    def port(self, name: str) -> int:
        """The port a service had last time while it is free, else a new one."""
        chosen = ports.free_port(self.values.get(name))
        self.values[name] = chosen
        return chosen

    def settings(self) -> dict[str, str]:
        """What the instance's processes get in their environment."""
        return {name: str(value) for name, value in self.values.items() if name.isupper()}

    def set_database(self, port: int) -> None:
        """The three roles' addresses on the embedded server."""
        for name, role in ROLES.items():
            password = self.secret(f"{role}_password")
            self.values[name] = f"postgres://{role}:{password}@127.0.0.1:{port}/{DATABASE}"

    def admin_url(self) -> str:
        password, port = self.secret("postgres_password"), self.values["postgres_port"]
        return f"postgres://postgres:{password}@127.0.0.1:{port}/{DATABASE}"


def prepare_data_dir(root: Path) -> None:
    """Create the data directory and prove that it can be written; raises CannotStart."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        # As root, PostgreSQL's own user must be able to pass through; the files inside are private.
        root.chmod(0o711 if os.geteuid() == 0 else 0o700)
        for name in ("log", "run"):
            (root / name).mkdir(mode=0o700, exist_ok=True)
        probe = root / "run" / ".probe"
        probe.write_bytes(b"\0" * MEGABYTE)
        probe.unlink()
        for log in (root / "log").glob("*.log"):
            if log.stat().st_size > LARGEST_LOG_MEGABYTES * MEGABYTE:
                log.replace(log.with_suffix(".log.1"))
    except OSError as error:
        raise explain(error, root) from error
    disk = os.statvfs(root)
    free = disk.f_bavail * disk.f_frsize // MEGABYTE
    if free < LEAST_FREE_MEGABYTES:
        raise CannotStart(
            f"The disk that holds the data directory {root} is full: "
            f"{free} MB are free, {LEAST_FREE_MEGABYTES} MB are needed."
        )


@contextmanager
def locked(path: Path, mode: int) -> Iterator[TextIO]:
    """Hold a lock on a file. The kernel frees it with the process, so a crash leaves no stale lock."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+") as file:
        fcntl.flock(file, mode)
        yield file


@contextmanager
def exclusive(root: Path, what: str) -> Iterator[None]:
    """Be the one process that runs this instance's services; raises InUse naming who already does."""
    path = root / "run" / "instance.lock"
    with ExitStack() as stack:
        try:
            file = stack.enter_context(locked(path, fcntl.LOCK_EX | fcntl.LOCK_NB))
        except BlockingIOError:
            holder = path.read_text() or "another process"
            raise InUse(f"The data directory {root} is already in use by {holder}.") from None
        file.truncate(0)
        file.write(f"{what}, process {os.getpid()}")
        file.flush()
        yield


def is_offline(argv: Sequence[str]) -> bool:
    """True for a command line that touches no data: it may run before an instance exists."""
    if len(argv) < 2 or argv[1] in OFFLINE_COMMANDS:
        return True
    # Only of our own commands is it certain that these words print help: elsewhere -h may be a server's host.
    ours = Path(argv[0]).name == "manage.py"
    return ours and (list(argv[1:]) == [SHOP_COMMAND] or not {"--help", "-h"}.isdisjoint(argv))


@contextmanager
def running(argv: Sequence[str]) -> Iterator[None]:
    """Give a management command its database: nothing to do while `up` runs, else the embedded PostgreSQL starts
    for as long as the command takes. Raises CannotStart when no database was ever set up."""
    if is_offline(argv) or names_a_database():
        yield
        return
    from inventory_project.runtime import borrowed

    command = argv[1]
    shop = command == SHOP_COMMAND
    # A backup comes back into an instance that may not exist yet.
    creates = command == "restore" or (shop and not SHOP_BEGINS_WITH.isdisjoint(argv[2:]))
    with borrowed.postgres(data_dir(), f"manage.py {command}", prepares=shop, creates=creates):
        yield

"""`manage.py up`: real services, prepared database, web, worker and beat, under one supervisor."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil

from inventory_project.runtime import ports, postgres, processes, scratch, valkey
from inventory_project.runtime.borrowed import server
from inventory_project.runtime.errors import CannotStart, Stopped, explain
from inventory_project.runtime.instance import (
    BASE_DIR,
    PREPARED,
    Instance,
    exclusive,
    names_a_database,
    prepare_data_dir,
    schema_version,
)
from inventory_project.runtime.supervisor import Child, Supervisor
from inventory_project.runtime.watch import PATIENCE_SECONDS, WorkerWatch

READY_SECONDS = 90.0
START_ATTEMPTS = 3
DASHBOARD = "frontend/out/script-hashes.json"  # the last file of a build
# And the queues each listens to.
WORKERS = {"worker": "apply,default", "long": "long,forecast,imports", "webhooks": "webhooks"}
# What waits for other people's servers needs no processor: threads of one process. The others have processes.
THREADS = {"webhooks": 16}
# Sockets say when they are stopped, so nothing is waited for; a client's message is small.
LIVE_OPTIONS = ["--no-access-log", "--timeout-graceful-shutdown", "2", "--ws", "websockets-sansio"]
LIVE_OPTIONS += ["--ws-max-size", "20000", "--lifespan", "on"]


@dataclass(frozen=True)
class Options:
    """What `manage.py up` was asked for. `environment` is the one the command was started with."""

    root: Path
    host: str
    port: int
    workers: int
    demo: bool
    sales: bool
    archive: Path | None
    environment: dict[str, str]

    @property
    def address(self) -> str:
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


class Up:
    """One run of the whole instance."""

    def __init__(self, options: Options, say: Callable[[str], None]) -> None:
        self.options = options
        self.say = heard_or_not(say)
        self.supervisor = Supervisor(self.say)
        self.environment: dict[str, str] = {}
        self.metrics: Path | None = None

    def run(self) -> None:
        """Start everything, stay until asked to stop, stop everything. Raises CannotStart."""
        prepare_data_dir(self.options.root)
        processes.open_more_files()
        self.supervisor.install_signals()
        with exclusive(self.options.root, f"`manage.py up` at {self.options.address}"):
            if not ports.can_bind(self.options.host, self.options.port):
                raise CannotStart(
                    f"Port {self.options.port} on {self.options.host} is already in use or not ours to use; "
                    "choose another with --port."
                )
            try:
                self._start()
                self.supervisor.run()
            except Stopped:
                self.say("Stopping.")
            except OSError as error:
                raise explain(error, self.options.root) from error
            finally:
                self.supervisor.stop_all()
                if self.metrics is not None:
                    shutil.rmtree(self.metrics, ignore_errors=True)

    def _start(self) -> None:
        instance = Instance.load(self.options.root)
        admin_url = self._choose_services(instance)
        self._prepare_environment(instance)
        with self._meanwhile("static", "collectstatic", "--noinput", "--verbosity=0"):
            self._start_services(instance)
            self._one_off("prepare_database", extra={"DATABASE_ADMIN_URL": admin_url} if admin_url else {})
        instance.values[PREPARED] = schema_version()
        instance.save()
        self._start_processes(instance)
        self._wait_ready()
        fresh_logins = self._load_demo() if self.options.demo else []
        if self.options.demo and self.options.sales:
            self.supervisor.add(Child("sales", partial(self._spawn, "sales", "manage.py", "stream_sales")))
        self.say(f"Onhand is ready at {self.options.address} (Ctrl-C stops it).")
        if not (BASE_DIR / DASHBOARD).exists():
            self.say("  The dashboard is not built: `make dashboard` builds it, and the next start serves it.")
        self.say(f"  Managers and admins sign in at {self.options.address}/admin/.")
        self.say(f"  The API explorer is at {self.options.address}/api/docs/.")
        for line in fresh_logins:
            self.say(line)

    def _log(self, name: str) -> Path:
        return self.options.root / "log" / f"{name}.log"

    # -- services ------------------------------------------------------------------------------------------------

    def _choose_services(self, instance: Instance) -> str:
        """Where what the environment does not name will answer; the administrator's URL, when there is one."""
        admin_url = self.options.environment.get("DATABASE_ADMIN_URL", "")
        if not names_a_database(self.options.environment):
            instance.set_database(instance.port("postgres_port"))
            instance.secret("postgres_password")
            admin_url = instance.admin_url()
        if "REDIS_URL" not in self.options.environment:
            self._choose_valkey(instance)
        instance.secret("SECRET_KEY")
        instance.values["SERVED_OVER_HTTPS"] = "false"
        instance.values["ENABLE_DEVELOPMENT_ENDPOINTS"] = str(self.options.demo).lower()
        instance.values["address"] = self.options.address
        if "LIVE_URL" not in self.options.environment:
            instance.values["LIVE_URL"] = f"http://127.0.0.1:{instance.port('live_port')}"
        if self.options.archive is not None:
            instance.values["wal_archive"] = str(self.options.archive.absolute())
        instance.save()
        return admin_url

    def _start_services(self, instance: Instance) -> None:
        """Start what the environment does not name."""
        if not names_a_database(self.options.environment):
            self._start_postgres(instance)
        self.supervisor.tend()
        if "REDIS_URL" not in self.options.environment:
            self._start_valkey(instance)

    def _choose_valkey(self, instance: Instance) -> None:
        port = instance.port("valkey_port")
        instance.values["REDIS_URL"] = valkey.Valkey(self.options.root, port, instance.secret("valkey_password")).url

    def _start_postgres(self, instance: Instance) -> None:
        cluster = server(instance)
        cluster.initialise(finish=self.supervisor.run_to_end)  # who stops it now need not wait for that
        process = self.supervisor.add(Child("PostgreSQL", cluster.spawn, tier=1, stop_signal=signal.SIGINT))
        postgres.wait_ready(cluster, process)

    def _start_valkey(self, instance: Instance) -> None:
        store = valkey.Valkey(self.options.root, instance.values["valkey_port"], instance.secret("valkey_password"))
        store.initialise()
        process = self.supervisor.add(Child("Valkey", store.spawn, tier=1))
        valkey.wait_ready(store, process)

    # -- our own processes ---------------------------------------------------------------------------------------

    def _prepare_environment(self, instance: Instance) -> None:
        self.metrics = scratch.metrics_folder(self.options.root)
        hosts = ["127.0.0.1", "localhost", "[::1]", *_own_names(self.options.host)]
        self.environment = {
            "ALLOWED_HOSTS": ",".join(hosts),
            # Django's checks look at the program, which was checked before it was released; beat and every worker would
            # repeat them at each start, and keep all that they import for it.
            "CELERY_SKIP_CHECKS": "1",
            **instance.settings(),
            **self.options.environment,
            "ONHAND_DATA_DIR": str(self.options.root),
            "PROMETHEUS_MULTIPROC_DIR": str(self.metrics),
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "inventory_project.settings"),
            "ONHAND_SUPERVISED": "1",
            "PYTHONUNBUFFERED": "1",
        }

    def _spawn(self, name: str, *arguments: str, extra: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        return processes.spawn(
            [sys.executable, *arguments],
            log=self._log(name),
            env={**self.environment, **(extra or {})},
            cwd=BASE_DIR,
        )

    def _one_off(self, command: str, *arguments: str, extra: dict[str, str] | None = None) -> None:
        with self._meanwhile("setup", command, *arguments, extra=extra):
            pass

    @contextmanager
    def _meanwhile(
        self, name: str, command: str, *arguments: str, extra: dict[str, str] | None = None
    ) -> Iterator[None]:
        """Run a command beside the block; both are done afterwards, or CannotStart is raised."""
        process = self._spawn(name, "manage.py", command, *arguments, extra=extra)
        try:
            yield
            code = self.supervisor.run_to_end(process)
        finally:
            if process.poll() is None:
                processes.stop(process, signal.SIGTERM, within=1)
        if code != 0:
            log = self._log(name)
            raise CannotStart(f"`manage.py {command}` failed: {processes.last_line(log)} (see {log})")

    def _start_processes(self, instance: Instance) -> None:
        workers = self.options.workers
        web = ["-m", "granian", "--interface", "rsgi", "--host", self.options.host, "--port", str(self.options.port)]
        web += ["--workers", str(workers), "--backlog", "2048", "--log-level", "warning"]
        web += ["--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "2"]
        web += ["inventory_project.rsgi:application"]
        celery = ["-m", "celery", "-A", "inventory_project"]
        quiet = ["--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
        live = ["-m", "uvicorn", "inventory_project.asgi:application", "--host", "127.0.0.1"]
        live += ["--port", str(instance.values["live_port"]), "--log-level", "warning", *LIVE_OPTIONS]
        commands = {
            "web": web,
            **({} if "LIVE_URL" in self.options.environment else {"live": live}),
            "beat": [*celery, "beat", "--loglevel", "WARNING", "--pidfile=", "-s", str(self._run("beat-schedule"))],
        }
        # What takes minutes must never keep a movement waiting, so it has processes of its own.
        for name, queues in WORKERS.items():
            pool = ["-c", str(max(2, workers))] if name not in THREADS else ["-P", "threads", "-c", str(THREADS[name])]
            commands[name] = [*celery, "worker", "-n", f"{name}@%h", "-Q", queues, *pool, *quiet]
        for name, command in commands.items():
            tier = -1 if name == "live" else 0
            self.supervisor.add(Child(name, partial(self._spawn, name, *command), tier=tier))
        for name, patience in PATIENCE_SECONDS.items():
            watch = WorkerWatch(
                self.supervisor,
                name,
                self._run(f"{name}-heartbeat"),
                redis_url=self.environment["REDIS_URL"],
                patience=float(self.environment.get(f"{name.upper()}_PATIENCE_SECONDS", patience)),
            )
            self.supervisor.watchers.append(watch)

    def _run(self, name: str) -> Path:
        return self.options.root / "run" / name

    def _wait_ready(self) -> None:
        web = next(child for child in self.supervisor.children if child.name == "web")
        self.supervisor.wait_until(lambda: self._is_ready() or web.restarts >= START_ATTEMPTS, within=READY_SECONDS)
        if not self._is_ready():
            log = self._log("web")
            raise CannotStart(f"The web server did not become ready: {processes.last_line(log)} (see {log})")

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.options.address}/health/ready", timeout=3) as response:  # noqa: S310
                return bool(response.status == 200)
        except (urllib.error.URLError, OSError, ValueError):
            return False

    # -- demo ----------------------------------------------------------------------------------------------------

    def _load_demo(self) -> list[str]:
        """Load the demo; what to print of its logins: passwords on the first run only."""
        logins = self.options.root / "demo-logins.json"
        known = logins.exists()
        self.say("Checking the demo data." if known else "Loading the demo data.")
        self._one_off("load_demo")
        if not logins.exists():
            return []
        if known:
            return [f"  The demo logins are in {logins}."]
        rows = json.loads(logins.read_text())
        return [f"  {row['organization']:<24} {row['role']:<8} {row['username']:<28} {row['password']}" for row in rows]


def heard_or_not(say: Callable[[str], None]) -> Callable[[str], None]:
    """Nobody's work ends because a line could not be written, as to a file on a full disk."""

    def speak(line: str) -> None:
        with suppress(OSError):
            say(line)

    return speak


def _own_names(host: str) -> list[str]:
    """The names this machine answers to when it listens on every address."""
    if host not in ("0.0.0.0", "::"):  # noqa: S104
        return [host]
    addresses = [address.address for group in psutil.net_if_addrs().values() for address in group]
    return [socket.gethostname(), *(address for address in addresses if "." in address)]

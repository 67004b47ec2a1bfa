"""A real browser at a real server: Debian's Chromium, driven by Playwright, and granian as production runs it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inventory_project.runtime.instance import BASE_DIR
from inventory_project.runtime.ports import free_port
from inventory_project.runtime.processes import spawn, stop
from tests.support.instances import eventually

if TYPE_CHECKING:
    from accounts.models import User

CHROMIUM = Path("/usr/bin/chromium")
PHONE = {"width": 390, "height": 844}
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def live_server(folder: Path, **environment: str) -> Iterator[str]:
    """The project on a free port, on the session's database; its address."""
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"], cwd=BASE_DIR, check=True
    )
    port = free_port()
    argv = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    argv += ["--workers", "1", "--blocking-threads", "2", "--no-ws", "--log-level", "warning"]
    process = spawn(
        [*argv, "inventory_project.wsgi:application"],
        log=folder / "web.log",
        env={**os.environ, **environment},
        cwd=BASE_DIR,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        eventually(lambda: _answers(f"{address}/health/live"), within=30)
        yield address
    finally:
        stop(process, 15, within=5)


def _answers(url: str) -> bool:
    import urllib.request

    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def chromium(**options: Any) -> Iterator[Any]:
    """A browser with an empty profile. While it is open, Django is told that Playwright's event loop is not its own."""
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with tempfile.TemporaryDirectory(prefix="onhand-browser-") as profile, sync_playwright() as playwright:
            context = playwright.chromium.launch_persistent_context(
                profile, executable_path=str(CHROMIUM), headless=True, args=FLAGS, **options
            )
            try:
                yield context
            finally:
                context.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def sign_in(page: Any, url: str, user: User) -> None:
    from tests.factories.accounts import PASSWORD

    page.goto(url)
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda now: "/login/" not in now)


def menu(page: Any, path: str) -> Any:
    return page.locator(f'#nav-sidebar-apps a[href="/admin/{path}"]')


def sees(page: Any, text: str) -> None:
    """The text appears, or the test fails."""
    page.get_by_text(text).first.wait_for()

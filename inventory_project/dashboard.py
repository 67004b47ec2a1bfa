"""The dashboard: a static export of `frontend/`, served by WhiteNoise on the API's own origin, with its policies."""

from __future__ import annotations

import json
from collections.abc import MutableMapping
from functools import cache
from pathlib import Path

from django.conf import settings

# Names of files below it change with their content.
HASHED = r"^/_next/static/"
# Next writes a few inline scripts into each page; the build notes their hashes, and nothing else may run inline.
SCRIPT_HASHES = "script-hashes.json"
# Mantine sets custom properties in style attributes, and the charts size themselves.
POLICY = (
    "default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)


def folder() -> Path:
    """Where the build lies."""
    return Path(settings.DASHBOARD_ROOT)


def is_built(root: Path | None = None) -> bool:
    """Whether there is a whole build: its hashes are written last."""
    return ((root or folder()) / SCRIPT_HASHES).exists()


@cache
def _hashes() -> dict[str, list[str]]:
    """The hashes of each page's inline scripts, by the page's path in the build."""
    found: dict[str, list[str]] = json.loads((folder() / SCRIPT_HASHES).read_text())
    return found


def policy(page: str) -> str:
    """The Content-Security-Policy of a page of the build, such as `stock/index.html`."""
    return POLICY.format(hashes=" ".join(f"'{value}'" for value in _hashes().get(page, [])))


def add_headers(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """WhiteNoise asks it for each file once, as the process starts. Pages are asked for anew, so an upgrade shows."""
    file = Path(path)
    if not file.is_relative_to(folder()):
        return
    if file.suffix == ".html":
        headers["Content-Security-Policy"] = policy(file.relative_to(folder()).as_posix())
        headers["X-Frame-Options"] = "DENY"
    if "/_next/static/" not in url:
        headers["Cache-Control"] = "no-cache"

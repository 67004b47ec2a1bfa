"""Lists and reports as files, for services: they know addresses and no views.

The HTTP kit, named by the settings, makes them by asking the list's own view (`inventory_project.api.inner`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings

from inventory_project.kernel.access import Access


@dataclass(frozen=True, slots=True)
class Offer:
    """A list or report that can be had as a file: its name, and the area of the token scope that reads it."""

    name: str
    area: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which file: `query` holds the list's own parameters. `on_rows` is told how many rows are written so far; what it
    raises ends the file."""

    path: str
    query: str
    form: str
    access: Access
    has_mark: bool = False
    on_rows: Callable[[int], None] | None = None


@dataclass(frozen=True, slots=True)
class Making:
    """A file on its way."""

    name: str
    blocks: Iterable[bytes]


class FileRefused(Exception):
    """The list's view refuses, before the file begins or at a later page: it must not end as if it were whole."""

    def __init__(self, status: int, detail: str, fields: Mapping[str, Any] | None = None) -> None:
        self.status = status
        self.detail = detail
        self.fields = dict(fields or {})
        super().__init__(f"a file was refused: {status} {detail}")


def offer_of(path: str) -> Offer | None:
    """What the address offers as a file; None when there is no such address, or it is no list and no report."""
    found: Offer | None = _kit().offer_of(path)
    return found


def chosen(query: str) -> str:
    """The parameters that choose rows, columns and their order, without those that say how a list is sent."""
    return str(_kit().chosen(query))


def made(wish: Wish) -> AbstractContextManager[Making]:
    """The file. Raises FileRefused with what the list's view says; the first page is read before the block begins."""
    making: AbstractContextManager[Making] = _kit().made(wish)
    return making


def _kit() -> Any:
    return import_module(settings.LIST_FILES)

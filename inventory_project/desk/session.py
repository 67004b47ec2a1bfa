"""Who sits at the desk: the caller's rights in one organisation, for one request of the admin site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Access, Actor, Role
from inventory_project.kernel.request_context import request_id


@dataclass(frozen=True, slots=True)
class Visit:
    """A platform operator's stay in an organisation that is not his own."""

    reason: str
    until: datetime
    may_write: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """One member at work in one organisation, or a platform operator visiting it."""

    access: Access
    organization: str
    visit: Visit | None = None

    @property
    def actor(self) -> Actor:
        return self.access.actor(request_id())

    @property
    def is_read_only(self) -> bool:
        return self.visit is not None and not self.visit.may_write

    def may_read(self, role: Role) -> bool:
        return self.access.role.at_least(role)

    def may_write(self, role: Role) -> bool:
        return not self.is_read_only and self.access.role.at_least(role)


def find_desk(request: HttpRequest) -> Desk | None:
    """The desk the site gave to this request; None for strangers and staff."""
    return getattr(request, "desk", None)


def desk_of(request: HttpRequest) -> Desk:
    """The desk of a request that the site has let in. Raises PermissionDenied when it has none."""
    desk = find_desk(request)
    if desk is None:
        raise PermissionDenied
    return desk


@contextmanager
def in_organization(request: HttpRequest) -> Iterator[Desk]:
    """The request's organisation, for views that open their own scope."""
    desk = desk_of(request)
    with tenancy.scope(desk.access.organization_id):
        yield desk


def opens_own_scope(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view whose services open durable transactions, so the site must not open one around it."""
    view.opens_own_scope = True  # type: ignore[attr-defined]
    return view

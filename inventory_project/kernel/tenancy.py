"""The organisation's scope: opened once at the door, enforced by the manager and by PostgreSQL's row-level security.

`scope(organization_id)` opens a transaction, tells PostgreSQL which organisation it serves (transaction-local, so a
pooled connection can never carry it to somebody else) and tells the managers the same. Outside a scope the managers
raise `NoOrganization` and PostgreSQL shows no row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from inventory_project.kernel.errors import NoOrganization

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)

_bound: ContextVar[int | None] = ContextVar("organization_id", default=None)


def current_organization_id() -> int:
    """The organisation this code is serving.

    Raises NoOrganization outside a scope.
    """
    organization_id = _bound.get()
    if organization_id is None:
        raise NoOrganization("No organisation is bound: open kernel.tenancy.scope(organization_id) at the door.")
    return organization_id


def is_bound() -> bool:
    return _bound.get() is not None


def _tell_postgres(using: str, organization_id: int | None) -> None:
    connection: Any = connections[using]
    connection.set_local("app.organization", organization_id)


@contextmanager
def scope(organization_id: int, *, using: str = DEFAULT_DB_ALIAS, durable: bool = False) -> Iterator[None]:
    """Open a transaction that serves one organisation.

    Nesting for the same organisation joins as a savepoint; nesting for another one raises NoOrganization.
    With `durable` the block must be outermost: what it wrote is committed when it ends.
    """
    outer = _bound.get()
    if outer is not None and outer != organization_id:
        raise NoOrganization(f"Organisation {organization_id} asked for inside the scope of {outer}.")
    with transaction.atomic(using=using, durable=durable):
        if outer is None:
            _tell_postgres(using, organization_id)
        token = _bound.set(organization_id)
        try:
            yield
        finally:
            _bound.reset(token)
        # Inside somebody's larger transaction the setting would outlive this block.
        if outer is None and connections[using].savepoint_ids:
            _tell_postgres(using, None)


def scoped(organization_id: int, function: Callable[P, R]) -> Callable[P, R]:
    """`function`, run inside the organisation's scope."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with scope(organization_id):
            return function(*args, **kwargs)

    return run


class OrganizationManager(models.Manager[M]):
    """Shows only the bound organisation's rows; raises NoOrganization when none is bound."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(organization_id=current_organization_id())

    def none(self) -> models.QuerySet[M]:
        """No row needs no organisation: the schema generator asks for this outside a scope."""
        return super().get_queryset().none()


class OrganizationModel(models.Model):
    """A row of one organisation. The table also carries row-level security and composite foreign keys (kernel.rls)."""

    organization = models.ForeignKey(
        "accounts.Organization", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects: Any = OrganizationManager()
    unscoped: Any = models.Manager()

    class Meta:
        abstract = True

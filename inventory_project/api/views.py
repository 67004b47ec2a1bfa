"""Base views: authentication first, then the handler runs inside the caller's organisation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, ClassVar

from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from inventory_project.api.files import Files
from inventory_project.api.filters import refuse_unknown_parameters
from inventory_project.api.inner import InnerRequest
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Access, Actor, Role
from inventory_project.kernel.request_context import request_id


@dataclass(frozen=True, slots=True)
class KnownCaller:
    """The person of a request of our own."""

    id: int
    username: str
    is_authenticated: ClassVar[bool] = True


class KnownRights(BaseAuthentication):
    """A request of our own says whose it is."""

    def authenticate(self, request: Request) -> tuple[KnownCaller, Access]:
        access = request._request.access
        return KnownCaller(access.user_id, access.username), access


class InOrganization(Files):
    """Runs the HTTP handler inside `tenancy.scope` of the authenticated caller: one transaction, rolled back on error.

    `scope_area` names the token scope; reading needs `read_role`, writing `write_role`. A view whose services open
    their own durable transactions (the ledger's doors) sets `opens_own_scope`. `query_parameters` are those it reads
    beside a list's own (filters, ordering, page); any other is refused where they, or filters, are declared.
    """

    request: Request
    scope_area: str = ""
    read_role: Role = Role.STAFF
    write_role: Role = Role.MANAGER
    opens_own_scope: bool = False
    query_parameters: Collection[str] | None = None

    def get_authenticators(self) -> list[BaseAuthentication]:
        if isinstance(self.request, InnerRequest):
            return [KnownRights()]
        return super().get_authenticators()  # type: ignore[misc,no-any-return]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        refuse_unknown_parameters(request, self)
        if not isinstance(request.auth, Access) or request.method is None:
            return
        name = request.method.lower()
        handler = getattr(self, name, None)
        if handler is not None and self.wants_file():
            setattr(self, name, self.send_file)  # its pages open their scopes
        elif handler is not None and not self.opens_own_scope:
            setattr(self, name, tenancy.scoped(request.auth.organization_id, handler))

    @property
    def access(self) -> Access:
        access = self.request.auth
        assert isinstance(access, Access)
        return access

    @property
    def actor(self) -> Actor:
        return self.access.actor(request_id())


class OrganizationView(InOrganization, APIView):
    """A plain view inside the caller's organisation."""


class OrganizationViewSet(InOrganization, GenericViewSet):  # type: ignore[type-arg]
    """A viewset inside the caller's organisation; ids are positive integers."""

    lookup_value_regex = r"[0-9]{1,18}"

"""Rights of the accounts room beyond role and scope."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from inventory_project.api.permissions import HasAccess
from inventory_project.kernel.access import Access


class IsMember(BasePermission):
    """Any authenticated caller, whatever its token's scopes: for what everybody may do about themselves."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.auth, Access)


class IsWholeMember(IsMember):
    """A person's full login: a token limited to some scopes must not change the person's password."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.auth, Access) and request.auth.scopes is None


class ManagesOrganization(HasAccess):
    """Changes that reach every store need a caller that is not limited to some."""

    def has_permission(self, request: Request, view: Any) -> bool:
        access = request.auth
        if not isinstance(access, Access) or not super().has_permission(request, view):
            return False
        return request.method in SAFE_METHODS or access.store_ids is None

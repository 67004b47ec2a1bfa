"""Rights at the door: role and token scope by view; store rights are part of every query."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from inventory_project.kernel.access import Access


class HasAccess(BasePermission):
    """The caller is authenticated for an organisation and its role and token scope cover the view."""

    message: str | None = None

    def has_permission(self, request: Request, view: Any) -> bool:
        access = request.auth
        if not isinstance(access, Access):
            return False
        write = request.method not in SAFE_METHODS
        role = view.write_role if write else view.read_role
        if not access.role.at_least(role):
            self.message = f"This needs the role {role} or above; yours is {access.role}."
            return False
        if not access.allows_scope(view.scope_area, write=write):
            self.message = f"This token lacks the scope {view.scope_area}:{'write' if write else 'read'}."
            return False
        return True

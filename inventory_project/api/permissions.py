"""Rights at the door: role and token scope by view; store rights are part of every query."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from inventory_project.kernel.access import Access


class HasAccess(BasePermission):
    """The caller is authenticated for an organisation and its role and token scope cover the view."""

    def has_permission(self, request: Request, view: Any) -> bool:
        access = request.auth
        if not isinstance(access, Access):
            return False
        write = request.method not in SAFE_METHODS
        role = view.write_role if write else view.read_role
        return access.role.at_least(role) and access.allows_scope(view.scope_area, write=write)

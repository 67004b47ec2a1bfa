"""Every way a live connection is refused."""

from __future__ import annotations

from inventory_project.kernel.errors import DomainError, PermissionRefused


class TooManyConnections(DomainError):
    """The person, the organisation or this server has as many live connections open as it may."""

    code = "too_many_connections"
    status = 429
    default_detail = "Too many live connections are open. Close one, or ask /api/changes from time to time instead."


class OriginRefused(PermissionRefused):
    """A web page of somebody else's tries to listen with its visitor's rights."""

    code = "origin_refused"
    default_detail = "Pages of this origin may not listen here."

"""Every way the log says no."""

from __future__ import annotations

from inventory_project.kernel.errors import DomainError


class CursorLost(DomainError):
    """The cursor stands behind changes that a restored database no longer has; `fields` says where to go on."""

    code = "cursor_lost"
    status = 410
    default_detail = "This cursor stands behind changes that this database does not have."

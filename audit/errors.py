"""Every way the log says no."""

from __future__ import annotations

from inventory_project.kernel.errors import DomainError


class CursorLost(DomainError):
    """The cursor stands behind changes that a restored database no longer has; `fields` says where to go on."""

    code = "cursor_lost"
    status = 410
    default_detail = "This cursor stands behind changes that this database does not have."


class TooMuchToCheck(DomainError):
    """So much has happened since the last checkpoint that nobody can wait for the answer."""

    code = "too_much_to_check"
    status = 409
    default_detail = "There is too much to check while you wait. Run manage.py verify_audit, or ask after tonight."

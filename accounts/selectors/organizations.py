"""Organisations as an operator's command finds them, before one is bound: over the platform's own connection."""

from __future__ import annotations

from accounts.models import Organization
from inventory_project.kernel.organizations import id_of


def every() -> list[Organization]:
    """All organisations of the installation, oldest first."""
    return list(Organization.objects.using("platform").order_by("id"))


def named(slug: str | None) -> Organization:
    """The organisation with this slug or id; without one, the only organisation there is.

    Raises NotFound, saying which there are.
    """
    found: Organization = Organization.objects.using("platform").get(pk=id_of(slug))
    return found

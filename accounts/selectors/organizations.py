"""Organisations as an operator's command finds them, before one is bound: over the platform's own connection."""

from __future__ import annotations

from accounts.models import Organization
from inventory_project.kernel.errors import NotFound


def every() -> list[Organization]:
    """All organisations of the installation, oldest first."""
    return list(Organization.objects.using("platform").order_by("id"))


def named(slug: str | None) -> Organization:
    """The organisation with this slug or id; without one, the only organisation there is.

    Raises NotFound, saying which there are.
    """
    found = every()
    chosen = [each for each in found if slug is None or slug in (each.slug, str(each.pk))]
    if len(chosen) == 1:
        return chosen[0]
    known = ", ".join(each.slug for each in found[:20]) or "none yet"
    if slug is None and found:
        raise NotFound(f"There are several organisations; name one with --organization: {known}.")
    raise NotFound(f"There is no such organisation; there are: {known}.")

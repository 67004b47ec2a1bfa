"""People as an organisation sees them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from accounts.models import ApiToken, Invitation, Membership, Organization, User
from inventory_project.kernel import sql
from inventory_project.kernel.access import Access, Role
from inventory_project.kernel.tenancy import current_organization_id


def list_members() -> QuerySet[Membership]:
    """The organisation's members with their person and stores: two queries for any number."""
    members: QuerySet[Membership] = Membership.objects.select_related("user").prefetch_related("stores")
    return members


def list_tokens(*, access: Access) -> QuerySet[ApiToken]:
    """The tokens the caller may see: its own, or everybody's for an admin."""
    tokens: QuerySet[ApiToken] = ApiToken.objects.select_related("membership__user")
    return tokens if access.role is Role.ADMIN else tokens.filter(membership__user_id=access.user_id)


def list_invitations() -> QuerySet[Invitation]:
    invitations: QuerySet[Invitation] = Invitation.objects.select_related("invited_by")
    return invitations


def find_unknown_stores(store_ids: Iterable[int]) -> list[int]:
    """Those of the ids that are no store of the organisation. Stores live a floor above: their table is named here."""
    wanted = sorted(set(store_ids))
    known = sql.rows("SELECT id FROM stores_store WHERE id = ANY(%(ids)s::bigint[])", {"ids": wanted})
    return sorted(set(wanted) - {row["id"] for row in known})


def describe(access: Access) -> dict[str, Any]:
    """The caller as login and status answer it: the person, its organisation and its rights."""
    person = User.objects.get(pk=access.user_id)
    return {
        "id": person.pk,
        "username": person.username,
        "email": person.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "role": access.role.value,
        "sees_costs": access.sees_costs,
        "stores": None if access.store_ids is None else sorted(access.store_ids),
        "scopes": None if access.scopes is None else sorted(access.scopes),
        "organization": Organization.objects.get(pk=access.organization_id),
    }


def list_store_names() -> list[tuple[int, str]]:
    """The organisation's stores by id and name, for choosing a member's. See find_unknown_stores for the table."""
    found = sql.rows(
        "SELECT id, name FROM stores_store WHERE organization_id = %(organization)s ORDER BY name, id",
        {"organization": current_organization_id()},
    )
    return [(row["id"], row["name"]) for row in found]


def admin_addresses() -> list[str]:
    """Where the organisation's admins are written to."""
    admins = Membership.objects.filter(role=Role.ADMIN, is_active=True, user__is_active=True).exclude(user__email="")
    return list(dict.fromkeys(admins.order_by("id").values_list("user__email", flat=True)))

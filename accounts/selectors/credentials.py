"""Who a secret or a user is, asked before any organisation is bound. Plain SQL: the token's path is the hottest."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from accounts.models import ApiToken
from inventory_project.kernel import clock, sql, tenancy
from inventory_project.kernel.access import Access, Role

COSTS_SCOPE = "costs:read"


@dataclass(frozen=True, slots=True)
class KnownToken:
    """A token as it was when it was read."""

    access: Access
    expires_at: datetime | None
    is_revoked: bool
    is_active: bool
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class KnownMembership:
    """An active membership of an active person."""

    id: int
    access: Access
    organization_slug: str
    organization_name: str


def find_token(digest: bytes) -> KnownToken | None:
    """The token with this digest, with the member's rights as they are now."""
    rows = sql.rows("SELECT * FROM accounts_token_lookup(%(digest)s)", {"digest": digest})
    if not rows:
        return None
    return _known(rows[0])


def find_tokens(digests: Collection[bytes]) -> dict[bytes, KnownToken]:
    """The tokens with these digests, in one query."""
    found = sql.rows(
        "SELECT asked.digest, token.* FROM unnest(%(digests)s::bytea[]) AS asked (digest) "
        "CROSS JOIN LATERAL accounts_token_lookup(asked.digest) AS token",
        {"digests": list(digests)},
    )
    return {bytes(row["digest"]): _known(row) for row in found}


def _known(row: dict[str, Any]) -> KnownToken:
    return KnownToken(
        _token_access(row), row["expires_at"], row["revoked_at"] is not None, row["is_active"], row["last_used_at"]
    )


def _token_access(row: dict[str, Any]) -> Access:
    """The member's rights, narrowed by what the token itself is limited to."""
    scopes = None if row["scopes"] is None else frozenset(row["scopes"])
    return Access(
        user_id=row["user_id"],
        username=row["username"],
        organization_id=row["organization_id"],
        role=Role(row["role"]),
        store_ids=_narrowed(row["member_store_ids"], row["token_store_ids"]),
        sees_costs=row["sees_costs"] and (scopes is None or COSTS_SCOPE in scopes),
        scopes=scopes,
        token_id=row["token_id"],
    )


def _narrowed(member: list[int] | None, token: list[int] | None) -> frozenset[int] | None:
    if member is None:
        return None if token is None else frozenset(token)
    return frozenset(member) if token is None else frozenset(member) & frozenset(token)


def note_use(token: KnownToken, at: datetime) -> None:
    """Keep `last_used_at`, at most once a minute."""
    if token.last_used_at is None or at - token.last_used_at > timedelta(minutes=1):
        sql.rows("SELECT accounts_token_used(%(id)s)", {"id": token.access.token_id})


def list_memberships(*, user_id: int) -> list[KnownMembership]:
    """Every organisation the person may work in now, oldest membership first."""
    rows = sql.rows("SELECT * FROM accounts_memberships_of(%(user_id)s)", {"user_id": user_id})
    return [_membership(row) for row in rows]


def _membership(row: dict[str, Any]) -> KnownMembership:
    stores = row["member_store_ids"]
    access = Access(
        user_id=row["user_id"],
        username=row["username"],
        organization_id=row["organization_id"],
        role=Role(row["role"]),
        store_ids=None if stores is None else frozenset(stores),
        sees_costs=row["sees_costs"],
    )
    return KnownMembership(row["membership_id"], access, row["organization_slug"], row["organization_name"])


def find_invitation(digest: bytes) -> tuple[int, int] | None:
    """(organisation id, invitation id) of the invitation with this digest."""
    rows = sql.rows("SELECT * FROM accounts_invitation_lookup(%(digest)s)", {"digest": digest})
    return (rows[0]["organization_id"], rows[0]["invitation_id"]) if rows else None


def access_now(*, user_id: int, organization_id: int, token_id: int | None) -> Access | None:
    """The rights a person has in an organisation at this moment, narrowed by the token when one is named.

    None when the person is no active member any more, or the token was revoked or has expired. Opens its own scope.
    """
    found = [known.access for known in list_memberships(user_id=user_id)]
    access = next((each for each in found if each.organization_id == organization_id), None)
    if access is None or token_id is None:
        return access
    with tenancy.scope(organization_id):
        token = ApiToken.objects.filter(pk=token_id, membership__user_id=user_id, revoked_at__isnull=True).first()
    if token is None or (token.expires_at is not None and token.expires_at <= clock.now()):
        return None
    scopes = None if token.scopes is None else frozenset(token.scopes)
    return replace(
        access,
        store_ids=_narrowed(None if access.store_ids is None else sorted(access.store_ids), token.store_ids),
        sees_costs=access.sees_costs and (scopes is None or COSTS_SCOPE in scopes),
        scopes=scopes,
        token_id=token_id,
    )


def lasting_token(access: Access) -> int | None:
    """The token behind these rights when it is an integration's; a login's ends with the login, the person stays."""
    if access.token_id is None:
        return None
    with tenancy.scope(access.organization_id):
        kind = ApiToken.objects.filter(pk=access.token_id).values_list("kind", flat=True).first()
    return None if kind == ApiToken.Kind.SESSION else access.token_id

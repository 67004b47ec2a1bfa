"""Organisations, members and tokens for tests: every test builds its own and disturbs nobody else's."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterable
from typing import Any

from rest_framework.test import APIClient

from accounts.models import ApiToken, Membership, MembershipStore, Organization, User
from accounts.services import tokens
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import SYSTEM
from inventory_project.kernel.sql import rows

PASSWORD = "correct-horse-battery-9"
# One hash for every built user: Argon2id takes a quarter of a second on purpose.
_password_hash: list[str] = []
_numbers = itertools.count(1)


def unique(word: str) -> str:
    return f"{word}-{next(_numbers)}-{uuid.uuid4().hex[:8]}"


def build_organization(**values: Any) -> Organization:
    organization_id = rows("SELECT nextval('accounts_organization_id_seq') AS id", {})[0]["id"]
    name = values.pop("name", None) or unique("org")
    with tenancy.scope(organization_id):
        return Organization.objects.create(
            id=organization_id, name=name, slug=values.pop("slug", unique("org")), **values
        )


def build_user(**values: Any) -> User:
    username = values.pop("username", None) or unique("user")
    password = values.pop("password", PASSWORD)
    user = User(username=username, email=values.pop("email", f"{username}@example.com"), **values)
    if password == PASSWORD and _password_hash:
        user.password = _password_hash[0]
    else:
        user.set_password(password)
        if password == PASSWORD:
            _password_hash.append(user.password)
    user.save()
    return user


def build_member(
    organization: Organization,
    role: str = "admin",
    stores: Iterable[Any] | None = None,
    sees_costs: bool | None = None,
    user: User | None = None,
    **values: Any,
) -> Membership:
    """A member; `stores` are stores or their ids, None for all; staff do not see costs unless told."""
    user = user or build_user(**values)
    with tenancy.scope(organization.id):
        membership = Membership.objects.create(
            organization=organization,
            user=user,
            role=role,
            all_stores=stores is None,
            sees_costs=role != "staff" if sees_costs is None else sees_costs,
        )
        for store in stores or []:
            store_id = getattr(store, "id", store)
            MembershipStore.objects.create(organization=organization, membership=membership, store_id=store_id)
    return membership


def build_token(membership: Membership, **values: Any) -> str:
    """A token's secret; `values` as for tokens.issue."""
    values.setdefault("kind", ApiToken.Kind.INTEGRATION)
    with tenancy.scope(membership.organization_id):
        return tokens.issue(membership=membership, acting_as=SYSTEM, **values).secret


def api_client(secret: str | None = None, **options: Any) -> APIClient:
    """A client that sends the token with every request, or an anonymous one."""
    client = APIClient(**options)
    if secret is not None:
        client.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
    return client

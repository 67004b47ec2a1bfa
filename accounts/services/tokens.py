"""API tokens: issued, rotated, revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from accounts import epoch, secret
from accounts.models import ApiToken, Membership
from audit import services as audit
from inventory_project.kernel import clock
from inventory_project.kernel.access import Access, Actor, Role
from inventory_project.kernel.errors import Conflict, InvalidInput

DEFAULT_OVERLAP = timedelta(hours=24)
# Expired logins are kept this long, for the eyes of whoever looks into an incident.
KEEP_EXPIRED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token and its secret, which is never shown again."""

    token: ApiToken
    secret: str


def issue(
    *,
    membership: Membership,
    acting_as: Actor,
    kind: str = ApiToken.Kind.INTEGRATION,
    name: str = "",
    scopes: list[str] | None = None,
    store_ids: list[int] | None = None,
    expires_at: datetime | None = None,
) -> Issued:
    """Create a token for the member. It can narrow the member's rights and never exceed them."""
    text = secret.mint()
    token = ApiToken.objects.create(
        organization_id=membership.organization_id,
        membership=membership,
        kind=kind,
        name=name,
        prefix=secret.prefix(text),
        digest=secret.digest(text),
        scopes=scopes,
        store_ids=store_ids,
        expires_at=expires_at,
    )
    _record("accounts.token.created", token, acting_as)
    return Issued(token, text)


def issue_for_login(*, membership: Membership, acting_as: Actor) -> Issued:
    """A token that ends by itself after LOGIN_TOKEN_HOURS; long expired ones of the member are cleared away."""
    now = clock.now()
    ApiToken.objects.filter(
        membership=membership, kind=ApiToken.Kind.SESSION, expires_at__lt=now - KEEP_EXPIRED
    ).delete()
    expires_at = now + timedelta(hours=settings.LOGIN_TOKEN_HOURS)
    return issue(membership=membership, acting_as=acting_as, kind=ApiToken.Kind.SESSION, expires_at=expires_at)


def require_within(
    access: Access, member: Membership, *, scopes: list[str] | None, store_ids: list[int] | None
) -> None:
    """Refuse a token that could see or do more than whoever asks for it, so a narrow token cannot mint a wide one."""
    if access.scopes is not None and (scopes is None or not set(scopes) <= _implied(access.scopes)):
        raise InvalidInput(fields={"scopes": ["Name scopes that your own token has."]})
    if store_ids is not None:
        within = access.store_ids is None or set(store_ids) <= access.store_ids
    else:
        within = access.store_ids == _stores_of(member)
    if not within:
        raise InvalidInput(fields={"stores": ["Name stores that are open to you."]})


def _stores_of(member: Membership) -> frozenset[int] | None:
    if member.all_stores or member.role == Role.ADMIN:
        return None
    return frozenset(store.store_id for store in member.stores.all())


def _implied(scopes: frozenset[str]) -> set[str]:
    """The scopes with what they include: write includes read."""
    return set(scopes) | {f"{scope.removesuffix(':write')}:read" for scope in scopes if scope.endswith(":write")}


def rotate(*, token: ApiToken, acting_as: Actor, overlap: timedelta = DEFAULT_OVERLAP) -> Issued:
    """Give the token a successor with the same rights and lifetime; the old secret works for `overlap` longer."""
    now = clock.now()
    token = ApiToken.objects.select_for_update(of=("self",)).select_related("membership").get(pk=token.pk)
    if token.revoked_at is not None or (token.expires_at is not None and token.expires_at <= now):
        raise Conflict("The token has ended and cannot be rotated. Create a new one.")
    lifetime = None if token.expires_at is None else token.expires_at - token.created_at
    issued = issue(
        membership=token.membership,
        kind=token.kind,
        acting_as=acting_as,
        name=token.name,
        scopes=token.scopes,
        store_ids=token.store_ids,
        expires_at=None if lifetime is None else now + lifetime,
    )
    if overlap <= timedelta(0):
        token.revoked_at = now
    else:
        token.expires_at = min(token.expires_at or now + overlap, now + overlap)
    token.save(update_fields=["revoked_at", "expires_at"])
    _record("accounts.token.rotated", token, acting_as, successor=issued.token.pk)
    epoch.begin_after_commit()
    return issued


def revoke(*, token: ApiToken, acting_as: Actor) -> None:
    """End the token now. Revoking twice is no error."""
    changed = ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now())
    if changed:
        _record("accounts.token.revoked", token, acting_as)
        epoch.begin_after_commit()


def _record(action: str, token: ApiToken, acting_as: Actor, **detail: object) -> None:
    audit.record(
        action,
        acting_as=acting_as,
        object_type="token",
        object_id=token.pk,
        object_label=str(token),
        detail={
            "kind": str(token.kind),
            "scopes": token.scopes,
            "stores": token.store_ids,
            "expires_at": token.expires_at and token.expires_at.isoformat(),
            **detail,
        },
    )

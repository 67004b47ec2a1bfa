"""API tokens: issued, rotated, revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts import epoch, secret
from accounts.models import ApiToken, Membership
from audit import services as audit
from inventory_project.kernel import clock
from inventory_project.kernel.access import Actor

DEFAULT_OVERLAP = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token and its secret, which is never shown again."""

    token: ApiToken
    secret: str


def issue(
    *,
    membership: Membership,
    kind: str,
    acting_as: Actor,
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


def rotate(*, token: ApiToken, acting_as: Actor, overlap: timedelta = DEFAULT_OVERLAP) -> Issued:
    """Give the token a successor with the same rights and lifetime; the old secret works for `overlap` longer."""
    now = clock.now()
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
            "kind": token.kind,
            "scopes": token.scopes,
            "stores": token.store_ids,
            "expires_at": token.expires_at and token.expires_at.isoformat(),
            **detail,
        },
    )

"""Signing in and out."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import authenticate

from accounts.errors import InvalidCredentials, NoMembership, OrganizationNeeded
from accounts.models import ApiToken, Membership, User
from accounts.selectors import credentials
from accounts.selectors.credentials import KnownMembership
from accounts.services import tokens
from audit import services as audit
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Access, Actor

ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person at work in one organisation, with a fresh token."""

    user: User
    access: Access
    issued: tokens.Issued


def check_password(*, username: str, password: str, address: str, request_id: str) -> User:
    """The active person with this name and password. An unknown name costs the same time and answers alike."""
    user = authenticate(username=username, password=password)
    if not isinstance(user, User):
        _record_failure(username, address, request_id)
        raise InvalidCredentials()
    return user


def sign_in(*, username: str, password: str, organization: str, address: str, request_id: str) -> SignedIn:
    """Check the password and issue a token for one of the person's organisations, named by slug or id."""
    user = check_password(username=username, password=password, address=address, request_id=request_id)
    chosen = _choose(credentials.list_memberships(user_id=user.pk), organization)
    return begin(user=user, membership=chosen, address=address, request_id=request_id)


def begin(*, user: User, membership: KnownMembership, address: str, request_id: str) -> SignedIn:
    """Issue the login's token and keep the event.

    Raises InvalidCredentials when the password was changed since it was checked: whoever changes it ends the tokens
    there are, and the one of a login under way must not come after them. The lock makes the two take turns.
    """
    access = membership.access
    actor = access.actor(request_id)
    with tenancy.scope(access.organization_id):
        same = User.objects.select_for_update(no_key=True).filter(pk=user.pk, password=user.password, is_active=True)
        if same.first() is None:
            raise InvalidCredentials()
        row = Membership.objects.get(pk=membership.id)
        issued = tokens.issue_for_login(membership=row, acting_as=actor)
        audit.record(
            "accounts.login.succeeded",
            acting_as=actor,
            object_type="user",
            object_id=user.pk,
            object_label=user.username,
            detail={"address": address, "token": issued.token.pk},
        )
    return SignedIn(user, access, issued)


def enter_desk(*, user: User, membership: KnownMembership, address: str, request_id: str) -> None:
    """Begin a session of the admin site in one organisation. The session's cookie is the credential: no token."""
    actor = membership.access.actor(request_id)
    with tenancy.scope(membership.access.organization_id):
        audit.record(
            "accounts.login.succeeded",
            acting_as=actor,
            object_type="user",
            object_id=user.pk,
            object_label=user.username,
            detail={"address": address, "door": "admin site"},
        )


def refuse_desk(*, user: User, address: str, request_id: str) -> None:
    """Keep that somebody without the role knocked with the right password, in each organisation he works for."""
    for membership in credentials.list_memberships(user_id=user.pk):
        with tenancy.scope(membership.access.organization_id):
            audit.record(
                "accounts.login.refused",
                acting_as=membership.access.actor(request_id),
                object_type="user",
                object_id=user.pk,
                object_label=user.username,
                detail={"address": address, "door": "admin site"},
            )


def sign_out(*, token_id: int | None, access: Access, acting_as: Actor) -> None:
    """End the login: revoke its token, and keep the event."""
    token = ApiToken.objects.filter(pk=token_id, membership__user_id=access.user_id).first() if token_id else None
    if token is not None:
        tokens.revoke(token=token, acting_as=acting_as)
    audit.record(
        "accounts.logout.succeeded",
        acting_as=acting_as,
        object_type="user",
        object_id=access.user_id,
        object_label=access.username,
    )


def _choose(memberships: list[KnownMembership], organization: str) -> KnownMembership:
    if not organization and len(memberships) > 1:
        choices = [membership.organization_slug for membership in memberships]
        raise OrganizationNeeded(fields={"organization": choices})
    for membership in memberships:
        if organization in {"", membership.organization_slug, str(membership.access.organization_id)}:
            return membership
    raise NoMembership()


def _record_failure(username: str, address: str, request_id: str) -> None:
    """Keep the failure where the person works. An unknown name is not kept: people type passwords into that field."""
    actor = Actor(user_id=None, label=ANONYMOUS, request_id=request_id)
    detail = {"address": address}
    user = User.objects.filter(username=username).first()
    memberships = credentials.list_memberships(user_id=user.pk) if user else []
    if user is None or not memberships:
        audit.record_platform("accounts.login.failed", acting_as=actor, object_type="user", object_id="", detail=detail)
        return
    for membership in memberships:
        with tenancy.scope(membership.access.organization_id):
            audit.record(
                "accounts.login.failed",
                acting_as=actor,
                object_type="user",
                object_id=user.pk,
                object_label=user.username,
                detail=detail,
            )

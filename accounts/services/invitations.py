"""Invitations: the only way into an existing organisation. The inviter decides the role, never the one who accepts."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.core.mail import send_mail
from django.db import transaction

from accounts import secret
from accounts.errors import AlreadyMember, InvitationUnusable
from accounts.models import Invitation, Membership, Organization, User
from accounts.selectors import credentials, people
from accounts.services import members, registration
from audit import services as audit
from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import Actor

logger = logging.getLogger(__name__)

# The dashboard's page on which an invitation is accepted.
JOIN_PATH = "/join/"

MESSAGE = """{inviter} invites you to join {organization} on Onhand as {role}.

Open this link to accept; it works once, until {expires}:

{link}

If you did not expect this, ignore this message.
"""


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation and its secret, shown once."""

    invitation: Invitation
    secret: str
    link: str


def invite(
    *,
    email: str,
    role: str,
    store_ids: list[int] | None,
    sees_costs: bool,
    lifetime: timedelta,
    link_base: str,
    acting_as: Actor,
) -> Invited:
    """Offer a role to whoever holds the secret, and mail it after the commit."""
    members.require_known_stores(store_ids)
    text = secret.mint()
    invitation = Invitation.objects.create(
        organization_id=tenancy.current_organization_id(),
        email=email,
        role=role,
        all_stores=store_ids is None,
        store_ids=sorted(set(store_ids or [])),
        sees_costs=sees_costs,
        digest=secret.digest(text),
        invited_by_id=acting_as.user_id,
        expires_at=clock.now() + lifetime,
    )
    # In the fragment, which browsers keep out of server logs and Referer headers.
    invited = Invited(invitation, text, f"{link_base}#token={text}")
    _record("accounts.member.invited", invitation, acting_as)
    organization = Organization.objects.get(pk=invitation.organization_id)
    transaction.on_commit(lambda: _mail(invited, organization.name, acting_as.label))
    return invited


def revoke(*, invitation: Invitation, acting_as: Actor) -> None:
    """Withdraw an offer that nobody has accepted. Withdrawing twice is no error."""
    if Invitation.objects.filter(pk=invitation.pk, revoked_at=None, accepted_at=None).update(revoked_at=clock.now()):
        _record("accounts.invitation.revoked", invitation, acting_as)


def accept(*, text: str, user: User, request_id: str) -> int:
    """Make the person (stored or new) a member as the invitation says; returns the organisation's id."""
    found = credentials.find_invitation(secret.digest(text)) if secret.is_well_formed(text) else None
    if found is None:
        raise InvitationUnusable()
    organization_id, invitation_id = found
    with tenancy.scope(organization_id, durable=True):
        invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
        if invitation.accepted_at or invitation.revoked_at or invitation.expires_at <= clock.now():
            raise InvitationUnusable()
        if user.pk is None:
            registration.save_new(user)
        _join(invitation, user)
        Invitation.objects.filter(pk=invitation.pk).update(accepted_at=clock.now())
        actor = Actor(user_id=user.pk, label=user.username, request_id=request_id)
        _record("accounts.member.joined", invitation, actor)
    return organization_id


def _join(invitation: Invitation, user: User) -> None:
    if Membership.objects.filter(user=user).exists():
        raise AlreadyMember()
    membership = Membership.objects.create(
        organization_id=invitation.organization_id,
        user=user,
        role=invitation.role,
        all_stores=invitation.all_stores,
        sees_costs=invitation.sees_costs,
    )
    # A store deleted since the invitation grants nothing; the others still do.
    gone = set(people.find_unknown_stores(invitation.store_ids))
    members.limit_new(membership, [store_id for store_id in invitation.store_ids if store_id not in gone])


def _mail(invited: Invited, organization: str, inviter: str) -> None:
    invitation = invited.invitation
    name = " ".join(organization.split())  # a line break would be a forged header
    body = MESSAGE.format(
        inviter=inviter,
        organization=name,
        role=invitation.role,
        link=invited.link,
        expires=invitation.expires_at.strftime("%Y-%m-%d %H:%M UTC"),
    )
    try:
        send_mail(f"Join {name} on Onhand", body, None, [invitation.email])
    except Exception as error:  # the inviter holds the link too, so a mail server that is away is no reason to fail
        logger.warning("invitation not mailed", extra={"invitation": invitation.pk, "error": str(error)})


def _record(action: str, invitation: Invitation, acting_as: Actor) -> None:
    audit.record(
        action,
        acting_as=acting_as,
        object_type="invitation",
        object_id=invitation.pk,
        object_label=invitation.email,
        detail={
            "role": str(invitation.role),
            "stores": None if invitation.all_stores else invitation.store_ids,
            "sees_costs": invitation.sees_costs,
        },
    )

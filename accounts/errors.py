"""Every way the accounts room says no."""

from __future__ import annotations

from inventory_project.kernel.errors import Conflict, DomainError, PermissionRefused


class InvalidCredentials(DomainError):
    """Unknown user and wrong password answer alike."""

    code = "invalid_credentials"
    status = 401
    default_detail = "The username or password is wrong."


class NoMembership(PermissionRefused):
    """The password is right, and there is no organisation to work in."""

    code = "no_membership"
    default_detail = "You are not an active member of this organisation."


class OrganizationNeeded(DomainError):
    """The person belongs to several organisations and named none."""

    code = "organization_needed"
    default_detail = "You are a member of several organisations. Name one of them in `organization`."


class LastAdmin(Conflict):
    """An organisation is never left without an active admin."""

    code = "last_admin"
    default_detail = "This is the organisation's last active admin. Make somebody else an admin first."


class AlreadyMember(Conflict):
    code = "already_member"
    default_detail = "This person is already a member of the organisation."


class InvitationUnusable(DomainError):
    """Unknown, expired, revoked and used invitations answer alike, apart from the reason its holder may know."""

    code = "invitation_unusable"
    default_detail = "This invitation does not exist, has expired, or was already used."

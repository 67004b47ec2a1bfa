"""Who is calling: an API token for machines, the session cookie with a CSRF token for browsers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from accounts import secret
from accounts.api import token_cache
from accounts.selectors import credentials
from inventory_project.api import throttles
from inventory_project.api.exceptions import AUTHORIZATION, CHALLENGE
from inventory_project.kernel import clock
from inventory_project.kernel.access import Access

SESSION_ORGANIZATION = "organization_id"
SESSION_TOKEN = "token_id"


@dataclass(frozen=True, slots=True)
class Caller:
    """`request.user` without a query: what a view may want to know of the person."""

    id: int
    username: str
    is_authenticated: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False
    is_active: ClassVar[bool] = True

    @property
    def pk(self) -> int:
        return self.id


class TokenInvalid(exceptions.AuthenticationFailed):
    default_code = "token_invalid"
    default_detail = f"The token is not valid. Send it as it was shown, without quotes: {AUTHORIZATION}."


class TokenExpired(exceptions.AuthenticationFailed):
    default_code = "token_expired"
    default_detail = "The token has expired."


class TokenRevoked(exceptions.AuthenticationFailed):
    default_code = "token_revoked"
    default_detail = "The token was revoked, or its owner is no longer an active member."


class SessionEnded(exceptions.AuthenticationFailed):
    default_code = "session_ended"
    default_detail = "You are no longer an active member of this organisation. Log in again."


class CsrfFailed(exceptions.PermissionDenied):
    default_code = "csrf_failed"


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Token <secret>`."""

    def authenticate(self, request: Request) -> tuple[Caller, Access] | None:
        keyword, _, text = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if keyword.lower() != "token":
            return None
        access = access_of(text.strip(), request)
        return Caller(access.user_id, access.username), access

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


def access_of(text: str, request: Request) -> Access:
    """The rights a secret stands for. Raises the refusal that says what is wrong with it."""
    token = token_cache.find(text) if secret.is_well_formed(text) else None
    if token is None:
        # Guessing is charged to the address, since no token can be.
        throttles.require(f"address:{throttles.client_address(request)}", settings.RATE_LIMITS["address"])
        raise TokenInvalid()
    if token.is_revoked or not token.is_active:
        raise TokenRevoked()
    if token.expires_at is not None and token.expires_at <= clock.now():
        raise TokenExpired()
    return token.access


class SessionAuthentication(authentication.SessionAuthentication):
    """The dashboard's cookie, for the organisation chosen at login. Rights are read anew for every request."""

    def authenticate(self, request: Request) -> tuple[Caller, Access] | None:
        user = getattr(request._request, "user", None)
        if user is None or not user.is_active or not user.pk:
            return None
        self.enforce_csrf(request)
        organization_id = request._request.session.get(SESSION_ORGANIZATION)
        for membership in credentials.list_memberships(user_id=user.pk):
            if membership.access.organization_id == organization_id:
                return Caller(user.pk, user.username), membership.access
        if organization_id is None:
            return None  # signed in to the operators' admin site, which knows no organisation
        raise SessionEnded()

    def enforce_csrf(self, request: Any) -> None:
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as error:
            raise CsrfFailed(str(error.detail)) from error

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE

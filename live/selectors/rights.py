"""Whether who is listening still may, and to what: asked again and again while a connection is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError, connections
from django.http import HttpRequest

from accounts import epoch, secret
from accounts.selectors import credentials
from accounts.selectors.credentials import KnownToken
from inventory_project.kernel import clock
from inventory_project.kernel.access import Access
from inventory_project.kernel.redis import RedisError, client

# What the sign-in keeps in a session: the organisation chosen.
SESSION_ORGANIZATION = "organization_id"


@dataclass(frozen=True, slots=True)
class Credential:
    """What a connection was opened with: a token's digest or a session's key. Never the secret itself."""

    digest: bytes = b""
    session_key: str = ""

    @classmethod
    def of_token(cls, text: str) -> Credential | None:
        return cls(digest=secret.digest(text)) if secret.is_well_formed(text) else None


def access_of(credential: Credential) -> Access | None:
    """The rights it gives now; None when it gives none."""
    return all_of([credential])[credential]


def _of_token(token: KnownToken | None) -> Access | None:
    if token is None or token.is_revoked or not token.is_active:
        return None
    expired = token.expires_at is not None and token.expires_at <= clock.now()
    return None if expired else token.access


def _of_session(key: str) -> Access | None:
    """As for a request that carries the session: the person must be active, and the password still the same."""
    request = HttpRequest()
    request.session = SessionStore(session_key=key)
    user = get_user(request)
    if user.pk is None or not user.is_active:
        return None
    organization_id = request.session.get(SESSION_ORGANIZATION)
    memberships = credentials.list_memberships(user_id=user.pk)
    return next((each.access for each in memberships if each.access.organization_id == organization_id), None)


def session_of(cookies: dict[str, str]) -> Credential | None:
    key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    return Credential(session_key=key) if key else None


def all_of(asked: Iterable[Credential]) -> dict[Credential, Access | None]:
    """The rights that each gives now."""
    asked = list(asked)
    try:
        tokens = credentials.find_tokens([each.digest for each in asked if each.digest])
        return {
            each: _of_token(tokens.get(each.digest)) if each.digest else _of_session(each.session_key) for each in asked
        }
    except (OperationalError, InterfaceError):
        connections.close_all()
        raise


def stamps(organization_ids: list[int]) -> dict[int, bytes | None] | None:
    """Each organisation's credentials epoch: a new one means that somebody's rights changed. None without Redis."""
    try:
        found: list[Any] = client().mget([epoch.key(each) for each in organization_ids])
    except RedisError:
        return None
    return dict(zip(organization_ids, found, strict=True))

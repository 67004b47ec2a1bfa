"""A token's rights, kept in the process for a few seconds and checked against the organisation's credentials epoch.

Every request makes one Redis call, which charges the token's rate limit and returns the epoch. An entry counts only
under the epoch that was read before it was looked up; otherwise, and whenever Redis does not answer, PostgreSQL is
asked. A revoked token therefore stops at once.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError

from accounts import epoch, secret
from accounts.selectors import credentials
from accounts.selectors.credentials import KnownToken
from inventory_project.api import throttles
from inventory_project.kernel import clock

MAX_ENTRIES = 10_000


@dataclass(frozen=True, slots=True)
class _Entry:
    token: KnownToken
    stamp: bytes | None
    read_at: float


_entries: dict[bytes, _Entry] = {}


def find(text: str) -> KnownToken | None:
    """The token this secret stands for, charged for one request. Raises Throttled above its limit."""
    digest = secret.digest(text)
    entry = _entries.get(digest)
    if entry is None:
        token = _read(digest)
        if token is not None:
            _charge(token)
            # Which epoch applied is unknown before the organisation is; the next request reads it first.
            _keep(digest, token, stamp=None)
        return token
    stamp = _charge(entry.token)
    if stamp is not None and stamp == entry.stamp and time.monotonic() - entry.read_at < settings.TOKEN_CACHE_SECONDS:
        return entry.token
    token = _read(digest)
    if token is None:
        _entries.pop(digest, None)
    else:
        _keep(digest, token, stamp)
    return token


def forget_all() -> None:
    """Empty this process's cache."""
    _entries.clear()


def _charge(token: KnownToken) -> bytes | None:
    access = token.access
    verdict = throttles.charge(
        f"token:{access.token_id}", settings.RATE_LIMITS["token"], stamp_key=epoch.key(access.organization_id)
    )
    if not verdict.allowed:
        raise throttles.refusal(verdict)
    if verdict.stamp is None:
        forget_all()  # a change made while Redis is away publishes no epoch
    return verdict.stamp


def _read(digest: bytes) -> KnownToken | None:
    token = credentials.find_token(digest)
    if token is not None and token.is_active and not token.is_revoked:
        with suppress(DatabaseError):  # a read-only database still authenticates
            credentials.note_use(token, clock.now())
    return token


def _keep(digest: bytes, token: KnownToken, stamp: bytes | None) -> None:
    if len(_entries) >= MAX_ENTRIES:
        _entries.clear()
    _entries[digest] = _Entry(token, stamp, time.monotonic())

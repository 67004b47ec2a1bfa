"""Secrets of endpoints: derived and not kept, so a copy of the database signs nothing (docs/adr/0018).

What is stored is a seed: a mark of the installation's key it belongs to, and a random number. The secret is an HMAC of
that number under the key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils.crypto import salted_hmac

from webhooks.errors import SecretLost
from webhooks.models import WebhookEndpoint

MARK = "whsec_"


def new_seed() -> str:
    return f"{_mark_of(settings.SECRET_KEY)}.{secrets.token_hex(24)}"


def secret_of(seed: str) -> str:
    """The secret as it was shown. Raises SecretLost when it was made under a key that is no longer here."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if hmac.compare_digest(_mark_of(key), seed.partition(".")[0]):
            digest = salted_hmac("webhooks.secret", seed, secret=key, algorithm="sha256").digest()
            return MARK + base64.urlsafe_b64encode(digest).decode().rstrip("=")
    raise SecretLost()


def in_force(endpoint: WebhookEndpoint, *, at: datetime) -> list[str]:
    """The secret, and the one before it while both are good. Raises SecretLost."""
    found = [secret_of(endpoint.secret_seed)]
    if endpoint.previous_seed and endpoint.previous_until is not None and endpoint.previous_until > at:
        found.append(secret_of(endpoint.previous_seed))
    return found


def signature(body: bytes, *, using: Iterable[str], at: datetime) -> str:
    """The value of the header Onhand-Signature: `t=<unix seconds>,v1=<hex>`, one v1 for each secret."""
    stamp = int(at.timestamp())
    signed = f"{stamp}.".encode() + body
    marks = [hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest() for secret in using]
    return ",".join([f"t={stamp}", *(f"v1={mark}" for mark in marks)])


def _mark_of(key: str) -> str:
    return salted_hmac("webhooks.key", "", secret=key, algorithm="sha256").hexdigest()[:12]

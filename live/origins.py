"""From which web pages a browser may listen with its visitor's rights."""

from __future__ import annotations

from django.conf import settings


def is_allowed(origin: str | None, *, scheme: str, host: str) -> bool:
    """No browser's page (None), a page of ours, or one of an origin that the installation names."""
    if origin is None or origin == f"{scheme}://{host}":
        return True
    return origin in settings.CORS_ALLOWED_ORIGINS or origin in settings.CSRF_TRUSTED_ORIGINS

"""The headers that make a repeat harmless and say how long to wait."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from inventory_project.kernel.errors import InvalidInput

MAX_KEY = 255

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, description="Your own unique word for this one change."
)
PREFER = OpenApiParameter(
    "Prefer", str, OpenApiParameter.HEADER, description="wait=N answers when it is final; respond-async queues a bulk."
)


def idempotency_key(request: Request) -> str | None:
    """The caller's key. Raises InvalidInput when it is empty, too long or not printable ASCII."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not 1 <= len(key) <= MAX_KEY or not key.isascii() or not key.isprintable():
        raise InvalidInput(fields={"Idempotency-Key": [f"1 to {MAX_KEY} printable ASCII characters."]})
    return key


def prefers(request: Request, word: str) -> bool:
    """True when the Prefer header holds the preference; `wait=0` is none."""
    for preference in request.headers.get("Prefer", "").split(","):
        name, _, value = preference.strip().partition("=")
        if name.strip().lower() == word:
            return word != "wait" or value.strip() not in {"", "0"}
    return False

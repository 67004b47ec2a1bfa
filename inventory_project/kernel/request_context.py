"""The id of the request or task being served, for logs, errors and the audit log."""

from __future__ import annotations

import re
import uuid
from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")
_ACCEPTABLE = re.compile(r"^[A-Za-z0-9._-]{1,64}$")


def begin(offered: str | None = None) -> str:
    """Start a request under the caller's own id when it is well-formed, else a new one."""
    request_id = offered if offered and _ACCEPTABLE.match(offered) else uuid.uuid4().hex
    _request_id.set(request_id)
    return request_id


def request_id() -> str:
    return _request_id.get()

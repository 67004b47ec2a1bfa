"""Which requests bring a file: they may be larger than others, and are read to disk."""

from __future__ import annotations

import re
from http import HTTPMethod

from django.conf import settings

UPLOAD_PATHS = re.compile(r"/api/imports/?")
# A form's other fields and boundaries.
FORM_BYTES = 1 << 20


def is_upload(method: str, path: str, content_type: str) -> bool:
    """A multipart form sent to a door that takes files."""
    return (
        method == HTTPMethod.POST
        and UPLOAD_PATHS.fullmatch(path) is not None
        and content_type.lower().startswith("multipart/form-data")
    )


def limit() -> int:
    """The most bytes the body of an upload may have."""
    return int(settings.IMPORT_MAX_BYTES) + FORM_BYTES

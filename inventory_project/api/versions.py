"""Which version of a record the caller means: `If-Match` (or `version` in the body) in, `ETag` out."""

from __future__ import annotations

import re
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from inventory_project.kernel.records import Versions

_TAG = re.compile(r'(?:W/)?"?(\d{1,9})"?')

IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description='The ETag last read, e.g. `"3"`. When the record has changed since, nothing is written: 412.',
)
ETAG = OpenApiParameter(
    "ETag",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    response=[200, 201],
    description="The record's version, for the next If-Match.",
)


def etag(version: int) -> str:
    return f'"{version}"'


def expected(request: Request, body_version: int | None = None) -> Versions:
    """The versions that `If-Match` and the body's `version` both accept; None when neither was given.

    A tag that is none of ours matches no version.
    """
    accepted: Versions = None
    header = request.headers.get("If-Match", "").strip()
    if header and header != "*":
        tags = [_TAG.fullmatch(tag.strip()) for tag in header.split(",")]
        accepted = frozenset(int(tag[1]) for tag in tags if tag)
    if body_version is not None:
        accepted = frozenset({body_version}) & accepted if accepted is not None else frozenset({body_version})
    return accepted


def headers(record: Any) -> dict[str, str]:
    return {"ETag": etag(record.version)}

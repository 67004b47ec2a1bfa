"""JSON in, by orjson: no NaN, no lone surrogates, no NUL, and never more than the installation's limit."""

from __future__ import annotations

from typing import IO, Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

MOST_LEVELS = 32


def read_body(stream: IO[bytes]) -> bytes:
    """The whole body. Raises RequestDataTooBig: DRF hands us the bare stream, which Django's own limit never sees."""
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    raw = bytearray()
    while part := stream.read(limit + 1 - len(raw)):
        raw += part
        if len(raw) > limit:
            raise RequestDataTooBig(f"The request body is larger than {limit} bytes.")
    return bytes(raw)


def loads(raw: bytes) -> Any:
    """Decode JSON. Raises ParseError with the decoder's own words; text with NUL cannot be stored and is refused."""
    if b"\\u0000" in raw or b"\x00" in raw:
        raise ParseError("JSON parse error: the NUL character is not allowed.")
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise ParseError(f"JSON parse error: {error}") from error
    _refuse_depth(value)
    return value


def _refuse_depth(value: Any) -> None:
    """What is nested without end would end the recursion of whoever prints or walks it."""
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(MOST_LEVELS):
        values = (inner for each in level for inner in (each.values() if isinstance(each, dict) else each))
        level = [inner for inner in values if isinstance(inner, dict | list)]
        if not level:
            return
    raise ParseError(f"JSON parse error: nested more than {MOST_LEVELS} levels deep.")


class OrjsonParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        return loads(read_body(stream))

"""JSON in, by orjson: no NaN, no duplicate surprises, no lone surrogates, no NUL."""

from __future__ import annotations

from typing import IO, Any

import orjson
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser


def loads(raw: bytes) -> Any:
    """Decode JSON. Raises ParseError with the decoder's own words; text with NUL cannot be stored and is refused."""
    if b"\\u0000" in raw or b"\x00" in raw:
        raise ParseError("JSON parse error: the NUL character is not allowed.")
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise ParseError(f"JSON parse error: {error}") from error


class OrjsonParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        return loads(stream.read())

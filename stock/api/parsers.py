"""Bulk bodies: a JSON array, {"movements": [...]}, or newline-delimited JSON."""

from __future__ import annotations

import io
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from inventory_project.api.parsers import loads, read_body
from inventory_project.kernel.errors import InvalidInput
from stock.services.movements import MAX_ROWS

MOST_NAMED = 100


class NdjsonParser(BaseParser):
    """One JSON object a line. A line that cannot be read refuses the whole body, and is named (the first 100 are)."""

    media_type = "application/x-ndjson"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> list[Any]:
        rows: list[Any] = []
        broken: dict[str, list[str]] = {}
        for number, line in enumerate(io.BytesIO(read_body(stream)), start=1):
            if not line.strip():
                continue
            try:
                rows.append(loads(line))
            except ParseError as error:
                broken[str(number)] = [str(error.detail)]
            if len(broken) == MOST_NAMED or len(rows) > MAX_ROWS:
                break  # a small body of millions of lines must not become a huge answer
        if broken:
            raise InvalidInput("Some lines are not JSON; nothing was applied.", fields={"rows": broken})
        return rows

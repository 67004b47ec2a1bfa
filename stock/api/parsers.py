"""Bulk bodies: a JSON array, {"movements": [...]}, or newline-delimited JSON."""

from __future__ import annotations

from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from inventory_project.api.parsers import loads, read_body
from inventory_project.kernel.errors import InvalidInput


class NdjsonParser(BaseParser):
    """One JSON object a line. A line that cannot be read refuses the whole body, and is named."""

    media_type = "application/x-ndjson"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> list[Any]:
        rows: list[Any] = []
        broken: dict[str, list[str]] = {}
        for number, line in enumerate(read_body(stream).splitlines(), start=1):
            if not line.strip():
                continue
            try:
                rows.append(loads(line))
            except ParseError as error:
                broken[str(number)] = [str(error.detail)]
        if broken:
            raise InvalidInput("Some lines are not JSON; nothing was applied.", fields={"rows": broken})
        return rows

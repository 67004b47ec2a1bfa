"""CSV as text, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import orjson

from inventory_project.kernel.json import plain

# A spreadsheet takes a text that begins like this for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Where decimals have a comma, a spreadsheet splits lines at semicolons, quoted or not: what follows begins a cell.
INNER_FORMULA = re.compile("(?<=[;\t\r\n])(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])")
ROWS_A_CHUNK = 500
# Tells Excel that the file is UTF-8.
BYTE_ORDER_MARK = "\ufeff"


def cell(value: Any) -> Any:
    """One value as a cell. Numbers stay numbers; a text that looks like a formula gets a leading apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, dict | list):
        value = orjson.dumps(value, default=plain, option=orjson.OPT_UTC_Z).decode()
    if isinstance(value, str):
        value = INNER_FORMULA.sub("'", value)
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    return value


def lines(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, has_mark: bool = False) -> Iterator[str]:
    """The file's text in chunks, the header first."""
    buffer = io.StringIO()
    if has_mark:
        buffer.write(BYTE_ORDER_MARK)
    writer = csv.writer(buffer)
    writer.writerow([cell(name) for name in columns])
    for count, row in enumerate(rows, start=1):
        writer.writerow([cell(value) for value in row])
        if count % ROWS_A_CHUNK == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()

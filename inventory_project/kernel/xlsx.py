"""Excel workbooks, written row by row: numbers as numbers, times as times, and no text as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import IO, Any
from zoneinfo import ZoneInfo

import orjson
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES, ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import ALL_TEMP_FILES

from inventory_project.kernel.json import plain

# Below the header; the format has no more rows than 2**20.
MOST_ROWS = 2**20 - 1
MOST_COLUMNS = 2**14
LONGEST_TEXT = 32_767
# A number of more digits would be rounded.
EXACT = 10**15
NARROWEST, WIDEST = 9, 60
ROWS_MEASURED = 100


def write(
    file: IO[bytes],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    title: str,
    zone: ZoneInfo,
    about: Sequence[tuple[str, str]] = (),
) -> None:
    """One sheet of rows under a frozen header, and one that says `about` it. Times are shown by the clock of `zone`."""
    book = Workbook(write_only=True)
    try:
        _fill(book, columns, rows, title=title, zone=zone, about=about)
        book.save(file)
    except BaseException:
        _discard(book)
        raise


def _fill(
    book: Any,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    title: str,
    zone: ZoneInfo,
    about: Sequence[tuple[str, str]],
) -> None:
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    rest = iter(rows)
    first = list(islice(rest, ROWS_MEASURED))
    for number, width in enumerate(_widths(columns, first), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_bold(sheet, name) for name in columns])
    for row in _chain(first, rest):
        sheet.append([_cell(sheet, value, zone) for value in row])
    notes = book.create_sheet("About")
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 20, WIDEST
    for name, text in about:
        notes.append([_bold(notes, name), _cell(notes, text, zone)])


def _discard(book: Any) -> None:
    """Remove the sheets of a book that was not saved: the library keeps each in a file until the process ends."""
    for sheet in book.worksheets:
        writer = sheet._writer
        if writer is not None and writer.out in ALL_TEMP_FILES:
            with suppress(Exception):  # it may be broken off in the middle of a row
                sheet.close()
            writer.cleanup()


def _chain(first: list[Sequence[Any]], rest: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    yield from first
    first.clear()
    yield from rest


def _cell(sheet: Any, value: Any, zone: ZoneInfo) -> Any:
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, Decimal):
        return value if abs(value) < EXACT else _text(sheet, f"{value:f}")
    if isinstance(value, int):
        return value if abs(value) < EXACT else _text(sheet, str(value))
    if isinstance(value, datetime):
        return value.astimezone(zone).replace(tzinfo=None)  # the format knows no time zones
    if isinstance(value, date):
        return value
    if isinstance(value, dict | list):
        value = orjson.dumps(value, default=plain, option=orjson.OPT_UTC_Z).decode()
    return _text(sheet, str(value))


def _text(sheet: Any, text: str) -> Any:
    text = ILLEGAL_CHARACTERS_RE.sub(" ", text)[:LONGEST_TEXT]
    if not text.startswith("=") and text not in ERROR_CODES:
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # as it would be a formula, or an error
    return cell


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(" ", text))
    cell.data_type = "s"
    cell.font = Font(bold=True)
    return cell


def _widths(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    longest = [max([len(name), *(_length(row[place]) for row in rows)]) for place, name in enumerate(columns)]
    return [min(max(length + 2, NARROWEST), WIDEST) for length in longest]


def _length(value: Any) -> int:
    if isinstance(value, datetime):
        return len("2026-05-01 09:30:00")
    return 0 if value is None else len(str(value))

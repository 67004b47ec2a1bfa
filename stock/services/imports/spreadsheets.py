"""Excel workbooks, read row by row, and never unpacked further than they may be."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from stock.errors import UnreadableFile

# What a workbook may be once unpacked, and how many times its packed size: XML packs about ten times.
MOST_UNPACKED = 1 << 30
# The texts of a workbook are held in memory while it is read.
MOST_TEXTS = 128 << 20
MOST_RATIO = 200
DAMAGED = (
    zipfile.BadZipFile,
    InvalidFileException,
    KeyError,
    ValueError,
    EOFError,
    OSError,
    ParseError,
    AttributeError,
)


def check(file: BinaryIO) -> str:
    """The name of the first sheet. Raises UnreadableFile for anything but an Excel workbook of bearable size.

    Python's zipfile never unpacks more of a member than its directory says, so these sizes can be trusted.
    """
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            members = {member.filename: member for member in archive.infolist()}
        if "[Content_Types].xml" not in members or "xl/workbook.xml" not in members:
            raise UnreadableFile("This is a packed archive and no Excel workbook. Unpack it and send the table itself.")
        unpacked = sum(member.file_size for member in members.values())
        packed = sum(member.compress_size for member in members.values()) or 1
        texts = members.get("xl/sharedStrings.xml")
        too_dense = unpacked > 10 << 20 and unpacked / packed > MOST_RATIO
        if unpacked > MOST_UNPACKED or too_dense or (texts and texts.file_size > MOST_TEXTS):
            raise UnreadableFile(
                f"The workbook would unpack to {unpacked >> 20:,} MB, which is more than is allowed. Save it as CSV."
            )
        file.seek(0)
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        return str(book.worksheets[0].title) if book.worksheets else ""
    except UnreadableFile:
        raise
    except DAMAGED as error:
        raise UnreadableFile("The Excel workbook is damaged.") from error


def rows(file: BinaryIO, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet as text, as a CSV would hold them, with their numbers in the sheet."""
    number = 0
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        place = book[sheet]
        # What a sheet says of its own size is often wrong.
        place.reset_dimensions()
        for number, cells in enumerate(place.iter_rows(values_only=True), start=1):
            texts = [_text(cell) for cell in cells]
            if any(texts):
                yield number, texts
    except DAMAGED as error:
        raise UnreadableFile(f"Row {number + 1} of the Excel workbook is damaged.") from error


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.10f}".rstrip("0").rstrip(".")
    return str(cell)

"""Files as rows of text: what they are, their encoding and delimiter, and never more of them in memory than a block.

A file is hostile until it is read: PDFs called .csv, lines without end, spreadsheets that unpack to terabytes. Each is
refused with one sentence.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

import charset_normalizer
from django.conf import settings

from inventory_project.kernel.errors import InvalidInput
from stock.errors import UnreadableFile

BLOCK = 1 << 18
LONGEST_LINE = 1 << 20
LONGEST_CELL = 100_000
MOST_COLUMNS = 300
SAMPLE = 1 << 20
DELIMITERS = (",", ";", "\t", "|")
# Tried in this order where the bytes allow several: what Excel writes in the West first.
ENCODINGS = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "shift_jis", "gb18030", "big5", "euc_kr"]
# How a file begins that is no table.
STRANGERS = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls)",
    b"Rar!": "a packed archive",
    b"7z\xbc\xaf": "a packed archive",
    b"SQLite": "a database",
}

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Format:
    """How a file is written."""

    container: str = "csv"  # csv or xlsx
    zipped: bool = False
    encoding: str = "utf-8"
    delimiter: str = ","
    line_end: str = "\n"
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A file that is open: its header and the rows after it, each with the line it begins on."""

    format: Format
    header: list[str]
    rows: Iterator[Row]


def recognise(file: BinaryIO, *, encoding: str = "", delimiter: str = "") -> Format:
    """How the file is written; what the caller says wins. Raises UnreadableFile when it is no table at all."""
    file.seek(0)
    first = file.read(8)
    if not first:
        raise UnreadableFile("The file is empty.")
    for start, what in STRANGERS.items():
        if first.startswith(start):
            raise UnreadableFile(f"This is {what} and not a table. Save it as CSV or as an Excel workbook (.xlsx).")
    if first.startswith(b"PK"):
        from stock.services.imports import spreadsheets  # its library is heavy, and most files are CSV

        return Format(container="xlsx", sheet=spreadsheets.check(file))
    guess = Format(zipped=first.startswith(b"\x1f\x8b"))
    sample = _sample(file, guess)
    if len(sample) >= SAMPLE and b"\n" not in sample and b"\r" not in sample:
        raise UnreadableFile(f"Line 1 is longer than {LONGEST_LINE:,} characters. That is no table.")
    guess = replace(guess, encoding=encoding or _encoding(file, guess, sample))
    text = _decoded(sample, guess.encoding)
    if "\n" not in text and "\r" in text:
        guess = replace(guess, line_end="\r")
    return replace(guess, delimiter=delimiter or _delimiter(text, guess.line_end))


def open_table(file: BinaryIO, form: Format) -> Table:
    """The header and the rows. Raises UnreadableFile, also while rows are read."""
    file.seek(0)
    rows = _sheet_rows(file, form.sheet) if form.container == "xlsx" else _csv_rows(file, form)
    for _, cells in rows:
        header = [cell.strip() for cell in cells]
        while header and not header[-1]:
            header.pop()
        if len(header) > MOST_COLUMNS:
            raise UnreadableFile(f"The first line has {len(header)} columns; {MOST_COLUMNS} are the limit.")
        if header:
            return Table(form, header, rows)
    raise UnreadableFile("The file has no line with the names of the columns.")


def _sheet_rows(file: BinaryIO, sheet: str) -> Iterator[Row]:
    from stock.services.imports import spreadsheets

    return spreadsheets.rows(file, sheet)


def _csv_rows(file: BinaryIO, form: Format) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(_lines(file, form), delimiter=form.delimiter)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        long = "field larger" in str(error)
        reason = f"a cell is longer than {LONGEST_CELL:,} characters; perhaps a quotation mark is never closed"
        raise UnreadableFile(f"Line {line}: {reason if long else error}.") from error


def _lines(file: BinaryIO, form: Format) -> Iterator[str]:
    """The decoded lines, a block of the file at a time; a line beyond the limit stops the reading."""
    decoder = codecs.getincrementaldecoder(form.encoding)("strict")
    rest, number = "", 0
    for block in _blocks(file, form):
        try:
            text = rest + decoder.decode(block)
        except UnicodeDecodeError as error:
            raise UnreadableFile(f"Near line {number + 1}: these bytes are not {form.encoding} text.") from error
        if not number:
            text = text.removeprefix("\ufeff")
        lines = text.split(form.line_end)
        rest = lines.pop()
        for line in lines:
            number += 1
            yield f"{line}\n"
        if len(rest) > LONGEST_LINE:
            raise UnreadableFile(f"Line {number + 1} is longer than {LONGEST_LINE:,} characters. That is no table.")
    if rest:
        yield rest


def _blocks(file: BinaryIO, form: Format) -> Iterator[bytes]:
    file.seek(0)
    source = gzip.GzipFile(fileobj=file) if form.zipped else file
    unpacked, limit = 0, settings.IMPORT_MAX_BYTES
    while block := _read(source, BLOCK):
        unpacked += len(block)
        if unpacked > limit:  # what is not packed was measured before
            raise UnreadableFile(f"The file unpacks to more than {limit >> 20:,} MB, which is the limit.")
        yield block


def _read(source: BinaryIO | gzip.GzipFile, size: int) -> bytes:
    try:
        return source.read(size)
    except (EOFError, OSError, zlib.error) as error:
        raise UnreadableFile(f"The file is damaged: {error}.") from error


def _sample(file: BinaryIO, form: Format) -> bytes:
    sample = bytearray()
    for block in _blocks(file, form):
        sample += block
        if len(sample) >= SAMPLE:
            break
    return bytes(sample)


def _encoding(file: BinaryIO, form: Format, sample: bytes) -> str:
    """UTF-8 if the whole file is; else what its foreign letters look like."""
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if sample.startswith(mark):
            return name
    if b"\0" in sample:
        raise UnreadableFile("This is not a text file. Save it as CSV or as an Excel workbook (.xlsx).")
    foreign = _not_utf8(file, form)
    if not foreign:
        return "utf-8"
    matches = charset_normalizer.from_bytes(foreign, cp_isolation=ENCODINGS)
    # What reads as the same text by several of them is one match: `Käse` may be of any Western or Central European one.
    likely = [(round(match.chaos, 2), _first(match.could_be_from_charset)) for match in matches]
    return ENCODINGS[min(likely)[1]] if likely else "cp1252"


def _first(names: list[str]) -> int:
    return min(ENCODINGS.index(name) for name in names if name in ENCODINGS)


def _not_utf8(file: BinaryIO, form: Format) -> bytes:
    """The first block that is not UTF-8, as something to judge by; nothing when the whole file is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    for block in _blocks(file, form):
        try:
            decoder.decode(block)
        except UnicodeDecodeError:
            return b"\n".join(line for line in block.splitlines() if not line.isascii())[:20_000]
    return b""


def _decoded(sample: bytes, encoding: str) -> str:
    try:
        # The end of the sample may cut a letter in two.
        return codecs.getincrementaldecoder(encoding)("strict").decode(sample).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"The file is not {encoding} text.") from error
    except LookupError as error:
        raise InvalidInput(
            fields={"encoding": ["Not an encoding that is known here, e.g. utf-8 or cp1252."]}
        ) from error


def _delimiter(text: str, line_end: str) -> str:
    """The sign that cuts the first lines into the most cells, alike in each."""
    lines = text.split(line_end)[:20]
    lines = [line for line in (lines[:-1] if len(lines) > 1 else lines) if line.strip()]

    def cells(delimiter: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter)]
        return (counts[0] if counts else 0, sum(count == counts[0] for count in counts))

    try:
        return max(DELIMITERS, key=cells)
    except csv.Error:
        return ","

"""Reading a history file: its header and bytes for COPY, and, after a refusal, every line that is wrong and why."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import zlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO, cast

from inventory_project.kernel.errors import InvalidInput

COLUMNS = ("date", "store", "item", "sales")
LONGEST = {"store": 40, "item": 64}
MOST_SALES = 1_000_000_000
STORE_PREFIX, PRODUCT_PREFIX = "STORE-", "ITEM-"
SHOWN = 20
FIRST_YEAR, LAST_YEAR = 1970, 2100
LONGEST_HEADER = 1000
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one place of the file. Lines count from 1, the header's."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Names:
    """What the file's stores and items are called here: a bare number gets the prefix, anything else is the code."""

    store_prefix: str = STORE_PREFIX
    product_prefix: str = PRODUCT_PREFIX

    def store(self, name: str) -> str:
        return _prefixed(name, self.store_prefix)

    def product(self, name: str) -> str:
        return _prefixed(name, self.product_prefix)


def _prefixed(name: str, prefix: str) -> str:
    name = name.strip()
    return f"{prefix}{name}" if name.isascii() and name.isdigit() else name


class Source:
    """The file's header, and the bytes after it. `part` says how much of the file was read, `sha256` what it was."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._size = file.seek(0, io.SEEK_END) or 1
        file.seek(0)
        zipped = file.read(2) == _GZIP
        file.seek(0)
        self.plain = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if zipped else file
        first = self.plain.readline(LONGEST_HEADER)
        self._digest.update(first)
        self.header = header(first)

    @property
    def part(self) -> float:
        return min(1.0, self._file.tell() / self._size)

    @property
    def sha256(self) -> str:
        """Of the unpacked file, so that packing it does not make it another one."""
        return self._digest.hexdigest()

    def stream(self) -> BinaryIO:
        """The bytes after the header, as a file to read; what is read counts into `part` and `sha256`."""
        return io.BufferedReader(_Counted(self.plain, self._digest), 1 << 18)


class _Counted(io.RawIOBase):
    """A stream that hashes what passes."""

    def __init__(self, plain: BinaryIO, digest: hashlib._Hash) -> None:
        self._plain = plain
        self._digest = digest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            read = self._plain.read(len(buffer))
        except (EOFError, OSError, zlib.error) as error:
            raise InvalidInput(f"The file is damaged: {error}.") from error
        self._digest.update(read)
        buffer[: len(read)] = read
        return len(read)


def header(first: bytes) -> list[str]:
    """The columns in the file's order, whatever their case. Raises InvalidInput naming what is missing."""
    try:
        text = first.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput("The file is not UTF-8 text.") from error
    names = [name.strip().lower() for name in next(csv.reader([text], skipinitialspace=True), [])]
    if sorted(names) != sorted(COLUMNS):
        raise InvalidInput(f"The first line must name the columns {', '.join(COLUMNS)}; it says: {text.strip()[:100]}")
    return names


def date_problem(text: str | None) -> str:
    """Why this is no date of a history; empty when it is one."""
    if not text:
        return "a date is needed"
    try:
        day = date.fromisoformat(text) if _ISO_DATE.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        return f"{text[:40]!r} is no date like 2017-12-31"
    return "" if FIRST_YEAR <= day.year <= LAST_YEAR else "the date lies outside the years 1970 to 2100"


def _sales_problem(text: str) -> str:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return f"{text[:40]!r} is no number" if text.strip() else "a number is needed"
    if not number.is_finite():
        return "a number is needed"
    if number < 0:
        return "sales must not be negative"
    if number > MOST_SALES:
        return f"the number is too large; the limit is {MOST_SALES}"
    return "" if number == round(number, 3) else "at most 3 digits after the decimal point"


def _name_problem(text: str, code: str, column: str) -> str:
    if not text.strip():
        return "a name is needed"
    if "\x00" in text:
        return "the NUL character is not allowed"
    return "" if len(code) <= LONGEST[column] else f"at most {LONGEST[column]} characters"


def problems(file: BinaryIO, names: Names) -> tuple[list[Problem], int]:
    """The first problems of the file, and how many more there are. Slow: for a file already refused."""
    source = Source(file)
    found = _Found([], 0)
    text = io.TextIOWrapper(source.plain, encoding="utf-8", errors="strict", newline="")
    seen: dict[int, int] = {}
    reader = csv.reader(text)
    try:
        for cells in reader:
            _judge(dict(zip(source.header, cells, strict=False)), len(cells), reader.line_num + 1, names, seen, found)
    except (UnicodeDecodeError, csv.Error) as error:
        found.add(reader.line_num + 2, "row", f"the line cannot be read: {error}")
    finally:
        text.detach()
    if not seen and not found.problems:
        found.add(2, "row", "the file has no rows")
    return found.problems, found.more


@dataclass(slots=True)
class _Found:
    problems: list[Problem]
    more: int

    def add(self, line: int, column: str, reason: str) -> None:
        if len(self.problems) < SHOWN:
            self.problems.append(Problem(line, column, reason))
        else:
            self.more += 1


def _judge(row: dict[str, str], cells: int, line: int, names: Names, seen: dict[int, int], found: _Found) -> None:
    if cells != len(COLUMNS):
        found.add(line, "row", f"{cells} columns instead of {len(COLUMNS)}")
        return
    store, product = names.store(row["store"]), names.product(row["item"])
    reasons = {
        "date": date_problem(row["date"]),
        "store": _name_problem(row["store"], store, "store"),
        "item": _name_problem(row["item"], product, "item"),
        "sales": _sales_problem(row["sales"]),
    }
    wrong = {column: reason for column, reason in reasons.items() if reason}
    for column, reason in wrong.items():
        found.add(line, column, reason)
    # Hashes instead of texts: a file of millions of rows must fit into memory.
    key = hash((row["date"], store.upper(), product.upper()))
    if not wrong and seen.setdefault(key, line) != line:
        found.add(line, "row", f"line {seen[key]} has the same date, store and item")

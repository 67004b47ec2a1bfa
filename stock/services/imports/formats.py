"""How the cells of a file are written: which sign stands before the decimals, and in which order a date is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from stock.services.imports.reading import Row

SAMPLED = 5_000
NUMBERS = ("quantity", "price", "unit_cost", "stock", "reorder_level")
YMD, DMY, MDY = "ymd", "dmy", "mdy"
ARRANGEMENTS = (YMD, DMY, MDY)
_COMMA = re.compile(r"^\D{0,2}-?(\d+|\d{1,3}([. \u00a0']\d{3})+),\d{1,2}\D{0,2}$")
_POINT = re.compile(r"^\D{0,2}-?(\d+|\d{1,3}(,\d{3})+)\.\d+\D{0,2}$")
_DATE = re.compile(r"^\s*(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})")


@dataclass(frozen=True, slots=True)
class Cells:
    """`point` stands before the decimals, `arrangement` is ymd, dmy or mdy; `direction` is -1 for newest rows first."""

    point: str
    arrangement: str
    # Every day of the file is below 13, so that day and month could be the other way round.
    is_guess: bool
    direction: int


def look(rows: Iterable[Row], places: Mapping[str, int], *, delimiter: str, month_first: bool) -> Cells:
    """What the first rows look like; `month_first` decides between two orders that are both possible."""
    sample = [cells for _, cells in islice(rows, SAMPLED)]
    numbers = [text for name in NUMBERS if name in places for text in _column(sample, places[name])]
    point = _point(numbers, delimiter)
    dates = _column(sample, places["date"]) if "date" in places else []
    found = [match.groups() for text in dates if (match := _DATE.match(text))]
    arrangement, is_guess = _arrangement(found, month_first=month_first and point == ".")
    return Cells(point, arrangement, is_guess, _direction(found, arrangement))


def _column(sample: Sequence[Sequence[str]], place: int) -> list[str]:
    return [cells[place].strip() for cells in sample if len(cells) > place and cells[place].strip()]


def _point(numbers: Sequence[str], delimiter: str) -> str:
    commas = sum(bool(_COMMA.match(text)) for text in numbers)
    points = sum(bool(_POINT.match(text)) for text in numbers)
    if commas == points:
        # 1,234 alone says nothing. Where commas cut no cells, they are likely to stand before decimals.
        return "," if delimiter == ";" and commas else "."
    return "," if commas > points else "."


def _arrangement(found: Sequence[tuple[str, ...]], *, month_first: bool) -> tuple[str, bool]:
    short = [(int(first), int(second)) for first, second, _ in found if len(first) <= 2]
    if len(short) * 2 < len(found) or not found:
        return YMD, False
    days_first = sum(first > 12 for first, _ in short)
    months_first = sum(second > 12 for _, second in short)
    if days_first == months_first:
        return (MDY if month_first else DMY), True
    return (DMY, False) if days_first > months_first else (MDY, False)


def _direction(found: Sequence[tuple[str, ...]], arrangement: str) -> int:
    """-1 when the dates of the sample run backwards."""
    order = {YMD: (0, 1, 2), DMY: (2, 1, 0), MDY: (2, 0, 1)}[arrangement]
    days = [tuple(int(parts[place]) for place in order) for parts in found]
    falls = sum(later < earlier for earlier, later in pairwise(days))
    rises = sum(later > earlier for earlier, later in pairwise(days))
    # A file sorted by product falls and rises; broken dates do as they like.
    return -1 if falls > 2 * rises else 1

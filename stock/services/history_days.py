"""A history file as numbers: chunks of its rows turned into series and years, whole columns at a time.

No row passes through Python by itself. What cannot be read is only noticed here; `history_file.problems` names it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from stock.services.history_file import FIRST_YEAR, LAST_YEAR, MOST_SALES, date_problem

ROWS_AT_ONCE = 1_000_000
LONGEST_YEAR = 366
YEARS = LAST_YEAR - FIRST_YEAR + 1
THOUSANDTHS = 1000
# How far from a whole number of thousandths reading a decimal may leave a float.
ROUNDING = 1e-3
FLOAT8_OID = 701


class Unreadable(ValueError):
    """A chunk holds something that is no date, name or quantity, or the same day twice."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows as numbers. `keys` place each row among all days of all its series; `units` are thousandths-exact floats.

    keys[i] = (store code * number of item codes + item code) * YEARS * 366 + (year - 1970) * 366 + day of the year - 1
    """

    stores: list[str]
    items: list[str]
    dates: list[str]
    keys: NDArray[np.int64]
    units: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class YearOfSeries:
    """One store's and product's days of one calendar year, in order. `places` count from New Year."""

    store: str
    item: str
    year: int
    places: NDArray[np.int32]
    units: NDArray[np.float64]


def chunks(stream: IO[bytes], header: list[str]) -> Iterator[Chunk]:
    """Read CSV rows (the header is read already). Raises Unreadable."""
    import pandas as pd

    # Not "category": pandas would read 001 and 1 as the same number.
    names = {"date": "object", "store": "object", "item": "object", "sales": "float64"}
    try:
        # Too many cells in a line are only a warning to pandas.
        with (
            warnings.catch_warnings(action="error", category=pd.errors.ParserWarning),
            pd.read_csv(
                stream,
                names=header,
                header=None,
                index_col=False,
                dtype=names,
                keep_default_na=False,
                na_filter=True,
                encoding="utf-8",
                chunksize=ROWS_AT_ONCE,
            ) as frames,
        ):
            for frame in frames:
                if len(frame):
                    yield _numbers(frame)
    except (ValueError, OverflowError, pd.errors.ParserWarning) as error:  # pandas' parser errors are ValueErrors
        raise Unreadable(str(error)) from error


def _numbers(frame: Any) -> Chunk:
    import pandas as pd

    (dates_at, dates), (stores_at, stores), (items_at, items) = (
        pd.factorize(frame[name]) for name in ("date", "store", "item")
    )
    if any((codes < 0).any() for codes in (dates_at, stores_at, items_at)):
        raise Unreadable("a cell is missing")
    days = np.array([_day_number(text) for text in dates], dtype=np.int64)
    series = stores_at.astype(np.int64) * len(items) + items_at
    keys = series * (YEARS * LONGEST_YEAR) + days[dates_at]
    return Chunk(list(stores), list(items), list(dates), keys, _quantities(frame["sales"].to_numpy()))


def _day_number(text: str) -> int:
    if date_problem(text):
        raise Unreadable(f"{text!r} is no date")
    day = date.fromisoformat(text)
    return (day.year - FIRST_YEAR) * LONGEST_YEAR + day.timetuple().tm_yday - 1


def _quantities(sales: NDArray[np.float64]) -> NDArray[np.float64]:
    """The floats nearest to the thousandths the file names. Raises Unreadable for what is none."""
    with np.errstate(invalid="ignore", over="ignore"):
        exact = np.rint(sales * THOUSANDTHS)
        good = (sales >= 0) & (sales <= MOST_SALES) & (np.abs(sales * THOUSANDTHS - exact) < ROUNDING)
    if not good.all():
        raise Unreadable("a quantity is missing, negative, too large or too precise")
    return exact / THOUSANDTHS


def years(chunk: Chunk) -> Iterator[YearOfSeries]:
    """The chunk's rows gathered by series and year. Raises Unreadable when a day is there twice."""
    order = np.argsort(chunk.keys, kind="stable")
    keys, units = chunk.keys[order], chunk.units[order]
    if (np.diff(keys) == 0).any():
        raise Unreadable("a day is given twice")
    places, year_keys = (keys % LONGEST_YEAR).astype(np.int32), keys // LONGEST_YEAR
    starts = np.flatnonzero(np.diff(year_keys, prepend=-1)).tolist()
    for first, last in zip(starts, [*starts[1:], len(keys)], strict=True):
        series, year = divmod(int(year_keys[first]), YEARS)
        store, item = divmod(series, len(chunk.items))
        yield YearOfSeries(
            chunk.stores[store], chunk.items[item], FIRST_YEAR + year, places[first:last], units[first:last]
        )


def spread(found: YearOfSeries) -> tuple[int, NDArray[np.float64]]:
    """The first day's place and the units of every day from there to the last one; NaN where the file is silent."""
    first = int(found.places[0])
    units = np.full(int(found.places[-1]) - first + 1, np.nan)
    units[found.places - first] = found.units
    return first, units


def binary_array(units: NDArray[np.float64]) -> bytes:
    """A float8[] as PostgreSQL's binary COPY takes it: one dimension from 1, each element with its length."""
    head = np.array([1, 0, FLOAT8_OID, len(units), 1], dtype=">i4").tobytes()
    body = np.empty(len(units), dtype=[("length", ">i4"), ("value", ">f8")])
    body["length"], body["value"] = 8, units
    return head + body.tobytes()

"""A chunk's demand from PostgreSQL as one NumPy panel: what was sold, and which days say something about demand.

A day is a business day of its store. Of a series it is

- *known* if the ledger knows the series by then, or a history file tells it. The ledger wins over the file (ADR 15).
- *sold out* if nothing was left at its end: what customers wanted beyond that is unknown. Where the books say nothing
  was there in the morning either and it sold all the same, the books are wrong and not the till.
- *closed* if the whole store sold nothing on a weekday on which it usually sells a lot. A store that never opens on
  Sundays is not closed in this sense: that it sells nothing then is its week.

Sold out and closed days are masked: neither lower nor raise anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from struct import Struct
from typing import Any

import numpy as np
from django.db import DEFAULT_DB_ALIAS, connections
from numpy.typing import NDArray
from psycopg import sql as compose

from inventory_project.kernel import sql, tenancy

SQL = Path(__file__).resolve().parent.parent / "sql"
DAY_BITS = 50
UNITS_MASK = (1 << DAY_BITS) - 1
THOUSANDTHS = 1000
DAYS_ADDED = 100_000
LEAST_DAYS = 28
"""A series is forecast from its free days alone only if it has as many; else days sold out that sold count as well."""

BUSY = 7.0
"""Products that sell on a usual day, from which a day without any is no accident (e^-7 is one in a thousand)."""

_COUNT = Struct("!h")
_LENGTH = Struct("!i")
_START = 19  # PostgreSQL's binary COPY: its signature, flags, and the length of no extension
_ELEMENT_8 = np.dtype([("length", ">i4"), ("value", ">i8")])
_ELEMENT_F = np.dtype([("length", ">i4"), ("value", ">f8")])


@dataclass(frozen=True, slots=True)
class Panel:
    """(N, T) of a chunk's series, `first` the date of its first column. `demand` is 0 where nothing is known; `known`
    and `sold_out` as above; `mask` is what the engine may learn from."""

    first: date
    demand: NDArray[np.float32]
    known: NDArray[np.bool_]
    sold_out: NDArray[np.bool_]
    mask: NDArray[np.bool_]

    @property
    def days(self) -> int:
        return self.demand.shape[1]


def read(
    *, stores: NDArray[np.int64], products: NDArray[np.int64], group: NDArray[np.int64], first: date, last: date
) -> Panel:
    """The demand of series from `first` to `last`, in the bound organisation; three statements."""
    days = (last - first).days + 1
    asked = {
        "organization": tenancy.current_organization_id(),
        "stores": stores.tolist(),
        "products": products.tolist(),
        "first": first,
        "last": last,
    }
    told = np.full((len(stores), days), np.nan, np.float32)
    for place, offset, units in _history(asked):
        _lay(told[place], offset, units)
    demand, known = _said(told, group)
    begun = np.full(len(stores), days)
    for place, when, units in _ledger(asked):
        known[place, when] = True
        demand[place, when] = units
        begun[place] = min(begun[place], int(when.min()))
    sold_out = np.zeros(demand.shape, bool)
    for place, when, left in _closings(asked):
        begun[place] = min(begun[place], max(int(when[0]), 0))
        if not left.all():
            sold_out[place] = _empty_days(when, left, demand[place])
    known |= np.arange(days) >= begun[:, None]
    sold_out &= known
    # The day it is sold out on says at least what was sold; better than nothing where little else is known.
    free = known & ~sold_out
    rare = free.sum(1) < LEAST_DAYS
    free[rare] |= known[rare] & (demand[rare] > 0)
    mask = free & ~_closed(demand, stores, known)
    return _trimmed(Panel(first, demand, known, sold_out, mask))


def _lay(row: NDArray[np.float32], offset: int, units: NDArray[np.float64]) -> None:
    """A year of a file over the days it belongs to, as far as they are read."""
    begin, end = max(offset, 0), min(offset + len(units), len(row))
    if begin < end:
        row[begin:end] = units[begin - offset : end - offset]


def _said(told: NDArray[np.float32], group: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Demand and known days by the files. Some list every day and mean a gap as a gap; others list only what was sold.
    Where files of a group are more often silent between two days than they say 0, silence is 0."""
    known = np.isfinite(told)
    if not known.any():
        return np.zeros_like(told), known
    seen = np.cumsum(known, axis=1, dtype=np.int32)
    inside = (seen > 0) & (seen < seen[:, -1:])
    gaps = np.bincount(group, (inside & ~known).sum(1))
    zeros = np.bincount(group, (told == 0).sum(1))
    silent_is_zero = gaps > zeros
    known |= inside & silent_is_zero[group][:, None]
    return np.nan_to_num(told, copy=False, nan=0.0), known


def _empty_days(when: NDArray[np.int64], left: NDArray[np.bool_], demand: NDArray[np.float32]) -> NDArray[np.bool_]:
    """(T,) days that ended with nothing left. `when` are the days whose closing balance is known to have changed."""
    days = len(demand)
    state = np.zeros(days + 1, np.int8)  # its first place is the evening before
    before = when < 0
    state[0] = 1 if not before.any() or left[before][-1] else 0
    changes = np.full(days + 1, -1, np.int8)
    changes[0] = state[0]
    changes[when[~before] + 1] = left[~before]
    last = np.maximum.accumulate(np.where(changes >= 0, np.arange(days + 1), 0))
    something = changes[last] > 0
    opened_empty = ~something[:-1]
    return np.asarray(~something[1:] & ~(opened_empty & (demand > 0)))


def _closed(
    demand: NDArray[np.float32], stores: NDArray[np.int64], known: NDArray[np.bool_]
) -> NDArray[np.bool_] | np.bool_:
    """(N, T) days on which the store sold nothing at all though it sells much on such weekdays."""
    places, local = np.unique(stores, return_inverse=True)
    first = np.flatnonzero(np.diff(local, prepend=-1))
    if len(first) != len(places):  # series come by store, so this is only a guard for callers who mix them
        return np.bool_(False)
    selling = np.add.reduceat((demand > 0), first, axis=0, dtype=np.int32)
    followed = np.add.reduceat(known, first, axis=0, dtype=np.int32) > 0
    days = demand.shape[1]
    closed = np.zeros(selling.shape, bool)
    for weekday in range(7):
        at = np.arange(weekday, days, 7)
        usual = selling[:, at].sum(1) / np.maximum(followed[:, at].sum(1), 1)
        closed[:, at] = (selling[:, at] == 0) & (usual >= BUSY)[:, None]
    return np.asarray(closed[local]) if closed.any() else np.bool_(False)


def _trimmed(panel: Panel) -> Panel:
    """Without the days before anything was known, but for the last one."""
    any_known = panel.known.any(0)
    begin = int(np.argmax(any_known)) if any_known.any() else panel.days - 1
    cut = slice(begin, None)
    first = date.fromordinal(panel.first.toordinal() + begin)
    return Panel(first, panel.demand[:, cut], panel.known[:, cut], panel.sold_out[:, cut], panel.mask[:, cut])


def _history(asked: dict[str, Any]) -> Iterator[tuple[int, int, NDArray[np.float64]]]:
    for place, offset, data in _rows("read_history.sql", asked, numbers=2):
        yield place - 1, offset, np.frombuffer(data, _ELEMENT_F, offset=20)["value"]


def _ledger(asked: dict[str, Any]) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.float64]]]:
    for place, data in _rows("read_ledger.sql", asked, numbers=1):
        packed = np.frombuffer(data, _ELEMENT_8, offset=20)["value"].astype(np.int64)
        yield place - 1, packed >> DAY_BITS, (packed & UNITS_MASK) / THOUSANDTHS


def _closings(asked: dict[str, Any]) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.bool_]]]:
    for place, data in _rows("read_closings.sql", asked, numbers=1):
        packed = np.frombuffer(data, _ELEMENT_8, offset=20)["value"].astype(np.int64)
        yield place - 1, (packed >> 1) - DAYS_ADDED, (packed & 1) > 0


def _rows(name: str, asked: dict[str, Any], *, numbers: int) -> Iterator[tuple[Any, ...]]:
    """Rows of some int4 and one array, which stays PostgreSQL's bytes: 20 of head, then length and value each."""
    query = compose.SQL(sql.statement(SQL / name)).format(
        **{key: compose.Literal(value) for key, value in asked.items()}
    )  # type: ignore[arg-type]
    head = 2 + 8 * numbers
    with (
        connections[DEFAULT_DB_ALIAS].connection.cursor() as cursor,
        cursor.copy(compose.SQL("COPY ({}) TO STDOUT (FORMAT binary)").format(query)) as copy,
    ):
        first = True
        for message in copy:
            data = bytes(message)
            if first:
                data, first = data[_START:], False
            if len(data) <= _COUNT.size:
                continue  # the end
            values = tuple(_LENGTH.unpack_from(data, 6 + 8 * place)[0] for place in range(numbers))
            yield (*values, data[head + 4 :])

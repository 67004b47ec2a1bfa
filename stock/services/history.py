"""History files: `date,store,item,sales`, demand from before the ledger began. They touch no stock.

A file is loaded whole or not at all, and sets what it says: the same file again changes nothing. `history_days` reads
it in whole columns, `history_file` says what is wrong with it, and the database lays its years over what is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from struct import pack
from typing import BinaryIO

from django.db import DataError, connections

from audit import services as audit
from catalog.services import bulk as products
from inventory_project.kernel import sql, tenancy
from inventory_project.kernel.access import Actor
from inventory_project.kernel.errors import InvalidInput
from stock.services import history_days, history_file, listeners, sales_rollup
from stock.services.history_days import Chunk, Unreadable, YearOfSeries
from stock.services.history_file import Names, Problem
from stores.services import stores

SQL = Path(__file__).resolve().parent.parent / "sql"
# The role's own limits are for requests; a load may take longer.
LIMITS = {"statement_timeout": "30min", "idle_in_transaction_session_timeout": "5min", "lock_timeout": "10min"}
COPY_GIVEN = "COPY stock_history_given (store_id, product_id, year, first_day, units) FROM STDIN (FORMAT binary)"
# PostgreSQL's binary COPY: its signature and no flags; days count from the year 2000; the end is a row of -1 fields.
COPY_START, COPY_END = b"PGCOPY\n\xff\r\n\0" + bytes(8), pack("!h", -1)
DAY_ZERO = date(2000, 1, 1)

# What a progress bar gets: the phase ("read" or "write"), how far in it (0 to 1), rows so far in it.
Progress = Callable[[str, float, int], None]


class HistoryRefused(InvalidInput):
    """The file holds rows that cannot be loaded; nothing was."""

    default_detail = "The history file was not loaded."

    def __init__(self, problems: list[Problem], more: int = 0) -> None:
        super().__init__(
            fields={f"line {problem.line}": [f"{problem.column}: {problem.reason}"] for problem in problems}
        )
        self.problems = problems
        self.more = more


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. A day is one store, one product, one date."""

    rows: int
    inserted: int
    updated: int
    unchanged: int
    stores: int
    products: int
    first_date: str
    last_date: str
    sha256: str


def _silent(phase: str, part: float, rows: int) -> None:
    """No progress is shown."""


def load(
    *,
    file: BinaryIO,
    name: str,
    organization_id: int,
    acting_as: Actor,
    names: Names | None = None,
    progress: Progress = _silent,
) -> Loaded:
    """Load a seekable CSV stream, plain or gzip, into the organisation's sales histories.

    1. Read it, a million rows at a time, into years of series; make the stores and products that are missing.
    2. Lay them over what is known; one entry in the log.
    Raises HistoryRefused naming lines, columns and reasons.
    """
    return _Load(file, name, organization_id, acting_as, names or Names(), progress).run()


@dataclass(slots=True)
class _Load:
    file: BinaryIO
    name: str
    organization_id: int
    acting_as: Actor
    names: Names
    progress: Progress
    rows: int = 0
    days: set[str] = field(default_factory=set)
    ids: dict[str, dict[str, int]] = field(default_factory=lambda: {"store": {}, "item": {}})

    def run(self) -> Loaded:
        try:
            with tenancy.scope(self.organization_id, durable=True):
                _raise_limits()
                # One load of an organisation at a time: what it lays over must stand still.
                lock = {"key": f"history:{self.organization_id}"}
                sql.rows("SELECT pg_advisory_xact_lock(hashtextextended(%(key)s, 0))", lock)
                return self._write(self._read())
        except (Unreadable, DataError) as error:
            raise self._refusal(error) from error

    def _read(self) -> str:
        """Read the file into the temporary table; the file's hash."""
        sql.rows(sql.statement(SQL / "create_history_table.sql"), {})
        source = history_file.Source(self.file)
        for chunk in history_days.chunks(source.stream(), source.header):
            self._copy(chunk)
            self.rows += len(chunk.keys)
            self.days.update(chunk.dates)
            self.progress("read", source.part, self.rows)
        if not self.rows:
            raise self._refusal()
        return source.sha256

    def _copy(self, chunk: Chunk) -> None:
        store_ids = self._ids("store", chunk.stores, self.names.store)
        product_ids = self._ids("item", chunk.items, self.names.product)
        rows = [
            _binary_row(found, store_ids[found.store], product_ids[found.item]) for found in history_days.years(chunk)
        ]
        with connections["default"].connection.cursor().copy(COPY_GIVEN) as copy:
            copy.write(b"".join([COPY_START, *rows, COPY_END]))

    def _write(self, sha256: str) -> Loaded:
        self.progress("write", 0, 0)
        params = {"organization": self.organization_id}
        done = sql.rows(sql.statement(SQL / "put_history.sql"), params)[0]
        if done["inserted"] + done["updated"]:
            sales_rollup.mark_stale()
            listeners.sales_of_the_past_changed()
        self.progress("write", 1, self.rows)
        loaded = Loaded(
            rows=self.rows,
            inserted=done["inserted"],
            updated=done["updated"],
            unchanged=self.rows - done["inserted"] - done["updated"],
            stores=len(self.ids["store"]),
            products=len(self.ids["item"]),
            first_date=min(self.days),
            last_date=max(self.days),
            sha256=sha256,
        )
        self._record(loaded)
        return loaded

    def _refusal(self, error: Exception | None = None) -> HistoryRefused:
        problems, more = history_file.problems(self.file, self.names)
        if not problems:  # the database is stricter than our reader: its own words then
            problems = [Problem(0, "row", str(error or "The file cannot be read.").splitlines()[0])]
        return HistoryRefused(problems, more)

    def _record(self, loaded: Loaded) -> None:
        audit.record(
            "stock.history.loaded",
            acting_as=self.acting_as,
            object_type="history_file",
            object_id=loaded.sha256[:16],
            object_label=self.name[:200],
            detail=asdict(loaded),
        )

    def _ids(self, column: str, names: list[str], code_of: Callable[[str], str]) -> dict[str, int]:
        """The id behind each name of a column; two spellings of one code would be the same day twice."""
        known = self.ids[column]
        codes = {name: code_of(name) for name in names if name not in known}
        too_long = any(len(code) > history_file.LONGEST[column] or not code or "\0" in code for code in codes.values())
        spellings = {code_of(name).upper() for name in known} | {code.upper() for code in codes.values()}
        if too_long or len(spellings) < len(known) + len(codes):
            raise self._refusal()
        if codes:
            made = self._ensure(column, sorted(codes.values()))
            known.update({name: made[code] for name, code in codes.items()})
        return known

    def _ensure(self, column: str, codes: list[str]) -> Mapping[str, int]:
        if column == "store":
            return stores.ensure_many([{"code": code} for code in codes], acting_as=self.acting_as)
        return products.ensure_many([{"sku": sku} for sku in codes], acting_as=self.acting_as)


def _binary_row(found: YearOfSeries, store_id: int, product_id: int) -> bytes:
    """A row of stock_history_given as binary COPY takes it: five fields, each with its length."""
    place, units = history_days.spread(found)
    first = (date(found.year, 1, 1) + timedelta(days=place) - DAY_ZERO).days
    array = history_days.binary_array(units)
    return pack("!hiqiqihiii", 5, 8, store_id, 8, product_id, 2, found.year, 4, first, len(array)) + array


def _raise_limits() -> None:
    for name, value in LIMITS.items():
        sql.rows("SELECT set_config(%(name)s, %(value)s, true)", {"name": name, "value": value})

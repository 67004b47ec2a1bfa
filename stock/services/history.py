"""History files: `date,store,item,sales`, demand from before the ledger began. They touch no stock.

A file is loaded whole or not at all, and sets what it says: the same file again changes nothing. Rows stream through
COPY into a temporary table and from there, a year of a series at a time, into the histories; `history_file` finds what
is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import orjson
import psycopg
from django.db import DataError, connections

from audit import services as audit
from catalog.services import bulk as products
from inventory_project.kernel import sql, tenancy
from inventory_project.kernel.access import Actor
from inventory_project.kernel.errors import InvalidInput
from stock.services import history_file
from stock.services.history_file import Names, Problem
from stores.services import stores

SQL = Path(__file__).resolve().parent.parent / "sql"
CHUNK = 256 * 1024
# The role's own limits are for requests; a load may take longer.
LIMITS = {"statement_timeout": "30min", "idle_in_transaction_session_timeout": "5min", "work_mem": "192MB"}

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

    1. Stream it into a temporary table and check it there.
    2. Make the stores and products that are missing.
    3. Lay the days over what is known; one entry in the log.
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
    digest: str = ""
    # The different names in each column.
    seen: dict[str, list[str]] = field(default_factory=lambda: {"date": [], "store": [], "item": []})

    def run(self) -> Loaded:
        try:
            with tenancy.scope(self.organization_id, durable=True):
                _raise_limits()
                rows = self._copy()
                self._check(rows)
                return self._write(rows)
        except (psycopg.DataError, DataError) as error:
            raise self._refusal(error) from error

    def _copy(self) -> int:
        """Stream the file into the temporary table; the number of its rows."""
        sql.rows(sql.statement(SQL / "create_history_table.sql"), {})
        source = history_file.Source(self.file)
        columns = ", ".join(source.header)
        connection = connections["default"].connection
        rows = 0
        with connection.cursor().copy(f"COPY stock_history_file ({columns}) FROM STDIN (FORMAT csv)") as copy:
            for chunk in source.chunks(CHUNK):
                copy.write(chunk)
                rows += chunk.count(b"\n")
                self.progress("read", source.part, rows)
        self.digest = source.sha256
        return int(sql.rows("SELECT count(*) AS rows FROM stock_history_file", {})[0]["rows"])

    def _check(self, rows: int) -> None:
        """Refuse what COPY lets pass. The looks are cheap; the lines at fault are found by reading the file again."""
        named = sql.rows(sql.statement(SQL / "name_history.sql"), {})
        for column, seen in self.seen.items():
            seen.extend(row[column] for row in named if row[f"is_{column}"])
        broken = sql.rows(sql.statement(SQL / "check_history.sql"), {"most": history_file.MOST_SALES})[0]["broken"]
        if rows == 0 or broken or any(history_file.date_problem(date) for date in self.seen["date"]):
            raise self._refusal()

    def _refusal(self, error: Exception | None = None) -> HistoryRefused:
        problems, more = history_file.problems(self.file, self.names)
        if not problems:  # the database is stricter than our reader: its own words then
            problems = [Problem(0, "row", str(error or "The file cannot be read.").splitlines()[0])]
        return HistoryRefused(problems, more)

    def _write(self, rows: int) -> Loaded:
        stores, products = self._ids("store", self.names.store), self._ids("item", self.names.product)
        # One load of an organisation at a time: what it lays over must stand still.
        lock = {"key": f"history:{self.organization_id}"}
        sql.rows("SELECT pg_advisory_xact_lock(hashtextextended(%(key)s, 0))", lock)
        self.progress("write", 0, 0)
        days = {name: {"day": name, "year": int(name[:4])} for name in self.seen["date"]}
        params = {
            "organization": self.organization_id,
            "stores": _table({name: {"id": number} for name, number in stores.items()}),
            "products": _table({name: {"id": number} for name, number in products.items()}),
            "dates": _table(days),
        }
        done = sql.rows(sql.statement(SQL / "put_history.sql"), params)[0]
        self.progress("write", 1, rows)
        loaded = Loaded(
            rows=rows,
            inserted=done["inserted"],
            updated=done["updated"],
            unchanged=rows - done["inserted"] - done["updated"],
            stores=len(stores),
            products=len(products),
            first_date=min(self.seen["date"]),
            last_date=max(self.seen["date"]),
            sha256=self.digest,
        )
        self._record(loaded)
        return loaded

    def _record(self, loaded: Loaded) -> None:
        audit.record(
            "stock.history.loaded",
            acting_as=self.acting_as,
            object_type="history_file",
            object_id=loaded.sha256[:16],
            object_label=self.name[:200],
            detail=asdict(loaded),
        )

    def _ids(self, column: str, code_of: Callable[[str], str]) -> dict[str, int]:
        """The id behind each name of a column; two spellings of one code would be the same day twice."""
        codes = {name: code_of(name) for name in self.seen[column]}
        too_long = any(len(code) > history_file.LONGEST[column] or not code for code in codes.values())
        if too_long or len({code.upper() for code in codes.values()}) < len(codes):
            raise self._refusal()
        ids = self._ensure(column, sorted(codes.values()))
        return {name: ids[code] for name, code in codes.items()}

    def _ensure(self, column: str, codes: list[str]) -> Mapping[str, int]:
        if column == "store":
            return stores.ensure_many([{"code": code} for code in codes], acting_as=self.acting_as)
        return products.ensure_many([{"sku": sku} for sku in codes], acting_as=self.acting_as)


def _raise_limits() -> None:
    for name, value in LIMITS.items():
        sql.rows("SELECT set_config(%(name)s, %(value)s, true)", {"name": name, "value": value})


def _table(rows: Mapping[str, Mapping[str, Any]]) -> str:
    """What the names of a column mean, as rows for the statement that joins them."""
    return orjson.dumps([{"name": name, **meaning} for name, meaning in rows.items()]).decode()

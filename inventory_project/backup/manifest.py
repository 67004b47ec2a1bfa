"""What a backup says of itself, and how the contents of a table are summed up."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import orjson
import psycopg
from psycopg import sql

FORMAT = "onhand-backup/1"
NAME = "manifest.json.gz"
BEFORE, AFTER = "schema-before-data.sql.gz", "schema-after-data.sql.gz"

# The same values give the same text on both sides.
SESSION = """
    SET client_encoding = 'UTF8'; SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres';
    SET extra_float_digits = 1; SET bytea_output = 'hex'; SET statement_timeout = 0; SET lock_timeout = 0;
    SET idle_in_transaction_session_timeout = 0
"""
# Independent of the order of rows. It guards against loss and damage on the way; against malice there is the log.
FINGERPRINT = "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM {table} AS t"


@dataclass(frozen=True, slots=True)
class Table:
    """One table's contents: how many rows, and a sum over the hashes of them all."""

    name: str
    columns: list[str]
    rows: int
    fingerprint: str

    @property
    def member(self) -> str:
        return f"data/{self.name}.copy.gz"


@dataclass(frozen=True, slots=True)
class Sequence:
    name: str
    last_value: int
    is_called: bool


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything but the data. `feed_end` is the feed's position up to which the backup is complete."""

    made_at: str
    server: str
    database: str
    feed_end: int
    migrations: dict[str, str]
    extensions: list[str]
    organizations: int
    tables: list[Table]
    sequences: list[Sequence]
    audit_heads: list[list[Any]]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    def to_json(self) -> bytes:
        return orjson.dumps({"format": FORMAT, **asdict(self)}, option=orjson.OPT_INDENT_2)

    @classmethod
    def from_json(cls, text: bytes) -> Manifest:
        """Raises ValueError when it is of another format."""
        values = orjson.loads(text)
        if not isinstance(values, dict) or values.pop("format", None) != FORMAT:
            raise ValueError("another format")
        values["tables"] = [Table(**each) for each in values["tables"]]
        values["sequences"] = [Sequence(**each) for each in values["sequences"]]
        return cls(**values)


def qualified(name: str) -> sql.Composable:
    return sql.Identifier("public", name)


def fingerprint(connection: psycopg.Connection[Any], name: str) -> tuple[int, str]:
    """How many rows the table holds, and the sum over their hashes."""
    found = connection.execute(sql.SQL(FINGERPRINT).format(table=qualified(name))).fetchone()
    assert found is not None
    return int(found[0]), str(found[1])

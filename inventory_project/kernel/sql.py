"""Named SQL statements kept in a room's sql/ folder, executed with server-side binding and preparation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg.rows import dict_row

from inventory_project.kernel import tenancy

_PARAMETER = re.compile(r"%\((\w+)\)s")


@lru_cache
def statement(path: Path) -> str:
    """The text of one .sql file."""
    return path.read_text(encoding="utf-8")


@lru_cache
def _positional(query: str) -> tuple[bytes, tuple[str, ...]]:
    """The statement with $1, $2 ... for its named parameters, and their names: worked out once, not for each call."""
    names = tuple(dict.fromkeys(_PARAMETER.findall(query)))
    numbered = _PARAMETER.sub(lambda found: f"${names.index(found[1]) + 1}", query)
    return numbered.replace("%%", "%").encode(), names


def rows(query: str, params: Mapping[str, Any], *, using: str = DEFAULT_DB_ALIAS) -> list[dict[str, Any]]:
    """Run one statement on Django's own connection and transaction; every row as a dict."""
    connection = connections[using]
    # As Django does before its own cursors: a kept connection may have been ended by the server meanwhile.
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    numbered, names = _positional(query)
    values = [params[name] for name in names]
    with connection.wrap_database_errors, psycopg.RawCursor(connection.connection, row_factory=dict_row) as cursor:
        cursor.execute(numbered, values, prepare=settings.DATABASE_PREPARE)
        return cursor.fetchall() if cursor.description else []


def committed(query: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Run one statement as a transaction of its own: what it wrote is committed when this returns.

    No tenant is bound around it, so it must bind one itself (`set_config` inside a function) or see no row.
    Raises RuntimeError inside a transaction, where nothing would be committed.
    """
    if connections[DEFAULT_DB_ALIAS].in_atomic_block:
        raise RuntimeError("A statement that commits by itself cannot run inside a transaction.")
    return rows(query, params)


def ensure_rows(path: Path, wanted: Sequence[Mapping[str, Any]], *, key: str) -> tuple[list[int], dict[str, int]]:
    """Run an insert-if-missing statement that answers (key, id, created) for each row asked for.

    A row that another transaction inserted meanwhile is invisible to the statement that met it (id is null) and
    visible to the next one. Answers the ids created here and the id by key.
    """
    params = {
        "organization_id": tenancy.current_organization_id(),
        "rows": orjson.dumps(list(wanted), default=str).decode(),
    }
    created: list[int] = []
    ids: dict[str, int] = {}
    while len(ids) < len({row[key] for row in wanted}):
        for row in rows(statement(path), params):
            if row["id"] is not None:
                ids[row[key]] = row["id"]
                created += [row["id"]] if row["created"] else []
    return sorted(set(created)), ids

"""Named SQL statements kept in a room's sql/ folder, executed with server-side binding and preparation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

import orjson
import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from psycopg.rows import dict_row

from inventory_project.kernel import tenancy

_PARAMETER = re.compile(r"%\((\w+)\)s")
_PLACE = re.compile(r"%[s%]")


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
    numbered, names = _positional(query)
    return _fetch(connections[using], numbered, [params[name] for name in names])


def _fetch(connection: Any, numbered: bytes, values: list[Any]) -> list[dict[str, Any]]:
    # As Django does before its own cursors: a kept connection may have been ended by the server meanwhile.
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.RawCursor(connection.connection, row_factory=dict_row) as cursor:
        cursor.execute(numbered, values, prepare=settings.DATABASE_PREPARE)
        return cursor.fetchall() if cursor.description else []


def rows_of(query: str, *, chosen: QuerySet[Any], organization: int) -> list[dict[str, Any]]:
    """Run a statement around a queryset's own: `{chosen}` in it is that, `{organization}` the organisation's id.

    The values of the queryset are bound by the server, so that the whole is planned once a connection; but where one
    is a text: what kind of text an expression of the ORM means, only a statement with the values in it says.
    """
    inner, values = chosen.query.sql_with_params()
    text = query.format(chosen=inner, organization=int(organization))
    connection = connections[chosen.db]
    if any(isinstance(value, str) for value in values):
        with connection.cursor() as cursor:
            cursor.execute(text, values)
            names = [column.name for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    numbers = count(1)
    numbered = _PLACE.sub(lambda found: "%" if found[0] == "%%" else f"${next(numbers)}", text)
    return _fetch(connection, numbered.encode(), list(values))


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """The lock of this name, held by this database connection whatever is committed meanwhile; False when another
    connection holds it. It goes with the connection, so a worker that dies lets go of it."""
    key = {"key": name}
    got = bool(rows("SELECT pg_try_advisory_lock(hashtextextended(%(key)s, 0)) AS got", key)[0]["got"])
    try:
        yield got
    finally:
        if got:
            rows("SELECT pg_advisory_unlock(hashtextextended(%(key)s, 0))", key)


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

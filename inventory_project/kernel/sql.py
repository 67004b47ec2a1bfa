"""Named SQL statements kept in a room's sql/ folder, executed with server-side binding and preparation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg.rows import dict_row


@lru_cache
def statement(path: Path) -> str:
    """The text of one .sql file."""
    return path.read_text(encoding="utf-8")


def rows(query: str, params: Mapping[str, Any], *, using: str = DEFAULT_DB_ALIAS) -> list[dict[str, Any]]:
    """Run one statement on Django's own connection and transaction; every row as a dict."""
    connection = connections[using]
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection, row_factory=dict_row) as cursor:
        cursor.execute(query.encode(), params, prepare=settings.DATABASE_PREPARE)
        return cursor.fetchall() if cursor.description else []

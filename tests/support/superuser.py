"""The database's superuser, who can do what no role of the product can: the attacker of the log's tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg


@contextmanager
def superuser(*, tampering: bool = False) -> Iterator[psycopg.Connection[Any]]:
    """One committed transaction of the superuser; `tampering` switches the append-only triggers off, as it could."""
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"]) as connection:
        if tampering:
            connection.execute("SET session_replication_role = replica")
        yield connection

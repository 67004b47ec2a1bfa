"""Every statement sent to PostgreSQL, by the ORM or by the named SQL that goes around it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

# A token is remembered for seconds, so these come or not as time goes by.
OF_THE_TOKEN = ("accounts_token_lookup", "accounts_token_used")


@contextmanager
def statements_sent() -> Iterator[list[str]]:
    """What is sent meanwhile, without the statements of the token."""
    sent: list[str] = []
    execute = psycopg.Cursor.execute

    def noting(cursor: Any, query: Any, *args: Any, **options: Any) -> Any:
        text = query.decode() if isinstance(query, bytes) else str(query)
        if not any(name in text for name in OF_THE_TOKEN):
            sent.append(text)
        return execute(cursor, query, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", noting)
        yield sent

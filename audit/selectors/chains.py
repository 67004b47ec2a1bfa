"""The log as its verifier reads it: blocks and entries in order, streamed, seen at one instant."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connections, transaction
from psycopg.rows import dict_row

Row = dict[str, Any]
ROWS_A_FETCH = 5000

BLOCKS = """
    SELECT organization_id, chain, number, first_sequence, last_sequence, count, previous_hash, hash, marks
    FROM audit_block WHERE organization_id = %(organization_id)s AND first_sequence >= %(from_sequence)s
    ORDER BY first_sequence, chain, number
"""
TEXTS = """
    SELECT sequence, chain, block, audit_canonical(
        organization_id, sequence, occurred_at, chain, block, actor_id, actor_label, action, object_type,
        object_id, object_label, store_id, product_id, before, after, detail, request_id) AS text
    FROM audit_entry WHERE organization_id = %(organization_id)s AND sequence >= %(from_sequence)s
    ORDER BY sequence
"""
# JSON values as their exact text: that is what was hashed. Time as microseconds since 1970, for the same reason.
ENTRIES = """
    SELECT organization_id, sequence, (extract(epoch FROM occurred_at) * 1000000)::bigint AS occurred_at, chain, block,
        actor_id, actor_label, action, object_type, object_id, object_label, store_id, product_id,
        before::text, after::text, detail::text, request_id
    FROM audit_entry WHERE organization_id = %(organization_id)s ORDER BY sequence
"""
HEADS = "SELECT organization_id, chain, number, hash FROM audit_chain_head"
AFTER_STARTS = """
    SELECT min(first_sequence) AS sequence FROM audit_block
    LEFT JOIN jsonb_to_recordset(%(starts)s::jsonb) AS start (chain smallint, number bigint) USING (chain)
    WHERE organization_id = %(organization_id)s AND audit_block.number > coalesce(start.number, 0)
"""
COUNT = """
    SELECT count(*) AS entries FROM (
        SELECT FROM audit_entry WHERE organization_id = %(organization_id)s AND sequence >= %(from_sequence)s
        LIMIT %(at_most)s) AS entry
"""


@contextmanager
def still() -> Iterator[None]:
    """One unmoving, read-only view of the whole log, through the platform role."""
    with transaction.atomic(using="platform", durable=True):
        _execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def organizations() -> list[int]:
    """Every organisation that has a log, the platform itself (0) first."""
    return [
        row["organization_id"] for row in _execute("SELECT DISTINCT organization_id FROM audit_chain_head ORDER BY 1")
    ]


def heads(organization_id: int | None = None) -> list[Row]:
    """Where the chains end, of one organisation or of all."""
    where = "" if organization_id is None else " WHERE organization_id = %(organization_id)s"
    return _execute(f"{HEADS}{where} ORDER BY organization_id, chain", {"organization_id": organization_id})


def first_sequence_after(organization_id: int, starts: str) -> int | None:
    """The first sequence of the blocks after the given ones (JSON: [{chain, number}]); None when there is none."""
    found = _execute(AFTER_STARTS, {"organization_id": organization_id, "starts": starts})
    return found[0]["sequence"]  # type: ignore[no-any-return]


def count_entries(organization_id: int, *, from_sequence: int, at_most: int) -> int:
    """How many entries there are from there on; counting ends at `at_most`."""
    asked = {"organization_id": organization_id, "from_sequence": from_sequence, "at_most": at_most}
    return int(_execute(COUNT, asked)[0]["entries"])


def blocks_and_texts(organization_id: int, *, from_sequence: int = 0) -> Iterator[tuple[str, Row]]:
    """("block", row) and ("entry", row with its canonical text) by sequence, each block before its entries."""
    return _merged(TEXTS, organization_id, from_sequence)


def blocks_and_entries(organization_id: int) -> Iterator[tuple[str, Row]]:
    """("block", row) and ("entry", row as it is exported) by sequence, each block before its entries."""
    return _merged(ENTRIES, organization_id, 0)


def _merged(entries: str, organization_id: int, from_sequence: int) -> Iterator[tuple[str, Row]]:
    params = {"organization_id": organization_id, "from_sequence": from_sequence}
    streams = (
        ((row["first_sequence"], 0, "block", row) for row in _stream("blocks", BLOCKS, params)),
        ((row["sequence"], 1, "entry", row) for row in _stream("entries", entries, params)),
    )
    return ((kind, row) for _, _, kind, row in heapq.merge(*streams, key=lambda item: item[:2]))


def _execute(query: str, params: Row | None = None) -> list[Row]:
    with connections["platform"].cursor() as outer, psycopg.Cursor(outer.connection, row_factory=dict_row) as cursor:
        cursor.execute(query.encode(), params)
        return cursor.fetchall() if cursor.description else []


def _stream(name: str, query: str, params: Row) -> Iterator[Row]:
    connection = connections["platform"].connection
    with psycopg.ServerCursor(connection, name, row_factory=dict_row) as cursor:
        cursor.itersize = ROWS_A_FETCH
        cursor.execute(query.encode(), params)
        yield from cursor

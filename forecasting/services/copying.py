"""Columns of numbers into PostgreSQL: NumPy lays them out as binary COPY rows of one width, none passes through Python.

COPY is refused on tables under row-level security, so the rows land in a temporary table and an INSERT takes them on.
"""

from __future__ import annotations

from collections.abc import Mapping
from struct import pack
from typing import Any

import numpy as np
from django.db import DEFAULT_DB_ALIAS, connections
from numpy.typing import NDArray

START, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), pack("!h", -1)
# NumPy's kind and size -> PostgreSQL's type, its oid, and how it is sent.
TYPES = {
    "i2": ("int2", 21, ">i2"),
    "i4": ("int4", 23, ">i4"),
    "i8": ("int8", 20, ">i8"),
    "f4": ("float4", 700, ">f4"),
    "f8": ("float8", 701, ">f8"),
    "b1": ("bool", 16, "?"),
}


def fill(table: str, columns: Mapping[str, NDArray[Any]]) -> None:
    """Make a temporary table of these columns, gone with the transaction; (N, K) columns become arrays."""
    kinds = {name: TYPES[values.dtype.str[1:]] for name, values in columns.items()}
    declared = ", ".join(f"{name} {kind}{'[]' * (columns[name].ndim - 1)}" for name, (kind, _, _) in kinds.items())
    with connections[DEFAULT_DB_ALIAS].connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {table}; CREATE TEMP TABLE {table} ({declared}) ON COMMIT DROP")
        with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT binary)") as copy:
            copy.write(START)
            copy.write(rows(columns).data)
            copy.write(END)


def rows(columns: Mapping[str, NDArray[Any]]) -> NDArray[np.uint8]:
    """The rows as PostgreSQL's binary COPY takes them: the number of fields, then the length and the bytes of each."""
    layout: list[tuple[str, Any]] = [("fields", ">i2")]
    for name, values in columns.items():
        layout.append((f"{name} length", ">i4"))
        layout.append((name, _field(values)))
    count = len(next(iter(columns.values())))
    out = np.zeros(count, np.dtype(layout))
    out["fields"] = len(columns)
    for name, values in columns.items():
        out[f"{name} length"] = out.dtype[name].itemsize
        if values.ndim == 1:
            out[name] = values
        else:
            _lay_array(out[name], values)
    return out.view(np.uint8)


def _field(values: NDArray[Any]) -> Any:
    sent = TYPES[values.dtype.str[1:]][2]
    if values.ndim == 1:
        return sent
    head = [("dimensions", ">i4"), ("nulls", ">i4"), ("oid", ">i4")]
    if not values.shape[1]:
        return np.dtype(head)
    element = np.dtype([("length", ">i4"), ("value", sent)])
    return np.dtype([*head, ("size", ">i4"), ("lower", ">i4"), ("elements", element, (values.shape[1],))])


def _lay_array(field: NDArray[Any], values: NDArray[Any]) -> None:
    field["oid"] = TYPES[values.dtype.str[1:]][1]
    if values.shape[1]:
        field["dimensions"], field["size"], field["lower"] = 1, values.shape[1], 1
        field["elements"]["length"] = values.dtype.itemsize
        field["elements"]["value"] = values

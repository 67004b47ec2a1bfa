"""Idempotency of the steps of transfers, reservations and purchase orders, and of holds: a repeated key gives the
answer that was given, word for word."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson

from inventory_project.kernel import records, sql
from inventory_project.kernel.tenancy import current_organization_id
from stock.errors import KeyReused
from stock.models import TransferKey

SQL = Path(__file__).resolve().parent.parent / "sql"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a step answers, and whether it had been given before."""

    body: dict[str, Any]
    replayed: bool = False


def claim(key: str | None, said: Mapping[str, Any]) -> Answer | None:
    """Make the key this request's own, inside the caller's transaction; or the answer the key was given before.

    Raises KeyReused when the key was used for something else.
    """
    if key is None:
        return None
    text = orjson.dumps(dict(said), default=str, option=orjson.OPT_SORT_KEYS)
    fingerprint = int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), signed=True)
    params = {"organization": current_organization_id(), "key": key, "fingerprint": fingerprint}
    if sql.rows(sql.statement(SQL / "claim_transfer_key.sql"), params):
        return None
    first = TransferKey.objects.get(key=key)
    if first.fingerprint != fingerprint:
        raise KeyReused("This Idempotency-Key was used before with a different request.")
    return Answer(orjson.loads(first.answer), replayed=True)


def keep(key: str | None, body: Mapping[str, Any]) -> Answer:
    """The answer in its final form, kept for whoever repeats the key."""
    text = orjson.dumps(dict(body), default=_number, option=orjson.OPT_UTC_Z).decode()
    if key is not None:
        TransferKey.objects.filter(key=key).update(answer=text)
    return Answer(orjson.loads(text))


def _number(value: Decimal) -> orjson.Fragment:
    """Digit for digit, without trailing zeros."""
    return orjson.Fragment(records.plain(value))

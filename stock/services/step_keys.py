"""Idempotency of the steps of transfers, reservations and purchase orders, and of holds: a repeated key gives the
answer that was given, word for word. Mailing a list now and accepting restock lines use them, too.

They are kept in TransferKey, which is called after its first user."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson

from inventory_project.kernel import clock, records, sql
from inventory_project.kernel.errors import Unavailable
from inventory_project.kernel.tenancy import current_organization_id
from stock.errors import KeyReused
from stock.models import TransferKey

SQL = Path(__file__).resolve().parent.parent / "sql"
REUSED = "This Idempotency-Key was used before with a different request."


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
    first = _make_own(key, said)
    return None if first is None else Answer(orjson.loads(first.answer), replayed=True)


def find(key: str | None, said: Mapping[str, Any]) -> Answer | None:
    """The answer the key was given before, if any. Claims nothing; raises KeyReused."""
    first = TransferKey.objects.filter(key=key).first() if key is not None else None
    if first is None:
        return None
    if first.fingerprint != _fingerprint(said):
        raise KeyReused(REUSED)
    return Answer(orjson.loads(first.answer), replayed=True)


def claim_ahead(key: str | None, said: Mapping[str, Any], *, runs_out: timedelta) -> Answer | None:
    """Claim for work that no transaction can undo: the caller commits the claim, works, then calls keep or give_up.

    A claim whose worker never came back runs out and is taken over. Raises KeyReused, and Unavailable while somebody
    is at it.
    """
    if key is None:
        return None
    first = _make_own(key, said)
    if first is None:
        return None
    if first.answer:
        return Answer(orjson.loads(first.answer), replayed=True)
    now = clock.now()
    if TransferKey.objects.filter(key=key, answer="", recorded_at__lt=now - runs_out).update(recorded_at=now):
        return None
    raise Unavailable("The first request with this Idempotency-Key is still at work.", retry_after=5)


def one_at_a_time(noun: str, key: str | None) -> None:
    """For what keeps its keys elsewhere: requests with one key wait for the first, until its transaction ends, and then
    find what it made."""
    if key is not None:
        lock = {"key": f"{noun}:{current_organization_id()}:{key}"}
        sql.rows("SELECT pg_advisory_xact_lock(hashtextextended(%(key)s, 0))", lock)


def give_up(key: str | None) -> None:
    """What was claimed ahead did not happen: the key is free again."""
    if key is not None:
        TransferKey.objects.filter(key=key, answer="").delete()


def _make_own(key: str, said: Mapping[str, Any]) -> TransferKey | None:
    """None when the key is now this request's own, else whose it is. Raises KeyReused."""
    fingerprint = _fingerprint(said)
    params = {"organization": current_organization_id(), "key": key, "fingerprint": fingerprint}
    if sql.rows(sql.statement(SQL / "claim_step_key.sql"), params):
        return None
    first: TransferKey = TransferKey.objects.get(key=key)
    if first.fingerprint != fingerprint:
        raise KeyReused(REUSED)
    return first


def keep(key: str | None, body: Mapping[str, Any]) -> Answer:
    """The answer in its final form, kept for whoever repeats the key."""
    text = orjson.dumps(dict(body), default=_number, option=orjson.OPT_UTC_Z).decode()
    if key is not None:
        TransferKey.objects.filter(key=key).update(answer=text)
    return Answer(orjson.loads(text))


def _fingerprint(said: Mapping[str, Any]) -> int:
    text = orjson.dumps(dict(said), default=str, option=orjson.OPT_SORT_KEYS)
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), signed=True)


def _number(value: Decimal) -> orjson.Fragment:
    """Digit for digit, without trailing zeros."""
    return orjson.Fragment(records.plain(value))

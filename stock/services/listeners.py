"""Telling the rooms above what they cannot see by themselves: by the name of their task, after the commit.

A hint that is lost costs nothing but time: whoever listens also looks every night, and a sweep finds calls nobody has
answered.
"""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction

from inventory_project.kernel import queue, tenancy
from inventory_project.kernel.redis import RedisError, client

SALES_CHANGED = "forecasting.request_after_import"
BALANCES_CALLED = "forecasting.answer_calls"
# Whoever was rung for has come by then, or the next change rings once more.
RUNG_MILLISECONDS = 1000


def sales_of_the_past_changed(import_id: int | None = None) -> None:
    """In the transaction that changes many past sales of the bound organisation at once: those that this import named
    (imports.undoing.changed_series), or any."""
    said = {"organization_id": tenancy.current_organization_id(), "import_id": import_id}
    transaction.on_commit(lambda: queue.ring(SALES_CHANGED, **said))


def a_balance_called() -> None:
    """In the transaction that wrote a call (models.watches): it is answered within a second. One hint for all that call
    until somebody comes; when nobody can be rung, it is done here."""
    organization_id = tenancy.current_organization_id()
    transaction.on_commit(lambda: _ring(organization_id))


def heard(organization_id: int) -> None:
    """Somebody is about to answer the calls: what is written from now on rings again."""
    with suppress(RedisError):
        client().delete(_key(organization_id))


def _ring(organization_id: int) -> None:
    if not (_somebody_comes(organization_id) or queue.ring(BALANCES_CALLED, organization_id=organization_id)):
        queue.do(BALANCES_CALLED, organization_id=organization_id)


def _somebody_comes(organization_id: int) -> bool:
    """Whether one was rung for a moment ago."""
    if queue.broker_looks_down():
        return False
    try:
        return not client().set(_key(organization_id), b"1", nx=True, px=RUNG_MILLISECONDS)
    except RedisError:
        queue.note_broker_down()
        return False


def _key(organization_id: int) -> str:
    return f"calls:{organization_id}:rung"

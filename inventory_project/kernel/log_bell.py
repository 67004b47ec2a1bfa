"""Telling whoever follows an organisation's log that it has grown: one hint after the commit, however many changes.

The log's writers know nobody who reads it. Processes that hold connections open hear every hint (`TOPIC`); for whoever
works through the log in the background a task is rung while somebody says that it listens (`listen`, again every
minute). A hint carries nothing but the organisation's id: what happened is read from the log, and one that is lost
costs its readers the time until they look by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from django.db import transaction

from inventory_project.kernel import queue
from inventory_project.kernel.redis import RedisError, client
from inventory_project.kernel.tenancy import current_organization_id

TOPIC = "log:grew"
TASK = "webhooks.serve_organization"
LISTENING_SECONDS = 60
# After so long a hint was heard by nobody.
STUCK_SECONDS = 5

# KEYS[1] somebody listens, KEYS[2] the hint that is on its way; ARGV topic, organisation, seconds it may be on its way.
_RING = """
redis.call('PUBLISH', ARGV[1], ARGV[2])
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
if redis.call('SET', KEYS[2], '1', 'NX', 'EX', ARGV[3]) then return 1 end
return 0
"""


def ring(organization_id: int) -> None:
    """Tell the readers of an organisation's log, now."""
    if queue.broker_looks_down():
        return
    with suppress(RedisError):
        keys = _listening(organization_id), _rung(organization_id)
        if client().eval(_RING, len(keys), *keys, TOPIC, organization_id, STUCK_SECONDS):
            queue.ring(TASK, organization_id=organization_id)


def ring_after_commit() -> None:
    """Tell the readers of the bound organisation's log once the present transaction is committed: once for each."""
    wanted = _Ring(current_organization_id())
    connection = transaction.get_connection()
    savepoints = set(connection.savepoint_ids)
    for needed, function, *_ in connection.run_on_commit:
        # One that hangs on a savepoint which ours does not hang on may be taken back without ours.
        if function == wanted and savepoints.issuperset(needed):
            return
    transaction.on_commit(wanted)


def answer(organization_id: int) -> None:
    """A reader is about to read: what is committed from now on rings anew."""
    with suppress(RedisError):
        client().delete(_rung(organization_id))


def listen(organization_ids: Iterable[int]) -> None:
    """Somebody follows these organisations' logs."""
    with suppress(RedisError):
        pipeline = client().pipeline(transaction=False)
        for organization_id in organization_ids:
            pipeline.set(_listening(organization_id), b"1", ex=LISTENING_SECONDS)
        pipeline.execute()


@dataclass(frozen=True, slots=True)
class _Ring:
    organization_id: int

    def __call__(self) -> None:
        ring(self.organization_id)


def _listening(organization_id: int) -> str:
    return f"log:{organization_id}:listening"


def _rung(organization_id: int) -> str:
    return f"log:{organization_id}:rung"

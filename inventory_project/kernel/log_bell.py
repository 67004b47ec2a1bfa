"""Telling whoever follows an organisation's log that it has grown: one hint after the commit, however many changes.

The log's writers know nobody who reads it. A reader says that it listens (`listen`, again every minute); while none
does, a change costs one question to Redis and no message. A hint that is lost costs the time until the reader's sweep.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from inventory_project.kernel import queue
from inventory_project.kernel.redis import RedisError, client

TASK = "webhooks.serve_organization"
LISTENING_SECONDS = 60
# After so long a hint was heard by nobody.
STUCK_SECONDS = 5

# KEYS[1] somebody listens, KEYS[2] the hint that is on its way; ARGV[1] seconds it may be.
_TOUCH = """
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
if redis.call('SET', KEYS[2], '1', 'NX', 'EX', ARGV[1]) then return 1 end
return 0
"""


def touch(organization_id: int) -> None:
    """After the log's transaction is committed."""
    if queue.broker_looks_down():
        return
    with suppress(RedisError):
        keys = _listening(organization_id), _rung(organization_id)
        if client().eval(_TOUCH, len(keys), *keys, STUCK_SECONDS):
            queue.ring(TASK, organization_id=organization_id)


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


def _listening(organization_id: int) -> str:
    return f"log:{organization_id}:listening"


def _rung(organization_id: int) -> str:
    return f"log:{organization_id}:rung"

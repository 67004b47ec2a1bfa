"""The bell of an organisation: one hint for all that waits, however many movements are accepted meanwhile.

A bell is rung when the first movement is accepted and nobody is at work; while a worker is at it, later ones only mark
the bell, and the worker looks once more before it leaves. So a busy organisation costs one message and not one a
movement. The bell is a hint: losing it costs the time until the next sweep.

Why no movement is missed: it is committed before its bell is touched, and a worker answers the bell before it reads
the lanes. A movement it did not read was committed later, and finds the bell answered: it marks it.
"""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum

from inventory_project.kernel import queue
from inventory_project.kernel.redis import RedisError, client

# After so long a rung bell was heard by nobody, and a worker at its work is no longer alive.
STUCK_SECONDS = 1.5

# KEYS[1] bell, as "<milliseconds>:<state>"; ARGV[1] milliseconds after which nobody is coming.
_TOUCH = """
local now = redis.call('TIME'); local ms = now[1] * 1000 + math.floor(now[2] / 1000)
local bell = redis.call('GET', KEYS[1])
if not bell then redis.call('SET', KEYS[1], string.format('%.0f:rung', ms), 'PX', 60000); return 'ring' end
local at, state = string.match(bell, '(%d+):(%a+)')
if ms - tonumber(at) > tonumber(ARGV[1]) then redis.call('DEL', KEYS[1]); return 'stuck' end
if state == 'answered' then redis.call('SET', KEYS[1], at .. ':marked', 'PX', 60000) end
return 'heard'
"""
_ANSWER = """
local now = redis.call('TIME'); local ms = now[1] * 1000 + math.floor(now[2] / 1000)
redis.call('SET', KEYS[1], string.format('%.0f:answered', ms), 'PX', 60000)
"""
_LEAVE = """
local bell = redis.call('GET', KEYS[1])
if bell and string.match(bell, ':marked$') then return 1 end
redis.call('DEL', KEYS[1]); return 0
"""


class Touched(StrEnum):
    """What touching a bell found."""

    RING = "ring"  # nobody is at work: somebody must be called
    HEARD = "heard"  # somebody is called or at work
    STUCK = "stuck"  # somebody was called, or at work, and does not move


def _key(organization_id: int) -> str:
    return f"lanes:{organization_id}:bell"


def touch(organization_id: int) -> Touched:
    """After a movement is committed. STUCK as well when Redis does not answer: then nobody can be called."""
    if queue.broker_looks_down():
        return Touched.STUCK
    try:
        return Touched(client().eval(_TOUCH, 1, _key(organization_id), int(STUCK_SECONDS * 1000)).decode())
    except RedisError:
        queue.note_broker_down()
        return Touched.STUCK


def answer(organization_id: int) -> None:
    """A worker is about to read the lanes."""
    with suppress(RedisError):
        client().eval(_ANSWER, 1, _key(organization_id))


def leave(organization_id: int) -> bool:
    """A worker has nothing left to do. False when more was accepted meanwhile: answer and read again."""
    try:
        return not client().eval(_LEAVE, 1, _key(organization_id))
    except RedisError:
        return True

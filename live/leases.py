"""How many connections are open in the whole installation, for each person and organisation.

Every connection holds a lease in Redis, in a sorted set of its person's and one of its organisation's. A lease ends by
itself unless the process that keeps the connection renews it, so one that dies takes its leases along and none leaks.
A Redis that comes back empty is told anew by the next renewal; while it is away each process counts its own.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import secrets
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from inventory_project.kernel.access import Access
from inventory_project.kernel.redis import RedisError, client

if TYPE_CHECKING:
    from live.hub import Hub

logger = logging.getLogger(__name__)

# KEYS the person's and the organisation's set; ARGV the lease, its seconds, and how many each set may hold.
# The clock is Redis's own, so that processes on several machines agree.
_TAKE = """
local now = redis.call('TIME')
now = now[1] + now[2] / 1e6
for n = 1, 2 do
    redis.call('ZREMRANGEBYSCORE', KEYS[n], '-inf', now)
    if redis.call('ZCARD', KEYS[n]) >= tonumber(ARGV[n + 2]) then return 0 end
end
for n = 1, 2 do
    redis.call('ZADD', KEYS[n], now + ARGV[2], ARGV[1])
    redis.call('EXPIRE', KEYS[n], math.ceil(2 * ARGV[2]))
end
return 1
"""
# KEYS a set; ARGV the seconds, and leases of it.
_RENEW = """
local now = redis.call('TIME')
local ends = now[1] + now[2] / 1e6 + ARGV[1]
for n = 2, #ARGV do redis.call('ZADD', KEYS[1], ends, ARGV[n]) end
redis.call('EXPIRE', KEYS[1], math.ceil(2 * ARGV[1]))
"""
# So many leases are renewed by one call.
MOST_AT_ONCE = 1000
# A lease outlives two renewals that fail.
RENEWALS = 3

_process = secrets.token_hex(8)
_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Lease:
    """A connection's place among those that one person, and one organisation, may have open."""

    user_id: int
    organization_id: int
    name: str

    @property
    def keys(self) -> tuple[str, str]:
        return f"live:user:{self.user_id}", f"live:organization:{self.organization_id}"


def take(access: Access) -> Lease | None:
    """A lease; None when the person or the organisation has as many connections as it may. Asks Redis."""
    lease = Lease(access.user_id, access.organization_id, f"{_process}:{next(_numbers)}")
    most = settings.LIVE_USER_CONNECTIONS, settings.LIVE_ORGANIZATION_CONNECTIONS
    try:
        taken = client().eval(_TAKE, 2, *lease.keys, lease.name, settings.LIVE_LEASE_SECONDS, *most)
    except RedisError:
        return lease
    return lease if taken else None


def renew(leases: Iterable[Lease]) -> None:
    """Keep them for another while. Raises RedisError."""
    named: dict[str, list[str]] = {}
    for lease in leases:
        for key in lease.keys:
            named.setdefault(key, []).append(lease.name)
    pipeline = client().pipeline(transaction=False)
    for key, names in named.items():
        for begin in range(0, len(names), MOST_AT_ONCE):
            pipeline.eval(_RENEW, 1, key, settings.LIVE_LEASE_SECONDS, *names[begin : begin + MOST_AT_ONCE])
    pipeline.execute()


def give_back(leases: Iterable[Lease]) -> None:
    """Free their places at once. Raises RedisError; then they end by themselves."""
    pipeline = client().pipeline(transaction=False)
    for lease in leases:
        for key in lease.keys:
            pipeline.zrem(key, lease.name)
    pipeline.execute()


class Leases:
    """Those of one process's connections. Lives in its event loop; `may_take` may be asked from any thread."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._held: set[Lease] = set()
        self._ended: list[Lease] = []
        self._of_user: Counter[int] = Counter()
        self._of_organization: Counter[int] = Counter()
        # What was given back must not be renewed after it.
        self._one_at_a_time = asyncio.Lock()
        self._renews = self._gives_back = False

    def may_take(self, access: Access) -> bool:
        """Whether this process alone has not reached a limit: all there is to go by while Redis is away."""
        return (
            self._of_user[access.user_id] < settings.LIVE_USER_CONNECTIONS
            and self._of_organization[access.organization_id] < settings.LIVE_ORGANIZATION_CONNECTIONS
        )

    def hold(self, lease: Lease) -> None:
        """Renew the lease from now on."""
        self._held.add(lease)
        self._of_user[lease.user_id] += 1
        self._of_organization[lease.organization_id] += 1
        if not self._renews:
            self._renews = True
            self._hub.start(self._renew())

    def end(self, lease: Lease) -> None:
        """The connection is over. Leases that end together are given back together."""
        self._held.discard(lease)
        self._of_user[lease.user_id] -= 1
        self._of_organization[lease.organization_id] -= 1
        self._ended.append(lease)
        if not self._gives_back:
            self._gives_back = True
            self._hub.start(self._give_back())

    async def _renew(self) -> None:
        try:
            while self._held:
                await asyncio.sleep(settings.LIVE_LEASE_SECONDS / RENEWALS)
                async with self._one_at_a_time:
                    await self._tell(renew, list(self._held))
        finally:
            self._renews = False

    async def _give_back(self) -> None:
        try:
            while self._ended:
                async with self._one_at_a_time:
                    ended, self._ended = self._ended, []
                    await self._tell(give_back, ended)
        finally:
            self._gives_back = False

    async def _tell(self, what: Callable[[Iterable[Lease]], None], leases: list[Lease]) -> None:
        try:
            await self._hub.ask(what, leases)
        except RedisError as error:
            logger.warning("leases of connections not told", extra={"error": str(error)})

"""Rate limits: the generic cell rate algorithm (GCRA) in one atomic Lua call: exactly N of many concurrent calls pass.

Without Redis each process keeps its own buckets, and leaves Redis alone for a few seconds after it failed.
"""

from __future__ import annotations

import ipaddress
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from inventory_project.kernel.access import Access
from inventory_project.kernel.redis import RedisError, client

PERIOD_SECONDS = 60.0
BREAKER_SECONDS = 3.0
# Without Redis, guessing is limited per process and not per installation: allow it a quarter.
STRICT_SHARE = 4
LOCAL_BUCKETS = 20_000

# KEYS[1] holds the bucket's theoretical arrival time; KEYS[2], when given, is a stamp to read (and to make when lost)
# in the same round trip. The server's clock decides, so web processes need not agree on the time.
GCRA = """
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local stamp = false
if KEYS[2] then
  stamp = redis.call('GET', KEYS[2])
  if not stamp then stamp = t[1] .. '.' .. t[2]; redis.call('SET', KEYS[2], stamp) end
end
local period = tonumber(ARGV[1])
local interval = period / ARGV[2]
local arrival = tonumber(redis.call('GET', KEYS[1]) or now)
if arrival < now then arrival = now end
arrival = arrival + interval
if arrival - now > period then return {0, math.ceil((arrival - now - period) / 1000), stamp} end
redis.call('SET', KEYS[1], string.format('%.0f', arrival), 'PX', math.ceil((arrival - now) / 1000))
return {1, 0, stamp}
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one call may pass, how long to wait if not, and the stamp read along (None without Redis)."""

    allowed: bool
    wait: float
    stamp: bytes | None = None


_local: dict[str, float] = {}
_local_lock = threading.Lock()
_redis_rests_until = 0.0


@lru_cache(maxsize=1)
def _script() -> Any:
    return client().register_script(GCRA)


def charge(bucket: str, limit: int, *, strict: bool = False, stamp_key: str = "") -> Verdict:
    """Take one of `limit` calls a minute out of `bucket`. `strict` allows less when Redis cannot be asked."""
    global _redis_rests_until
    if not _redis_rests():
        keys = [f"rate:{bucket}", stamp_key] if stamp_key else [f"rate:{bucket}"]
        try:
            allowed, wait, stamp = _script()(keys=keys, args=[int(PERIOD_SECONDS * 1_000_000), limit])
            return Verdict(bool(allowed), wait / 1000, stamp)
        except RedisError:
            _redis_rests_until = time.monotonic() + BREAKER_SECONDS
    return _charge_locally(bucket, max(1, limit // STRICT_SHARE) if strict else limit)


def _redis_rests() -> bool:
    """True for a moment after Redis failed: a Redis that swallows requests must not cost each of them its timeout."""
    return time.monotonic() < _redis_rests_until


def _charge_locally(bucket: str, limit: int) -> Verdict:
    with _local_lock:
        now = time.monotonic()
        if len(_local) >= LOCAL_BUCKETS:
            for name in [name for name, arrival in _local.items() if arrival <= now] or list(_local):
                del _local[name]
        arrival = max(_local.get(bucket, now), now) + PERIOD_SECONDS / limit
        if arrival - now > PERIOD_SECONDS:
            return Verdict(False, arrival - now - PERIOD_SECONDS)
        _local[bucket] = arrival
        return Verdict(True, 0.0)


def require(bucket: str, limit: int, *, strict: bool = False) -> None:
    """Charge the bucket, or raise Throttled (429 with Retry-After)."""
    verdict = charge(bucket, limit, strict=strict)
    if not verdict.allowed:
        raise refusal(verdict)


def forgive(bucket: str) -> None:
    """Empty a bucket: what was charged turned out to be legitimate."""
    with _local_lock:
        _local.pop(bucket, None)
    if _redis_rests():
        return
    with suppress(RedisError):
        client().delete(f"rate:{bucket}")


def refusal(verdict: Verdict) -> Throttled:
    return Throttled(wait=max(verdict.wait, 1), detail="Too many requests.")


def client_address(request: HttpRequest | Request) -> str:
    """The caller's address. X-Forwarded-For counts only for the hops that TRUSTED_PROXIES says are ours."""
    remote = request.META.get("REMOTE_ADDR") or ""
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    if settings.TRUSTED_PROXIES and hops:
        remote = hops[-min(settings.TRUSTED_PROXIES, len(hops))]
    return _bucket_address(remote)


def _bucket_address(text: str) -> str:
    """One bucket per IPv4 address, and per /64 of IPv6: a household owns all of its 2**64 addresses."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


class CallerThrottle(BaseThrottle):
    """Per person for sessions, per address for anonymous callers. A token was charged when it was authenticated."""

    verdict = Verdict(True, 0.0)

    def allow_request(self, request: Request, view: Any) -> bool:
        access = request.auth
        if isinstance(access, Access):
            if access.token_id is not None:
                return True
            self.verdict = charge(f"user:{access.user_id}", settings.RATE_LIMITS["token"])
        else:
            self.verdict = charge(f"address:{client_address(request)}", settings.RATE_LIMITS["address"])
        return self.verdict.allowed

    def wait(self) -> float:
        return max(self.verdict.wait, 1)

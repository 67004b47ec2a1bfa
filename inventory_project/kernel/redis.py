"""The shared Redis-protocol connection (Valkey or Redis): short timeouts, because every caller can do without it."""

from __future__ import annotations

import time
from functools import lru_cache
from typing import Any

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

RedisError = redis.RedisError

REST_SECONDS = 3.0


class _Client(redis.Redis):
    """Leaves a server alone for a few seconds after it failed.

    One request asks several times (limits, bell, cache): a server that swallows what it gets would cost it the
    timeout each time, and every later request too.
    """

    _rests_until = 0.0

    def execute_command(self, *args: Any, **options: Any) -> Any:
        if time.monotonic() < self._rests_until:
            raise redis.ConnectionError("Redis failed a moment ago and is left alone.")
        try:
            return super().execute_command(*args, **options)
        except (redis.ConnectionError, redis.TimeoutError):
            self._rests_until = time.monotonic() + REST_SECONDS
            raise


@lru_cache(maxsize=1)
def client() -> redis.Redis:
    """One pooled client a process. Callers catch `RedisError` and go on without."""
    return _Client.from_url(
        settings.REDIS_URL,
        socket_timeout=0.5,
        socket_connect_timeout=0.5,
        health_check_interval=15,
        # The library would try four times with pauses. Once more, and at once, is for a connection that a restart cut.
        retry=Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,)),
    )

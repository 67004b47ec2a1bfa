"""The shared Redis-protocol connection (Valkey or Redis): short timeouts, because every caller can do without it."""

from __future__ import annotations

from functools import lru_cache

import redis
from django.conf import settings

RedisError = redis.RedisError


@lru_cache(maxsize=1)
def client() -> redis.Redis:
    """One pooled client a process. Callers catch `RedisError` and go on without."""
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5, health_check_interval=15
    )

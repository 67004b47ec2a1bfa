"""The one subscription of a process to the wake-ups that Redis passes on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import redis.asyncio
from django.conf import settings
from redis.exceptions import RedisError

from inventory_project.kernel.log_bell import TOPIC

if TYPE_CHECKING:
    from live.hub import Hub

logger = logging.getLogger(__name__)

# A connection can die without a word: one that has not answered for so long is given up and made anew.
PROOF_SECONDS = 5.0
AGAIN_SECONDS = 1.0


class WakeListener:
    """Hears wake-ups. `hears` is False while it does not, and readers look by themselves more often."""

    def __init__(self, wake: Callable[[int | None], None]) -> None:
        self._wake = wake
        self.hears = False
        self._runs = False

    def begin(self, hub: Hub) -> None:
        if not self._runs:
            self._runs = True
            hub.start(self._run(hub))

    async def _run(self, hub: Hub) -> None:
        try:
            while hub.listeners:
                try:
                    await self._hear(hub)
                except (RedisError, OSError, TimeoutError) as error:
                    logger.warning("wake-ups not heard", extra={"error": str(error)})
                self.hears = False
                await asyncio.sleep(AGAIN_SECONDS)
        finally:
            self.hears = self._runs = False

    async def _hear(self, hub: Hub) -> None:
        connection = redis.asyncio.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=PROOF_SECONDS)
        subscription = connection.pubsub()
        try:
            await asyncio.wait_for(subscription.subscribe(TOPIC), PROOF_SECONDS)
            while hub.listeners:
                await self._one(subscription)
        finally:
            with suppress(RedisError, OSError, TimeoutError):
                await subscription.aclose()  # type: ignore[no-untyped-call]
                await connection.aclose()

    async def _one(self, subscription: Any) -> None:
        """The next message. Whoever hears nothing asks for an answer, and gives up when none comes."""
        message = await subscription.get_message(timeout=PROOF_SECONDS)
        if message is None:
            await subscription.ping()
            message = await subscription.get_message(timeout=PROOF_SECONDS)
            if message is None:
                raise TimeoutError("Redis says nothing any more.")
        if message["type"] == "subscribe":
            self.hears = True
            self._wake(None)
        elif message["type"] == "message" and message["data"].isdigit():
            self._wake(int(message["data"]))

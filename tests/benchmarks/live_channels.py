"""What sockets are compared with: Django Channels, a group for each room, through the instance's own Redis.

Runs in the rivals' environment, which has neither the product nor its settings.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qs

import django
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer
from django.conf import settings

LAYER = {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [os.environ["REDIS_URL"]]}}
settings.configure(CHANNEL_LAYERS={"default": LAYER})
django.setup()


def room_of(scope: dict[str, Any]) -> str:
    return "room-" + parse_qs(scope["query_string"].decode())["room"][0]


class Listener(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        await self.channel_layer.group_add(room_of(self.scope), self.channel_name)
        await self.accept()
        await self.send("{}")

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(room_of(self.scope), self.channel_name)

    async def told(self, event: dict[str, Any]) -> None:
        await self.send(event["text"])


_listener = Listener.as_asgi()


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await _listener(scope, receive, send)
    elif scope["type"] == "http":
        body = (await receive())["body"].decode()
        if body:
            await get_channel_layer().group_send(room_of(scope), {"type": "told", "text": body})
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

"""The ASGI door: Socket.IO, in a process of its own (docs/adr/0020)."""

from __future__ import annotations

import asyncio
import os

import django
import socketio

from inventory_project.runtime.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory_project.settings")

if os.environ.get("ONHAND_SUPERVISED"):
    die_with_parent()

django.setup()

from live.doors import say_goodbye_when_stopped  # noqa: E402
from live.hub import hub  # noqa: E402
from live.sockets.server import Server  # noqa: E402

server = Server(hub())


async def begin() -> None:
    hub().start(server.watch())
    say_goodbye_when_stopped(asyncio.get_running_loop())


application = socketio.ASGIApp(server.sio, on_startup=begin)

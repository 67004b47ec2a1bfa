"""A client's line: how much of what it was sent it has not taken yet.

The web server takes whatever it is given for a stream and keeps it until the client does, however much that is. The
kernel knows better: so the connection's own socket is looked up among the process's.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import socket
import stat
import struct
import sys
from contextlib import suppress
from ipaddress import ip_address

if sys.platform != "win32":
    import fcntl
    import termios

# Bytes on their way before the next part is sent: some for a client far away, none for one that stands still.
MOST_UNTAKEN = 64 * 1024
LOOK_SECONDS = 0.05
OPEN_FILES = "/dev/fd"
# Connecting to no address resets a connection, whoever else holds it (connect(2), AF_UNSPEC).
UNSPECIFIED = struct.pack("=H14x", socket.AF_UNSPEC)
# What macOS calls the bytes that lie unsent (its sys/socket.h).
SO_NWRITE = 0x1024


class Line:
    """One client's connection. Close it when its stream is over."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def untaken(self) -> int:
        """Bytes that the client has not acknowledged; 0 when the connection is gone."""
        try:
            if sys.platform == "darwin":
                return self._connection.getsockopt(socket.SOL_SOCKET, SO_NWRITE)
            answer = fcntl.ioctl(self._connection, termios.TIOCOUTQ, b"\0" * 4)
        except OSError:
            return 0
        return int.from_bytes(answer, sys.byteorder)

    async def taken(self) -> None:
        """Wait until the client has taken nearly everything."""
        while self.untaken() > MOST_UNTAKEN:
            await asyncio.sleep(LOOK_SECONDS)

    def cut(self) -> None:
        """End the connection at once: what was never taken is not waited for either."""
        if sys.platform == "linux":
            # A shutdown would keep it, and the web server's end of it, for as long as the client says that it is full.
            ctypes.CDLL(None).connect(self._connection.fileno(), UNSPECIFIED, len(UNSPECIFIED))
        with suppress(OSError):
            self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._connection.close()


def find(client: str) -> Line | None:
    """The line to a client ("address:port"); None where it is not to be found, as behind a Unix socket."""
    address, _, port = client.rpartition(":")
    try:
        wanted = (_plain(address.strip("[]")), int(port))
        files = sorted(map(int, os.listdir(OPEN_FILES)), reverse=True)
    except (ValueError, OSError):
        return None
    for file in files:
        with suppress(OSError):
            if stat.S_ISSOCK(os.fstat(file).st_mode) and (found := _is_line_to(file, wanted)):
                return Line(found)
    return None


def _is_line_to(file: int, wanted: tuple[str, int]) -> socket.socket | None:
    """A handle of our own on the socket, when it leads there. Raises OSError."""
    connection = socket.socket(fileno=os.dup(file))
    try:
        peer = connection.getpeername()
        if isinstance(peer, tuple) and (_plain(peer[0]), peer[1]) == wanted:
            return connection
    except OSError:
        pass
    connection.close()
    return None


def _plain(address: str) -> str:
    """An IPv4 address as such, also where it is written as an IPv6 one."""
    found = ip_address(address.partition("%")[0])
    return str(getattr(found, "ipv4_mapped", None) or found)

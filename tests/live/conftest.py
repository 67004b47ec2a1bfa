"""One web server of two processes, and one process for sockets, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.listening import socket_server, web_server

QUICK = {
    "LIVE_KEEPALIVE_SECONDS": "1",
    "LIVE_PATIENCE_SECONDS": "5",
    "LIVE_USER_CONNECTIONS": "20",
    "LIVE_LEASE_SECONDS": "6",
}


@pytest.fixture(scope="package")
def web() -> Iterator[str]:
    with socket_server(**QUICK) as live, web_server(workers=2, LIVE_URL=live, **QUICK) as address:
        yield address

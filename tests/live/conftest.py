"""One web server of two processes for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.listening import web_server


@pytest.fixture(scope="package")
def web() -> Iterator[str]:
    with web_server(workers=2) as address:
        yield address

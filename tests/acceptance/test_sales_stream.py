"""`up --demo` sells by itself: through the ledger, supervised, gone with the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.demo import Caller
from tests.support.instances import Installation, eventually

pytestmark = pytest.mark.slow
WORDS = ("manage.py", "stream_sales")


def streamed(who: Caller) -> int:
    rows = who.get("stock-movements", movement_type="sale", page_size=100)["results"]
    return sum(row["source"] == "stream" and row["status"] == "applied" for row in rows)


def test_a_demo_sells_by_itself_until_told_not_to_and_a_killed_stream_comes_back(tmp_path: Path) -> None:
    up = Installation(tmp_path / "data")
    up.extra = {"STREAMING_INTERVAL_SECONDS": "0.5", "STREAMING_SPEED": "3000"}
    up.start("--demo", "--sales")
    try:
        first = eventually(lambda: up.child(*WORDS), within=60)
        with Caller(up, "harbour-admin") as admin:
            assert eventually(lambda: streamed(admin) >= 5, within=30)
            first.kill()
            eventually(lambda: (second := up.child(*WORDS)) is not None and second.pid != first.pid, within=30)
            assert "sales ended (signal 9); starting it again." in up.said()
    finally:
        seconds = up.stop()
    assert seconds < 10
    assert up.survivors() == []
    up.start("--demo")  # the tests' own starter adds --no-sales
    try:
        assert up.child(*WORDS) is None
    finally:
        up.stop()

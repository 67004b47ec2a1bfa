"""A demo by itself and under `manage.py simulate`: a day is played through the API, the ledger holds, and it sells."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from inventory_project.runtime.instance import BASE_DIR
from tests.support.demo import Caller
from tests.support.instances import Installation, eventually, manage
from tests.support.prepared import Prepared
from tests.support.services import environment_without_instance

INVARIANTS = {
    "every accepted movement is final",
    "each key has one movement",
    "units are conserved across transfers",
    "every posted count is in the ledger",
    "verify_ledger: drift 0",
    "verify_audit: the log is whole",
}
STREAM = ("manage.py", "stream_sales")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, prepared: Prepared) -> Iterator[Installation]:
    """A demo loaded where there was none; the tour begins with one's very first start."""
    up = Installation(prepared(tmp_path_factory.mktemp("simulated") / "data")).start("--demo")
    eventually(lambda: "is ready at" in up.said(), within=120)  # the demo is loaded by then
    yield up
    up.stop()


def holding(printed: str) -> set[str]:
    return set(re.findall(r"^holds\s+(.*)$", printed, re.M))


def row(printed: str, what: str) -> list[int]:
    """Requests, accepted and refused of one line of the report."""
    found = re.search(rf"^{what}\s+(\d+)\s+(\d+)\s+(\d+)", printed, re.M)
    assert found, printed
    return [int(number) for number in found.groups()]


def test_twenty_busy_seconds_leave_the_ledger_whole(demo: Installation) -> None:
    played = manage("simulate", "--duration", "20", "--frequency", "5", "--seed", "11", root=demo.root)
    assert played.returncode == 0, played.stdout + played.stderr
    assert holding(played.stdout) == INVARIANTS
    assert row(played.stdout, "sale")[1] > 100
    for what in ("refill", "late sale", "receipt", "sent twice", "return", "transfer step", "count step"):
        assert row(played.stdout, what)[0] > 0, what
    assert row(played.stdout, "all")[2] == 0
    applied = re.search(r"In the ledger: (\d+) applied, (\d+) rejected", played.stdout)
    assert applied
    steps = row(played.stdout, "transfer step")[1] + row(played.stdout, "count step")[1]
    assert sum(map(int, applied.groups())) == row(played.stdout, "all")[1] - steps
    assert re.search(r"^Transfers: .*[1-9]\d* (closed|received)", played.stdout, re.M), played.stdout
    assert re.search(r"^Stock counts: .*[1-9]\d* posted\. [1-9]", played.stdout, re.M), played.stdout
    assert "HTTP Request" not in played.stderr
    verified = json.loads(manage("verify_ledger", "--json", root=demo.root).stdout)
    assert verified["drift"] == 0


def test_without_reset_the_stock_is_taken_as_it_is(demo: Installation) -> None:
    played = manage("simulate", "--duration", "2", "--no-reset", root=demo.root)
    assert played.returncode == 0, played.stdout + played.stderr
    assert played.stdout.count(" 0 refilled.") == 2


def test_ctrl_c_ends_the_day_early_and_still_reports(demo: Installation) -> None:
    process = subprocess.Popen(
        [sys.executable, "manage.py", "simulate", "--duration", "100", "--frequency", "3", "--no-reset"],
        cwd=BASE_DIR,
        env={**environment_without_instance(), "ONHAND_DATA_DIR": str(demo.root), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("Seed"):
            break
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    printed = process.communicate(timeout=60)[0]
    assert process.returncode == 0, printed
    assert "Ended early." in printed
    assert holding(printed) == INVARIANTS


def test_a_day_without_an_instance_is_one_sentence(demo: Installation) -> None:
    refused = manage("simulate", "--url", "http://127.0.0.1:9", "--duration", "1", root=demo.root)
    assert refused.returncode == 1
    assert "does not answer" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def streamed(who: Caller) -> int:
    rows = who.get("stock-movements", movement_type="sale", page_size=100)["results"]
    return sum(row["source"] == "stream" and row["status"] == "applied" for row in rows)


def test_a_demo_sells_by_itself_unless_told_not_to_and_a_killed_stream_comes_back(demo: Installation) -> None:
    assert demo.child(*STREAM) is None  # the tests' own starter adds --no-sales
    demo.stop()
    demo.extra = {"STREAMING_INTERVAL_SECONDS": "0.5", "STREAMING_SPEED": "3000"}
    demo.start("--demo", "--sales")
    first = eventually(lambda: demo.child(*STREAM), within=60)
    with Caller(demo, "harbour-admin") as admin:
        assert eventually(lambda: streamed(admin) >= 5, within=30)
        first.kill()
        eventually(lambda: (second := demo.child(*STREAM)) is not None and second.pid != first.pid, within=30)
        assert "sales ended (signal 9); starting it again." in demo.said()
    assert demo.stop() < 10
    assert demo.survivors() == []

"""The disk is full for a while: nobody is told a lie, and when there is room again everything goes on by itself."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.faults.test_faults import assert_kept, assert_whole
from tests.support.breaking import VALKEY, WEB, WORKER, admin
from tests.support.hands import Chain
from tests.support.instances import Installation, eventually
from tests.support.small_disks import fill, free_bytes, small_disk
from tests.support.tills import Tills

pytestmark = [pytest.mark.faults, pytest.mark.slow]

MEGABYTES = 640
FULL_SECONDS = 25.0
# What docs/operations.md promises.
RECOVERED_WITHIN = 60.0


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Installation]:
    """An installation that has a small disk for everything: data, logs, and what its supervisor says."""
    with small_disk(tmp_path, MEGABYTES) as disk:
        # A first start: what is copied has log files to spare, and the disk would not be full for PostgreSQL.
        installation = Installation(disk / "data").start()
        try:
            yield installation
        finally:
            installation.stop()


def applied_by_a_worker(chain: Chain) -> bool:
    """A movement goes the ordinary way: accepted, and applied by somebody else than its request."""
    try:
        with chain.client() as client:
            receipt = client.post("/api/stock-movements/", json=chain.movement())
            time.sleep(0.5)
            return bool(client.get(f"/api/stock-movements/{receipt.json()['id']}/").json()["applied_via"] == "worker")
    except (httpx.HTTPError, KeyError, ValueError):
        return False


def end_the_log_segment(up: Installation) -> None:
    """PostgreSQL needs a new file for its log, at once, and dies of having none."""
    with suppress(psycopg.Error), admin(up) as connection:
        for _ in range(8):
            connection.execute("SELECT pg_logical_emit_message(false, 'filling', repeat('x', 1000000))")
            connection.execute("SELECT pg_switch_wal()")


def kill(*words: str) -> Callable[[Installation], None]:
    """Whoever is started again while the disk is full has to bear it too."""

    def blow(up: Installation) -> None:
        process = up.child(*words)
        if process is not None:
            process.kill()

    return blow


def test_after_a_full_disk_everything_goes_on_by_itself_and_nothing_is_missing(
    up: Installation, pytestconfig: pytest.Config
) -> None:
    chain = Chain.register(up.address)
    seed = pytestconfig.getoption("--fault-seed")
    seed = random.SystemRandom().randrange(10**6) if seed is None else seed
    print(f"\n--fault-seed {seed}")
    tills = Tills(chain, seed, patience=300)
    started = time.monotonic()
    threads = tills.run(until=started + FULL_SECONDS + 15)
    time.sleep(5)
    before, ballast = len(tills.acknowledged), up.root.parent / "ballast"
    blows = {6.0: end_the_log_segment, 9.0: kill(*WEB), 12.0: kill(*WORKER), 15.0: kill(*VALKEY)}
    full_since = time.monotonic()
    while (now := time.monotonic() - full_since) < FULL_SECONDS:
        fill(ballast)  # what a checkpoint or a log gives back is taken again
        for at in [at for at in blows if at < now]:
            blows.pop(at)(up)
        time.sleep(0.2)
    assert up.get("/health/ready") != 200  # the database could not come back either
    assert free_bytes(up.root) < 1024 * 1024
    meanwhile = len(tills.acknowledged) - before
    ballast.unlink()
    freed = time.monotonic()
    eventually(lambda: up.get("/health/ready") == 200, within=RECOVERED_WITHIN)
    ready = time.monotonic() - freed

    eventually(lambda: applied_by_a_worker(chain), within=RECOVERED_WITHIN - ready)
    whole = time.monotonic() - freed
    for thread in threads:
        thread.join()
    print(f"{before} acknowledged before, {meanwhile} while the disk was full, {len(tills.acknowledged)} in all")
    print(f"ready after {ready:.1f} s, workers at work after {whole:.1f} s", dict(tills.seen))
    assert tills.wrong == []
    assert tills.gave_up == 0
    assert_whole(up)
    assert_kept(up, tills)
    assert up.process is not None
    assert up.process.poll() is None

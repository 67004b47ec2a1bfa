"""A whole installation under load while its parts are killed, stopped and emptied: nothing may be missing after it."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator

import pytest

from tests.support.breaking import BEAT, POSTGRES, VALKEY, WEB, WORKER, Breaker, admin, second_beat, stopped
from tests.support.count_errands import Counts
from tests.support.errands import Errands
from tests.support.hands import Chain, Hands
from tests.support.instances import Installation, eventually, manage
from tests.support.prepared import Prepared
from tests.support.purchase_errands import Purchases
from tests.support.reservation_errands import Reservations
from tests.support.tills import Tills
from tests.support.transfer_errands import Transfers

pytestmark = [pytest.mark.faults, pytest.mark.slow]


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory, prepared: Prepared) -> Iterator[Installation]:
    installation = Installation(prepared(tmp_path_factory.mktemp("faults") / "data")).start()
    yield installation
    installation.stop()


@pytest.fixture
def chain(up: Installation) -> Chain:
    eventually(lambda: up.get("/health/ready") == 200, within=60)
    return Chain.register(up.address)


def pending(up: Installation) -> int | None:
    try:
        return int(up.json("/health/lag")["pending_movements"])
    except (OSError, ValueError, KeyError):
        return None


def assert_whole(up: Installation) -> None:
    """Everything accepted became final; balances, figures and chains agree; the log is unbroken."""
    eventually(lambda: pending(up) == 0, within=60)
    verified = manage("verify_ledger", "--json", root=up.root)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert json.loads(verified.stdout)["drift"] == 0
    audited = manage("verify_audit", "--json", root=up.root)
    assert audited.returncode == 0, audited.stdout + audited.stderr
    with admin(up) as connection:
        doubles = """
            SELECT idempotency_key FROM stock_stockmovement WHERE idempotency_key IS NOT NULL
             GROUP BY organization_id, idempotency_key HAVING count(*) > 1
        """
        assert connection.execute(doubles).fetchall() == []
        orphans = """
            SELECT key FROM stock_movementkey k FULL JOIN (
                   SELECT organization_id, id, idempotency_key FROM stock_stockmovement
                    WHERE idempotency_key IS NOT NULL) m
                ON m.organization_id = k.organization_id AND m.id = k.movement_id AND m.idempotency_key = k.key
             WHERE m.id IS NULL OR k.key IS NULL
        """
        assert connection.execute(orphans).fetchall() == []


def assert_kept(up: Installation, tills: Tills) -> None:
    """Every acknowledged movement is in the ledger, as it was sent."""
    with admin(up) as connection:
        query = """
            SELECT id::text, store_id, product_id, abs(quantity), idempotency_key FROM stock_stockmovement
             WHERE organization_id = %s
        """
        found = {row[0]: row[1:] for row in connection.execute(query, [tills.chain.organization_id])}
        for key, (movement_id, body) in tills.acknowledged.items():
            sent = body.get("store", body.get("from_store")), body.get("product", body.get("product_id"))
            assert found.get(movement_id) == (*sent, body["quantity"], key), (key, movement_id, body)
        # Everybody knows how everything they sent ended, so there is nothing besides.
        assert {key for *_, key in found.values() if key} == tills.acknowledged.keys()
        lags = """
            SELECT percentile_cont(array[0.5, 0.95, 1])
                   WITHIN GROUP (ORDER BY extract(epoch FROM applied_at - recorded_at))
              FROM stock_stockmovement WHERE organization_id = %s AND kind <> 'transfer_receipt'
        """
        row = connection.execute(lags, [tills.chain.organization_id]).fetchone()
    assert row is not None
    print("accepted to final, seconds: p50 {:.3f}, p95 {:.3f}, most {:.1f}".format(*row[0]))


def seed_of(pytestconfig: pytest.Config) -> int:
    seed = pytestconfig.getoption("--fault-seed")
    seed = random.SystemRandom().randrange(10**6) if seed is None else int(seed)
    print(f"\n--fault-seed {seed}")
    return int(seed)


def play(up: Installation, seed: int, seconds: float, *hands: Hands) -> None:
    """People work while parts of the installation die; afterwards everybody has an answer to everything."""
    breaker = Breaker(up, random.Random(seed))
    with second_beat(up):
        started = time.monotonic()
        threads = [thread for each in hands for thread in each.run(until=started + seconds)]
        breaker.run(until=started + seconds - 5)
        for thread in threads:
            thread.join()
    print(dict(breaker.done))
    for each in hands:
        print(dict(each.seen))
        assert each.wrong == []
        assert each.gave_up == 0
    eventually(lambda: up.get("/health/ready") == 200, within=60)


def test_nothing_acknowledged_is_lost_or_doubled_whatever_dies(
    up: Installation, chain: Chain, pytestconfig: pytest.Config
) -> None:
    """No sale at a till, and no step of a transfer, a count, a reservation or an order beside it."""
    seed, seconds = seed_of(pytestconfig), pytestconfig.getoption("--fault-seconds")
    tills = Tills(chain, seed)
    errands = Errands(chain, seed + 1, kinds=[Transfers(), Counts(), Reservations(), Purchases.of(chain)])
    play(up, seed, seconds, tills, errands)
    print(f"{len(tills.acknowledged)} acknowledged")
    assert len(tills.acknowledged) > seconds
    assert_whole(up)
    assert_kept(up, tills)
    with admin(up) as connection:
        for kind in errands.kinds:
            print(kind.check(chain, connection))
    assert_whole(up)


def test_a_silent_valkey_costs_the_first_request_a_second_and_the_next_ones_nothing(
    up: Installation, chain: Chain
) -> None:
    valkey = eventually(lambda: up.child(*VALKEY))
    with chain.client() as client, stopped(valkey):
        took = []
        for _ in range(20):
            begun = time.monotonic()
            answer = client.post("/api/stock-movements/", json=chain.movement())
            took.append(time.monotonic() - begun)
            assert answer.status_code in (201, 202), answer.text
    print(f"first {took[0]:.2f} s, median {sorted(took)[10]:.3f} s, most {max(took):.2f} s")
    assert max(took) < 2.0
    assert sorted(took)[10] < 0.3
    assert_whole(up)


def test_without_worker_and_beat_a_poll_drives_a_movement_to_its_end(up: Installation, chain: Chain) -> None:
    worker, beat = eventually(lambda: up.child(*WORKER)), eventually(lambda: up.child(*BEAT))
    with chain.client() as client, stopped(worker, beat):
        receipt = client.post("/api/stock-movements/", json=chain.movement()).json()
        path = f"/api/stock-movements/{receipt['id']}/"
        final = eventually(lambda: (m := client.get(path).json())["status"] == "applied" and m, within=10)
    assert final["applied_via"] == "request"
    assert_whole(up)


def test_a_web_server_killed_between_commit_and_answer_replays_to_the_retry(up: Installation, chain: Chain) -> None:
    key = {"Idempotency-Key": "only-once", "Prefer": "wait=5"}
    with chain.client() as client:
        client.post("/api/stock-movements/", json=chain.movement(quantity=5), headers={"Prefer": "wait=5"})
    with admin(up) as connection:
        hold = "SELECT 1 FROM stock_stock WHERE organization_id = %s FOR UPDATE"
        with connection.transaction():
            connection.execute(hold, [chain.organization_id])
            # Accepted and committed, then waiting for the balance: now the server dies.
            impatient = Hands(chain, 1)
            with chain.client(timeout=1.0) as client:
                assert impatient.send(client, "/api/stock-movements/", chain.movement("OUT", 2), key) is None
            web = eventually(lambda: up.child(*WEB))
            web.kill()
    eventually(lambda: (now := up.child(*WEB)) and now.pid != web.pid, within=30)
    eventually(lambda: up.get("/health/ready") == 200, within=60)
    with chain.client() as client:
        answer = client.post("/api/stock-movements/", json=chain.movement("OUT", 2), headers=key)
        assert answer.headers["idempotency-replayed"] == "true"
        rows = client.get("/api/inventory/").json()["results"]
    assert_whole(up)
    assert [row["on_hand"] for row in rows] in ([3], [5])  # the sweep may be on its way
    with chain.client() as client:
        assert [row["on_hand"] for row in client.get("/api/inventory/").json()["results"]] == [3]


def test_a_read_only_database_answers_503_and_acknowledges_nothing(up: Installation, chain: Chain) -> None:
    def read_only(word: str) -> None:
        with admin(up) as connection:
            connection.execute(f"ALTER SYSTEM SET default_transaction_read_only = {word}")
            connection.execute("SELECT pg_reload_conf()")
        time.sleep(0.3)

    with chain.client() as client:
        client.post("/api/stock-movements/", json=chain.movement(quantity=5), headers={"Prefer": "wait=5"})
        read_only("on")
        try:
            single = client.post("/api/stock-movements/", json=chain.movement("OUT", 1))
            bulk = client.post("/api/stock-movements/bulk/", json=[chain.movement("OUT", 1)])
            reading = client.get("/api/inventory/")
        finally:
            with admin(up) as connection:
                connection.execute("SET default_transaction_read_only = off")
                connection.execute("ALTER SYSTEM RESET default_transaction_read_only")
                connection.execute("SELECT pg_reload_conf()")
        for answer in (single, bulk):
            assert (answer.status_code, answer.json()["code"]) == (503, "unavailable"), answer.text
            assert int(answer.headers["retry-after"]) >= 1
        assert reading.status_code == 200
        time.sleep(0.3)
        assert [row["on_hand"] for row in client.get("/api/inventory/").json()["results"]] == [5]
    assert_whole(up)


def test_a_balance_held_by_another_is_503_for_a_batch_and_accepted_for_one(up: Installation, chain: Chain) -> None:
    with chain.client(timeout=20) as client:
        client.post("/api/stock-movements/", json=chain.movement(quantity=5), headers={"Prefer": "wait=5"})
        with admin(up) as connection, connection.transaction():
            connection.execute(
                "SELECT 1 FROM stock_stock WHERE organization_id = %s FOR UPDATE", [chain.organization_id]
            )
            bulk = client.post("/api/stock-movements/bulk/", json=[chain.movement("OUT", 1)])
            single = client.post("/api/stock-movements/", json=chain.movement("OUT", 1), headers={"Prefer": "wait=5"})
        assert bulk.status_code in (409, 503), bulk.text
        assert single.status_code == 202, single.text
        path = f"/api/stock-movements/{single.json()['id']}/"
        eventually(lambda: client.get(path).json()["status"] == "applied", within=15)
        assert [row["on_hand"] for row in client.get("/api/inventory/").json()["results"]] == [4]
    assert_whole(up)


def test_postgresql_is_brought_back_with_everything_committed(up: Installation, chain: Chain) -> None:
    with chain.client() as client:
        client.post("/api/stock-movements/", json=chain.movement(quantity=5), headers={"Prefer": "wait=5"})
        eventually(lambda: up.child(*POSTGRES)).send_signal(3)
        eventually(lambda: up.get("/health/ready") == 200, within=60)
        rows = eventually(lambda: (a := client.get("/api/inventory/")).status_code == 200 and a.json()["results"])
    assert [row["on_hand"] for row in rows] == [5]
    assert_whole(up)

"""A tour of the demo as its people take it: `manage.py up --demo`, HTTP in, real worker, HTTP out."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from inventory_project.runtime.instance import BASE_DIR
from tests.live.test_sockets import connected
from tests.support.demo import Caller, history_file, logins
from tests.support.instances import Installation, eventually, manage
from tests.support.listening import Stream
from tests.support.receiver import receiving

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    installation = Installation(tmp_path_factory.mktemp("tour") / "data")
    installation.extra = {"WEBHOOK_ALLOW_HTTP": "true", "WEBHOOK_ALLOWED_NETWORKS": "127.0.0.0/8"}
    installation.start("--demo")
    eventually(lambda: "is ready at" in installation.said(), within=60)
    yield installation
    installation.stop()


@pytest.fixture(scope="module")
def admin(up: Installation) -> Iterator[Caller]:
    with Caller(up, "harbour-admin") as caller:
        yield caller


@pytest.fixture(scope="module")
def clerk(up: Installation) -> Iterator[Caller]:
    with Caller(up, "harbour-downtown") as caller:
        yield caller


@pytest.fixture(scope="module")
def stranger(up: Installation) -> Iterator[Caller]:
    with Caller(up, "alpine-admin") as caller:
        yield caller


def store_id(caller: Caller, code: str) -> int:
    return int(next(row["id"] for row in caller.get("stores/")["results"] if row["code"] == code))


def test_the_logins_are_private_and_cover_every_role(up: Installation) -> None:
    assert stat.S_IMODE((up.root / "demo-logins.json").stat().st_mode) == 0o600
    rows = logins(up)
    assert all(row.keys() == {"username", "password", "role", "organization", "stores"} for row in rows)
    for organization in {row["organization"] for row in rows}:
        roles = {row["role"] for row in rows if row["organization"] == organization}
        assert roles == {"admin", "manager", "staff"}
    assert len({row["organization"] for row in rows}) == 2
    assert all(row["password"] in up.said() for row in rows)


def test_the_demo_looks_like_a_shop(admin: Caller) -> None:
    stores = {row["name"]: row["kind"] for row in admin.get("stores/")["results"]}
    assert stores == {"Downtown": "shop", "Mall": "shop", "Warehouse": "warehouse", "Online": "online"}
    assert len(admin.get("products/", page_size=100)["results"]) == 60
    assert len(admin.get("categories/")["results"]) == 8
    figures = admin.get("reports/dashboard")
    assert figures["low_stock"] > 5
    assert figures["out_of_stock"] > 5
    assert sum(day["units_sold"] for day in figures["days"]) > 1000


def test_selling_receiving_and_adjusting_move_the_balance(admin: Caller) -> None:
    before = admin.on_hand()
    received = admin.move("IN", 10)
    assert (received["status"], received["balance_after"]) == ("applied", before + 10)
    assert received["applied_via"] == "worker"
    assert admin.move("OUT", 4)["balance_after"] == before + 6
    body = {"store_id": "DOWNTOWN", "product_id": "TEA-001", "delta": -1, "reason": "broken cup"}
    adjusted = admin.post("inventory/update", **body)
    assert adjusted.status_code == 201
    assert admin.on_hand() == before + 5


def test_a_sale_of_more_than_there_is_is_rejected_with_a_reason(admin: Caller) -> None:
    before = admin.on_hand()
    refused = admin.move("OUT", 1_000_000)
    assert (refused["status"], refused["rejection_code"]) == ("rejected", "insufficient_stock")
    assert "Not enough stock" in refused["reason"]
    assert admin.on_hand() == before


def test_a_transfer_moves_units_between_stores(admin: Caller) -> None:
    here, there = admin.on_hand("WAREHOUSE"), admin.on_hand("MALL")
    body: dict[str, Any] = {"from_store": "WAREHOUSE", "to_store": "MALL", "product_id": "TEA-001", "quantity": 5}
    assert admin.post("inventory/transfer", **body, reason="tour").status_code == 201
    assert (admin.on_hand("WAREHOUSE"), admin.on_hand("MALL")) == (here - 5, there + 5)


def test_movements_show_in_log_changes_and_figures(admin: Caller) -> None:
    units = admin.get("reports/dashboard")["units"]
    since = admin.end_of_changes()
    movement = admin.move("IN", 3, product="COF-001")
    assert admin.get("reports/dashboard")["units"] == units + 3
    entry = admin.get("logs", page_size=1)["results"][0]
    assert (entry["action"], entry["object_id"]) == ("stock.movement.applied", movement["id"])
    assert entry["actor"]["label"] == "harbour-admin"

    def changed() -> bool:
        return movement["id"] in [row["object_id"] for row in admin.get("changes", since=since)["results"]]

    eventually(changed, within=5)


def test_a_change_of_stock_is_told_by_every_way_with_the_same_cursor(up: Installation, admin: Caller) -> None:
    """On the web's stream, on a socket, by polling and by a webhook, while another webhook's receiver keeps silent."""
    sign_in = {"token": admin.token, "stores": [store_id(admin, "DOWNTOWN")]}
    with (
        receiving() as silent,
        receiving() as receiver,
        Stream(up.address, admin.token, "?types=stock.movement.applied") as stream,
        connected(up.address, sign_in) as socket,
    ):
        silent.manner = lambda handler: handler.never_answer()
        made = [admin.post("webhooks/", url=each.url).json()["id"] for each in (silent, receiver)]
        since = admin.end_of_changes()
        moved = [admin.move("IN", 1, product="COF-001")["id"] for _ in range(3)]

        def told() -> list[dict[str, str]]:
            by_webhook = [event for request in receiver.taken for event in request.events]
            polled = admin.get("changes", since=since)["results"]
            ways = [{row["object_id"]: row["cursor"] for row in rows} for rows in (by_webhook, polled, stream.messages)]
            return [*ways, {row["transaction_id"]: row["cursor"] for row in socket.told["inventory_update"]}]

        eventually(lambda: all(set(moved) <= way.keys() for way in told()), within=20)
        ways = [[way[movement] for movement in moved] for way in told()]
        assert ways[0] == ways[1] == ways[2] == ways[3]
        arrived = [event["object_id"] for request in receiver.taken for event in request.events]
        assert [movement for movement in arrived if movement in moved] == moved
        assert not silent.taken
        for webhook in made:
            assert admin.http.delete(f"/api/webhooks/{webhook}/").status_code == 204


def test_low_stock_lists_what_is_low_or_out(admin: Caller) -> None:
    rows = admin.get("reports/low-stock", page_size=200)["results"]
    figures = admin.get("reports/dashboard")
    assert len(rows) == figures["low_stock"] + figures["out_of_stock"]
    assert {row["status"] for row in rows} == {"low", "out"}
    assert all(row["available"] <= row["reorder_level"] for row in rows)


def test_an_empty_shelf_raises_an_alert_by_itself_and_a_receipt_closes_it(admin: Caller) -> None:
    made = admin.post("products/", sku="LAMP-1", name="Lamp", unit_cost=3, sale_price=9)
    assert made.status_code == 201, made.text
    assert admin.move("IN", 9, product="LAMP-1")["status"] == "applied"
    assert admin.get("alerts/", product="LAMP-1")["results"] == []
    assert admin.move("OUT", 9, product="LAMP-1")["applied_via"] == "worker"
    [alert] = eventually(lambda: admin.get("alerts/", product="LAMP-1")["results"], within=20)
    assert (alert["kind"], alert["available"], alert["status"]) == ("out_of_stock", 0, "open")
    admin.move("IN", 5, product="LAMP-1")
    eventually(lambda: admin.get(f"alerts/{alert['id']}/")["closed_at"], within=20)
    assert admin.get("alerts/summary")["total"] == sum(admin.get("alerts/summary")["kind"].values())


def test_the_other_company_sees_nothing_of_it(admin: Caller, stranger: Caller) -> None:
    assert {row["code"] for row in stranger.get("stores/")["results"]} == {"VALLEY", "SUMMIT"}
    # Both sell something numbered TEA-001; they are not the same thing.
    names = {who.get("products/", search="TEA-001")["results"][0]["name"] for who in (admin, stranger)}
    assert len(names) == 2
    theirs = store_id(admin, "DOWNTOWN")
    foreign, missing = (stranger.http.get(f"/api/stores/{number}/") for number in (theirs, 999_999_999))
    assert foreign.status_code == missing.status_code == 404
    assert foreign.json()["detail"] == missing.json()["detail"]
    refused = stranger.post("stock-movements/", store=theirs, product="TEA-001", movement_type="IN", quantity=1)
    assert refused.status_code == 400
    assert refused.json()["fields"] == {"store": ["No such store."]}
    assert "Harbour" not in json.dumps(stranger.get("logs", page_size=500))


def test_staff_work_in_their_own_store_only(clerk: Caller) -> None:
    assert {row["store_code"] for row in clerk.get("inventory/", page_size=500)["results"]} == {"DOWNTOWN"}
    assert clerk.move("OUT", 1)["status"] == "applied"
    refused = clerk.post("stock-movements/", store="MALL", product="TEA-001", movement_type="IN", quantity=1)
    assert refused.json()["fields"] == {"store": ["No such store."]}
    assert clerk.post("products/", sku="X", name="X").status_code == 403
    assert clerk.http.get("/api/logs").status_code == 403
    assert "unit_cost" not in clerk.get("products/", search="TEA-001")["results"][0]


def test_the_development_paths_answer_admins_of_a_demo(admin: Caller, clerk: Caller) -> None:
    echo = admin.get("test-celery")
    assert (echo["queue"], echo["worker_answered"]) == ("ok", True)
    assert admin.http.get("/api/generate-dummy-data/").status_code == 405
    assert clerk.post("generate-dummy-data").status_code == 403


def test_dummy_data_lands_in_the_callers_organization(stranger: Caller, admin: Caller) -> None:
    made = stranger.post("generate-dummy-data/", stores=1, products=3, movements=20).json()
    assert (len(made["stores"]), len(made["products"]), made["applied"] + made["rejected"]) == (1, 3, 20)
    assert made["stores"][0] in {row["code"] for row in stranger.get("stores/")["results"]}
    assert made["stores"][0] not in {row["code"] for row in admin.get("stores/")["results"]}


def test_the_readme_tour_works_as_pasted(up: Installation) -> None:
    readme = (BASE_DIR / "README.md").read_text()
    [tour] = re.findall(r"```bash\n(.*?)```", readme, re.S)
    environment = {**os.environ, "ONHAND_ADDRESS": up.address, "ONHAND_DATA_DIR": str(up.root)}
    ran = subprocess.run(["bash", "-euc", tour], env=environment, capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, "")
    received, sold, sent, inventory, low, figures, log = map(json.loads, filter(None, ran.stdout.splitlines()))
    assert {answer["status"] for answer in (received, sold, sent)} == {"applied"}
    assert sold["balance_after"] == received["balance_after"] - 2
    assert [row["sku"] for row in inventory["results"]] == ["TEA-001"] * 2
    assert [row["status"] for row in low["results"]]
    assert figures["units"] > 0
    assert log["results"][0]["action"] == "stock.movement.applied"


def test_ledger_and_log_verify(up: Installation) -> None:
    for command in ("verify_ledger", "verify_audit"):
        verified = manage(command, root=up.root)
        assert verified.returncode == 0, verified.stdout + verified.stderr


def test_a_history_file_loads_once_and_a_second_time_changes_nothing(up: Installation) -> None:
    file, rows = history_file(up.root)
    first = manage("import_history", str(file), "--create-organization", "Train", root=up.root)
    assert first.returncode == 0, first.stderr
    assert f"{rows} inserted, 0 updated, 0 unchanged" in first.stdout
    again = manage("import_history", str(file), "--organization", "train", root=up.root)
    assert f"0 inserted, 0 updated, {rows} unchanged" in again.stdout


def test_a_second_load_of_the_demo_changes_nothing(up: Installation, admin: Caller) -> None:
    before = admin.get("reports/dashboard")["units"]
    again = manage("load_demo", root=up.root)
    assert (again.returncode, again.stdout) == (0, "")
    assert admin.get("reports/dashboard")["units"] == before


def test_without_a_queue_requests_apply_and_the_receipt_says_so(up: Installation) -> None:
    up.stop()
    up.extra = {"REDIS_URL": "redis://127.0.0.1:9/0"}
    up.start("--demo")
    with Caller(up, "harbour-admin") as admin:
        before = admin.on_hand()
        sold = admin.move("OUT", 1)
        assert (sold["status"], sold["applied_via"]) == ("applied", "request")
        assert sold["balance_after"] == before - 1
        assert admin.get("test-celery")["queue"] == "unavailable"
    assert up.json("/health/ready")["status"] == "degraded"
    assert manage("verify_ledger", root=up.root).returncode == 0


def test_it_stops_within_ten_seconds_and_tells_whoever_listens_to_come_back(up: Installation, admin: Caller) -> None:
    sign_in = {"token": admin.token, "stores": [store_id(admin, "DOWNTOWN")]}
    with ExitStack() as listening:
        streams = [listening.enter_context(Stream(up.address, admin.token)) for _ in range(20)]
        sockets = [listening.enter_context(connected(up.address, sign_in)) for _ in range(4)]
        assert up.stop() < 10
        assert up.survivors() == []
        eventually(lambda: all(stream.ended.is_set() for stream in streams))
        goodbyes = [*(each.named("goodbye") for each in streams), *(each.told["goodbye"] for each in sockets)]
        assert goodbyes == [[{"reason": "restart"}]] * 24

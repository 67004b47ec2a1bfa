"""What a file holds said otherwise, after a look at the preview: it is validated anew, and nothing of it is in yet."""

from __future__ import annotations

from typing import Any

import pytest

from inventory_project.kernel import tenancy
from stock.choices import AppliedVia
from stock.models import ImportMapping, StockMovement
from stock.services.imports import jobs, running
from tests.factories.imports import carry_out, movements, read, send
from tests.factories.stock import Shop, build_shop
from tests.stock.imports.test_api import post

SALES = "Artikel,Menge,Tag,Preis,Alt\nSKU-1,2,03/04/2026,5,7\nSKU-1,x,04/04/2026,5,7\n"
MAPPING = {"sku": "Artikel", "quantity": "Menge", "date": "Tag", "price": "Alt"}


def sent(shop: Shop, **asked: Any) -> str:
    """A file of sales whose columns were named, one of them wrongly; validated."""
    job = send(shop, SALES, applies=False, kind="sales", mapping=MAPPING, **asked)
    assert (job.status, job.succeeded, job.failed) == ("ready", 1, 1)
    return f"/api/imports/{job.pk}/"


def carried_out(shop: Shop, path: str) -> dict[str, Any]:
    carry_out(shop, int(path.split("/")[3]))
    return dict(shop.client.get(path).json())


def test_a_mapping_and_an_order_of_dates_are_changed_and_the_file_is_validated_anew():
    shop = build_shop(stores=1)
    shop.post("IN", 9)
    path = sent(shop, date_format="mdy")
    assert shop.client.get(path).json()["preview"][0]["date"][:10] == "2026-03-04"
    answer = shop.client.patch(path, {"mapping": {**MAPPING, "price": "Preis"}, "date_format": "dmy"})
    assert (answer.status_code, answer.json()["status"], answer.json()["preview"]) == (202, "uploaded", [])
    said = carried_out(shop, path)
    assert (said["status"], said["kind"], said["succeeded"], said["failed"]) == ("ready", "sales", 1, 1)
    first = said["preview"][0]
    assert (first["price"], first["date"][:10]) == ("5", "2026-04-03")
    assert shop.client.post(f"{path}apply/").status_code == 202
    assert carried_out(shop, path)["status"] == "applied"
    assert movements(shop)[-1][1:] == ("sale", -2, 7)
    actions = [entry["action"] for entry in shop.client.get("/api/logs/?object_type=import").json()["results"]]
    verbs = ("uploaded", "ready", "changed", "ready", "confirmed", "applied")
    assert actions[::-1] == [f"stock.import.{verb}" for verb in verbs]


def test_the_changed_mapping_is_the_one_that_is_remembered():
    shop = build_shop(stores=1)
    shop.post("IN", 9)
    path = sent(shop)
    shop.client.patch(path, {"mapping": {**MAPPING, "price": "Preis"}})
    carried_out(shop, path)
    with tenancy.scope(shop.organization.id):
        assert ImportMapping.objects.get().mapping["price"] == "Preis"
    another = send(shop, SALES.replace("2,03", "3,03"), applies=False)
    assert (another.status, another.kind, another.found["mapping"]["price"]) == ("ready", "sales", "Preis")


def test_a_column_that_is_not_to_be_used_is_left_alone_by_the_next_file_too():
    shop = build_shop(stores=1)
    shop.post("IN", 9)
    job = send(shop, "sku,quantity,date,price\nSKU-1,2,2026-03-04,5\n", applies=False)
    assert job.found["mapping"]["price"] == "price"
    path = f"/api/imports/{job.pk}/"
    assert shop.client.patch(path, {"mapping": {"price": ""}}).status_code == 202
    said = carried_out(shop, path)
    assert (said["status"], said["asked"], said["preview"][0].get("price")) == (
        "ready",
        {"mapping": {"price": ""}},
        None,
    )
    another = send(shop, "sku,quantity,date,price\nSKU-1,2,2026-03-05,5\n", applies=False)
    assert (another.status, "price" in another.found["mapping"]) == ("ready", False)


def test_a_file_that_was_not_valid_is_given_another_kind_and_applied_at_once():
    shop = build_shop(stores=1)
    job = send(shop, "sku,quantity,date\nSKU-1,7,\nSKU-2,0,\n")
    assert (job.status, job.kind) == ("failed", "sales")
    answer = shop.client.patch(f"/api/imports/{job.pk}/", {"kind": "opening", "apply": True})
    assert answer.status_code == 202
    said = carried_out(shop, f"/api/imports/{job.pk}/")
    assert (said["status"], said["kind"], said["error"], said["failed"]) == ("applied", "opening", "", 0)
    assert shop.on_hand() == 7


def test_the_store_of_rows_that_name_none_is_changed():
    shop = build_shop(stores=2)
    job = send(shop, "sku,opening_stock\nSKU-1,7\n")
    assert job.status == "failed"
    assert shop.client.patch(f"/api/imports/{job.pk}/", {"store": "S2", "apply": True}).status_code == 202
    assert carry_out(shop, job.pk).status == "applied"
    assert (shop.on_hand(), shop.on_hand(store=1)) == (0, 7)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"mapping": {"price": "Nothing"}}, "mapping"),
        ({"mapping": "x"}, "mapping"),
        ({"store": "?"}, "store"),
        ({"kind": "unified"}, "mapping"),
        ({"date_format": "ddd"}, "date_format"),
        ({"colour": "red"}, "colour"),
        ({}, None),
    ],
)
def test_what_cannot_be_is_named_and_the_import_stays_as_it_was(body: dict[str, Any], field: str | None):
    shop = build_shop(stores=1)
    path = sent(shop)
    before = shop.client.get(path).json()
    answer = shop.client.patch(path, body)
    assert answer.status_code == 400
    assert list(answer.json().get("fields") or []) == ([field] if field else [])
    assert shop.client.get(path).json() == before


def test_what_is_applied_is_not_changed():
    shop = build_shop(stores=1)
    job = send(shop, "sku,opening_stock\nSKU-1,7\n")
    answer = shop.client.patch(f"/api/imports/{job.pk}/", {"kind": "products"})
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_import_state")
    assert read(shop, job.pk).status == "applied"


def test_a_manager_of_one_store_does_not_change_a_file_into_another():
    shop = build_shop(stores=2)
    client = shop.client_for("manager", stores=[shop.stores[0]])
    job_id = post(shop, "sku,opening_stock\nSKU-1,7\n", client).json()["id"]
    path = f"/api/imports/{job_id}/"
    carried_out(shop, path)
    for who in (client, shop.client):
        answer = who.patch(path, {"store": "S2"})
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["store"])
    colleague = shop.client_for("manager", stores=[shop.stores[0]])
    assert colleague.patch(path, {"store": "S1"}).status_code == 404


def test_what_is_confirmed_while_it_is_validated_is_applied():
    shop = build_shop(stores=1)
    job_id = post(shop, "sku,opening_stock\nSKU-1,7\n").json()["id"]
    access = shop.access()
    fetched = running._fetch(job_id, shop.organization.id)
    assert not fetched.applies_itself
    assert jobs.apply(job_id=job_id, access=access, acting_as=access.actor())
    # The worker has the job from before the confirmation in its hands.
    running._work(fetched, AppliedVia.WORKER)
    assert read(shop, job_id).status == "applied"
    with tenancy.scope(shop.organization.id):
        assert StockMovement.objects.count() == 1

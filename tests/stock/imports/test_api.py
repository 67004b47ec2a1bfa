"""Imports over HTTP, and through the command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from inventory_project.kernel import tenancy
from stock.models import ImportJob
from tests.factories.imports import carry_out
from tests.factories.stock import Shop, build_shop
from tests.stock.imports.test_unified import SAMPLE


def post(shop: Shop, body: str = SAMPLE, client: Any = None, **more: Any) -> Any:
    headers = {name: more.pop(name) for name in list(more) if name.startswith("HTTP_")}
    form = {"file": SimpleUploadedFile("pos.csv", body.encode()), **more}
    return (client or shop.client).post("/api/imports/", form, format="multipart", **headers)


def test_a_file_is_previewed_confirmed_and_undone():
    shop = build_shop(stores=1, products=0)
    sent = post(shop)
    assert (sent.status_code, sent.json()["status"]) == (202, "uploaded")
    path = f"/api/imports/{sent.json()['id']}/"
    carry_out(shop, sent.json()["id"])
    ready = shop.client.get(path).json()
    assert (ready["status"], ready["kind"], ready["succeeded"], ready["rows"]) == ("ready", "unified", 2, 2)
    assert ready["preview"][0]["product"] == "Laptop"
    assert ready["found"]["mapping"]["stock"] == "stock_after_sale"
    assert shop.client.get("/api/products/").json()["results"] == []
    assert shop.client.post(f"{path}apply/").status_code == 202
    carry_out(shop, sent.json()["id"])
    applied = shop.client.get(path).json()
    assert (applied["status"], applied["progress"]["percent"]) == ("applied", 100.0)
    assert applied["result"]["products_added"] == 2
    again = shop.client.post(f"{path}apply/")
    assert (again.status_code, again["Idempotency-Replayed"]) == (202, "true")
    assert shop.client.post(f"{path}undo/").status_code == 202
    carry_out(shop, sent.json()["id"])
    assert shop.client.get(path).json()["status"] == "undone"
    actions = [entry["action"] for entry in shop.client.get("/api/logs/?object_type=import").json()["results"]]
    assert actions[::-1] == [f"stock.import.{verb}" for verb in ("uploaded", "ready", "confirmed", "applied", "undone")]


def test_the_same_key_sends_one_file_once():
    shop = build_shop(stores=1)
    first, second = post(shop, HTTP_IDEMPOTENCY_KEY="monday"), post(shop, HTTP_IDEMPOTENCY_KEY="monday")
    assert (second.status_code, second.json()["id"]) == (200, first.json()["id"])
    other = post(shop, SAMPLE.replace("Mouse", "Cat"), HTTP_IDEMPOTENCY_KEY="monday")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"kind": "nonsense"}, "kind"),
        ({"stores": "x"}, "stores"),
        ({"mapping": "[]"}, "mapping"),
        ({"store": "?"}, "store"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(form: dict[str, str], field: str):
    shop = build_shop(stores=1)
    answer = post(shop, **form)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    with tenancy.scope(shop.organization.id):
        assert not ImportJob.objects.exists()


def test_a_file_that_is_none_is_refused_at_once():
    shop = build_shop(stores=1)
    answer = post(shop, "%PDF-1.4")
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable_file")
    assert shop.client.post("/api/imports/", {"file": "x"}, format="json").status_code == 415


def test_verbs_out_of_turn_are_refused():
    shop = build_shop(stores=1, products=0)
    path = f"/api/imports/{post(shop).json()['id']}/"
    answer = shop.client.post(f"{path}undo/")
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_import_state")


def test_a_manager_of_one_store_imports_into_that_store_only():
    shop = build_shop(stores=2)
    client = shop.client_for("manager", stores=[shop.stores[0]])
    body = "sku,store,opening_stock\nSKU-1,S1,5\nSKU-1,S2,6\nSKU-2,,7\n"
    sent = post(shop, body, client, apply="true")
    carry_out(shop, sent.json()["id"])
    said = client.get(f"/api/imports/{sent.json()['id']}/").json()
    assert (said["succeeded"], said["failed"]) == (2, 1)
    assert said["errors"][0] == {
        "line": 3, "column": "store", "value": "S2", "reason": "No such store.", "outcome": "failed",
    }  # fmt: skip
    assert (shop.on_hand(), shop.on_hand(store=1)) == (5, 0)
    colleague = shop.client_for("manager", stores=[shop.stores[0]])
    assert colleague.get(f"/api/imports/{sent.json()['id']}/").status_code == 404


def test_failed_rows_are_downloaded_as_csv():
    shop = build_shop(stores=1)
    sent = post(shop, "sku,opening_stock\nSKU-1,5\nSKU-2,many\n")
    carry_out(shop, sent.json()["id"])
    answer = shop.client.get(f"/api/imports/{sent.json()['id']}/failed-rows/")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines() == ["sku,opening_stock,error", "SKU-2,many,opening_stock: This is not a number."]
    problems = shop.client.get(f"/api/imports/{sent.json()['id']}/problems/?outcome=failed").json()["results"]
    assert [problem["line"] for problem in problems] == [3]


def test_the_command_reports_and_says_by_its_exit_code_what_became_of_the_file(tmp_path: Path, capsys):
    shop = build_shop(stores=1)
    file = tmp_path / "stock.csv"
    file.write_text("sku,opening_stock\nSKU-1,5\n")
    options = {"organization": shop.organization.slug, "quiet": True}
    call_command("import_csv", str(file), **options)
    assert "1 rows: 1 succeeded, 0 skipped, 0 failed" in capsys.readouterr().out
    call_command("import_csv", str(file), json=True, **options)
    said = json.loads(capsys.readouterr().out)
    assert (said["status"], said["succeeded"], said["skipped"]) == ("applied", 0, 1)
    file.write_text("sku,opening_stock\nSKU-1,5\nSKU-2,x\n")
    with pytest.raises(SystemExit) as ended:
        call_command("import_csv", str(file), **options)
    assert ended.value.code == 3
    file.write_text("%PDF")
    with pytest.raises(CommandError, match="a PDF document") as refused:
        call_command("import_csv", str(file), **options)
    assert refused.value.returncode == 1

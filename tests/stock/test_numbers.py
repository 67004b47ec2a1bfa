"""Papers are numbered by organisation: nobody learns from a number how busy others are."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import AuditEntry
from inventory_project.kernel import tenancy
from tests.factories.counts import plan_count, started_count
from tests.factories.exports import ask
from tests.factories.imports import csv, problems, send
from tests.factories.stock import Shop, build_shop
from tests.support.records import at_once

HEADER = "product_id,quantity,operation,date"


def labels(shop: Shop) -> set[str]:
    with tenancy.scope(shop.organization.id):
        found = AuditEntry.objects.filter(object_type__in=["count", "import", "export"])
        return set(found.values_list("object_label", flat=True))


def test_each_organisation_counts_its_own_papers_from_one() -> None:
    """The same file twice in each of two organisations: the second says which import of one's own was first."""
    file = csv(HEADER, ["SKU-1,3,add,2025-10-01"])
    for shop in (build_shop(stores=1), build_shop(stores=1)):
        for number in ("CNT-000001", "CNT-000002"):
            assert plan_count(shop, "spot", products=["SKU-1"]).get()["number"] == number
            ask(shop.client, "/api/stocks/")
        first, second = send(shop, file), send(shop, file)
        assert (first.status, first.label, second.label, second.skipped) == ("applied", "IMP-000001", "IMP-000002", 1)
        [(_, _, _, outcome)] = problems(shop, second)
        reason = shop.client.get(f"/api/imports/{second.pk}/").json()["errors"][0]["reason"]
        assert (outcome, reason) == ("skipped", "Imported before, by IMP-000001.")
        kept = [f"{kind}-{number:06d}" for kind in ("CNT", "IMP", "EXP") for number in (1, 2)]
        assert labels(shop) == set(kept)
        by_number = shop.client.get("/api/imports/", {"number": "imp-2"}).json()["results"]
        assert [row["id"] for row in by_number] == [second.pk]


def test_a_correction_because_of_a_later_count_names_the_counts_by_their_own_numbers() -> None:
    shop = build_shop()
    shop.post("IN", 10)
    earlier, later = started_count(shop, "spot"), started_count(shop, "spot")
    earlier.enter(0, 8)
    later.enter(0, 9)
    for count in (later, earlier):
        count.ok("submit")
        count.ok("approve")
    movements = shop.client.get("/api/stock-movements/", {"movement_type": "count_adjustment"}).json()["results"]
    assert sorted((m["reference"], m["delta"]) for m in movements) == [
        ("CNT-000001", -2), ("CNT-000002", -1), ("CNT-000002", 2),
    ]  # fmt: skip
    assert shop.on_hand() == 9


@pytest.mark.parametrize("path", ["counts", "imports", "transfers", "purchase-orders", "goods-receipts"])
def test_a_number_of_another_paper_chooses_nothing_and_is_refused(path: str) -> None:
    client = build_shop(stores=1, products=0).client
    assert client.get(f"/api/{path}/", {"number": "7"}).json()["results"] == []
    for wrong in ("X-000007", "seven", "7" * 12, "٧"):
        answer = client.get(f"/api/{path}/", {"number": wrong})
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["number"]), wrong


def test_people_who_plan_at_once_never_share_a_number() -> None:
    shop = build_shop()
    """And a file that is sent several times at once under one key is one import."""
    answers = at_once(*[lambda: plan_count(shop, "spot", products=["SKU-1"])] * 6)
    numbers = [count.get()["number"] for count in answers]
    assert sorted(numbers) == [f"CNT-{number:06d}" for number in range(1, 7)]

    def upload() -> Any:
        file = SimpleUploadedFile("stock.csv", b"sku,opening_stock\nSKU-1,1\n")
        return shop.client.post(
            "/api/imports/", {"file": file, "store": "S1"}, format="multipart", headers={"Idempotency-Key": "once"}
        )

    sent = at_once(*[upload] * 6)
    assert sorted(answer.status_code for answer in sent) == [200] * 5 + [202]
    assert {answer.json()["number"] for answer in sent} == {"IMP-000001"}

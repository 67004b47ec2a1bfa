"""A chain's manager through a week of lists, over HTTP alone."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

from django.test import override_settings

from inventory_project.kernel import clock
from tests.factories.accounts import build_member
from tests.factories.stock import build_shop
from tests.support.ledger import assert_whole
from tests.support.mail import post_office


def file_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


def test_from_levels_to_a_list_in_the_mailbox() -> None:
    shop = build_shop(stores=3, products=3)
    admin, manager = shop.client, shop.client_for("manager")
    for store, region in zip(shop.stores, ("North", "North", "South"), strict=True):
        admin.patch(f"/api/stores/{store.id}/", {"region": region}, format="json")
    supplier = admin.post("/api/suppliers/", {"name": "Mill"}, format="json").json()["id"]
    for product in shop.products[:2]:
        body = {"supplier": supplier, "reorder_level": 10, "order_up_to": 40}
        assert manager.patch(f"/api/products/{product.id}/", body, format="json").status_code == 200

    # A week of trade; the sale of Monday is told on Friday.
    ago = [(clock.now() - timedelta(days=days)).isoformat() for days in range(8)]
    shop.post("IN", 60, effective_at=ago[7])
    shop.post("IN", 12, product=1, effective_at=ago[6])
    shop.post("IN", 30, store=1, effective_at=ago[6])
    shop.post("OUT", 30, store=1, effective_at=ago[1])
    shop.post("IN", 5, store=2, effective_at=ago[3])
    shop.post("OUT", 4, product=1, effective_at=ago[5])

    # Who is where: by status, region and supplier together, and side by side.
    def skus(query: str) -> list[tuple[str, str]]:
        rows = manager.get(f"/api/stocks/?{query}&supplier=Mill").json()["results"]
        return [(row["store_code"], row["sku"]) for row in rows]

    assert skus("status=over") == [("S1", "SKU-1")]
    assert skus("status=low&status=out&region=north") == [("S1", "SKU-2"), ("S2", "SKU-1")]
    matrix = manager.get("/api/stocks/matrix/?region=North").json()
    states = {row["sku"]: [cell and cell["status"] for cell in row["cells"]] for row in matrix["results"]}
    assert states == {"SKU-1": ["over", "out"], "SKU-2": ["low", None]}
    figures = manager.get("/api/reports/dashboard/").json()
    assert (figures["over_stock"], figures["low_stock"], figures["out_of_stock"]) == (1, 2, 1)

    # One store keeps more of it, so it is over no more.
    row = manager.get("/api/stocks/?status=over").json()["results"][0]
    changed = manager.patch(f"/api/stocks/{row['id']}/", {"order_up_to_override": 60}, format="json").json()
    assert changed["status"] == "in_stock"

    # What moved adds up by store, in total and in the file.
    day = (clock.now() - timedelta(days=4)).date()
    report = manager.get(f"/api/reports/movements/?start_date={day}&by_kind=true").json()
    for line in [*report["results"], report["total"]]:
        assert line["opening"] + line["units_in"] - line["units_out"] == line["closing"]
    assert (report["total"]["opening"], report["total"]["closing"]) == (98, 73)
    assert report["results"][1]["out_by_kind"] == {"sale": 30}
    lines = file_of(manager.get(f"/api/reports/movements/products/?start_date={day}&format=csv"))
    assert [(line["sku"], line["closing"], line["out_sale"]) for line in lines] == [
        ("SKU-1", "65", "30"), ("SKU-2", "8", "0"),
    ]  # fmt: skip

    # The buyer and the store's own staff get the list of the first store.
    staff = build_member(shop.organization, "staff", stores=[shop.stores[0]])
    url = f"/api/mailings/{shop.stores[0].id}/"
    setting = {"is_on": True, "hour": 7, "members": [staff.pk], "emails": ["buyer@example.com"]}
    assert manager.put(url, setting, format="json").status_code == 403, "an admin vouches for a stranger's address"
    assert admin.put(url, setting, format="json").status_code == 200
    with post_office() as post, override_settings(**post.settings()):
        assert manager.post(f"{url}send/").json()["rows"] == 1
    [(to, letter)] = post.letters
    assert to == [staff.user.email, "buyer@example.com"]
    assert letter["Subject"] == "Store 1: 1 low"

    # Another company has nothing to do with any of it.
    stranger = build_shop(stores=0, products=0).client
    assert stranger.get(url).status_code == stranger.post(f"{url}send/").status_code == 404
    assert stranger.get("/api/stocks/matrix/").json()["results"] == []
    assert_whole(shop)

"""How many statements each list costs: the same for one row as for thirty, and no more than was agreed.

The budgets are in query_budgets.json. A change is made on purpose: RECORD_QUERY_BUDGETS=1 writes the file anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from forecasting.services import alert_reviews, proposals
from inventory_project.kernel import redis
from inventory_project.kernel.access import SYSTEM
from tests.factories.accounts import build_token, unique
from tests.factories.catalog import build_category, build_product, build_supplier
from tests.factories.forecasting import forecast
from tests.factories.stock import Shop, build_shop
from tests.factories.stores import build_store
from tests.support.endpoints import endpoints
from tests.support.statements import statements_sent
from tests.walls.cases import ANYONE, CASES, Case

BUDGETS = Path(__file__).with_name("query_budgets.json")
FEW, MANY = 1, 30
# Always files; so many entries are more than one page of reading.
LONG_FILES = {"log-download"}
LISTS = [
    endpoint
    for endpoint in endpoints()
    if endpoint.method == "get"
    and CASES.get(endpoint.key, Case(ANYONE)).area
    and "{id}" not in endpoint.template
    # A list that must be told a store has a budget in its own room's tests.
    and CASES[endpoint.key].status == 200
]


def fill(shop: Shop, rows: int) -> None:
    """So many rows in every list."""
    organization = shop.organization
    for _ in range(rows):
        category, supplier = build_category(organization), build_supplier(organization)
        store = build_store(organization)
        product = build_product(
            organization, category=category, supplier=supplier, barcodes=[{"code": unique("B"), "units": 1}]
        )
        member = shop.client_for("staff", stores=[store])
        assert member.get("/api/stores/").status_code == 200
        build_token(shop.admin)
        body = {"store": store.id, "product": product.pk, "movement_type": "IN", "quantity": 2}
        assert shop.client.post("/api/stock-movements/bulk/", [body]).json()["applied"] == 1
        ends = {"from_store": store.id, "to_store": build_store(organization).id}
        lines = [{"product": product.pk, "quantity": 1}]
        transfer = shop.client.post("/api/transfers/", {**ends, "lines": lines}).json()
        for step in ("request", "dispatch"):
            assert shop.client.post(f"/api/transfers/{transfer['id']}/{step}/").status_code == 200
        promise = {"store": store.id, "lines": lines}
        assert shop.client.post("/api/reservations/", promise).status_code == 201
        order = shop.client.post("/api/purchase-orders/", {**promise, "supplier": supplier.pk}).json()
        for step in ("send", "receive"):
            assert shop.client.post(f"/api/purchase-orders/{order['id']}/{step}/").status_code == 200
        policy = {"scope": "product", "store": store.id, "product": product.pk}
        policy |= {"kind": "min_max", "least": 100, "most": 200}
        assert shop.client.post("/api/restock/policies/", policy).status_code == 201
        mailed = {"is_on": True, "hour": 7, "emails": [f"{unique('x')}@example.com"]}
        assert shop.client.put(f"/api/mailings/{store.id}/", mailed).status_code == 200
        invited = shop.client.post("/api/invitations/", {"email": f"{unique('x')}@example.com", "role": "staff"})
        assert invited.status_code == 201
        url = f"https://{unique('x')}.example/"
        if (hook := shop.client.post("/api/webhooks/", {"url": url})).status_code == 201:  # twenty at most
            assert shop.client.post(f"/api/webhooks/{hook.json()['id']}/test/").status_code == 202
        file = SimpleUploadedFile("stock.csv", f"sku,opening_stock\n{product.sku},1\n".encode())
        sent = shop.client.post("/api/imports/", {"file": file, "store": store.code}, format="multipart")
        assert sent.status_code == 202
    forecast(shop)
    proposal = proposals.request(organization_id=organization.id, acting_as=SYSTEM)
    assert proposals.work(organization_id=organization.id, proposal_id=proposal)
    assert not alert_reviews.review(organization_id=organization.id)


@pytest.fixture(scope="module")
def small() -> Shop:
    shop = build_shop(stores=0, products=0)
    fill(shop, FEW)
    return shop


@pytest.fixture(scope="module")
def large() -> Shop:
    shop = build_shop(stores=0, products=0)
    fill(shop, MANY)
    return shop


def statements(client: APIClient, path: str) -> list[str]:
    """The SQL of one request with no answer remembered."""
    read(client, path)
    for topic in ("dashboard", "dashboard-days", "reference"):
        for key in redis.client().scan_iter(f"cache:*:{topic}:*:*", count=1000):
            redis.client().delete(key)
    with statements_sent() as sent:
        read(client, path)
    return sent


def read(client: APIClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content
    if answer.streaming:
        list(answer.streaming_content)
    return answer


def budgets() -> dict[str, int]:
    return json.loads(BUDGETS.read_text()) if BUDGETS.exists() else {}


def record(name: str, count: int) -> None:
    BUDGETS.write_text(json.dumps(dict(sorted({**budgets(), name: count}.items())), indent=2) + "\n")


@pytest.mark.parametrize("endpoint", LISTS, ids=lambda e: e.name)
def test_a_list_costs_as_many_statements_for_one_row_as_for_thirty(endpoint: Any, small: Shop, large: Shop):
    few, many = statements(small.client, endpoint.path()), statements(large.client, endpoint.path())
    pages = 1 if endpoint.name in LONG_FILES else 0
    assert len(few) <= len(many) <= len(few) + pages, "\n".join(many)
    if os.environ.get("RECORD_QUERY_BUDGETS"):
        record(endpoint.name, len(many))
    assert len(many) <= budgets()[endpoint.name], "\n".join(many)


def test_every_list_has_a_budget_and_every_budget_a_list():
    assert budgets().keys() == {endpoint.name for endpoint in LISTS}


FILTERED = [
    "products/?search=Product&category=1&ordering=name",
    "stocks/?search=Product&status=low&ordering=sku",
    "stocks/?as_of=2026-11-01&search=Product&ordering=sku",
    "stocks/?as_of=2026-11-01T00:00:00Z&known_at=2026-11-01T00:00:00Z",
    "inventory/?search=Product&store_id={store}",
    "stock-movements/?product=1&movement_type=IN",
    "logs/?action=catalog.&store=1",
]


@pytest.mark.parametrize("path", FILTERED)
def test_filters_add_no_statements(path: str, large: Shop):
    name, _, query = path.format(store=large.client.get("/api/stores/").json()["results"][0]["id"]).partition("?")
    asked = [each for each in query.split("&") if each.startswith(("as_of", "known_at"))]  # another question
    plain = statements(large.client, f"/api/{name}?{'&'.join(asked)}")
    assert len(statements(large.client, f"/api/{name}?{query}")) <= len(plain) + 1


def test_thirty_rows_were_really_there(large: Shop):
    for path in (
        "products/",
        "stores/",
        "categories/",
        "suppliers/",
        "members/",
        "tokens/",
        "invitations/",
        "stocks/",
        "forecasts/",
        "alerts/",
    ):
        assert len(large.client.get(f"/api/{path}").json()["results"]) >= MANY, path

"""Who may not see costs sees none: no key that names one, and not the number itself, wherever it may hide."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.factories.accounts import build_token
from tests.support.companies import COST, Company, build_company, client_of, leaks
from tests.support.endpoints import endpoints
from tests.walls.cases import ANYONE, CASES, Caller, Case, fresh_record

COST_WORDS = ("cost", "margin")
# The right itself may be named: it tells the dashboard what to draw.
# The right itself, and whether a webhook has it.
THE_RIGHT = ("sees_costs", "includes_costs")
ENDPOINTS = [endpoint for endpoint in endpoints() if CASES.get(endpoint.key, Case(ANYONE)).area]


@pytest.fixture(scope="module")
def company() -> Company:
    company = build_company("ours")
    for product in company.products:
        changed = company.client.patch(f"/api/products/{product.id}/", {"unit_cost": 739.1234})
        assert changed.status_code == 200, changed.content
        changed = company.client.patch(f"/api/products/{product.id}/", {"unit_cost": COST})
    return company


@pytest.fixture(scope="module", params=["staff", "manager", "admin's token without the scope"])
def caller(request: pytest.FixtureRequest, company: Company) -> Caller:
    if request.param == "staff":
        member, scopes = company.member("staff"), None
    elif request.param == "manager":
        member, scopes = company.member("manager", sees_costs=False), None
    else:
        areas = ("stock", "catalog", "stores", "audit", "reports", "accounts")
        member, scopes = company.member("admin"), [f"{area}:write" for area in areas]
    client = client_of(build_token(member, scopes=scopes))
    return Caller(request.param, client, company, member.role, member)


def keys_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


def shown_costs(answer: Any) -> list[str]:
    """Every key of the answer that names a cost, in JSON and in the cells of a file."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if not body:
        return []
    if answer["Content-Type"].startswith("text/csv"):
        found = [*csv.reader(io.StringIO(body.decode()))]
        keys = [*found[0], *(key for row in found for cell in row if cell[:1] in "{[" for key in _keys_in(cell))]
    elif answer["Content-Type"] == "text/event-stream":
        told = [line.removeprefix(b"data: ") for line in body.splitlines() if line.startswith(b"data: ")]
        keys = [key for each in told for key in keys_of(json.loads(each))]
    else:
        keys = list(keys_of(json.loads(body)))
    costs = [key for key in keys if any(word in key.lower() for word in COST_WORDS) and key not in THE_RIGHT]
    return costs + leaks(body, [COST, "739.1234"])


def _keys_in(cell: str) -> list[str]:
    return list(keys_of(json.loads(cell))) if cell else []


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda e: f"{e.method} {e.name}")
def test_no_answer_shows_a_cost(endpoint: Any, caller: Caller, company: Company):
    case = CASES[endpoint.key]
    record_id = fresh_record(case.record, caller, company) if case.record else ""
    body = case.body(company) if case.body else None
    answer = getattr(caller.client, endpoint.method)(endpoint.path(record_id), body)
    assert answer.status_code < 500
    assert shown_costs(answer) == []


@pytest.mark.parametrize(
    "path",
    [
        "products/",
        "stock-movements/",
        "purchase-orders/",
        "restock/lines/",
        "purchase-orders/?format=csv",
        "sales/?period=1y",
        "sales/aggregated/?by=product",
        "sales/metrics/",
        "reports/dashboard/",
        "reports/valuation/",
        "reports/turnover/",
        "logs/?page_size=500",
        "logs.csv",
        "changes/?limit=1000",
        "stream/?since=2020-01-01",
    ],
)
def test_who_may_see_costs_sees_them_at_the_same_places(path: str, company: Company):
    """Otherwise the tests above would prove nothing."""
    assert shown_costs(company.client.get(f"/api/{path}")) != []


@pytest.mark.parametrize(
    "path",
    ["logs/?page_size=500", "logs.csv", "changes/?limit=1000", "stream/?since=2020-01-01", "logs/?action=catalog."],
)
def test_a_log_tells_no_cost_before_or_after(path: str, caller: Caller):
    answer = caller.client.get(f"/api/{path}")
    assert answer.status_code in (200, 403)
    assert shown_costs(answer) == []


@pytest.mark.parametrize("query", ["ordering=unit_cost", "ordering=-unit_cost", "unit_cost_min=1", "unit_cost_max=100"])
def test_a_cost_is_not_told_by_order_or_filter(query: str, caller: Caller):
    assert caller.client.get(f"/api/products/?{query}").status_code in (400, 403)


def test_a_cursor_holds_no_cost(company: Company, caller: Caller):
    """A link made by somebody who may see costs, followed by somebody who may not."""
    link = company.client.get("/api/products/?ordering=unit_cost&page_size=1").json()["next"]
    assert caller.client.get(link).status_code == 400


def test_a_cost_is_not_set_by_who_may_not_see_it(company: Company, caller: Caller):
    before = company.client.get(f"/api/products/{company.products[0].id}/").json()
    answer = caller.client.patch(f"/api/products/{company.products[0].id}/", {"unit_cost": 1})
    rows = caller.client.post("/api/products/bulk/?upsert=true", [{"sku": company.products[0].sku, "unit_cost": 1}])
    assert answer.status_code == 403
    assert rows.status_code in (200, 403)
    assert company.client.get(f"/api/products/{company.products[0].id}/").json() == before


def test_a_refused_cost_is_told_to_a_client(company: Company):
    client: APIClient = company.client_for("admin", scopes=["catalog:write"])
    answer = client.patch(f"/api/products/{company.products[0].id}/", {"unit_cost": 1})
    assert answer.json()["fields"] == {"unit_cost": ["Needs the right to see costs."]}

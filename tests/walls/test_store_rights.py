"""A caller limited to one store neither sees nor changes another, through any door."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from inventory_project.kernel import tenancy
from stock.models import Stock
from tests.support.companies import FAR, Company, build_company, leaks
from tests.support.world_state import state_of

SAME_REQUEST = {"HTTP_X_REQUEST_ID": "the-same-request"}
NO_STORE = 999_999_999_999


@pytest.fixture(scope="module")
def company() -> Company:
    return build_company("ours")


@pytest.fixture(scope="module")
def stranger() -> Company:
    return build_company("theirs")


@pytest.fixture(scope="module")
def staff(company: Company) -> APIClient:
    return company.client_for("staff", limited=True)


@pytest.fixture(scope="module")
def manager(company: Company) -> APIClient:
    return company.client_for("manager", limited=True)


@pytest.fixture(scope="module")
def narrowed(company: Company) -> APIClient:
    """An admin's token that was narrowed to the near store."""
    return company.client_for("admin", store_ids=[company.near.id])


@pytest.fixture(params=["staff", "manager", "narrowed"])
def limited(request: pytest.FixtureRequest) -> APIClient:
    client: APIClient = request.getfixturevalue(request.param)
    return client


def read(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


LISTS = [
    "stores/",
    "inventory/",
    "stocks/",
    "stocks/?as_of=2026-11-01",
    "stocks/?known_at=2026-11-01T00:00:00Z",
    "stock-movements/",
    "stock-movements/?status=accepted",
    "transactions/",
    "transfers/",
    "transfers/unsettled/",
    "transfers/in-transit/",
    "transfers/in-transit/?direction=out",
    "reservations/",
    "restock/policies/",
    "restock/lines/",
    "alerts/",
    "purchase-orders/",
    "purchase-orders/?format=csv",
    "goods-receipts/",
    "reports/low-stock/",
    "reports/dashboard/",
    "forecasts/",
    "forecasts/accuracy/?by=store",
    "sales/predictions/?by=store",
    "reports/stock/",
    "sales/",
    "sales/aggregated/?by=store",
    "sales/aggregated/?by=store&format=csv",
    "sales/?format=csv",
    "reports/stock/?format=csv",
    "reports/valuation/",
    "reports/valuation/?by=store",
    "reports/valuation/?format=csv",
    "reports/valuation/?format=html",
    "reports/ageing/",
    "reports/turnover/?by=store",
    "reports/days-of-cover/",
    "reports/sell-through/",
    "reports/transfers-in-transit/",
    "reports/movements/?by_kind=true",
    "reports/movements/?format=csv",
    "stocks/?format=csv",
    "stocks/matrix/",
    "stocks/matrix/?format=csv",
    "mailings/",
    "changes/?limit=1000",
    "stream/?since=2020-01-01",
    "logs/?page_size=500",
    "logs.csv",
    "logs/?format=csv",
    "products/",
    "tokens/",
]


@pytest.mark.parametrize("path", LISTS)
def test_no_list_or_file_names_the_other_store(path: str, company: Company, limited: APIClient):
    everything = read(company.client.get(f"/api/{path}"))
    answer = limited.get(f"/api/{path}")
    assert answer.status_code in (200, 403)
    assert leaks(read(answer), [FAR]) == []
    assert leaks(everything, [FAR]) or path in ("reports/dashboard/", "products/", "tokens/"), "nothing to leak here"


@pytest.mark.parametrize(
    "path",
    [
        "inventory/?store_id={far}",
        "inventory/?store={code}",
        "stocks/?store={far}",
        "stocks/?store={far}&as_of=2026-11-01",
        "stocks/?search={code}&known_at=2026-11-01T00:00:00Z",
        "stocks/?search={code}",
        "stock-movements/?store={far}",
        "stock-movements/?store_id={code}&status=accepted",
        "stock-movements/?reference={code}",
        "transactions/?store={code}",
        "transfers/?store={far}",
        "transfers/?from_store={code}",
        "transfers/unsettled/?store={code}",
        "transfers/in-transit/?direction=out&store={far}",
        "purchase-orders/?store={far}",
        "restock/policies/?store={far}",
        "restock/lines/?store={far}",
        "alerts/?store={far}",
        "restock/lines/?store={code}",
        "purchase-orders/?reference={code}",
        "goods-receipts/?store={code}",
        "reports/low-stock/?store={far}",
        "stores/?search={code}",
        "stores/?code={code}",
        "stores/?region={code}",
        "changes/?store={far}",
        "logs/?store={far}",
        "logs/?object_type=store&object_id={far}",
    ],
)
def test_asking_for_the_other_store_gives_nothing(path: str, company: Company, limited: APIClient):
    answer = limited.get(f"/api/{path.format(far=company.far.id, code=company.far.code)}")
    assert answer.status_code in (200, 400, 403)
    assert answer.json().get("results", []) == []


OF_A_STORE = [
    "inventory/?store={}", "inventory/?store_id={}", "stocks/?store={}", "stocks/?store={}&as_of=2026-11-01",
    "stocks/matrix/?store={}", "stock-movements/?store={}", "stock-movements/?store_id={}&status=accepted",
    "transactions/?store={}", "transfers/in-transit/?store={}", "transfers/in-transit/?direction=out&store={}",
    "counts/?store={}", "counts/due/?store={}", "counts/accuracy/?store={}", "reservations/?store={}",
    "reports/low-stock/?store={}", "reports/dashboard/?store={}", "reports/stock/?store={}",
    "reports/movements/?store={}", "movements/timeline/?store={}", "sales/?store={}", "sales/metrics/?store={}",
]  # fmt: skip
# Of a transfer, the other end may be a store the caller does not see.
OF_AN_END = [
    "transfers/?store={}",
    "transfers/?from_store={}",
    "transfers/?to_store={}",
    "transfers/unsettled/?store={}",
]


@pytest.mark.parametrize("path", OF_A_STORE + OF_AN_END)
def test_a_list_of_an_unknown_store_says_so(path: str, company: Company, stranger: Company):
    answers = [
        company.client.get(f"/api/{path.format(name)}", **SAME_REQUEST)
        for name in (NO_STORE, stranger.near.id, "NO-SUCH-STORE", "²", "9" * 30)
    ]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(400, "unknown_store")] * 5
    assert len({answer.content for answer in answers}) == 1, "byte for byte"
    [field] = answers[0].json()["fields"]
    assert f"{field}={{}}" in path
    own = company.client.get(f"/api/{path.format(company.near.code.lower())}")
    assert own.status_code == 200


@pytest.mark.parametrize("path", OF_A_STORE)
def test_the_other_store_is_as_unknown_to_a_list(path: str, company: Company, limited: APIClient):
    names = company.far.id, company.far.code, NO_STORE
    answers = [limited.get(f"/api/{path.format(name)}", **SAME_REQUEST) for name in names]
    assert answers[0].status_code in (400, 403)
    assert len({answer.content for answer in answers}) == 1, "byte for byte"


def test_figures_are_those_of_the_own_store(company: Company, limited: APIClient):
    with tenancy.scope(company.organization.id):
        on_hand = sum(stock.on_hand for stock in Stock.objects.filter(store=company.near))
        everywhere = sum(stock.on_hand for stock in Stock.objects.all())
    assert company.client.get("/api/reports/dashboard/").json()["units"] == float(everywhere)
    figures = limited.get("/api/reports/dashboard/").json()
    assert (figures["units"], figures["stores"]) == (float(on_hand), 1)


Request = Callable[[APIClient, Company, int], Any]


def _movement(company: Company, store: int, **more: Any) -> dict[str, Any]:
    return {"store": store, "product": company.products[0].id, "movement_type": "IN", "quantity": 1, **more}


def _transfer(company: Company, source: int, target: int) -> dict[str, Any]:
    return {"from_store": source, "to_store": target, "product_id": company.products[0].id, "quantity": 1}


# Each names a store in its body or query. The other store must be answered as one that does not exist.
def _lines(company: Company, store: int) -> dict[str, Any]:
    return {"store": store, "lines": [{"product": company.products[0].id, "quantity": 1}]}


NAMING_A_STORE: dict[str, Request] = {
    "a movement": lambda client, company, store: client.post(
        "/api/stock-movements/", _movement(company, store), **SAME_REQUEST
    ),
    "movements in bulk": lambda client, company, store: client.post(
        "/api/stock-movements/bulk/", [_movement(company, store)], **SAME_REQUEST
    ),
    "movements in bulk, all or none": lambda client, company, store: client.post(
        "/api/stock-movements/bulk/?atomic=true", [_movement(company, store)], **SAME_REQUEST
    ),
    "movements in bulk, queued": lambda client, company, store: client.post(
        "/api/stock-movements/bulk/", [_movement(company, store)], HTTP_PREFER="respond-async", **SAME_REQUEST
    ),
    "an adjustment": lambda client, company, store: client.post(
        "/api/inventory/update",
        {"store_id": store, "product_id": company.products[0].id, "delta": 1},
        **SAME_REQUEST,
    ),
    "a transfer there": lambda client, company, store: client.post(
        "/api/inventory/transfer", _transfer(company, company.near.id, store), **SAME_REQUEST
    ),
    "a transfer from there": lambda client, company, store: client.post(
        "/api/inventory/transfer", _transfer(company, store, company.near.id), **SAME_REQUEST
    ),
    "a transfer between other stores": lambda client, company, store: client.post(
        "/api/transfers/",
        {
            "from_store": store,
            "to_store": NO_STORE - 1,
            "lines": [{"product": company.products[0].id, "quantity": 1}],
        },
        **SAME_REQUEST,
    ),
    "a reservation": lambda client, company, store: client.post(
        "/api/reservations/", _lines(company, store), **SAME_REQUEST
    ),
    "goods on hold": lambda client, company, store: client.post(
        "/api/stocks/hold/", {**_lines(company, store), "bucket": "damaged"}, **SAME_REQUEST
    ),
    "goods on hold no more": lambda client, company, store: client.post(
        "/api/stocks/unhold/", {**_lines(company, store), "bucket": "damaged"}, **SAME_REQUEST
    ),
    "goods disposed of": lambda client, company, store: client.post(
        "/api/stocks/dispose/", {**_lines(company, store), "bucket": "damaged"}, **SAME_REQUEST
    ),
    "an order": lambda client, company, store: client.post(
        "/api/purchase-orders/",
        {**_lines(company, store), "supplier": company.products[0].supplier_id},
        **SAME_REQUEST,
    ),
    "the dashboard": lambda client, company, store: client.get(
        f"/api/reports/dashboard/?store={store}", **SAME_REQUEST
    ),
    "the store": lambda client, company, store: client.get(f"/api/stores/{store}/", **SAME_REQUEST),
    "a change of the store": lambda client, company, store: client.patch(
        f"/api/stores/{store}/", {"name": "mine"}, **SAME_REQUEST
    ),
    "a token for the store": lambda client, company, store: client.post(
        "/api/tokens/", {"name": "mine", "stores": [store]}, **SAME_REQUEST
    ),
}


@pytest.mark.parametrize("request_of", NAMING_A_STORE.values(), ids=NAMING_A_STORE)
def test_the_other_store_is_answered_as_one_that_does_not_exist(
    request_of: Request, company: Company, limited: APIClient
):
    before = state_of(company.organization.id)
    other, missing = (request_of(limited, company, store) for store in (company.far.id, NO_STORE))
    assert state_of(company.organization.id) == before
    assert other.status_code == missing.status_code
    assert other.content.replace(b"%d" % company.far.id, b"%d" % NO_STORE) == missing.content
    assert leaks(other.content, [FAR]) == []


def test_a_movement_of_the_other_store_is_answered_as_missing(company: Company, limited: APIClient):
    waiting = company.leave_waiting(company.far)
    final = company.move(company.far)
    missing = "00000000-0000-7000-8000-000000000000"
    for there in (waiting, final):
        for verb, path in (("get", ""), ("post", "reverse/")):
            answers = [
                getattr(limited, verb)(f"/api/stock-movements/{id}/{path}", **SAME_REQUEST) for id in (there, missing)
            ]
            assert answers[0].status_code == 404
            assert answers[0].content == answers[1].content


def test_a_transfer_between_other_stores_is_answered_as_missing(company: Company, limited: APIClient):
    there, missing = company.seen["transfer between other stores"], "00000000-0000-7000-8000-000000000000"
    verbs = ("request/", "approve/", "dispatch/", "receive/", "close/", "cancel/")
    calls = [("get", ""), ("get", "timeline/"), ("patch", ""), *(("post", verb) for verb in verbs)]
    before = state_of(company.organization.id)
    for verb, path in calls:
        answers = [getattr(limited, verb)(f"/api/transfers/{id}/{path}", **SAME_REQUEST) for id in (there, missing)]
        assert answers[0].status_code in (403, 404)
        assert answers[0].content == answers[1].content
    assert state_of(company.organization.id) == before


def test_an_order_for_the_other_store_is_answered_as_missing(company: Company, limited: APIClient):
    missing = "00000000-0000-7000-8000-000000000000"
    order, receipt = (company.seen[f"{what} {company.far.name}"] for what in ("order for", "goods receipt in"))
    verbs = ("send/", "resend/", "receive/", "close/", "cancel/")
    paths = [("get", ""), ("get", "timeline/"), ("patch", ""), ("get", "?format=html"), ("get", "?format=csv")]
    calls = [("purchase-orders", order, *call) for call in (*paths, *(("post", verb) for verb in verbs))]
    calls += [("goods-receipts", receipt, "get", ""), ("goods-receipts", receipt, "post", "reverse/")]
    before = state_of(company.organization.id)
    for noun, there, verb, path in calls:
        body = {"line": 1, "reason": "wrong"} if path == "reverse/" else None
        said = [getattr(limited, verb)(f"/api/{noun}/{id}/{path}", body, **SAME_REQUEST) for id in (there, missing)]
        assert said[0].status_code in (403, 404), (noun, verb, path)
        assert said[0].content == said[1].content
    assert state_of(company.organization.id) == before


def test_lead_times_are_measured_in_the_own_store_only(company: Company, limited: APIClient):
    supplier = company.products[0].supplier_id
    everywhere = company.client.get(f"/api/suppliers/{supplier}/lead-times/").json()["results"][0]
    own = limited.get(f"/api/suppliers/{supplier}/lead-times/").json()["results"][0]
    assert 0 < own["first_count"] < everywhere["first_count"]


def test_a_reservation_in_the_other_store_is_answered_as_missing(company: Company, limited: APIClient):
    there = company.seen[f"reservation in {company.far.name}"]
    missing = "00000000-0000-7000-8000-000000000000"
    before = state_of(company.organization.id)
    for verb, path in (("get", ""), *(("post", verb) for verb in ("extend/", "release/", "fulfil/"))):
        answers = [getattr(limited, verb)(f"/api/reservations/{id}/{path}", **SAME_REQUEST) for id in (there, missing)]
        assert answers[0].status_code == 404
        assert answers[0].content == answers[1].content
    assert state_of(company.organization.id) == before


def test_a_stock_row_of_the_other_store_is_answered_as_missing(company: Company, limited: APIClient):
    there = company.stock_id(company.far)
    for verb, body in (("get", None), ("patch", {"reorder_level_override": 1})):
        answers = [
            getattr(limited, verb)(f"/api/stocks/{id}/", body, **SAME_REQUEST) for id in (there, 999_999_999_999)
        ]
        assert answers[0].status_code in (403, 404)
        assert answers[0].content == answers[1].content


def test_a_log_entry_of_the_other_store_is_answered_as_missing(company: Company, limited: APIClient):
    there = company.client.get(f"/api/logs/?store={company.far.id}").json()["results"][0]["sequence"]
    answers = [limited.get(f"/api/logs/{number}/", **SAME_REQUEST) for number in (there, 999_999_999_999)]
    assert answers[0].status_code in (403, 404)
    assert answers[0].content == answers[1].content


def test_a_key_used_in_the_other_store_gives_no_receipt_of_it(company: Company, limited: APIClient):
    there, key = _movement(company, company.far.id), uuid.uuid4().hex
    made = company.client.post("/api/stock-movements/", there, HTTP_IDEMPOTENCY_KEY=key, HTTP_PREFER="wait=5")
    receipt = made.json()["id"]
    tries = [
        limited.post("/api/stock-movements/", there, HTTP_IDEMPOTENCY_KEY=key),
        limited.post("/api/stock-movements/", _movement(company, company.near.id), HTTP_IDEMPOTENCY_KEY=key),
        limited.post("/api/stock-movements/bulk/", [{**there, "idempotency_key": key}]),
        limited.post("/api/stock-movements/bulk/", [_movement(company, company.near.id, idempotency_key=key)]),
    ]
    assert [answer.status_code for answer in tries] == [400, 422, 200, 200]
    for answer in tries:
        assert leaks(answer.content, [receipt, FAR]) == []
    assert [answer.json()["results"][0]["status"] for answer in tries[2:]] == ["invalid", "invalid"]


def test_a_transfers_key_sent_again_gives_no_receipt_of_the_other_store(company: Company, limited: APIClient):
    body = _transfer(company, company.far.id, company.near.id)
    key = uuid.uuid4().hex
    made = company.client.post("/api/inventory/transfer", body, HTTP_IDEMPOTENCY_KEY=key)
    assert made.status_code == 201, made.content
    answer = limited.post("/api/inventory/transfer", body, HTTP_IDEMPOTENCY_KEY=key)
    assert answer.status_code == 400
    assert leaks(answer.content, [made.json()["id"], FAR]) == []


def test_of_a_transfer_the_own_leg_is_seen_and_the_other_store_is_not_named(company: Company, limited: APIClient):
    made = company.client.post("/api/inventory/transfer", _transfer(company, company.near.id, company.far.id)).json()
    listed = limited.get(f"/api/stock-movements/?transfer_id={made['transfer_id']}")
    assert [row["store"] for row in listed.json()["results"]] == [company.near.id]
    assert leaks(listed.content, [FAR]) == []
    before = state_of(company.organization.id)
    refused = limited.post(f"/api/stock-movements/{made['id']}/reverse/", {})
    assert refused.status_code == 409
    assert leaks(refused.content, [FAR]) == []
    assert state_of(company.organization.id) == before


def test_two_limited_callers_do_not_share_cached_figures(company: Company, staff: APIClient):
    far_only = company.client_for("admin", store_ids=[company.far.id])
    first, second = (client.get("/api/reports/dashboard/").json() for client in (staff, far_only))
    assert first["units"] != second["units"]

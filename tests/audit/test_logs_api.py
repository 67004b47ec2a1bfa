"""GET /api/logs/: filters, pages, CSV, and who sees what."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.api.views import LogDownloadViewSet
from inventory_project.api.files import File
from inventory_project.kernel import clock
from inventory_project.kernel.access import Actor
from tests.factories.accounts import build_organization
from tests.factories.audit import build_entry, build_movement, client_of, write_entries, write_entry

LOGS = "/api/logs/"


def labels(response) -> list[str]:
    assert response.status_code == 200, response.content
    return [row["object_label"] for row in response.json()["results"]]


@pytest.fixture(scope="module")
def organization():
    """A log of one of each: two stores, the catalogue, security."""
    organization = build_organization()
    write_entries(
        organization.id,
        [
            build_movement(object_label="sale-1", object_id=11, store_id=1, product_id=1),
            build_movement(
                object_label="sale-2", object_id=12, store_id=2, product_id=2, action="stock.movement.rejected"
            ),
            build_entry(object_label="tea", product_id=1, before={"unit_cost": 1, "sale_price": 2}),
            build_entry(object_label="shop", object_type="store", store_id=1, action="stores.store.updated"),
            build_entry(
                object_label="invited",
                object_type="invitation",
                action="accounts.member.invited",
                acting_as=Actor(9, "bilal", "request-9"),
            ),
        ],
    )
    return organization


ALL = ["invited", "shop", "tea", "sale-2", "sale-1"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("action=catalog.product.updated", ["tea"]),
        ("action=stock.", ["sale-2", "sale-1"]),
        ("action=stock.movement.rejected", ["sale-2"]),
        ("action=catalog.product", []),
        ("object_type=movement&object_id=11", ["sale-1"]),
        ("object_type=product", ["tea"]),
        ("user=9", ["invited"]),
        ("store=1", ["shop", "sale-1"]),
        ("product=1", ["tea", "sale-1"]),
        ("store=1&product=1", ["sale-1"]),
        ("request_id=request-9", ["invited"]),
        ("since=2020-01-01&until=2020-02-01", []),
        ("since=2020-01-01T00:00:00%2B02:00", ["invited", "shop", "tea", "sale-2", "sale-1"]),
    ],
)
def test_filters(organization, query: str, expected: list[str]):
    found = labels(client_of(organization).get(f"{LOGS}?{query}"))
    # Making the client's own token is in the log too.
    assert [label for label in found if label in ALL] == expected


def test_dates_are_half_open():
    organization = build_organization()
    client = client_of(organization, role="manager")
    write_entry(organization.id, object_label="tea")
    soon, before = (clock.now() + timedelta(hours=1)).isoformat(), (clock.now() - timedelta(hours=1)).isoformat()
    assert labels(client.get(LOGS, {"since": before, "until": soon})) == ["tea"]
    assert labels(client.get(LOGS, {"since": soon})) == []
    assert labels(client.get(LOGS, {"until": before})) == []


def test_pages_follow_each_other_without_gap_or_repeat():
    organization = build_organization()
    written = write_entries(organization.id, [build_entry()] * 25)
    client = client_of(organization, role="manager")
    found, url = [], f"{LOGS}?page_size=10"
    while url:
        page = client.get(url).json()
        found += [row["sequence"] for row in page["results"]]
        url = page["next"]
    assert found == written[::-1]


@pytest.mark.parametrize(
    "query",
    [
        "user=x",
        "store=0",
        "product=99999999999999999999",
        "since=yesterday",
        "page_size=0",
        "cursor=abc",
        "until=9999999",
    ],
)
def test_wrong_questions_are_refused(organization, query: str):
    response = client_of(organization).get(f"{LOGS}?{query}")
    assert response.status_code == 400
    assert list(response.json()["fields"]) == [query.split("=")[0]]


def test_one_entry_by_its_number(organization):
    client = client_of(organization)
    row = client.get(f"{LOGS}?object_type=product").json()["results"][0]
    assert client.get(f"{LOGS}{row['sequence']}/").json() == row
    assert row["actor"] == {"id": 1, "label": "amina"}


def test_foreign_and_missing_entries_answer_alike(organization):
    theirs = write_entry(build_organization().id)
    client = client_of(organization)
    foreign, missing = client.get(f"{LOGS}{theirs}"), client.get(f"{LOGS}999999999999")
    assert foreign.status_code == missing.status_code == 404
    assert {**foreign.json(), "request_id": ""} == {**missing.json(), "request_id": ""}


def test_managers_see_their_stores_and_the_catalogue_but_no_security(organization):
    assert labels(client_of(organization, role="manager").get(LOGS)) == ["shop", "tea", "sale-2", "sale-1"]


def test_staff_may_not_read_the_log(organization):
    assert client_of(organization, role="staff").get(LOGS).status_code == 403


def test_costs_are_hidden_from_who_may_not_see_them(organization):
    seeing = client_of(organization, role="manager").get(f"{LOGS}?object_type=product").json()["results"][0]
    blind = client_of(organization, role="manager", sees_costs=False)
    assert seeing["before"] == {"unit_cost": 1, "sale_price": 2}
    assert blind.get(f"{LOGS}?object_type=product").json()["results"][0]["before"] == {"sale_price": 2}
    assert "unit_cost" not in "".join(chunk.decode() for chunk in blind.get("/api/logs.csv").streaming_content)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("role", ["admin", "manager", "staff"])
@pytest.mark.parametrize("url", [LOGS, "/api/logs/1/", "/api/changes/", "/api/logs.csv"])
def test_nobody_writes(organization, url: str, role: str, method: str):
    assert getattr(client_of(organization, role=role), method)(url, {}).status_code == 405


def test_a_page_costs_a_fixed_number_of_queries():
    organization = build_organization()
    client = client_of(organization, role="manager")
    counts = []
    for _ in range(2):
        write_entries(organization.id, [build_entry()] * 20)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LOGS).status_code == 200
        counts.append(len([query for query in queries if "audit_entry" in query["sql"]]))
    assert counts == [1, 1]


def rows_of(response) -> list[dict[str, str]]:
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


def test_csv_neutralises_formulas_and_keeps_numbers():
    organization = build_organization()
    starts = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=1+1", "plain", '"quoted", text\nnext']
    write_entries(organization.id, [build_entry(object_label=text, store_id=7) for text in starts])
    rows = rows_of(client_of(organization, role="manager").get("/api/logs.csv"))[::-1]
    safe = [f"'{text}" for text in starts[:7]]
    safe[6] = "'\n'=1+1"  # also where a program makes a cell of each line
    assert [row["object_label"] for row in rows] == safe + starts[7:]
    assert {row["store_id"] for row in rows} == {"7"}


@pytest.mark.parametrize("url", ["/api/logs/?format=csv&object_type=product", "/api/logs.csv?object_type=product"])
def test_csv_takes_the_same_filters(organization, url: str):
    rows = rows_of(client_of(organization).get(url))
    assert [(row["object_label"], row["before"]) for row in rows] == [("tea", '{"unit_cost":1,"sale_price":2}')]


def test_csv_streams_more_than_one_query_can_hold(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(LogDownloadViewSet, "files", {"list": File("logs", rows_a_page=10)})
    organization = build_organization()
    written = write_entries(organization.id, [build_entry()] * 30)
    rows = rows_of(client_of(organization, role="manager").get("/api/logs.csv"))
    assert [int(row["sequence"]) for row in rows] == written[::-1]


def test_a_csv_refusal_keeps_the_error_shape(organization):
    response = client_of(organization).get("/api/logs.csv?user=x")
    assert response.status_code == 400
    assert set(response.json()) == {"code", "detail", "fields", "request_id"}


def test_the_csv_path_answers_csv_whatever_the_client_accepts(organization):
    assert rows_of(client_of(organization).get("/api/logs.csv", headers={"Accept": "application/json"}))

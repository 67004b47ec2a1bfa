"""GET /api/changes/: the polling form of the feed, by role."""

from __future__ import annotations

import pytest

from inventory_project.kernel import clock, tenancy
from stores.models import Store
from tests.factories.accounts import api_client, build_member, build_organization, build_token
from tests.factories.audit import build_entry, build_movement, client_of, write_entries

CHANGES = "/api/changes"


@pytest.fixture(scope="module")
def organization():
    organization = build_organization()
    write_entries(
        organization.id,
        [
            build_movement(object_label="here", store_id=1, after={"on_hand": 3}, detail={"unit_cost": 5}),
            build_movement(object_label="there", store_id=2),
            build_entry(object_label="tea"),
            build_entry(object_label="token", action="accounts.token.created"),
        ],
    )
    return organization


def labels(response) -> list[str]:
    assert response.status_code == 200, response.content
    known = ("here", "there", "tea", "token")
    return [row["object_label"] for row in response.json()["results"] if row["object_label"] in known]


@pytest.mark.parametrize(
    ("role", "expected"),
    [("admin", ["here", "there", "tea", "token"]), ("manager", ["here", "there", "tea"]), ("staff", ["here", "there"])],
)
def test_each_role_sees_its_part(organization, role: str, expected: list[str]):
    assert labels(client_of(organization, role=role).get(CHANGES)) == expected


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        (["stock:read"], ["here", "there"]),
        (["stock:write", "catalog:read"], ["here", "there", "tea"]),
        (["stock:read", "audit:read"], ["here", "there", "tea", "token"]),
    ],
)
def test_an_admin_s_token_sees_no_more_than_its_scopes(organization, scopes: list[str], expected: list[str]):
    token = build_token(build_member(organization, "admin"), scopes=scopes)
    assert labels(api_client(token).get(CHANGES)) == expected


def test_every_event_has_its_cursor_and_next_goes_on(organization):
    client = client_of(organization, role="staff")
    first = client.get(CHANGES, {"limit": 1}).json()
    assert first["has_more"] is True
    assert first["next"] == first["results"][0]["cursor"]
    second = client.get(CHANGES, {"since": first["next"]}).json()
    assert [row["object_label"] for row in second["results"]] == ["there"]
    assert client.get(CHANGES, {"since": second["next"]}).json()["results"] == []


def test_filters_by_store_and_type(organization):
    client = client_of(organization)
    assert labels(client.get(CHANGES, {"store": "2"})) == ["there"]
    assert labels(client.get(CHANGES, {"store": "1,2", "types": "stock."})) == ["here", "there"]
    assert labels(client.get(CHANGES, {"types": "catalog.product.updated"})) == ["tea"]


def test_a_timestamp_serves_as_a_start(organization):
    client = client_of(organization, role="staff")
    assert labels(client.get(CHANGES, {"since": "2020-01-01T00:00:00Z"})) == ["here", "there"]
    assert labels(client.get(CHANGES, {"since": clock.now().isoformat()})) == ["here", "there"]
    assert client.get(CHANGES, {"since": "now"}).json()["results"] == []


def test_costs_are_hidden_from_who_may_not_see_them(organization):
    row = client_of(organization, role="staff").get(CHANGES).json()["results"][0]
    assert (row["after"], row["detail"]) == ({"on_hand": 3}, {})


@pytest.mark.parametrize("query", ["since=x", "limit=0", "limit=1001", "store=a"])
def test_wrong_questions_are_refused(organization, query: str):
    response = client_of(organization).get(f"{CHANGES}?{query}")
    assert response.status_code == 400
    assert list(response.json()["fields"]) == [query.split("=")[0]]


def test_a_caller_limited_to_one_store_sees_no_other():
    organization = build_organization()
    with tenancy.scope(organization.id):
        store = Store.objects.create(organization=organization, code="S1", name="Shop")
    write_entries(
        organization.id,
        [
            build_movement(object_label="here", store_id=store.id),
            build_movement(object_label="there", store_id=store.id + 1),
            build_entry(object_label="tea"),
        ],
    )
    for role, expected in [("staff", ["here"]), ("manager", ["here", "tea"])]:
        client = client_of(organization, role=role, stores=[store])
        assert labels(client.get(CHANGES)) == expected
        assert labels(client.get(CHANGES, {"store": str(store.id + 1)})) == []
        if role == "manager":
            assert labels(client.get("/api/logs")) == expected[::-1]


def test_another_organisation_sees_nothing(organization):
    assert labels(client_of(build_organization()).get(CHANGES)) == []

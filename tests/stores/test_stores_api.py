"""/api/stores/: the ladder of one endpoint."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stores.models import Store
from tests.factories.accounts import build_organization
from tests.factories.stores import build_store
from tests.support.records import actions, at_once, caller, entries, sameness

DOWNTOWN = {"code": "DT", "name": "Downtown", "kind": "shop", "time_zone": "Europe/Paris", "currency": "EUR"}


def test_an_admin_opens_reads_changes_and_deletes_a_store():
    organization = build_organization()
    admin = caller(organization)
    opened = admin.post("/api/stores/", DOWNTOWN)
    assert opened.status_code == 201, opened.content
    assert opened["ETag"] == '"1"'
    store = opened.json()
    assert store | DOWNTOWN == store
    assert admin.get(f"/api/stores/{store['id']}").json() == store
    changed = admin.patch(f"/api/stores/{store['id']}/", {"name": "Old town"})
    assert (changed.status_code, changed.json()["name"], changed["ETag"]) == (200, "Old town", '"2"')
    replaced = admin.put(f"/api/stores/{store['id']}/", {"code": "DT", "name": "Down town", "region": "North"})
    assert replaced.json()["region"] == "North"
    assert admin.delete(f"/api/stores/{store['id']}/").status_code == 204
    assert admin.get(f"/api/stores/{store['id']}/").status_code == 404
    assert actions(organization, "store", store["id"]) == [
        "stores.store.created", "stores.store.updated", "stores.store.updated", "stores.store.deleted",
    ]  # fmt: skip


def test_the_log_keeps_the_changed_fields_only():
    organization = build_organization()
    store = build_store(organization, name="Mall", region="South")
    caller(organization).patch(f"/api/stores/{store.pk}/", {"name": "Mall", "region": "West"})
    last = entries(organization, "store", store.pk)[-1]
    assert (last.before, last.after, last.store_id) == ({"region": "South"}, {"region": "West"}, store.pk)


def test_a_change_that_changes_nothing_is_not_logged():
    organization = build_organization()
    store = build_store(organization, name="Mall")
    answer = caller(organization).patch(f"/api/stores/{store.pk}/", {"name": "Mall"})
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    assert actions(organization, "store", store.pk) == ["stores.store.created"]


def test_time_zone_and_currency_default_to_the_organisations():
    organization = build_organization(time_zone="Asia/Karachi", currency="PKR")
    store = caller(organization).post("/api/stores/", {"code": "K1", "name": "Saddar"}).json()
    assert (store["time_zone"], store["currency"]) == ("Asia/Karachi", "PKR")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", ""), ("code", "x" * 41), ("code", "a\tb"), ("code", None), ("code", ["a"]), ("code", {"a": 1}),
        ("name", "x" * 201), ("name", ""), ("kind", "kiosk"), ("time_zone", "Mars/Base"), ("time_zone", "localtime"),
        ("currency", "EURO"), ("currency", "ZZZ"), ("is_active", "perhaps"), ("version", "one"),
        ("location", "x" * 301), ("region", "a\nb"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_and_nothing_is_written(field, value):
    organization = build_organization()
    admin = caller(organization)
    answer = admin.post("/api/stores/", {**DOWNTOWN, field: value})
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    assert admin.get("/api/stores/").json()["results"] == []


@pytest.mark.parametrize("body", ["[]", '"text"', "3", "null", "{", '{"code": "a\\u0000", "name": "x"}'])
def test_a_body_that_is_no_store_is_refused(body):
    answer = caller(build_organization()).post("/api/stores/", body, content_type="application/json")
    assert answer.status_code == 400


def test_a_code_is_unique_whatever_its_case_but_only_in_its_organisation():
    organization, other = build_organization(), build_organization()
    build_store(organization, code="Mall")
    answer = caller(organization).post("/api/stores/", {"code": "MALL", "name": "x"})
    assert (answer.status_code, answer.json()["code"]) == (409, "already_exists")
    assert "code" in answer.json()["fields"]
    assert caller(other).post("/api/stores/", {"code": "MALL", "name": "x"}).status_code == 201


def test_of_two_stores_opened_at_once_with_one_code_one_is_refused_by_name():
    organization = build_organization()
    clients = [caller(organization) for _ in range(4)]
    answers = at_once(*[lambda c=c: c.post("/api/stores/", {"code": "one", "name": "x"}) for c in clients])
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert all("code" in answer.json()["fields"] for answer in answers if answer.status_code == 409)


@pytest.mark.parametrize(("role", "status"), [("staff", 403), ("manager", 403), ("admin", 201)])
def test_only_admins_open_stores(role, status):
    assert caller(build_organization(), role).post("/api/stores/", DOWNTOWN).status_code == status


@pytest.mark.parametrize(("role", "status"), [("staff", 403), ("manager", 403), ("admin", 204)])
def test_only_admins_delete_stores(role, status):
    organization = build_organization()
    store = build_store(organization)
    assert caller(organization, role).delete(f"/api/stores/{store.pk}/").status_code == status


def test_a_manager_edits_own_stores_and_does_not_see_the_others():
    organization = build_organization()
    own, other = build_store(organization), build_store(organization)
    manager = caller(organization, "manager", stores=[own])
    assert [row["id"] for row in manager.get("/api/stores/").json()["results"]] == [own.pk]
    assert manager.patch(f"/api/stores/{own.pk}/", {"name": "Mine"}).status_code == 200
    hidden, missing = (manager.patch(f"/api/stores/{pk}/", {"name": "x"}) for pk in (other.pk, 10**15))
    assert sameness(hidden) == sameness(missing)
    assert hidden.status_code == 404


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_another_organisations_store_answers_like_a_missing_one(method):
    organization, other = build_organization(), build_organization()
    store = build_store(other, name="Theirs")
    admin = caller(organization)
    foreign, missing = (
        getattr(admin, method)(f"/api/stores/{pk}/", {"code": "x", "name": "x"}) for pk in (store.pk, 10**15)
    )
    assert sameness(foreign) == sameness(missing)
    assert foreign.status_code == 404
    assert actions(other, "store", store.pk) == ["stores.store.created"]


def test_methods_that_are_not_offered_are_refused():
    organization = build_organization()
    admin = caller(organization)
    store = build_store(organization)
    for method, path in [("put", "/api/stores/"), ("delete", "/api/stores/"), ("post", f"/api/stores/{store.pk}/")]:
        assert getattr(admin, method)(path, {}).status_code == 405


def test_filters_search_and_ordering():
    organization = build_organization()
    admin = caller(organization)
    build_store(organization, code="A1", name="Alpha", kind="shop", region="North", location="100% Lane")
    build_store(organization, code="B1", name="Beta", kind="warehouse", region="South")
    build_store(organization, code="C1", name="Gamma", kind="online", region="north", is_active=False)

    def names(query: str) -> list[str]:
        answer = admin.get(f"/api/stores?{query}")
        assert answer.status_code == 200, answer.content
        return [row["name"] for row in answer.json()["results"]]

    assert names("kind=shop&kind=online") == ["Alpha", "Gamma"]
    assert names("region=NORTH") == ["Alpha", "Gamma"]
    assert names("is_active=false") == ["Gamma"]
    assert names("code=b1") == ["Beta"]
    assert names("search=alp nor") == ["Alpha"]
    assert names("search=%25") == ["Alpha"]
    assert names("ordering=-name") == ["Gamma", "Beta", "Alpha"]
    assert names("updated_since=2999-01-01T00:00:00Z") == []
    for wrong in (
        "kind=kiosk",
        "ordering=secret",
        "updated_since=soon",
        "search=" + "x" * 101,
        "page_size=0",
        "page_size=0000000001999",
    ):
        assert admin.get(f"/api/stores?{wrong}").status_code == 400


def test_the_list_costs_the_same_number_of_queries_for_any_page():
    organization = build_organization()
    admin = caller(organization)
    counts = []
    for _ in range(2):
        build_store(organization)
        build_store(organization)
        admin.get("/api/stores/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            admin.get("/api/stores/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 4


def test_an_edit_of_a_stale_version_is_refused():
    organization = build_organization()
    admin = caller(organization)
    url = f"/api/stores/{build_store(organization, name='First').pk}/"
    assert admin.patch(url, {"name": "Second"}, headers={"If-Match": '"1"'}).status_code == 200
    for refused in (
        admin.patch(url, {"name": "Third"}, headers={"If-Match": '"1"'}),
        admin.patch(url, {"name": "Third", "version": 1}),
        admin.patch(url, {"name": "Third", "version": 2}, headers={"If-Match": '"1"'}),
        admin.patch(url, {"name": "Third"}, headers={"If-Match": '"no-tag-of-ours"'}),
        admin.delete(url, headers={"If-Match": '"1"'}),
    ):
        assert (refused.status_code, refused.json()["code"]) == (412, "stale_version")
    assert admin.get(url).json()["name"] == "Second"
    assert admin.patch(url, {"name": "Third"}, headers={"If-Match": "*"}).status_code == 200


def test_of_edits_at_once_of_one_version_exactly_one_is_kept():
    organization = build_organization()
    clients = [caller(organization) for _ in range(5)]
    url = f"/api/stores/{build_store(organization).pk}/"
    answers = at_once(
        *[lambda c=c, n=n: c.patch(url, {"name": f"n{n}"}, headers={"If-Match": '"1"'}) for n, c in enumerate(clients)]
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412, 412]


def test_a_closed_store_is_opened_again():
    organization = build_organization()
    store = build_store(organization, is_active=False)
    answer = caller(organization).post(f"/api/stores/{store.pk}/restore")
    assert (answer.status_code, answer.json()["is_active"]) == (200, True)
    assert actions(organization, "store", store.pk)[-1] == "stores.store.restored"
    assert caller(organization, "manager").post(f"/api/stores/{store.pk}/restore/").status_code == 403


def test_the_manager_refuses_to_read_stores_outside_a_scope():
    from inventory_project.kernel.errors import NoOrganization

    with pytest.raises(NoOrganization):
        list(Store.objects.all())


@pytest.mark.parametrize(
    ("query", "named"), [("name=Mall", "name"), ("page=2", "page"), ("is_active=maybe", "is_active")]
)
def test_a_parameter_the_list_does_not_know_is_refused_and_not_ignored(query, named):
    answer = caller(build_organization()).get(f"/api/stores/?{query}")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [named])


@pytest.mark.parametrize(("word", "found"), [("true", "Open"), ("1", "Open"), ("False", "Shut"), ("0", "Shut")])
def test_stores_are_filtered_by_whether_they_are_active(word, found):
    organization = build_organization()
    build_store(organization, name="Open")
    build_store(organization, name="Shut", is_active=False)
    rows = caller(organization).get(f"/api/stores/?is_active={word}").json()["results"]
    assert [row["name"] for row in rows] == [found]

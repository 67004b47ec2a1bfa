"""/api/categories/ and /api/suppliers/: one ladder, two sets of data."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import build_organization
from tests.factories.catalog import build_category, build_supplier
from tests.support.records import actions, at_once, caller, sameness

NOUNS = pytest.mark.parametrize(("noun", "path", "build"), [
    ("category", "/api/categories/", build_category),
    ("supplier", "/api/suppliers/", build_supplier),
])  # fmt: skip


@NOUNS
def test_a_manager_adds_reads_changes_and_deletes(noun, path, build):
    organization = build_organization()
    manager = caller(organization, "manager")
    added = manager.post(path, {"name": "First"})
    assert (added.status_code, added["ETag"]) == (201, '"1"')
    url = f"{path}{added.json()['id']}/"
    assert manager.get(url.rstrip("/")).json() == added.json()
    assert manager.patch(url, {"name": "Second"}).json()["name"] == "Second"
    assert manager.put(url, {"name": "Third"}, headers={"If-Match": '"1"'}).status_code == 412
    assert manager.put(url, {"name": "Third"}).json()["version"] == 3
    assert manager.delete(url).status_code == 204
    assert actions(organization, noun, added.json()["id"]) == [
        f"catalog.{noun}.{verb}" for verb in ("created", "updated", "updated", "deleted")
    ]


@NOUNS
def test_a_remembered_list_is_never_stale_after_a_change(noun, path, build):
    organization = build_organization()
    manager, staff = caller(organization, "manager"), caller(organization, "staff")

    def names(query: str = "") -> list[str]:
        return [row["name"] for row in staff.get(f"{path}{query}").json()["results"]]

    assert names() == []
    first = manager.post(path, {"name": "First"}).json()
    assert names() == names("?page_size=500") == ["First"]
    manager.patch(f"{path}{first['id']}/", {"name": "Second"})
    assert names() == names("?page_size=500") == ["Second"]
    manager.delete(f"{path}{first['id']}/")
    assert names() == names("?page_size=500") == []


@NOUNS
def test_a_name_is_unique_whatever_its_case_also_under_a_race(noun, path, build):
    organization = build_organization()
    clients = [caller(organization) for _ in range(3)]
    answers = at_once(
        *[lambda c=c, n=n: c.post(path, {"name": n}) for c, n in zip(clients, ["ab", "AB", "aB"], strict=True)]
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert all(list(answer.json()["fields"]) == ["name"] for answer in answers if answer.status_code == 409)


@NOUNS
@pytest.mark.parametrize("value", ["", None, "x" * 201, "a\nb", "   ", [], {}])
def test_a_wrong_name_is_refused(noun, path, build, value):
    answer = caller(build_organization()).post(path, {"name": value})
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["name"])


def test_a_suppliers_fields_are_checked():
    admin = caller(build_organization())
    wrong = {"email": "no address", "lead_time_days": -1, "phone": "a\nb", "address": "x" * 501, "is_active": "perhaps"}
    answer = admin.post("/api/suppliers/", {"name": "Farm", **wrong})
    assert (answer.status_code, set(answer.json()["fields"])) == (400, set(wrong))


@NOUNS
def test_staff_read_only_and_foreign_answers_like_missing(noun, path, build):
    organization, other = build_organization(), build_organization()
    mine, theirs = build(organization), build(other)
    staff, admin = caller(organization, "staff"), caller(organization)
    assert [row["id"] for row in staff.get(path).json()["results"]] == [mine.pk]
    for method in ("post", "patch", "delete"):
        assert (
            getattr(staff, method)(path if method == "post" else f"{path}{mine.pk}/", {"name": "x"}).status_code == 403
        )
    for method in ("get", "put", "patch", "delete"):
        foreign, missing = (getattr(admin, method)(f"{path}{pk}/", {"name": "x"}) for pk in (theirs.pk, 10**15))
        assert sameness(foreign) == sameness(missing)
        assert foreign.status_code == 404
    assert admin.delete(path).status_code == 405


@NOUNS
def test_search_ordering_and_query_budget(noun, path, build):
    organization = build_organization()
    admin = caller(organization)
    for name in ("Alpha", "Beta 100%", "Gamma"):
        build(organization, name=name)
    assert [row["name"] for row in admin.get(path, {"search": "%"}).json()["results"]] == ["Beta 100%"]
    assert [row["name"] for row in admin.get(path, {"ordering": "-name"}).json()["results"]][0] == "Gamma"
    with CaptureQueriesContext(connection) as queries:
        admin.get(path)
    assert len(queries) <= 4  # BEGIN, whose organisation, the page, COMMIT

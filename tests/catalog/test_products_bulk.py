"""POST /api/products/bulk/ and the services behind imports."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Category, Product
from catalog.services import bulk
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import SYSTEM
from stores.services import stores
from tests.factories.accounts import build_organization
from tests.factories.catalog import build_category, build_product
from tests.support.records import actions, at_once, caller, entries

PATH = "/api/products/bulk/"


def verdicts(answer) -> list[tuple[str, str, list[str]]]:
    assert answer.status_code == 200, answer.content
    return [(row["status"], row["code"], list(row["fields"])) for row in answer.json()["results"]]


def test_each_row_gets_its_verdict_and_wrong_rows_do_not_stop_the_others():
    organization, other = build_organization(), build_organization()
    build_product(organization, sku="HAVE", barcodes=[{"code": "1", "units": 1}])
    category, foreign = build_category(organization), build_category(other)
    rows = [
        {
            "sku": "NEW",
            "name": "New",
            "sale_price": 2.5,
            "category": category.pk,
            "barcodes": [{"code": "9", "units": 6}],
        },
        {"sku": "have", "name": "Old"},
        {"sku": "new", "name": "Again"},
        {"sku": "NONAME"},
        {"sku": "PRICE", "name": "x", "sale_price": -1},
        {"sku": "CAT", "name": "x", "category": foreign.pk},
        {"sku": "CODE", "name": "x", "barcodes": [{"code": "1"}]},
        {"sku": "CODE2", "name": "x", "barcodes": [{"code": "9"}]},
        "text",
        {"name": "no sku"},
    ]
    manager = caller(organization, "manager")
    answer = manager.post(PATH, rows)
    assert verdicts(answer) == [
        ("created", "", []),
        ("rejected", "already_exists", ["sku"]),
        ("rejected", "duplicate_in_request", ["sku"]),
        ("rejected", "invalid", ["name"]),
        ("rejected", "invalid", ["sale_price"]),
        ("rejected", "invalid", ["category"]),
        ("rejected", "already_exists", ["barcodes"]),
        ("rejected", "already_exists", ["barcodes"]),
        ("rejected", "invalid", ["non_field_errors"]),
        ("rejected", "invalid", ["sku"]),
    ]
    assert (answer.json()["created"], answer.json()["rejected"]) == (1, 9)
    created = manager.get(f"/api/products/{answer.json()['results'][0]['id']}/").json()
    assert (created["sku"], created["sale_price"], created["category"]) == ("NEW", 2.5, category.pk)
    assert created["barcodes"] == [{"code": "9", "units": 6}]
    assert actions(organization, "product", created["id"]) == ["catalog.product.created"]
    assert len(manager.get("/api/products/").json()["results"]) == 2


def test_upsert_changes_what_exists_and_adds_the_rest():
    organization = build_organization()
    product = build_product(
        organization, sku="A", name="Old", sale_price=1, unit_cost=3, barcodes=[{"code": "1", "units": 1}]
    )
    same = build_product(organization, sku="B", name="Same")
    manager = caller(organization, "manager")
    rows = [
        {"sku": "a", "sale_price": 2, "barcodes": [{"code": "2"}]},
        {"sku": "B", "name": "Same"},
        {"sku": "C", "name": "New"},
        {"sku": "D"},
    ]
    answer = manager.post(f"{PATH}?upsert=true", rows)
    assert [row[0] for row in verdicts(answer)] == ["updated", "unchanged", "created", "rejected"]
    changed = manager.get(f"/api/products/{product.pk}/").json()
    assert (changed["sku"], changed["name"], changed["sale_price"], changed["unit_cost"]) == ("a", "Old", 2, 3)
    assert (changed["version"], changed["barcodes"]) == (2, [{"code": "2", "units": 1}])
    last = entries(organization, "product", product.pk)[-1]
    assert last.before == {"sku": "A", "sale_price": "1", "barcodes": [{"code": "1", "units": "1"}]}
    assert last.after == {"sku": "a", "sale_price": "2", "barcodes": [{"code": "2", "units": "1"}]}
    assert actions(organization, "product", same.pk) == ["catalog.product.created"]


def test_an_upsert_of_a_stale_version_is_rejected():
    organization = build_organization()
    build_product(organization, sku="A", name="Old")
    answer = caller(organization).post(f"{PATH}?upsert=true", [{"sku": "A", "name": "New", "version": 7}])
    assert verdicts(answer) == [("rejected", "stale_version", ["version"])]


def test_a_thousand_rows_cost_as_many_queries_as_ten():
    organization = build_organization()
    manager = caller(organization, "manager")
    counts = []
    for size in (10, 1000):
        rows = [
            {"sku": f"{size}-{n}", "name": f"Thing {n}", "barcodes": [{"code": f"{size}{n:04}"}]} for n in range(size)
        ]
        with CaptureQueriesContext(connection) as queries:
            answer = manager.post(PATH, rows)
        assert answer.json()["created"] == size
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 1


@pytest.mark.parametrize("body", [{}, [], "text", None, [{"sku": "A", "name": "x"}] * 1001])
def test_a_body_that_is_no_list_of_products_is_refused(body):
    assert caller(build_organization()).post(PATH, body).status_code == 400


def test_staff_and_callers_without_costs_are_refused():
    organization = build_organization()
    assert caller(organization, "staff").post(PATH, [{"sku": "A", "name": "x"}]).status_code == 403
    manager = caller(organization, "manager", sees_costs=False)
    assert manager.post(PATH, [{"sku": "A", "name": "x", "unit_cost": 1}]).status_code == 403
    assert manager.get("/api/products/").json()["results"] == []


def test_the_same_skus_from_several_clients_at_once_are_added_once():
    organization = build_organization()
    clients = [caller(organization) for _ in range(3)]
    rows = [{"sku": f"P{n}", "name": "x"} for n in range(50)]
    answers = at_once(
        *[lambda c=c, r=r: c.post(PATH, r) for c, r in zip(clients, [rows, rows[::-1], rows], strict=True)]
    )
    assert {answer.status_code for answer in answers} == {200}
    assert sum(answer.json()["created"] for answer in answers) == 50


def test_products_are_ensured_with_their_categories_and_logged_once():
    organization = build_organization()
    rows = [
        {"sku": "1", "name": "Tea", "category": "Drinks"},
        {"sku": "a", "category": "drinks", "unit_cost": 1.5},
        {"sku": "A"},
    ]
    with tenancy.scope(organization.id):
        first = bulk.ensure_many(rows, acting_as=SYSTEM)
        again = bulk.ensure_many(rows, acting_as=SYSTEM)
        assert first == again
        assert first["a"] == first["A"] != first["1"]
        assert [category.name for category in Category.objects.all()] == ["Drinks"]
        assert Product.objects.get(pk=first["a"]).category_id == Product.objects.get(pk=first["1"]).category_id
    assert actions(organization, "product", first["a"]) == ["catalog.product.created"]


def test_stores_are_ensured_and_logged_once():
    organization = build_organization(currency="EUR")
    rows = [{"code": "1"}, {"code": "m", "name": "Mall", "kind": "warehouse"}, {"code": "M"}]
    with tenancy.scope(organization.id):
        first = stores.ensure_many(rows, acting_as=SYSTEM)
        assert first == stores.ensure_many(rows, acting_as=SYSTEM)
        mall = stores.Store.objects.get(pk=first["m"])
    assert (first["m"], mall.currency, mall.kind) == (first["M"], "EUR", "warehouse")
    assert actions(organization, "store", first["m"]) == ["stores.store.created"]

"""/api/products/: the ladder of one endpoint."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Barcode, Product
from inventory_project.kernel import tenancy
from tests.factories.accounts import build_organization
from tests.factories.catalog import build_category, build_product, build_supplier
from tests.support.records import actions, at_once, caller, entries, sameness

TEA = {
    "sku": "TEA-1", "name": "Green tea", "unit_cost": 1.25, "sale_price": 2.99, "reorder_level": 24, "pack_size": 12,
    "moq": 12, "lead_time_days": 5, "unit": "each", "lifecycle": "active",
}  # fmt: skip
COLA = {"sku": "C", "name": "Cola"}


def test_a_manager_adds_reads_changes_and_deletes_a_product():
    organization = build_organization()
    manager = caller(organization, "manager")
    category, supplier = build_category(organization), build_supplier(organization)
    barcodes = [{"code": "4006381333931", "units": 1}, {"code": "14006381333938", "units": 12}]
    body = {**TEA, "category": category.pk, "supplier": supplier.pk, "barcodes": barcodes}
    added = manager.post("/api/products", body)
    assert (added.status_code, added["ETag"]) == (201, '"1"'), added.content
    product = added.json()
    assert product | body == product
    assert (product["category_name"], product["supplier_name"]) == (category.name, supplier.name)
    url = f"/api/products/{product['id']}/"
    assert manager.get(url).json() == product
    changed = manager.patch(url, {"sale_price": 3, "barcodes": barcodes[:1], "category": None})
    assert (changed.status_code, changed["ETag"]) == (200, '"2"')
    assert changed.json()["barcodes"] == barcodes[:1]
    assert changed.json()["category_name"] is None
    last = entries(organization, "product", product["id"])[-1]
    assert last.before == {
        "sale_price": "2.99",
        "category_id": category.pk,
        "barcodes": [{"code": "14006381333938", "units": "12"}, {"code": "4006381333931", "units": "1"}],
    }
    assert last.after == {"sale_price": "3", "category_id": None, "barcodes": [{"code": "4006381333931", "units": "1"}]}
    assert manager.put(url, COLA).json()["name"] == "Cola"
    assert manager.delete(url).status_code == 204
    assert manager.get(url).status_code == 404
    assert actions(organization, "product", product["id"]) == [
        f"catalog.product.{verb}" for verb in ("created", "updated", "updated", "deleted")
    ]
    with tenancy.scope(organization.id):
        assert not Barcode.objects.exists()


def test_the_same_values_again_change_nothing():
    organization = build_organization()
    product = build_product(organization, barcodes=[{"code": "12", "units": 1}], sale_price=2)
    body = {"sale_price": "2.0000", "barcodes": [{"code": "12"}]}
    assert caller(organization).patch(f"/api/products/{product.pk}/", body).json()["version"] == 1
    assert actions(organization, "product", product.pk) == ["catalog.product.created"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sku", ""), ("sku", "x" * 65), ("sku", "a\nb"), ("name", None), ("name", "x" * 201), ("sale_price", -1),
        ("sale_price", "1.23456"), ("sale_price", 10**12), ("sale_price", "NaN"), ("sale_price", "ten"),
        ("unit_cost", "Infinity"), ("unit_cost", -0.01), ("reorder_level", "0.0001"), ("reorder_level", True),
        ("pack_size", 0), ("moq", 0), ("lead_time_days", -1), ("lead_time_days", 40000), ("lifecycle", "gone"),
        ("category", 0), ("category", "Drinks"), ("category", 2**63), ("category", 10**15), ("supplier", 10**15),
        ("barcodes", [{"code": ""}]), ("barcodes", [{}]), ("barcodes", ["1"]), ("barcodes", "1"),
        ("barcodes", [{"code": "1"}, {"code": "1"}]), ("barcodes", [{"code": "x" * 65}]),
        ("barcodes", [{"code": "é"}]), ("barcodes", [{"code": "1", "units": 0}]), ("barcodes", [{"code": "1"}] * 51),
        ("unit", ""), ("version", 0),
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["post", "patch"])
def test_a_wrong_field_is_named_and_nothing_is_written(method, field, value):
    organization = build_organization()
    admin = caller(organization)
    product = build_product(organization)
    url = "/api/products/" if method == "post" else f"/api/products/{product.pk}/"
    answer = getattr(admin, method)(url, {**TEA, field: value})
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field]), answer.content
    assert [row["sku"] for row in admin.get("/api/products/").json()["results"]] == [product.sku]
    assert actions(organization, "product", product.pk) == ["catalog.product.created"]


@pytest.mark.parametrize("reference", ["category", "supplier"])
def test_a_foreign_category_or_supplier_answers_like_a_missing_one(reference):
    organization, other = build_organization(), build_organization()
    theirs = {"category": build_category, "supplier": build_supplier}[reference](other)
    admin = caller(organization)
    foreign, missing = (admin.post("/api/products/", {**COLA, reference: pk}) for pk in (theirs.pk, 10**15))
    assert sameness(foreign) == sameness(missing)
    assert (foreign.status_code, list(foreign.json()["fields"])) == (400, [reference])


def test_a_sku_is_unique_whatever_its_case_but_only_in_its_organisation():
    organization = build_organization()
    admin = caller(organization)
    product = build_product(organization)
    build_product(organization, sku="Abc")
    for answer in (
        admin.post("/api/products/", {"sku": "ABC", "name": "x"}),
        admin.patch(f"/api/products/{product.pk}/", {"sku": "abc"}),
    ):
        assert (answer.status_code, list(answer.json()["fields"])) == (409, ["sku"])
    assert caller(build_organization()).post("/api/products/", {"sku": "ABC", "name": "x"}).status_code == 201


def test_a_barcode_belongs_to_one_product():
    organization = build_organization()
    admin = caller(organization)
    build_product(organization, barcodes=[{"code": "77", "units": 1}])
    product = build_product(organization)
    for answer in (
        admin.post("/api/products/", {**COLA, "barcodes": [{"code": "77"}]}),
        admin.patch(f"/api/products/{product.pk}/", {"barcodes": [{"code": "77"}], "name": "changed"}),
    ):
        assert (answer.status_code, list(answer.json()["fields"])) == (409, ["barcodes"])
    assert admin.get(f"/api/products/{product.pk}/").json()["name"] == product.name


def test_of_products_added_at_once_with_one_sku_one_is_kept_and_the_others_name_the_field():
    organization = build_organization()
    clients = [caller(organization) for _ in range(4)]
    answers = at_once(*[lambda c=c: c.post("/api/products/", COLA) for c in clients])
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert all(list(answer.json()["fields"]) == ["sku"] for answer in answers if answer.status_code == 409)


@pytest.mark.parametrize(("role", "statuses"), [("staff", (200, 403, 403, 403)), ("manager", (200, 201, 200, 204))])
def test_staff_read_and_managers_write(role, statuses):
    organization = build_organization()
    client = caller(organization, role)
    url = f"/api/products/{build_product(organization).pk}/"
    found = (client.get(url), client.post("/api/products/", COLA), client.patch(url, {"name": "x"}), client.delete(url))
    assert tuple(answer.status_code for answer in found) == statuses


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_another_organisations_product_answers_like_a_missing_one(method):
    other = build_organization()
    product = build_product(other)
    admin = caller(build_organization())
    foreign, missing = (getattr(admin, method)(f"/api/products/{pk}/", COLA) for pk in (product.pk, 10**15))
    assert sameness(foreign) == sameness(missing)
    assert foreign.status_code == 404
    assert actions(other, "product", product.pk) == ["catalog.product.created"]


def test_methods_that_are_not_offered_are_refused():
    admin = caller(build_organization())
    for method, path in [("put", "/api/products/"), ("delete", "/api/products"), ("post", "/api/products/1/")]:
        assert getattr(admin, method)(path, {}).status_code == 405


def test_costs_are_neither_shown_nor_taken_nor_guessable_without_the_right_to_see_them():
    organization = build_organization()
    product = build_product(organization, unit_cost=5)
    client = caller(organization, "manager", sees_costs=False)
    url = f"/api/products/{product.pk}/"
    answers = [client.get(url), client.patch(url, {"name": "x"}), client.post("/api/products/", COLA)]
    assert all("unit_cost" not in answer.json() for answer in answers)
    assert "unit_cost" not in client.get("/api/products/").json()["results"][0]
    refused = client.patch(url, {"unit_cost": 1})
    assert (refused.status_code, list(refused.json()["fields"])) == (403, ["unit_cost"])
    assert client.get("/api/products/?unit_cost_min=1").status_code == 403
    assert client.get("/api/products/?ordering=unit_cost").status_code == 400
    allowed = caller(organization, "manager", sees_costs=True)
    assert allowed.get(url).json()["unit_cost"] == 5
    assert allowed.get("/api/products/?unit_cost_min=5&unit_cost_max=5&ordering=-unit_cost").status_code == 200


def test_an_edit_of_a_stale_version_is_refused_and_its_barcodes_stay():
    organization = build_organization()
    admin = caller(organization)
    url = f"/api/products/{build_product(organization, barcodes=[{'code': '1', 'units': 1}]).pk}/"
    assert admin.patch(url, {"barcodes": []}, headers={"If-Match": '"1"'}).status_code == 200
    stale = admin.patch(url, {"barcodes": [{"code": "2"}]}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert admin.put(url, {**COLA, "version": 1}).status_code == 412
    assert admin.get(url).json()["barcodes"] == []


def test_edits_at_once_without_a_version_never_overwrite_one_another_silently():
    organization = build_organization()
    product = build_product(organization)
    clients = [caller(organization) for _ in range(5)]
    url = f"/api/products/{product.pk}/"
    answers = at_once(*[lambda c=c, n=n: c.patch(url, {"name": f"n{n}"}) for n, c in enumerate(clients)])
    kept = [answer for answer in answers if answer.status_code == 200]
    assert {answer.status_code for answer in answers} <= {200, 409}
    # Each edit that was kept is one version and one entry: none vanished under another.
    assert clients[0].get(url).json()["version"] == 1 + len(kept)
    assert sorted(answer.json()["version"] for answer in kept) == list(range(2, 2 + len(kept)))
    assert actions(organization, "product", product.pk).count("catalog.product.updated") == len(kept)


def test_filters():
    organization = build_organization()
    admin = caller(organization)
    drinks, farm = build_category(organization, name="Drinks"), build_supplier(organization, name="Farm")
    build_product(
        organization, sku="A", name="Tea", category=drinks, sale_price=1, barcodes=[{"code": "5", "units": 1}]
    )
    build_product(organization, sku="B", name="Milk", supplier=farm, sale_price=2)
    build_product(organization, sku="C", name="Cups", lifecycle="discontinued", sale_price=3)

    def skus(query: str) -> str:
        answer = admin.get(f"/api/products?{query}")
        assert answer.status_code == 200, answer.content
        return "".join(row["sku"] for row in answer.json()["results"])

    assert skus(f"category={drinks.pk}") == skus("category=drinks") == "A"
    assert skus(f"supplier={farm.pk}") == skus("supplier=FARM") == "B"
    assert skus("lifecycle=active&lifecycle=discontinued") == "ABC"
    assert (skus("retired=true"), skus("retired=false")) == ("C", "AB")
    assert (skus("sku=b"), skus("barcode=5")) == ("B", "A")
    assert skus("sale_price_min=2&sale_price_max=2.5") == "B"
    assert skus("ordering=-sale_price") == "CBA"
    assert skus("ordering=name") == "CBA"
    assert skus("category=999999999999999999") == skus("category=99999999999999999999") == ""
    for wrong in ("lifecycle=gone", "sale_price_min=x", "ordering=category", "sku=%00", "retired=2x&page_size=x"):
        assert admin.get(f"/api/products?{wrong}").status_code == 400, wrong


def test_pages_lose_and_repeat_nothing_in_any_order():
    organization = build_organization()
    admin = caller(organization)
    for number in range(7):
        build_product(organization, name=f"Thing {number % 2}", sale_price=number % 3)
    for ordering in ("name", "-name", "sale_price", "-id", "lifecycle,-name"):
        url, seen = f"/api/products?page_size=3&search=thing&ordering={ordering}", []
        while url:
            page = admin.get(url).json()
            seen += [row["id"] for row in page["results"]]
            url = page["next"]
        assert len(seen) == len(set(seen)) == 7, ordering


def test_the_list_costs_the_same_number_of_queries_for_any_page():
    organization = build_organization()
    admin = caller(organization)
    counts = []
    for size in (1, 10):
        for _ in range(size):
            build_product(
                organization,
                category=build_category(organization),
                supplier=build_supplier(organization),
                barcodes=[{"code": f"{Product.__name__}{len(counts)}{_}", "units": 1}],
            )
        admin.get("/api/products/")
        with CaptureQueriesContext(connection) as queries:
            assert admin.get("/api/products/?search=product").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5, [query["sql"] for query in queries.captured_queries]


def test_a_field_the_product_does_not_have_is_refused_and_a_read_only_one_may_come_back():
    admin = caller(build_organization())
    refused = admin.post("/api/products/", {"sku": "TEA-1", "name": "Tea", "price": 4.5, "barcode": "4006381333931"})
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["barcode", "price"])
    product = admin.post("/api/products/", {"sku": "TEA-1", "name": "Tea"}).json()
    assert admin.put(f"/api/products/{product['id']}/", product).status_code == 200

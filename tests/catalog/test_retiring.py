"""What has history is retired and not deleted; the database's foreign keys say what has history."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connections, transaction

from tests.factories.accounts import build_organization
from tests.factories.catalog import build_category, build_product, build_supplier
from tests.factories.stores import build_store
from tests.support.records import actions, caller


@pytest.fixture(scope="module", autouse=True)
def history() -> Iterator[None]:
    """A table of some room above that refers to products and stores, as the ledger does."""
    owner = connections["owner"]
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        cursor.execute(
            """
            CREATE TABLE test_history (
                organization_id bigint NOT NULL, product_id bigint, store_id bigint,
                FOREIGN KEY (organization_id, product_id) REFERENCES catalog_product (organization_id, id),
                FOREIGN KEY (organization_id, store_id) REFERENCES stores_store (organization_id, id));
            GRANT SELECT, INSERT, DELETE ON test_history TO onhand_app
            """
        )
    yield
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        cursor.execute("DROP TABLE test_history")
    owner.close()


def refer_to(organization_id: int, column: str, record_id: int) -> None:
    with connections["default"].cursor() as cursor:
        query = f"INSERT INTO test_history (organization_id, {column}) VALUES (%s, %s)"  # noqa: S608
        cursor.execute(query, [organization_id, record_id])


def test_a_product_with_history_is_retired_and_can_be_restored():
    organization = build_organization()
    product = build_product(organization, barcodes=[{"code": "1", "units": 1}])
    refer_to(organization.id, "product_id", product.pk)
    manager, url = caller(organization, "manager"), f"/api/products/{product.pk}/"
    retired = manager.delete(url)
    assert retired.status_code == 200
    assert retired.json() == {
        "status": "retired",
        "detail": "The product has history, so it was discontinued and not deleted.",
        "id": product.pk,
        "version": 2,
    }
    assert manager.get(url).json()["lifecycle"] == "discontinued"
    assert manager.get(url).json()["barcodes"] == [{"code": "1", "units": 1}]
    assert manager.delete(url).json()["version"] == 2
    restored = manager.post(f"{url}restore/")
    assert (restored.status_code, restored.json()["lifecycle"]) == (200, "active")
    assert manager.post(f"{url}restore/").json()["version"] == 3
    assert actions(organization, "product", product.pk) == [
        f"catalog.product.{verb}" for verb in ("created", "retired", "restored")
    ]


def test_a_product_is_restored_under_the_version_its_retirement_answered():
    organization = build_organization()
    product = build_product(organization)
    refer_to(organization.id, "product_id", product.pk)
    manager, url = caller(organization, "manager"), f"/api/products/{product.pk}/"
    retired = manager.delete(url)
    assert manager.post(f"{url}restore/", HTTP_IF_MATCH='"1"').status_code == 412
    restored = manager.post(f"{url}restore/", HTTP_IF_MATCH=retired.headers["ETag"])
    assert (restored.status_code, restored.json()["lifecycle"], restored.json()["version"]) == (200, "active", 3)


def test_restoring_a_product_that_is_not_retired_leaves_its_lifecycle():
    organization = build_organization()
    product = build_product(organization, lifecycle="phase_out")
    answer = caller(organization).post(f"/api/products/{product.pk}/restore/")
    assert (answer.json()["lifecycle"], answer.json()["version"]) == ("phase_out", 1)


def test_a_store_with_history_is_closed():
    organization = build_organization()
    store = build_store(organization)
    refer_to(organization.id, "store_id", store.pk)
    admin = caller(organization)
    assert admin.delete(f"/api/stores/{store.pk}/").json()["status"] == "retired"
    assert admin.get(f"/api/stores/{store.pk}/").json()["is_active"] is False
    assert actions(organization, "store", store.pk)[-1] == "stores.store.retired"


def test_a_supplier_that_products_name_is_made_inactive():
    organization = build_organization()
    used, unused = build_supplier(organization), build_supplier(organization)
    build_product(organization, supplier=used)
    manager = caller(organization, "manager")
    assert manager.delete(f"/api/suppliers/{used.pk}/").json()["status"] == "retired"
    assert manager.get(f"/api/suppliers/{used.pk}/").json()["is_active"] is False
    assert manager.post(f"/api/suppliers/{used.pk}/restore/").json()["is_active"] is True
    assert manager.delete(f"/api/suppliers/{unused.pk}/").status_code == 204


def test_a_category_that_products_are_in_is_kept_and_the_answer_says_so():
    organization = build_organization()
    used, unused = build_category(organization), build_category(organization)
    build_product(organization, category=used)
    manager = caller(organization, "manager")
    answer = manager.delete(f"/api/categories/{used.pk}/")
    assert (answer.status_code, answer.json()["code"]) == (409, "in_use")
    assert manager.get(f"/api/categories/{used.pk}/").status_code == 200
    assert manager.delete(f"/api/categories/{unused.pk}/").status_code == 204

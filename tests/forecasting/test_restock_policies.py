"""Which policy holds for which product in which store, and what a policy must not say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from forecasting.models import RestockPolicy
from forecasting.selectors import restock
from inventory_project.kernel import clock, tenancy
from tests.factories.catalog import build_category
from tests.factories.purchases import arrive, ordered
from tests.factories.restock import forecast, restock_shop, set_policy
from tests.factories.stock import Shop, build_shop
from tests.support.statements import statements_sent


@pytest.fixture(scope="module")
def shop() -> Shop:
    """The first product sells for 80 % and more of the money, the second for the rest."""
    found = build_shop(stores=2, products=2)
    category = build_category(found.organization)
    with tenancy.scope(found.organization.id):
        type(found.products[0]).objects.filter(pk=found.products[1].pk).update(category=category)
        found.products[1].refresh_from_db()
    forecast(found, {(0, 0): 9.0, (1, 0): 9.0, (0, 1): 1.0, (1, 1): 1.0})
    return found


def scopes(shop: Shop) -> dict[tuple[int, int], Any]:
    """The scope of the policy that holds, by number of store and product."""
    stores = {store.id: number for number, store in enumerate(shop.stores)}
    products = {product.id: number for number, product in enumerate(shop.products)}
    with tenancy.scope(shop.organization.id):
        return {(stores[row["store_id"]], products[row["product_id"]]): row["scope"] for row in restock.policies()}


def test_the_most_particular_policy_holds(shop: Shop):
    assert set(scopes(shop).values()) == {None}
    set_policy(shop, kind="seed_rule")
    assert set(scopes(shop).values()) == {"organization"}
    set_policy(shop, "store", store=shop.stores[1].id)
    assert scopes(shop) == {(0, 0): "organization", (0, 1): "organization", (1, 0): "store", (1, 1): "store"}
    set_policy(shop, "category", category=shop.products[1].category_id)
    assert scopes(shop) == {(0, 0): "organization", (0, 1): "category", (1, 0): "store", (1, 1): "category"}
    set_policy(shop, "abc_class", abc_class="A")
    assert scopes(shop) == {(0, 0): "abc_class", (0, 1): "category", (1, 0): "abc_class", (1, 1): "category"}
    set_policy(shop, "product", store=shop.stores[0].id, product=shop.products[0].id)
    assert scopes(shop) == {(0, 0): "product", (0, 1): "category", (1, 0): "abc_class", (1, 1): "category"}


def test_policies_are_resolved_in_one_statement_however_many_series():
    shop = restock_shop({(0, 0): 1.0, (1, 1): 1.0}, {})
    with tenancy.scope(shop.organization.id), statements_sent() as sent:
        assert len(restock.policies()) == 2
    assert len([each for each in sent if "restockpolicy" in each]) == 1


def test_the_lead_time_is_the_policys_then_the_products_then_the_suppliers():
    shop = restock_shop({(0, 0): 1.0, (1, 0): 1.0, (0, 1): 1.0}, {})
    with tenancy.scope(shop.organization.id):
        type(shop.products[0]).objects.filter(pk=shop.products[0].pk).update(lead_time_days=3)
    set_policy(shop, "product", store=shop.stores[1].id, product=shop.products[0].id, lead_time_days=2)
    with tenancy.scope(shop.organization.id):
        assert [row["lead_days"] for row in restock.policies()] == [3, 7, 2]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"scope": "everything"}, "scope"),
        ({}, "scope"),
        ({"scope": "store"}, "store"),
        ({"scope": "store", "store": 999999999999}, "store"),
        ({"scope": "organization", "store": 1}, "store"),
        ({"scope": "abc_class", "abc_class": "D"}, "abc_class"),
        ({"scope": "abc_class"}, "abc_class"),
        ({"scope": "organization", "kind": "guess"}, "kind"),
        ({"scope": "organization", "service_level": 1.0}, "service_level"),
        ({"scope": "organization", "service_level": 0.2}, "service_level"),
        ({"scope": "organization", "review_days": 0}, "review_days"),
        ({"scope": "organization", "review_days": 29}, "review_days"),
        ({"scope": "organization", "review_weekday": 2}, "review_weekday"),
        ({"scope": "organization", "review_weekday": 7, "review_days": 7}, "review_weekday"),
        ({"scope": "organization", "least": 5, "most": 4}, "most"),
        ({"scope": "organization", "least_days": 20, "most_days": 10}, "most_days"),
        ({"scope": "organization", "factor": 0}, "factor"),
        ({"scope": "organization", "cycle_days": 91}, "cycle_days"),
        ({"scope": "organization", "servicelevel": 0.9}, "servicelevel"),
    ],
)
def test_a_wrong_policy_is_refused_by_name_and_nothing_is_kept(body: dict[str, Any], field: str):
    shop = build_shop(stores=1, products=1)
    answer = shop.client.post("/api/restock/policies/", body, format="json")
    assert answer.status_code == 400, answer.content
    assert field in answer.json()["fields"]
    with tenancy.scope(shop.organization.id):
        assert not RestockPolicy.objects.exists()


def test_there_is_one_policy_for_a_thing():
    shop = build_shop(stores=1, products=1)
    set_policy(shop)
    answer = shop.client.post("/api/restock/policies/", {"scope": "organization"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "already_exists")


def test_the_database_itself_refuses_a_policy_without_its_target():
    shop = build_shop(stores=1, products=1)
    with tenancy.scope(shop.organization.id), pytest.raises(IntegrityError), transaction.atomic():
        RestockPolicy.objects.create(organization=shop.organization, scope="store")
    with tenancy.scope(shop.organization.id), pytest.raises(IntegrityError), transaction.atomic():
        RestockPolicy.objects.create(organization=shop.organization, scope="organization", abc_class="A")


def test_a_policy_is_changed_by_the_version_that_was_read_and_the_log_keeps_it():
    shop = build_shop(stores=1, products=1)
    policy = set_policy(shop, service_level=0.9)
    path = f"/api/restock/policies/{policy['id']}/"
    changed = shop.client.patch(path, {"service_level": 0.98, "version": policy["version"]}, format="json")
    assert (changed.status_code, changed.json()["service_level"]) == (200, 0.98)
    stale = shop.client.patch(path, {"service_level": 0.5, "version": policy["version"]}, format="json")
    assert stale.status_code == 412
    moved = shop.client.patch(path, {"scope": "store", "store": shop.stores[0].id}, format="json")
    assert moved.status_code == 400
    actions = shop.client.get("/api/logs/", {"action": "forecasting.restock_policy."}).json()["results"]
    assert [entry["action"].rpartition(".")[2] for entry in actions] == ["updated", "created"]
    assert shop.client.delete(path).status_code == 204
    assert shop.client.get(path).status_code == 404


def test_whoever_works_in_one_store_sets_policies_for_that_one():
    shop = build_shop(stores=2, products=1)
    policy = set_policy(shop)
    near = shop.client_for("manager", stores=[shop.stores[0]])
    own = near.post("/api/restock/policies/", {"scope": "store", "store": shop.stores[0].id}, format="json")
    assert own.status_code == 201
    other = near.post("/api/restock/policies/", {"scope": "store", "store": shop.stores[1].id}, format="json")
    assert (other.status_code, list(other.json()["fields"])) == (400, ["store"])
    for body in ({"scope": "organization"}, {"scope": "abc_class", "abc_class": "A"}):
        assert near.post("/api/restock/policies/", body, format="json").status_code == 403
    assert near.get(f"/api/restock/policies/{policy['id']}/").status_code == 200
    assert near.patch(f"/api/restock/policies/{policy['id']}/", {"factor": 2}, format="json").status_code == 403
    assert near.delete(f"/api/restock/policies/{policy['id']}/").status_code == 403
    staff = shop.client_for("staff")
    assert staff.post("/api/restock/policies/", {"scope": "store", "store": shop.stores[1].id}).status_code == 403


def test_five_measured_deliveries_say_more_than_what_was_agreed():
    shop = restock_shop({(0, 0): 1.0}, {})
    sent_at = (clock.now() - timedelta(days=12)).isoformat()

    def lead() -> tuple[int, str, float]:
        with tenancy.scope(shop.organization.id):
            row = restock.policies()[0]
        return row["lead_days"], row["lead_source"], row["lead_deviation"]

    for _ in range(5):
        assert lead()[:2] == (7, "agreed")
        order = ordered(shop, {0: 3}, supplier=shop.products[0].supplier_id, sent_at=sent_at)
        assert arrive(shop, order, {0: 3}).status_code in (200, 201)
    days, source, deviation = lead()
    assert (days, source) == (12, "measured")
    assert deviation < 0.1
    set_policy(shop, lead_time_days=3)
    assert lead() == (3, "policy", 0.0)

"""Rights at the desk come from the role and the stores, and a direct POST gets no further than a button."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from catalog.models import Product
from inventory_project.desk.model_admin import ReadOnlyAdmin
from inventory_project.desk.pages import PAGES
from inventory_project.kernel import tenancy
from stock.models import Stock, StockMovement
from stores.models import Store
from tests.factories.accounts import build_member
from tests.factories.desk import busy_shop, desk_client, filled, first_movement, manager_client
from tests.factories.stock import Shop

READ_ONLY = [model for model, desk in admin.site._registry.items() if isinstance(desk, ReadOnlyAdmin)]


@pytest.fixture(scope="module")
def shop() -> Shop:
    return busy_shop()


def page(model: type, name: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


@pytest.mark.parametrize("path", ["/admin/", "/admin/catalog/product/", "/admin/audit/seals/", "/admin/autocomplete/"])
def test_strangers_and_staff_are_sent_to_the_login(shop: Shop, path: str) -> None:
    for client in (Client(), manager_client(shop.organization, "staff")):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/admin/login/?next={path}")


def test_a_lost_membership_counts_at_once(shop: Shop) -> None:
    member = build_member(shop.organization, "manager")
    client = desk_client(member)
    assert client.get("/admin/").status_code == 200
    with tenancy.scope(shop.organization.id):
        Membership.objects.filter(pk=member.pk).update(is_active=False)
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("model", READ_ONLY, ids=lambda model: model._meta.label)
def test_read_only_models_refuse_every_post(shop: Shop, model: type) -> None:
    client = manager_client(shop.organization, "admin")
    with tenancy.scope(shop.organization.id):
        row = model._default_manager.first()
    urls = [page(model, "add")]
    # A list with steps for many rows takes those, and no other.
    urls += [] if admin.site._registry[model].actions else [page(model, "changelist")]
    urls += [page(model, name, row.pk) for name in ("change", "delete")] if row is not None else []
    for url in urls:
        assert client.post(url, {"post": "yes", "action": "delete_selected"}).status_code == 403, url


@pytest.mark.parametrize("table", PAGES, ids=lambda table: table.name)
def test_tables_refuse_every_post(shop: Shop, table) -> None:
    assert manager_client(shop.organization).post(reverse(f"admin:{table.name}")).status_code == 403


def test_managers_do_not_change_people_or_the_organisation(shop: Shop) -> None:
    client = manager_client(shop.organization, "manager")
    for url in (
        page(Membership, "change", shop.admin.pk),
        page(Membership, "delete", shop.admin.pk),
        reverse("admin:accounts_organization_change", args=[shop.organization.pk]),
        reverse("admin:accounts_invitation_add"),
        page(Store, "add"),
        page(Store, "delete", shop.stores[0].pk),
    ):
        assert client.post(url, {"role": "staff", "post": "yes", "name": "Stolen"}).status_code == 403, url
    client.post(page(Membership, "changelist"), {"action": "deactivate", "_selected_action": [shop.admin.pk]})
    with tenancy.scope(shop.organization.id):
        assert Membership.objects.get(pk=shop.admin.pk).is_active


def test_managers_see_no_security_events(shop: Shop) -> None:
    assert "accounts." not in manager_client(shop.organization).get("/admin/audit/auditentry/").content.decode()
    assert "accounts." in manager_client(shop.organization, "admin").get("/admin/audit/auditentry/").content.decode()


class TestLimitedToStores:
    """A manager of the second store only."""

    @pytest.fixture
    def client(self, shop: Shop) -> Client:
        return manager_client(shop.organization, "manager", stores=[shop.stores[1]])

    @pytest.mark.parametrize("path", ["stock/stock/", "stock/stockmovement/", "stock/storekpi/", "stores/store/"])
    def test_lists_hold_only_the_store(self, client: Client, path: str) -> None:
        text = client.get(f"/admin/{path}").content.decode()
        assert "Store 2" in text
        assert "Store 1" not in text

    @pytest.mark.parametrize("table", ["stock_daily_sales", "stock_store_days"])
    def test_tables_hold_only_the_store(self, client: Client, table: str) -> None:
        text = client.get(reverse(f"admin:{table}")).content.decode()
        assert "Store 2" in text
        assert "Store 1" not in text

    def test_a_products_stock_is_shown_for_the_store_only(self, client: Client, shop: Shop) -> None:
        text = client.get(page(Product, "change", shop.products[0].pk)).content.decode()
        assert "Store 2" in text
        assert "Store 1" not in text

    def test_other_stores_cannot_be_named_or_changed(self, client: Client, shop: Shop) -> None:
        other = shop.stores[0]
        assert client.get(page(Store, "change", other.pk)).status_code == 302
        assert client.post(page(Store, "change", other.pk), {"name": "Stolen"}).status_code == 302
        filtered = client.get(page(StockMovement, "changelist") + f"?store__id__exact={other.pk}")
        assert "Store 1" not in filtered.content.decode()
        with tenancy.scope(shop.organization.id):
            assert Store.objects.get(pk=other.pk).name == "Store 1"

    def test_movements_and_balances_of_other_stores_stay_closed(self, client: Client, shop: Shop) -> None:
        movement = first_movement(shop, store=shop.stores[0], status="applied")
        assert client.get(page(StockMovement, "change", movement.pk)).status_code == 302
        url = reverse("admin:stock_stockmovement_reverse", args=[movement.pk])
        assert client.post(url, {"reason": "for fun"}).status_code == 404
        with tenancy.scope(shop.organization.id):
            row = Stock.objects.filter(store=shop.stores[0]).first()
        assert client.get(f"{reverse('admin:stock_stock_adjust')}?ids={row.pk}").status_code == 404

    def test_people_are_not_changed_by_a_limited_admin_role(self, shop: Shop) -> None:
        client = manager_client(shop.organization, "manager", stores=[shop.stores[1]])
        assert client.post(page(Membership, "change", shop.admin.pk), {"role": "staff"}).status_code == 403


def test_costs_are_hidden_without_the_right(shop: Shop) -> None:
    client = manager_client(shop.organization, "manager", sees_costs=False)
    product = shop.products[0]
    for path in ("/admin/", page(Product, "changelist"), page(Product, "change", product.pk), "/admin/stock/storekpi/"):
        text = client.get(path).content.decode()
        assert "ost</" not in text, path
        assert "unit_cost" not in text, path
    url = page(Product, "change", product.pk)
    client.post(url, filled(client.get(url), unit_cost="0.01", name="Renamed"))
    with tenancy.scope(shop.organization.id):
        stored = Product.objects.get(pk=product.pk)
    assert (stored.name, stored.unit_cost) == ("Renamed", product.unit_cost)


def test_a_form_without_its_token_is_refused(shop: Shop) -> None:
    client = desk_client(build_member(shop.organization, "admin"), enforce_csrf_checks=True)
    for url in (
        page(Product, "changelist"),
        page(Product, "add"),
        "/admin/logout/",
        "/admin/login/",
        "/operator/login/",
    ):
        assert client.post(url, {"name": "x"}).status_code == 403, url


def test_scripts_come_from_our_own_files_only(shop: Shop) -> None:
    policy = manager_client(shop.organization).get("/admin/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval';" in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert "unsafe-eval" not in Client().get("/health/live").headers["Content-Security-Policy"]

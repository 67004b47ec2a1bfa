"""A manager of one organisation never sees, finds or changes a row of another, by any door of the admin site."""

from __future__ import annotations

import uuid

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import ApiToken, Membership
from catalog.models import Product
from inventory_project.desk.pages import PAGES
from inventory_project.kernel import tenancy
from stock.models import LedgerVerification, Stock, StockMovement
from stock.services import verification
from tests.factories.accounts import build_token
from tests.factories.catalog import build_category, build_product, build_supplier
from tests.factories.desk import busy_shop, filled, first_movement, manager_client
from tests.factories.stock import Shop

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
MARK = "Foreign"


@pytest.fixture(scope="module")
def ours() -> Shop:
    return busy_shop()


@pytest.fixture(scope="module")
def theirs() -> Shop:
    """Another organisation, whose every name bears the mark."""
    shop = busy_shop(name=f"{MARK} company")
    category = build_category(shop.organization, name=f"{MARK} category")
    supplier = build_supplier(shop.organization, name=f"{MARK} supplier")
    build_product(
        shop.organization,
        sku=f"{MARK}-9",
        name=f"{MARK} product",
        category=category,
        supplier=supplier,
        barcodes=[{"code": f"{MARK}-CODE", "units": 1}],
    )
    with tenancy.scope(shop.organization.id):
        for store in shop.stores:
            type(store).objects.filter(pk=store.pk).update(name=f"{MARK} {store.code}", code=f"{MARK}{store.code}")
        Product.objects.filter(pk=shop.products[0].pk).update(name=f"{MARK} tea", sku=f"{MARK}-1")
    build_token(shop.admin, name=f"{MARK} token")
    verification.verify(organization_id=shop.organization.id)
    return shop


@pytest.fixture
def client(ours: Shop) -> Client:
    return manager_client(ours.organization, "admin")


def page(model: type, name: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def a_row_of(shop: Shop, model: type) -> object:
    if model._meta.label == "accounts.Organization":
        return shop.organization
    with tenancy.scope(shop.organization.id):
        return model.objects.first()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_list_shows_a_foreign_row(client: Client, ours: Shop, theirs: Shop, model: type) -> None:
    text = client.get(page(model, "changelist"), follow=True).content.decode()
    assert MARK not in text
    found = client.get(page(model, "changelist") + f"?q={MARK}", follow=True).content.decode()
    row = a_row_of(theirs, model)
    assert row is None or f"/{row.pk}/change/" not in found


@pytest.mark.parametrize("table", PAGES, ids=lambda table: table.name)
def test_no_table_shows_a_foreign_row(client: Client, theirs: Shop, table) -> None:
    assert MARK not in client.get(reverse(f"admin:{table.name}")).content.decode()


def test_first_page_shows_nothing_foreign(client: Client, theirs: Shop) -> None:
    assert MARK not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
@pytest.mark.parametrize("name", ["change", "delete"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_row_answers_like_a_missing_one(
    client: Client, theirs: Shop, model: type, name: str, method: str
) -> None:
    row = a_row_of(theirs, model)
    if row is None:
        pytest.skip("there is none")
    missing = uuid.uuid4() if isinstance(row.pk, uuid.UUID) else 2**40
    data = {"post": "yes", "name": "Stolen"}
    foreign = getattr(client, method)(page(model, name, row.pk), data)
    absent = getattr(client, method)(page(model, name, missing), data)
    assert (foreign.status_code, foreign.headers.get("Location")) == (
        absent.status_code,
        absent.headers.get("Location"),
    )
    assert foreign.status_code in (302, 403)
    assert a_row_of(theirs, model) is not None


@pytest.mark.parametrize("field", ["category", "supplier"])
def test_autocomplete_finds_nothing_foreign(client: Client, theirs: Shop, field: str) -> None:
    url = f"/admin/autocomplete/?app_label=catalog&model_name=product&field_name={field}&term="
    for term in ("", MARK):
        assert MARK not in client.get(url + term).content.decode()


@pytest.mark.parametrize("name", ["store", "product"])
def test_a_filter_names_nothing_foreign(client: Client, theirs: Shop, name: str) -> None:
    row = {"store": theirs.stores[0], "product": theirs.products[0]}[name]
    answer = client.get(page(StockMovement, "changelist") + f"?{name}__id__exact={row.pk}")
    assert answer.status_code == 200
    assert MARK not in answer.content.decode()


def test_actions_leave_foreign_rows_alone(client: Client, theirs: Shop) -> None:
    product = theirs.products[0]
    client.post(page(Product, "changelist"), {"action": "discontinue", "_selected_action": [product.pk]})
    token = a_row_of(theirs, ApiToken)
    client.post(page(ApiToken, "changelist"), {"action": "revoke", "_selected_action": [token.pk]})
    client.post(page(Membership, "changelist"), {"action": "deactivate", "_selected_action": [theirs.admin.pk]})
    with tenancy.scope(theirs.organization.id):
        assert Product.objects.get(pk=product.pk).lifecycle == "active"
        assert ApiToken.objects.get(pk=token.pk).revoked_at is None
        assert Membership.objects.get(pk=theirs.admin.pk).is_active


def test_a_foreign_category_is_no_choice(client: Client, ours: Shop, theirs: Shop) -> None:
    with tenancy.scope(theirs.organization.id):
        category = Product.objects.exclude(category=None).get().category_id
    product = ours.products[1]
    url = page(Product, "change", product.pk)
    answer = client.post(url, filled(client.get(url), category=category))
    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == ["category"]
    with tenancy.scope(ours.organization.id):
        assert Product.objects.get(pk=product.pk).category_id is None


def test_a_foreign_movement_cannot_be_reversed(client: Client, theirs: Shop) -> None:
    movement = first_movement(theirs, status="applied")
    url = reverse("admin:stock_stockmovement_reverse", args=[movement.pk])
    assert client.get(url).status_code == 404
    assert client.post(url, {"reason": "for fun"}).status_code == 404


def test_foreign_stock_cannot_be_adjusted(client: Client, theirs: Shop) -> None:
    with tenancy.scope(theirs.organization.id):
        row = Stock.objects.first()
    url = f"{reverse('admin:stock_stock_adjust')}?ids={row.pk}"
    assert client.get(url).status_code == 404
    answer = client.post(url, {"reason": "for fun", "key": "k", f"delta_{row.pk}": "5"})
    assert answer.status_code == 404
    with tenancy.scope(theirs.organization.id):
        assert Stock.objects.get(pk=row.pk).on_hand == row.on_hand


def test_verifying_counts_only_ones_own_ledger(client: Client, ours: Shop, theirs: Shop) -> None:
    client.post(reverse("admin:stock_ledgerverification_verify"))
    with tenancy.scope(ours.organization.id):
        newest = LedgerVerification.objects.order_by("-id").first()
        assert newest.movements == StockMovement.objects.count()


def test_another_organisations_id_in_the_session_opens_nothing(ours: Shop, theirs: Shop) -> None:
    client = manager_client(ours.organization)
    session = client.session
    session["organization_id"] = theirs.organization.id
    session.save()
    assert client.get("/admin/").status_code == 302

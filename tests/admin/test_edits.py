"""Edits at the desk are the services' edits: versions, log entries, refusals shown in the form, nothing half done."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import ApiToken, Invitation, Membership, Organization
from catalog.models import Category, Product
from inventory_project.kernel import tenancy
from stock.models import LedgerVerification, Stock, StockMovement
from stores.models import Store
from tests.factories.accounts import build_member, build_token, unique
from tests.factories.catalog import build_category
from tests.factories.desk import busy_shop, desk_client, filled, first_movement, manager_client
from tests.factories.stock import Shop
from tests.support.records import actions, entries


@pytest.fixture(scope="module")
def shop() -> Shop:
    return busy_shop(stores=2, products=4)


@pytest.fixture
def client(shop: Shop) -> Client:
    return desk_client(shop.admin)


def page(model: type, name: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def stored(shop: Shop, record: object) -> object:
    with tenancy.scope(shop.organization.id):
        return type(record).objects.get(pk=record.pk)


def edit(client: Client, record: object, **changes: object) -> object:
    url = page(type(record), "change", record.pk)
    return client.post(url, filled(client.get(url), **changes))


def errors(answer: object) -> dict[str, list[str]]:
    assert answer.status_code == 200
    return answer.context["adminform"].form.errors


def said(answer: object) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def test_editing_a_product_raises_its_version_and_is_logged(client: Client, shop: Shop) -> None:
    product = shop.products[0]
    answer = edit(client, product, sale_price="4.75", barcodes="4006381333931\n14006381333938 * 12")
    assert answer.status_code == 302, errors(answer)
    after = stored(shop, product)
    assert (after.sale_price, after.version) == (Decimal("4.75"), 2)
    [entry] = [e for e in entries(shop.organization, "product", product.pk) if e.action == "catalog.product.updated"]
    assert entry.before["sale_price"] == "4"
    assert entry.after["barcodes"][1] == {"code": "4006381333931", "units": "1"}
    assert (entry.actor_id, entry.actor_label) == (shop.admin.user_id, shop.admin.user.username)
    assert entry.request_id


def test_saving_without_a_change_writes_nothing(client: Client, shop: Shop) -> None:
    product = shop.products[1]
    assert edit(client, product).status_code == 302
    assert stored(shop, product).version == 1
    assert actions(shop.organization, "product", product.pk) == []


def test_a_change_that_was_overtaken_is_refused_in_the_form(client: Client, shop: Shop) -> None:
    product = shop.products[2]
    url = page(Product, "change", product.pk)
    seen = filled(client.get(url), name="Mine")
    edit(client, product, name="Theirs")
    assert "changed by someone else" in str(errors(client.post(url, seen)))
    assert stored(shop, product).name == "Theirs"
    del seen["seen_version"]
    assert "seen_version" in errors(client.post(url, seen))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sku": "sku-1"}, "sku"),
        ({"sale_price": "-1"}, "sale_price"),
        ({"moq": "0"}, "moq"),
        ({"sale_price": "NaN"}, "sale_price"),
        ({"name": "x" * 201}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"barcodes": "1\n1"}, "barcodes"),
        ({"barcodes": "12 * 0"}, "barcodes"),
        ({"barcodes": "12 * many"}, "barcodes"),
        ({"category": "abc"}, "category"),
        ({"lifecycle": "gone"}, "lifecycle"),
    ],
)
def test_a_wrong_value_is_said_at_its_field_and_changes_nothing(
    client: Client, shop: Shop, changes: dict[str, str], field: str
) -> None:
    product = shop.products[3]
    assert list(errors(edit(client, product, **changes))) == [field]
    assert stored(shop, product).version == 1


def test_adding_a_product_goes_through_the_service(client: Client, shop: Shop) -> None:
    category = build_category(shop.organization)
    sku = unique("NEW")
    url = page(Product, "add")
    data = filled(client.get(url), sku=sku, name="Cocoa", category=category.pk, barcodes="123")
    assert client.post(url, data).status_code == 302
    with tenancy.scope(shop.organization.id):
        product = Product.objects.get(sku=sku)
        assert [barcode.code for barcode in product.barcodes.all()] == ["123"]
    assert actions(shop.organization, "product", product.pk) == ["catalog.product.created"]
    assert "sku" in errors(client.post(url, data))


def test_deleting_spares_what_has_history(client: Client, shop: Shop) -> None:
    product = shop.products[0]
    answer = client.post(page(Product, "delete", product.pk), {"post": "yes"}, follow=True)
    assert "retired and not deleted" in said(answer)
    assert stored(shop, product).lifecycle == "discontinued"
    client.post(page(Product, "changelist"), {"action": "restore", "_selected_action": [product.pk]})
    assert stored(shop, product).lifecycle == "active"
    log = actions(shop.organization, "product", product.pk)
    assert log[-2:] == ["catalog.product.retired", "catalog.product.restored"]


def test_a_category_in_use_is_kept_and_says_why(client: Client, shop: Shop) -> None:
    category = build_category(shop.organization)
    edit(client, shop.products[1], category=category.pk)
    answer = client.post(page(Category, "delete", category.pk), {"post": "yes"}, follow=True)
    assert "Products are in this category" in said(answer)
    assert stored(shop, category)


def test_stores_check_clock_and_money(client: Client, shop: Shop) -> None:
    store = shop.stores[0]
    assert set(errors(edit(client, store, time_zone="Moon/Base", currency="XXQ"))) == {"time_zone", "currency"}
    assert edit(client, store, region="North").status_code == 302
    assert stored(shop, store).region == "North"
    assert actions(shop.organization, "store", store.pk) == ["stores.store.updated"]
    assert (
        client.get(page(Store, "history", store.pk))
        .headers["Location"]
        .endswith(f"?object_type=store&object_id={store.pk}")
    )


def test_reversing_needs_a_reason_and_happens_once(client: Client, shop: Shop) -> None:
    movement = first_movement(shop, kind="sale", status="applied")
    url = reverse("admin:stock_stockmovement_reverse", args=[movement.pk])
    before = shop.on_hand()
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": ""}).status_code == 422
    assert shop.on_hand() == before
    answer = client.post(url, {"reason": "typed twice"}, follow=True)
    assert "was reversed" in said(answer)
    assert shop.on_hand() == before + 8
    again = client.post(url, {"reason": "typed twice"})
    assert again.status_code == 422
    assert "reversed already" in again.content.decode()
    assert shop.on_hand() == before + 8


def balances_of(shop: Shop) -> list[Stock]:
    with tenancy.scope(shop.organization.id):
        return list(Stock.objects.order_by("product_id", "store_id"))


def test_adjusting_books_all_lines_or_none(client: Client, shop: Shop) -> None:
    first, second, *_ = balances_of(shop)
    chosen = client.post(
        page(Stock, "changelist"), {"action": "adjust", "_selected_action": [first.pk, second.pk]}
    ).headers["Location"]
    key = client.get(chosen).context["form"]["key"].value()
    data = {"key": key, "reason": "shelf check", f"delta_{first.pk}": "2.5", f"delta_{second.pk}": "-100000"}
    refused = client.post(chosen, data)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == [f"delta_{second.pk}", "__all__"]
    assert stored(shop, first).on_hand == first.on_hand
    good = {**data, f"delta_{second.pk}": ""}
    for _ in range(2):  # the key makes the second sending harmless
        assert client.post(chosen, good).status_code == 302
    assert stored(shop, first).on_hand == first.on_hand + Decimal("2.5")
    with tenancy.scope(shop.organization.id):
        movement = StockMovement.objects.filter(source="admin").get()
    assert (movement.reason, movement.actor_id) == ("shelf check", shop.admin.user_id)


@pytest.mark.parametrize("delta", ["", "0", "a lot", "1e30", "NaN"])
def test_adjusting_by_nothing_or_nonsense_is_refused(client: Client, shop: Shop, delta: str) -> None:
    row = balances_of(shop)[0]
    url = f"{reverse('admin:stock_stock_adjust')}?ids={row.pk}"
    answer = client.post(url, {"key": "k", "reason": "shelf check", f"delta_{row.pk}": delta})
    assert answer.status_code == 422
    assert stored(shop, row).on_hand == row.on_hand


def test_a_stores_own_reorder_level_is_set_and_logged(client: Client, shop: Shop) -> None:
    row = balances_of(shop)[0]
    assert edit(client, row, reorder_level_override="7.5").status_code == 302
    assert stored(shop, row).reorder_level == Decimal("7.5")
    assert actions(shop.organization, "stock", row.pk) == ["stock.reorder_level.changed"]


def test_a_level_that_was_changed_meanwhile_is_not_overwritten(client: Client, shop: Shop) -> None:
    row = balances_of(shop)[1]
    url = page(type(row), "change", row.pk)
    seen = filled(client.get(url), reorder_level_override="3")
    assert edit(client, row, reorder_level_override="9").status_code == 302
    assert "changed by someone else" in str(errors(client.post(url, seen)))
    assert stored(shop, row).reorder_level == 9
    del seen["seen_version"]
    assert "seen_version" in errors(client.post(url, seen))


def test_verifying_now_publishes_the_result(client: Client, shop: Shop) -> None:
    url = reverse("admin:stock_ledgerverification_verify")
    assert client.get(url).status_code == 200
    with tenancy.scope(shop.organization.id):
        assert not LedgerVerification.objects.exists(), "looking writes nothing"
    assert "0 differences" in said(client.post(url, follow=True))


def test_members_are_changed_and_the_last_admin_is_kept(client: Client, shop: Shop) -> None:
    member = build_member(shop.organization, "staff")
    assert edit(client, member, role="manager", all_stores=False, stores=[shop.stores[1].pk]).status_code == 302
    after = stored(shop, member)
    assert (after.role, after.all_stores) == ("manager", False)
    assert actions(shop.organization, "member", member.pk) == ["accounts.member.changed"]
    assert "stores" in errors(edit(client, member, all_stores=False, stores=[]))
    assert "last active admin" in str(errors(edit(client, shop.admin, role="staff")))
    answer = client.post(
        page(Membership, "changelist"),
        {"action": "deactivate", "_selected_action": [member.pk, shop.admin.pk]},
        follow=True,
    )
    assert "last active admin" in said(answer)
    assert stored(shop, shop.admin).is_active
    assert not stored(shop, member).is_active


def test_a_foreign_or_unknown_store_is_no_choice_for_a_member(client: Client, shop: Shop) -> None:
    member = build_member(shop.organization, "staff")
    assert "stores" in errors(edit(client, member, all_stores=False, stores=[2**40]))


def test_an_invitation_is_mailed_and_its_link_shown_once(client: Client, shop: Shop) -> None:
    url = page(Invitation, "add")
    data = filled(client.get(url), email="new@example.com", role="staff", all_stores="on", days="7")
    answer = client.post(url, data, follow=True)
    assert answer.redirect_chain, errors(answer)
    assert "#token=onh_" in said(answer)
    assert "#token=" not in client.get(page(Invitation, "changelist")).content.decode()
    assert mail.outbox[-1].to == ["new@example.com"]
    with tenancy.scope(shop.organization.id):
        invitation = Invitation.objects.get(email="new@example.com")
    client.post(page(Invitation, "changelist"), {"action": "withdraw", "_selected_action": [invitation.pk]})
    assert stored(shop, invitation).revoked_at is not None


def test_a_manager_revokes_only_his_own_tokens(shop: Shop) -> None:
    member = build_member(shop.organization, "manager")
    build_token(member)
    with tenancy.scope(shop.organization.id):
        own, foreign = ApiToken.objects.get(membership=member), ApiToken.objects.filter(membership=shop.admin).first()
    client = desk_client(member)
    client.post(page(ApiToken, "changelist"), {"action": "revoke", "_selected_action": [own.pk, foreign.pk]})
    assert stored(shop, own).revoked_at is not None
    assert stored(shop, foreign).revoked_at is None
    assert "accounts.token.revoked" in actions(shop.organization, "token", own.pk)


def test_the_organisation_is_changed_and_logged(client: Client, shop: Shop) -> None:
    assert edit(client, shop.organization, currency="EUR").status_code == 302
    with tenancy.scope(shop.organization.id):
        assert Organization.objects.get(pk=shop.organization.pk).currency == "EUR"
    log = actions(shop.organization, "organization", shop.organization.pk)
    assert log == ["accounts.organization.changed"]


def test_djangos_own_log_stays_empty(client: Client, shop: Shop) -> None:
    from django.contrib.admin.models import LogEntry

    assert not LogEntry.objects.filter(user_id=shop.admin.user_id).exists()


def test_a_manager_without_costs_edits_through_the_same_form(shop: Shop) -> None:
    client = manager_client(shop.organization, sees_costs=False)
    product = shop.products[1]
    assert edit(client, product, name="Fresh name").status_code == 302
    assert stored(shop, product).unit_cost == Decimal("2.5")


def test_the_rules_of_the_organization_are_set_at_the_desk(client: Client, shop: Shop) -> None:
    organization = shop.organization
    rules = {"transfers_need_approval": "on", "transfer_tolerance_percent": "5", "reservation_max_hours": "96"}
    assert edit(client, organization, reservation_hours="24", **rules).status_code == 302
    with tenancy.scope(organization.id):
        kept = Organization.objects.get(pk=organization.pk)
    assert (kept.transfers_need_approval, kept.transfer_tolerance_percent) == (True, Decimal(5))
    assert (kept.reservation_hours, kept.reservation_max_hours) == (24, 96)
    refused = edit(client, organization, reservation_hours="97")
    assert errors(refused)["reservation_hours"] == ["Not more than the longest a reservation may last, 96 hours."]

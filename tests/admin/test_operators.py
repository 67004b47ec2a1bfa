"""Platform operators: their own door, a stated reason, one hour, read-only unless said, everything in the log."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Organization, User
from catalog.models import Product
from inventory_project.kernel import clock, tenancy
from tests.factories.accounts import PASSWORD, build_member, unique
from tests.factories.desk import build_operator, busy_shop, desk_client, filled
from tests.factories.stock import Shop
from tests.support.records import entries

REASON = "Ticket 4711: sales look wrong at the till"


@pytest.fixture(autouse=True)
def _generous_addresses(settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "login_address": 1_000_000}


@pytest.fixture(scope="module")
def shop() -> Shop:
    return busy_shop()


@pytest.fixture
def operator() -> User:
    return build_operator()


@pytest.fixture
def client(operator: User) -> Client:
    client = Client()
    answer = client.post("/operator/login/", {"username": operator.username, "password": PASSWORD})
    assert answer.headers["Location"] == "/operator/"
    return client


def enter(client: Client, organization: Organization, reason: str = REASON, **more: str) -> object:
    return client.post("/operator/", {"organization": organization.pk, "reason": reason, **more})


def log_of(shop: Shop, operator: User) -> list[object]:
    return entries(shop.organization, "operator", operator.pk)


def test_members_are_answered_like_strangers_at_the_operators_door(shop: Shop) -> None:
    member = build_member(shop.organization, "admin")
    client = Client()
    answer = client.post("/operator/login/", {"username": member.user.username, "password": PASSWORD})
    stranger = client.post("/operator/login/", {"username": unique("nobody"), "password": PASSWORD})
    assert answer.status_code == stranger.status_code == 401
    assert "username or password is wrong" in answer.content.decode()
    assert client.get("/operator/").headers["Location"] == "/operator/login/"


def test_an_operator_is_no_member(operator: User, client: Client) -> None:
    assert client.get("/admin/").status_code == 302, "no organisation was entered"
    assert client.get("/api/products/").status_code == 401
    plain = Client().post("/admin/login/", {"username": operator.username, "password": PASSWORD})
    assert plain.status_code == 403


def test_being_superuser_opens_nothing_through_the_ordinary_door(shop: Shop) -> None:
    user = build_operator()
    build_member(shop.organization, "staff", user=user)
    assert Client().post("/admin/login/", {"username": user.username, "password": PASSWORD}).status_code == 403


@pytest.mark.parametrize("reason", ["", "x", "         "])
def test_entering_needs_a_reason(shop: Shop, operator: User, client: Client, reason: str) -> None:
    assert enter(client, shop.organization, reason).status_code == 422
    assert client.get("/admin/").status_code == 302
    assert log_of(shop, operator) == []


@pytest.mark.parametrize("organization", ["", "abc", "-1", str(2**40), str(2**70)])
def test_an_unknown_organisation_is_refused(client: Client, organization: str) -> None:
    assert client.post("/operator/", {"organization": organization, "reason": REASON}).status_code == 422


def test_the_reason_and_every_page_are_in_the_organisations_log(shop: Shop, operator: User, client: Client) -> None:
    assert enter(client, shop.organization).headers["Location"] == "/admin/"
    page = client.get("/admin/catalog/product/?q=Product")
    assert page.status_code == 200
    assert "Operator, read-only, until" in page.content.decode()
    entered, viewed = log_of(shop, operator)
    assert (entered.action, entered.detail["reason"], entered.detail["may_write"]) == (
        "platform.operator.entered",
        REASON,
        False,
    )
    assert entered.actor_label == f"operator {operator.username}"
    assert (viewed.action, viewed.detail["path"]) == ("platform.operator.viewed", "/admin/catalog/product/?q=Product")
    manager = desk_client(build_member(shop.organization, "manager"))
    assert REASON in manager.get(reverse("admin:audit_auditentry_change", args=[entered.sequence])).content.decode()


def test_a_visit_is_read_only_unless_said_otherwise(shop: Shop, operator: User, client: Client) -> None:
    enter(client, shop.organization)
    url = reverse("admin:catalog_product_change", args=[shop.products[0].pk])
    assert 'name="sku"' not in client.get(url).content.decode(), "nothing to type into"
    for path in (url, reverse("admin:catalog_product_add"), reverse("admin:catalog_product_changelist")):
        assert client.post(path, {"name": "Stolen"}).status_code == 403
    assert client.post(reverse("admin:stock_ledgerverification_verify")).status_code == 403
    with tenancy.scope(shop.organization.id):
        assert Product.objects.get(pk=shop.products[0].pk).name == shop.products[0].name
    assert [entry.action for entry in log_of(shop, operator)][-1] == "platform.operator.acted"


def test_a_read_only_visit_is_read_only_for_the_database_too(shop: Shop, client: Client, monkeypatch) -> None:
    from django.db import InternalError

    from catalog.admin import ProductAdmin

    enter(client, shop.organization)

    def careless(self: object, request: object) -> object:
        Product.objects.update(name="Stolen")

    monkeypatch.setattr(ProductAdmin, "get_queryset", careless)
    with pytest.raises(InternalError, match="read-only transaction"):
        client.get(reverse("admin:catalog_product_changelist"))


def test_a_visit_with_changes_allowed_is_logged_as_such(shop: Shop, operator: User, client: Client) -> None:
    enter(client, shop.organization, may_write="on")
    url = reverse("admin:catalog_product_change", args=[shop.products[1].pk])
    assert client.post(url, filled(client.get(url), name="Mended")).status_code == 302
    change = entries(shop.organization, "product", shop.products[1].pk)[-1]
    assert (change.action, change.actor_label) == ("catalog.product.updated", f"operator {operator.username}")
    assert log_of(shop, operator)[0].detail["may_write"] is True


def test_a_visit_ends_after_an_hour(shop: Shop, client: Client, monkeypatch) -> None:
    enter(client, shop.organization)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=61))
    assert client.get("/admin/").status_code == 302


def test_leaving_is_logged_and_closes_the_desk(shop: Shop, operator: User, client: Client) -> None:
    enter(client, shop.organization)
    assert client.post("/admin/logout/").headers["Location"] == "/operator/"
    assert client.get("/admin/").status_code == 302
    assert log_of(shop, operator)[-1].action == "platform.operator.left"
    client.post("/operator/logout/")
    assert client.get("/operator/").headers["Location"] == "/operator/login/"


def test_a_visit_shows_one_organisation_only(shop: Shop, client: Client) -> None:
    other = busy_shop(name=unique("Foreign company"))
    enter(client, shop.organization)
    row = other.products[0]
    assert client.get(reverse("admin:catalog_product_change", args=[row.pk])).status_code == 302
    assert other.organization.name not in client.get("/admin/").content.decode()


def test_who_is_no_operator_any_more_is_out_at_once(shop: Shop, operator: User, client: Client) -> None:
    enter(client, shop.organization)
    User.objects.filter(pk=operator.pk).update(is_superuser=False)
    assert client.get("/admin/").status_code == 302
    assert client.get("/operator/").headers["Location"] == "/operator/login/"


def test_organisations_are_found_by_name(shop: Shop, client: Client) -> None:
    assert shop.organization.name in client.get(f"/operator/?q={shop.organization.name.upper()}").content.decode()
    assert "No organisation has such a name" in client.get("/operator/?q=%25%00nothing").content.decode()


def test_a_member_who_is_operator_does_not_mix_the_two(shop: Shop, operator: User) -> None:
    build_member(shop.organization, "manager", user=operator)
    client = Client()
    client.post("/admin/login/", {"username": operator.username, "password": PASSWORD})
    assert client.get("/admin/").status_code == 200
    client.post("/operator/login/", {"username": operator.username, "password": PASSWORD})
    assert client.get("/admin/").status_code == 302, "the member's session is over"
    client.post("/admin/login/", {"username": operator.username, "password": PASSWORD})
    assert client.get("/operator/").headers["Location"] == "/operator/login/"


def test_the_command_makes_an_operator_with_a_password_shown_once() -> None:
    name, output = unique("olga"), io.StringIO()
    call_command("create_operator", name, "--generate", stdout=output)
    password = output.getvalue().strip().rpartition(" ")[2]
    answer = Client().post("/operator/login/", {"username": name, "password": password})
    assert answer.status_code == 302
    user = User.objects.get(username=name)
    assert (user.is_superuser, user.is_staff) == (True, False)
    with pytest.raises(CommandError, match="taken"):
        call_command("create_operator", name.upper(), "--generate", stdout=output)


def test_the_command_refuses_a_weak_password(monkeypatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: "short")
    with pytest.raises(CommandError, match="too short"):
        call_command("create_operator", unique("olga"))

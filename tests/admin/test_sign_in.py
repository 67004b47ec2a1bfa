"""Signing in at the desk: the same password, limits and log as the API's login, in one organisation at a time."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Organization
from inventory_project.kernel import tenancy
from tests.factories.accounts import PASSWORD, build_member, build_organization, build_user
from tests.factories.desk import desk_client
from tests.support.records import entries


@pytest.fixture(autouse=True)
def _generous_addresses(settings):
    """Every test calls from one address; the limit has a test of its own."""
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "login_address": 1_000_000}


@pytest.fixture
def organization() -> Organization:
    return build_organization()


def sign_in(client: Client, username: str, password: str = PASSWORD, **query: str) -> object:
    return client.post("/admin/login/", {"username": username, "password": password, **query})


def events(organization: Organization, user_id: int) -> list[str]:
    return [entry.action for entry in entries(organization, "user", user_id)]


def test_a_manager_signs_in_and_the_log_keeps_it(organization: Organization) -> None:
    member = build_member(organization, "manager")
    client = Client()
    answer = sign_in(client, member.user.username, next="/admin/catalog/product/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/catalog/product/")
    page = client.get("/admin/")
    assert page.status_code == 200
    assert organization.name in page.content.decode()
    [entry] = entries(organization, "user", member.user_id)
    assert (entry.action, entry.detail["door"]) == ("accounts.login.succeeded", "admin site")
    assert client.get("/api/auth/status/").json()["authenticated"], "one session serves the dashboard too"


@pytest.mark.parametrize("name", ["next", "other"])
def test_the_login_leads_to_no_other_site(organization: Organization, name: str) -> None:
    member = build_member(organization, "manager")
    for target in ("https://evil.example/", "//evil.example/admin/", "/api/docs/", "/admin/login/", "\\evil"):
        answer = sign_in(Client(), member.user.username, **{name: target})
        assert answer.headers["Location"] == "/admin/"


def test_a_wrong_password_is_refused_and_logged(organization: Organization) -> None:
    member = build_member(organization, "manager")
    answer = sign_in(Client(), member.user.username, "wrong")
    assert answer.status_code == 401
    assert "username or password is wrong" in answer.content.decode()
    assert events(organization, member.user_id) == ["accounts.login.failed"]
    assert sign_in(Client(), "nobody-of-that-name").content.decode().count("username or password is wrong") == 1


def test_staff_are_refused_and_it_is_logged(organization: Organization) -> None:
    member = build_member(organization, "staff")
    client = Client()
    answer = sign_in(client, member.user.username)
    assert answer.status_code == 403
    assert "managers and admins" in answer.content.decode()
    assert client.get("/admin/").status_code == 302
    assert events(organization, member.user_id) == ["accounts.login.refused"]


def test_guessing_is_limited_per_account(organization: Organization, settings) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "login_account": 3}
    member = build_member(organization, "manager")
    answers = [sign_in(Client(), member.user.username, "wrong").status_code for _ in range(5)]
    assert answers == [401, 401, 401, 429, 429]
    refused = sign_in(Client(), member.user.username)
    assert refused.status_code == 429, "nor does the right password pass now"
    assert "Too many attempts" in refused.content.decode()


@pytest.mark.parametrize(
    "form", [{}, {"username": "x"}, {"username": "x" * 500, "password": "y"}, {"username": "\x00"}]
)
def test_an_incomplete_form_is_shown_again(form: dict[str, str]) -> None:
    assert Client().post("/admin/login/", form).status_code == 400


def test_several_organisations_are_chosen_from_and_switched(organization: Organization) -> None:
    user, other, closed = build_user(), build_organization(), build_organization()
    build_member(organization, "manager", user=user)
    build_member(other, "admin", user=user)
    build_member(closed, "staff", user=user)
    client = Client()
    answer = sign_in(client, user.username)
    assert answer.headers["Location"].startswith("/admin/organization/")
    assert client.get("/admin/").status_code == 302, "nothing is open before the choice"
    choices = client.get("/admin/organization/").content.decode()
    assert organization.name in choices
    assert other.name in choices
    assert closed.name not in choices
    client.post("/admin/organization/", {"organization": other.pk})
    assert other.name in client.get("/admin/").content.decode()
    client.post("/admin/organization/", {"organization": closed.pk})
    assert other.name in client.get("/admin/").content.decode(), "staff have no desk there"
    client.post("/admin/organization/", {"organization": organization.pk})
    page = client.get("/admin/").content.decode()
    assert organization.name in page
    assert other.name not in page
    assert events(other, user.pk) == ["accounts.login.succeeded"]


def test_signing_out_ends_the_session_and_is_logged(organization: Organization) -> None:
    member = build_member(organization, "manager")
    client = desk_client(member)
    assert client.get("/admin/logout/").status_code == 405
    assert client.post("/admin/logout/").headers["Location"] == "/admin/login/"
    assert client.get("/admin/").status_code == 302
    assert events(organization, member.user_id) == ["accounts.logout.succeeded"]


def test_a_changed_password_ends_the_session(organization: Organization) -> None:
    member = build_member(organization, "manager")
    client = desk_client(member)
    member.user.set_password("another long phrase")
    member.user.save()
    assert client.get("/admin/").status_code == 302


def test_a_session_of_the_dashboard_opens_the_desk(organization: Organization) -> None:
    member = build_member(organization, "admin")
    client = Client()
    body = {"username": member.user.username, "password": PASSWORD, "session": True}
    assert client.post("/api/auth/login/", body, content_type="application/json").status_code == 200
    assert client.get("/admin/").status_code == 200


def test_passwords_reach_no_log(organization: Organization) -> None:
    member = build_member(organization, "manager")
    sign_in(Client(), member.user.username, "a-very-secret-guess")
    with tenancy.scope(organization.pk):
        from audit.models import AuditEntry

        assert not any("secret-guess" in str(entry.__dict__) for entry in AuditEntry.objects.all())

"""Registering, logging in and out, status, password."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection
from rest_framework.test import APIClient

from accounts import secret
from accounts.models import Membership, Organization, User
from inventory_project.kernel import tenancy
from inventory_project.kernel.sql import rows
from tests.factories.accounts import (
    PASSWORD,
    api_client,
    build_member,
    build_organization,
    build_token,
    build_user,
    unique,
)


def registration(**values: object) -> dict[str, object]:
    return {
        "organization": unique("Corner shop"),
        "username": unique("amina"),
        "email": "amina@example.com",
        "password": "a long phrase of mine",
        **values,
    }


def log_in(username: str, password: str = PASSWORD, client: APIClient | None = None, **body: object):
    body = {"username": username, "password": password, **body}
    return (client or api_client(REMOTE_ADDR="10.1.1.1")).post("/api/auth/login/", body)


@pytest.fixture(autouse=True)
def _generous_addresses(settings):
    """Every test calls from one address; the limits have tests of their own."""
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "address": 1_000_000, "login_address": 1_000_000}


@pytest.mark.parametrize("path", ["/api/auth/register", "/api/auth/register/"])
def test_registering_makes_an_organization_and_its_admin(path):
    body = registration(time_zone="Asia/Karachi", currency="PKR")
    answer = api_client().post(path, body)
    assert answer.status_code == 201, answer.data
    user = answer.data["user"]
    assert (user["username"], user["role"], user["stores"]) == (body["username"], "admin", None)
    assert user["organization"]["time_zone"] == "Asia/Karachi"
    assert api_client(answer.data["token"]).get("/api/auth/status/").data["authenticated"] is True


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", ""),
        ("username", "two words"),
        ("username", "x" * 151),
        ("email", "not an address"),
        ("password", "short"),
        ("password", "1234567890123"),
        ("password", "x" * 300),
        ("organization", ""),
        ("time_zone", "Mars/Olympus"),
        ("currency", "rupees"),
        ("username", ["list"]),
    ],
)
def test_registering_names_the_wrong_field(field, value):
    before = User.objects.count()
    answer = api_client().post("/api/auth/register/", registration(**{field: value}))
    assert answer.status_code == 400
    assert list(answer.data["fields"]) == [field]
    assert User.objects.count() == before


def test_registering_cannot_choose_rights():
    rights = {"role": "staff", "is_superuser": True, "is_staff": True, "organization_id": 1}
    body = registration(**rights)
    refused = api_client().post("/api/auth/register/", body)
    assert (refused.status_code, refused.data["fields"].keys()) == (400, rights.keys())
    assert not User.objects.filter(username=body["username"]).exists()


def test_taken_username_is_refused_in_any_case():
    user = build_user(username=unique("Bilal"))
    answer = api_client().post("/api/auth/register/", registration(username=user.username.upper()))
    assert answer.status_code == 400
    assert "username" in answer.data["fields"]


def test_same_name_twice_gives_two_organizations():
    name = unique("Twin")
    slugs = {
        api_client().post("/api/auth/register/", registration(organization=name)).data["user"]["organization"]["slug"]
        for _ in range(2)
    }
    assert len(slugs) == 2


def test_login_answers_token_and_rights(organization):
    member = build_member(organization, role="manager")
    answer = log_in(member.user.username)
    assert answer.status_code == 200
    assert set(answer.data) == {"token", "expires_at", "user"}
    assert answer.data["user"]["organization"]["id"] == organization.id
    assert answer.data["user"]["role"] == "manager"
    assert secret.is_well_formed(answer.data["token"])


def test_unknown_user_and_wrong_password_answer_alike(organization):
    member = build_member(organization)
    wrong, unknown = log_in(member.user.username, "wrong"), log_in(unique("nobody"), "wrong")
    assert wrong.status_code == unknown.status_code == 401
    assert {**wrong.data, "request_id": ""} == {**unknown.data, "request_id": ""}
    assert wrong["WWW-Authenticate"]


def test_deactivated_person_cannot_log_in(organization):
    member = build_member(organization, is_active=False)
    assert log_in(member.user.username).status_code == 401


def test_member_of_several_organizations_names_one(organization):
    member = build_member(organization)
    other = build_organization()
    build_member(other, role="staff", user=member.user)
    refused = log_in(member.user.username)
    assert refused.status_code == 400
    assert refused.data["code"] == "organization_needed"
    assert log_in(member.user.username, organization=other.slug).data["user"]["role"] == "staff"
    assert log_in(member.user.username, organization=str(organization.id)).data["user"]["role"] == "admin"
    foreign = log_in(member.user.username, organization=build_organization().slug)
    assert foreign.data["code"] == "no_membership"


def test_logout_ends_the_token(organization):
    client = api_client(log_in(build_member(organization).user.username).data["token"])
    assert client.get("/api/auth/status/").status_code == 200
    assert client.post("/api/auth/logout/").status_code == 204
    answer = client.get("/api/auth/status/")
    assert answer.status_code == 401
    assert answer.data["code"] == "token_revoked"


def test_status_of_an_anonymous_caller():
    answer = api_client().get("/api/auth/status")
    assert answer.status_code == 200
    assert answer.data == {"authenticated": False, "user": None}


def test_password_change_ends_other_tokens_everywhere(organization):
    member = build_member(organization)
    elsewhere = build_member(build_organization(), user=member.user)
    kept, other, foreign = build_token(member), build_token(member), build_token(elsewhere)
    for text in (kept, other, foreign, kept, other, foreign):
        assert api_client(text).get("/api/auth/status/").status_code == 200
    body = {"current_password": PASSWORD, "new_password": "quite another phrase"}
    assert api_client(kept).post("/api/auth/password/", body).status_code == 204
    assert api_client(kept).get("/api/auth/status/").status_code == 200
    assert api_client(other).get("/api/auth/status/").status_code == 401
    assert api_client(foreign).get("/api/auth/status/").status_code == 401
    assert log_in(member.user.username).status_code == 401
    assert log_in(member.user.username, "quite another phrase", organization=organization.slug).status_code == 200


def test_password_change_needs_the_present_one(organization):
    client = api_client(build_token(build_member(organization)))
    answer = client.post("/api/auth/password/", {"current_password": "wrong", "new_password": "quite another phrase"})
    assert answer.status_code == 400
    assert "current_password" in answer.data["fields"]


def test_limited_token_cannot_change_the_password(organization):
    text = build_token(build_member(organization), scopes=["accounts:write"])
    body = {"current_password": PASSWORD, "new_password": "quite another phrase"}
    assert api_client(text).post("/api/auth/password/", body).status_code == 403


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("login", "get"),
        ("register", "get"),
        ("logout", "get"),
        ("status", "post"),
        ("password", "put"),
        ("csrf", "post"),
    ],
)
def test_wrong_method_is_refused(organization, path, method):
    client = api_client(build_token(build_member(organization)))
    assert getattr(client, method)(f"/api/auth/{path}/").status_code == 405


@pytest.mark.parametrize("raw", [b"{", b"[]", b'"text"', b"\xff", b'{"username": "a\\u0000", "password": "b"}'])
def test_broken_login_body_is_refused(raw):
    answer = api_client().post("/api/auth/login/", raw, content_type="application/json")
    assert answer.status_code == 400
    assert answer.data["code"] in {"malformed", "invalid"}


def browser(**options: object) -> APIClient:
    return APIClient(enforce_csrf_checks=True, **options)


def browser_login(username: str) -> APIClient:
    client = browser()
    token = client.get("/api/auth/csrf/").data["csrf_token"]
    answer = client.post(
        "/api/auth/login/",
        {"username": username, "password": PASSWORD, "session": True},
        HTTP_X_CSRFTOKEN=token,
    )
    assert answer.status_code == 200, answer.data
    assert answer.cookies[settings.SESSION_COOKIE_NAME]["httponly"]
    return client


def test_cookie_post_without_csrf_token_is_refused(organization):
    client = browser_login(build_member(organization).user.username)
    assert client.get("/api/auth/status/").data["authenticated"] is True
    refused = client.post("/api/tokens/", {"name": "stolen"})
    assert refused.status_code == 403
    assert refused.data["code"] == "csrf_failed"
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    assert client.post("/api/tokens/", {"name": "mine"}, HTTP_X_CSRFTOKEN=token).status_code == 201


def test_session_login_without_csrf_token_is_refused(organization):
    body = {"username": build_member(organization).user.username, "password": PASSWORD, "session": True}
    assert browser().post("/api/auth/login/", body).status_code == 403


def test_session_logout_ends_session_and_its_token(organization):
    member = build_member(organization)
    client = browser_login(member.user.username)
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    assert client.post("/api/auth/logout/", HTTP_X_CSRFTOKEN=token).status_code == 204
    assert client.get("/api/auth/status/").data["authenticated"] is False
    with tenancy.scope(organization.id):
        assert all(token.revoked_at for token in member.tokens.all())


def test_removed_member_loses_the_session(organization):
    member = build_member(organization)
    client = browser_login(member.user.username)
    with tenancy.scope(organization.id):
        Membership.objects.filter(pk=member.pk).update(is_active=False)
    assert client.get("/api/auth/status/").data["code"] == "session_ended"


def test_password_change_ends_other_sessions(organization):
    member = build_member(organization)
    one, two = browser_login(member.user.username), browser_login(member.user.username)
    csrf = one.cookies[settings.CSRF_COOKIE_NAME].value
    body = {"current_password": PASSWORD, "new_password": "quite another phrase"}
    assert one.post("/api/auth/password/", body, HTTP_X_CSRFTOKEN=csrf).status_code == 204
    assert one.get("/api/auth/status/").data["authenticated"] is True
    assert two.get("/api/auth/status/").data["authenticated"] is False


def test_wrong_logins_pass_exactly_to_the_limit(organization, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "login_account": 5}
    username = build_member(organization).user.username

    def attempt(_: int) -> int:
        try:
            return log_in(username, "wrong").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        statuses = sorted(pool.map(attempt, range(20)))
    assert statuses == [401] * 5 + [429] * 15
    limited = log_in(username)
    assert limited.status_code == 429
    assert int(limited["Retry-After"]) >= 1
    assert limited.data["code"] == "rate_limited"


def test_address_limit_counts_every_account(settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "login_address": 3}
    client = api_client(REMOTE_ADDR=f"10.9.{unique('x').__hash__() % 250}.7")
    statuses = [log_in(unique("nobody"), "wrong", client).status_code for _ in range(5)]
    assert statuses.count(429) == 2


def test_no_table_holds_a_secret(organization):
    text = build_token(build_member(organization))
    login = log_in(build_member(organization).user.username).data["token"]
    tables = rows(
        "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
        {},
        using="owner",
    )
    assert len(tables) > 10
    for table in tables:
        for value in (text, login, PASSWORD):
            query = f'SELECT count(*) AS n FROM "{table["name"]}" t WHERE t::text LIKE %(like)s'
            assert (
                rows(query, {"like": f"%{value}%"}, using="platform" if _readable(table["name"]) else "owner")[0]["n"]
                == 0
            )


def _readable(table: str) -> bool:
    query = "SELECT has_table_privilege('onhand_platform', %(table)s, 'SELECT') AS ok"
    return bool(rows(query, {"table": f'"{table}"'})[0]["ok"])


def test_registration_survives_a_lost_slug_race(organization):
    body = registration(organization=organization.slug)
    answer = api_client().post("/api/auth/register/", body)
    assert answer.status_code == 201
    assert answer.data["user"]["organization"]["slug"] != organization.slug
    with tenancy.scope(organization.id):
        assert Organization.objects.count() == 1

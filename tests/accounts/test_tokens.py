"""API tokens: issued, narrowed, rotated, revoked, refused."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection

from accounts import secret
from accounts.api import token_cache
from accounts.models import ApiToken
from accounts.selectors import credentials
from accounts.services import tokens
from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import SYSTEM, Role
from inventory_project.kernel.sql import rows
from stores.models import Store
from tests.factories.accounts import api_client, build_member, build_organization, build_token


def build_stores(organization, count: int = 2) -> list[int]:
    with tenancy.scope(organization.id):
        return [
            Store.objects.create(organization=organization, code=f"S{n}", name=f"Store {n}").pk for n in range(count)
        ]


def code_of(text: str) -> str:
    answer = api_client(text).get("/api/auth/status/")
    if answer.status_code == 200:
        return "ok"
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Token realm="onhand"'
    assert set(answer.data) == {"code", "detail", "fields", "request_id"}
    return str(answer.data["code"])


def stored(organization, text: str) -> ApiToken:
    with tenancy.scope(organization.id):
        return ApiToken.objects.get(digest=secret.digest(text))


def test_secret_is_random_marked_and_checked():
    texts = {secret.mint() for _ in range(200)}
    assert len(texts) == 200
    assert all(text.startswith("onh_") and secret.is_well_formed(text) for text in texts)
    text = texts.pop()
    assert not any(
        secret.is_well_formed(bad) for bad in (text[:-1], text + "0", text[::-1], "é" * 53, "", text.lower())
    )


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: t[:-1] + "!", lambda t: "x", lambda t: "", lambda t: f"{t} {t}"]
)
def test_malformed_token_is_refused(organization, change):
    assert code_of(change(build_token(build_member(organization)))) == "token_invalid"


def test_well_formed_token_nobody_issued_is_refused():
    assert code_of(secret.mint()) == "token_invalid"


def test_expired_token_is_refused(organization):
    assert (
        code_of(build_token(build_member(organization), expires_at=clock.now() - timedelta(seconds=1)))
        == "token_expired"
    )


def test_token_expires_while_it_is_cached(organization, monkeypatch):
    text = build_token(build_member(organization), expires_at=clock.now() + timedelta(minutes=5))
    assert [code_of(text) for _ in range(3)] == ["ok"] * 3
    later = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert code_of(text) == "token_expired"


@pytest.mark.parametrize("path", ["/api/nothing", "/api/tokens/abc/", "/api/tokens/-1/"])
def test_path_that_does_not_exist_answers_in_the_one_error_shape(path):
    answer = api_client().get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/json"
    assert set(answer.json()) == {"code", "detail", "fields", "request_id"}
    assert answer.json()["request_id"] == answer["X-Request-ID"]


def test_other_schemes_are_no_credentials():
    client = api_client()
    client.credentials(HTTP_AUTHORIZATION="Basic YTpi")
    assert client.get("/api/tokens/").data["code"] == "not_authenticated"


@pytest.mark.parametrize(
    "change",
    [
        lambda client, member: client.patch(f"/api/members/{member.pk}/", {"is_active": False}),
        lambda client, member: client.delete(f"/api/members/{member.pk}/"),
    ],
)
def test_token_ends_with_its_members_rights(organization, change):
    admin = api_client(build_token(build_member(organization)))
    member = build_member(organization, role="staff")
    text = build_token(member)
    assert [code_of(text) for _ in range(3)] == ["ok"] * 3
    assert change(admin, member).status_code in {200, 204}
    assert code_of(text) in {"token_revoked", "token_invalid"}


def test_new_role_and_stores_count_at_once(organization):
    first, _ = build_stores(organization)
    admin = api_client(build_token(build_member(organization)))
    member = build_member(organization, role="manager")
    client = api_client(build_token(member))
    for _ in range(3):
        assert client.get("/api/auth/status/").data["user"]["role"] == "manager"
    admin.patch(f"/api/members/{member.pk}/", {"role": "staff", "stores": [first], "sees_costs": False})
    user = client.get("/api/auth/status/").data["user"]
    assert (user["role"], user["stores"], user["sees_costs"]) == ("staff", [first], False)


IN_ANOTHER_PROCESS = """
import sys, django
django.setup()
from accounts.api import token_cache
text = sys.argv[1]
for _ in range(5):
    assert not token_cache.find(text).is_revoked
print("warm", flush=True)
sys.stdin.readline()
print(token_cache.find(text).is_revoked, flush=True)
"""


def test_revoked_token_stops_at_once_in_another_process(organization):
    text = build_token(build_member(organization))
    command = [sys.executable, "-c", IN_ANOTHER_PROCESS, text]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline().strip() == "warm"
        with tenancy.scope(organization.id):
            tokens.revoke(token=stored(organization, text), acting_as=SYSTEM)
        answer, _ = process.communicate("\n", timeout=20)
    assert answer.strip() == "True"


def test_warm_cache_asks_postgresql_nothing(organization, django_assert_num_queries):
    text = build_token(build_member(organization))
    for _ in range(3):
        token_cache.find(text)
    with django_assert_num_queries(0):
        assert token_cache.find(text) is not None


def test_use_is_kept_once_a_minute(organization):
    text = build_token(build_member(organization))
    token_cache.find(text)
    first = stored(organization, text).last_used_at
    assert first is not None
    token_cache.forget_all()
    token_cache.find(text)
    assert stored(organization, text).last_used_at == first


def test_token_narrows_its_members_rights(organization):
    first, second = build_stores(organization)
    member = build_member(organization, role="manager", stores=[first])
    access = credentials.find_token(
        secret.digest(build_token(member, store_ids=[first, second], scopes=["stock:read"]))
    ).access
    assert access.store_ids == {first}
    assert access.role is Role.MANAGER
    assert not access.sees_costs
    assert access.allows_scope("stock", write=False)
    assert not access.allows_scope("stock", write=True)


def test_costs_need_right_and_scope(organization):
    def sees(member, scopes):
        return credentials.find_token(secret.digest(build_token(member, scopes=scopes))).access.sees_costs

    seer, other = build_member(organization, sees_costs=True), build_member(organization, role="staff")
    assert sees(seer, ["stock:read", "costs:read"])
    assert not sees(seer, ["stock:read"])
    assert not sees(other, ["stock:read", "costs:read"])


@pytest.mark.parametrize("path", ["/api/tokens", "/api/tokens/"])
def test_member_creates_a_token_shown_once(organization, path):
    [store] = build_stores(organization, 1)
    client = api_client(build_token(build_member(organization, role="staff")))
    body = {
        "name": "Till 3",
        "scopes": ["stock:write"],
        "stores": [store],
        "expires_at": (clock.now() + timedelta(days=365)).isoformat(),
    }
    answer = client.post(path, body)
    assert answer.status_code == 201, answer.data
    assert answer.data["token"].startswith(answer.data["prefix"])
    assert (answer.data["scopes"], answer.data["stores"]) == (["stock:write"], [store])
    detail = client.get(f"{path.rstrip('/')}/{answer.data['id']}/")
    assert detail.status_code == 200
    assert "token" not in detail.data
    assert "digest" not in str(detail.data)
    assert code_of(answer.data["token"]) == "ok"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 101),
        ("scopes", ["everything"]),
        ("scopes", []),
        ("scopes", "stock:read"),
        ("stores", [0]),
        ("stores", []),
        ("stores", [2**63 - 1]),
        ("stores", [2**70]),
        ("stores", "all"),
        ("expires_at", "yesterday"),
        ("expires_at", "2020-01-01T00:00:00Z"),
        ("expires_at", "9999-12-31T23:59:59-23:59"),
        ("expires_at", "0001-01-01T00:00:00+23:59"),
        ("expires_at", 5),
    ],
)
def test_wrong_token_field_is_named(organization, field, value):
    client = api_client(build_token(build_member(organization)))
    answer = client.post("/api/tokens/", {"name": "x", field: value})
    assert answer.status_code == 400
    assert list(answer.data["fields"]) == [field]
    assert len(client.get("/api/tokens/").data["results"]) == 1


def test_narrow_token_cannot_mint_a_wider_one(organization):
    first, second = build_stores(organization)
    member = build_member(organization)
    client = api_client(build_token(member, scopes=["accounts:write", "stock:write"], store_ids=[first]))
    wide_id = stored(organization, build_token(member)).pk
    narrow = {"name": "x", "scopes": ["stock:read"], "stores": [first]}
    assert client.post("/api/tokens/", narrow).status_code == 201
    for change in ({"scopes": None}, {"scopes": ["catalog:read"]}, {"stores": None}, {"stores": [first, second]}):
        assert client.post("/api/tokens/", {**narrow, **change}).status_code == 400
    assert client.post(f"/api/tokens/{wide_id}/rotate/").status_code == 400


def test_foreign_store_is_refused(organization):
    [foreign] = build_stores(build_organization(), 1)
    client = api_client(build_token(build_member(organization)))
    assert client.post("/api/tokens/", {"name": "x", "stores": [foreign]}).status_code == 400


def test_rotation_keeps_the_old_secret_for_the_overlap(organization):
    member = build_member(organization)
    text = build_token(member, name="Till 3", scopes=["accounts:write"])
    client, token_id = api_client(text), stored(organization, text).pk
    answer = client.post(f"/api/tokens/{token_id}/rotate/")
    assert answer.status_code == 201
    assert (answer.data["name"], answer.data["scopes"]) == ("Till 3", ["accounts:write"])
    assert [code_of(text), code_of(answer.data["token"])] == ["ok", "ok"]
    left = stored(organization, text).expires_at - clock.now()
    assert timedelta(hours=23) < left <= timedelta(hours=24)


def test_rotation_without_overlap_ends_the_old_secret(organization):
    text = build_token(build_member(organization))
    answer = api_client(text).post(f"/api/tokens/{stored(organization, text).pk}/rotate/", {"overlap_hours": 0})
    assert [code_of(text), code_of(answer.data["token"])] == ["token_revoked", "ok"]
    again = api_client(answer.data["token"]).post(f"/api/tokens/{stored(organization, text).pk}/rotate/")
    assert again.status_code == 409


@pytest.mark.parametrize("value", [-1, 169, "NaN", 1e300, None, []])
def test_wrong_overlap_is_refused(organization, value):
    text = build_token(build_member(organization))
    path = f"/api/tokens/{stored(organization, text).pk}/rotate/"
    answer = api_client(text).post(path, {"overlap_hours": value})
    assert answer.status_code == 400
    assert list(answer.data["fields"]) == ["overlap_hours"]
    assert stored(organization, text).expires_at is None


def test_revoked_token_is_refused_and_stays_in_the_list(organization):
    client = api_client(build_token(build_member(organization)))
    text = client.post("/api/tokens/", {"name": "x"}).data["token"]
    token_id = stored(organization, text).pk
    assert [code_of(text) for _ in range(3)] == ["ok"] * 3
    assert client.delete(f"/api/tokens/{token_id}").status_code == 204
    assert client.delete(f"/api/tokens/{token_id}/").status_code == 204
    assert code_of(text) == "token_revoked"
    assert client.get(f"/api/tokens/{token_id}/").data["revoked_at"]


def test_members_see_only_their_own_tokens(organization):
    admin, staff = build_member(organization), build_member(organization, role="staff")
    admin_text, staff_text = build_token(admin), build_token(staff)
    admin_id, staff_id = stored(organization, admin_text).pk, stored(organization, staff_text).pk
    assert [row["id"] for row in api_client(staff_text).get("/api/tokens/").data["results"]] == [staff_id]
    assert {row["id"] for row in api_client(admin_text).get("/api/tokens/").data["results"]} == {admin_id, staff_id}
    assert api_client(staff_text).delete(f"/api/tokens/{admin_id}/").status_code == 404
    assert api_client(admin_text).post(f"/api/tokens/{staff_id}/rotate/").status_code == 404
    assert api_client(admin_text).delete(f"/api/tokens/{staff_id}/").status_code == 204


def test_scope_is_needed(organization):
    member = build_member(organization)
    reader = api_client(build_token(member, scopes=["accounts:read"]))
    assert reader.get("/api/tokens/").status_code == 200
    assert reader.post("/api/tokens/", {"name": "x", "scopes": ["accounts:read"]}).status_code == 403
    assert api_client(build_token(member, scopes=["stock:write"])).get("/api/tokens/").status_code == 403


@pytest.mark.parametrize(
    ("path", "method"), [("", "put"), ("", "delete"), ("1/", "post"), ("1/", "patch"), ("1/rotate/", "get")]
)
def test_wrong_method_is_refused(organization, path, method):
    client = api_client(build_token(build_member(organization)))
    assert getattr(client, method)(f"/api/tokens/{path}").status_code == 405


def test_pages_of_tokens_hold_every_token_once(organization):
    member = build_member(organization)
    client = api_client([build_token(member) for _ in range(7)][0])
    url, seen = "/api/tokens/?page_size=3", []
    while url:
        page = client.get(url).data
        seen += [row["id"] for row in page["results"]]
        url = page["next"]
    assert len(seen) == len(set(seen)) == 7
    assert seen == sorted(seen, reverse=True)


def test_list_costs_a_fixed_number_of_queries(organization, django_assert_max_num_queries):
    member = build_member(organization)
    client = api_client([build_token(member) for _ in range(20)][0])
    client.get("/api/tokens/")
    with django_assert_max_num_queries(6):
        assert len(client.get("/api/tokens/").data["results"]) == 20


def test_app_role_cannot_read_other_organizations_tokens(organization):
    build_token(build_member(organization))
    assert rows("SELECT * FROM accounts_apitoken", {}) == []
    with tenancy.scope(build_organization().id):
        assert rows("SELECT * FROM accounts_apitoken", {}) == []
        assert rows("SELECT * FROM accounts_membership", {}) == []


def test_lookups_are_for_the_app_role_alone():
    query = """SELECT p.proname AS name, pg_get_userbyid(p.proowner) AS owner, p.prosecdef AS definer,
                      has_function_privilege('public', p.oid, 'EXECUTE') AS public
                 FROM pg_proc p WHERE proname LIKE 'accounts\\_%%'"""
    found = rows(query, {})
    assert len(found) == 5
    assert all(row["owner"] == "onhand_platform" and row["definer"] and not row["public"] for row in found)


def test_app_role_cannot_replace_a_lookup():
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION accounts_token_lookup(bytea)")


def test_refusals_say_what_to_send_instead(organization):
    secret = build_token(build_member(organization, role="staff"), scopes=["stock:write"])
    staff = api_client(build_token(build_member(organization, role="staff")))
    assert "Authorization: Token <secret>" in api_client().get("/api/stores/").data["detail"]
    assert "without quotes" in api_client(f'"{secret}"').get("/api/stores/").data["detail"]
    assert "stores:read" in api_client(secret).get("/api/stores/").data["detail"]
    assert "role admin" in staff.post("/api/stores/", {"code": "A", "name": "A"}).data["detail"]
    assert "Allowed here: POST." in api_client().get("/api/auth/login/").data["detail"]
    form = api_client().post("/api/auth/login/", "username=jo", content_type="application/x-www-form-urlencoded")
    assert (form.status_code, "Send Content-Type: application/json." in form.data["detail"]) == (415, True)


def test_tokens_and_invitations_are_found_by_whether_they_still_work(organization):
    admin = api_client(build_token(build_member(organization)))

    def names(query: str) -> list[str]:
        return [row["name"] for row in admin.get(f"/api/tokens/?{query}").json()["results"]]

    later = (clock.now() + timedelta(days=1)).isoformat()
    kept, gone = (admin.post("/api/tokens/", {"name": name, "expires_at": later}).data for name in ("kept", "gone"))
    assert admin.delete(f"/api/tokens/{gone['id']}/").status_code == 204
    assert "gone" not in names("is_active=true")
    assert {"kept", "gone"} & set(names("is_active=false")) == {"gone"}
    assert {"kept", "gone"} <= set(names("kind=integration"))
    assert set(names("kind=session")) & {"kept", "gone"} == set()
    assert kept["revoked_at"] is None
    assert admin.get("/api/tokens/?kind=till").status_code == 400
    offers = [admin.post("/api/invitations/", {"email": f"{n}@example.com", "role": "staff"}).data for n in "ab"]
    admin.delete(f"/api/invitations/{offers[0]['id']}/")
    for query, expected in (("true", ["b@example.com"]), ("false", ["a@example.com"])):
        found = admin.get(f"/api/invitations/?is_open={query}").json()["results"]
        assert [row["email"] for row in found] == expected

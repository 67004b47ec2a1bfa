"""Every security event is in the log of the organisation it concerns, and no secret ever is."""

from __future__ import annotations

import orjson
import pytest

from accounts import secret
from accounts.models import ApiToken
from audit.models import PLATFORM_ORGANIZATION
from inventory_project.kernel import tenancy
from inventory_project.kernel.sql import rows
from tests.factories.accounts import PASSWORD, api_client, build_member, build_organization, build_token, unique


@pytest.fixture(autouse=True)
def _generous_addresses(settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "address": 1_000_000, "login_address": 1_000_000}


def entries(organization_id: int) -> list[dict]:
    query = "SELECT * FROM audit_entry WHERE organization_id = %(id)s ORDER BY sequence"
    found = rows(query, {"id": organization_id}, using="platform")
    return [{**entry, "detail": orjson.loads(entry["detail"] or "null")} for entry in found]


def actions(organization_id: int) -> list[str]:
    return [entry["action"] for entry in entries(organization_id)]


def test_logins_are_kept_with_address_and_outcome(organization):
    member = build_member(organization)
    client = api_client(REMOTE_ADDR="10.20.0.1")
    for password in ("wrong", PASSWORD):
        client.post("/api/auth/login/", {"username": member.user.username, "password": password})
    found = {entry["action"]: entry for entry in entries(organization.id)}
    failed, succeeded = found["accounts.login.failed"], found["accounts.login.succeeded"]
    assert (failed["actor_id"], failed["object_id"]) == (None, str(member.user_id))
    assert (succeeded["actor_id"], succeeded["actor_label"]) == (member.user_id, member.user.username)
    assert failed["detail"]["address"] == succeeded["detail"]["address"] == "10.20.0.1"
    assert failed["request_id"]


def test_failed_login_is_kept_in_each_of_the_persons_organizations(organization):
    member = build_member(organization)
    other = build_organization()
    build_member(other, user=member.user)
    api_client().post("/api/auth/login/", {"username": member.user.username, "password": "wrong"})
    assert actions(organization.id) == actions(other.id) == ["accounts.login.failed"]


def test_unknown_account_is_kept_for_operators_without_its_name():
    name = unique("perhaps-a-password")
    api_client(REMOTE_ADDR="10.20.0.2").post("/api/auth/login/", {"username": name, "password": "wrong"})
    last = entries(PLATFORM_ORGANIZATION)[-1]
    assert last["action"] == "accounts.login.failed"
    assert name not in str(last)


def test_a_persons_life_is_in_the_log(organization):
    client = api_client(build_token(build_member(organization)))
    invited = client.post("/api/invitations/", {"email": "n@example.com", "role": "staff"}).data
    withdrawn = client.post("/api/invitations/", {"email": "w@example.com", "role": "staff"}).data
    client.delete(f"/api/invitations/{withdrawn['id']}/")
    body = {"token": invited["token"], "username": unique("new"), "password": "a long phrase of mine"}
    joined = api_client().post("/api/invitations/accept/", body).data
    newcomer = api_client(joined["token"])
    created = newcomer.post("/api/tokens/", {"name": "x"}).data
    newcomer.post(f"/api/tokens/{created['id']}/rotate/")
    newcomer.delete(f"/api/tokens/{created['id']}/")
    change = {"current_password": "a long phrase of mine", "new_password": "another long phrase"}
    newcomer.post("/api/auth/password/", change)
    newcomer.post("/api/auth/logout/")
    member = client.get("/api/members/").data["results"][-1]["id"]
    client.patch(f"/api/members/{member}/", {"role": "manager"})
    client.delete(f"/api/members/{member}/")
    client.patch("/api/organization/", {"currency": "EUR"})
    found = actions(organization.id)
    for action in (
        "accounts.token.created",
        "accounts.token.rotated",
        "accounts.token.revoked",
        "accounts.member.invited",
        "accounts.member.joined",
        "accounts.member.changed",
        "accounts.member.removed",
        "accounts.invitation.revoked",
        "accounts.password.changed",
        "accounts.logout.succeeded",
        "accounts.organization.changed",
    ):
        assert action in found, action
    text = str(entries(organization.id))
    for hidden in (invited["token"], joined["token"], created["token"], "long phrase"):
        assert hidden not in text


def test_refused_change_leaves_no_entry(organization):
    member = build_member(organization)
    client = api_client(build_token(member))
    before = actions(organization.id)
    assert client.delete(f"/api/members/{member.pk}/").status_code == 409
    assert actions(organization.id) == before


def test_digest_is_all_that_is_stored(organization):
    text = build_token(build_member(organization))
    with tenancy.scope(organization.id):
        token = ApiToken.objects.get()
    assert bytes(token.digest) == secret.digest(text)
    assert text not in str(vars(token))
    assert token.prefix == text[:12]

"""Members, invitations and the organisation's settings."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection

from accounts.models import Invitation, Membership, User
from inventory_project.kernel import clock, tenancy
from stores.models import Store
from tests.factories.accounts import (
    PASSWORD,
    api_client,
    build_member,
    build_organization,
    build_token,
    build_user,
    unique,
)


@pytest.fixture
def admin(organization):
    return api_client(build_token(build_member(organization)))


@pytest.fixture
def store(organization):
    with tenancy.scope(organization.id):
        return Store.objects.create(organization=organization, code="A", name="Downtown")


@pytest.fixture(autouse=True)
def _generous_addresses(settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "address": 1_000_000, "login_address": 1_000_000}


def invite(client, **values):
    return client.post("/api/invitations/", {"email": "new@example.com", "role": "staff", **values})


def same_but_for_the_request_id(one, two):
    return one.status_code == two.status_code and {**one.data, "request_id": ""} == {**two.data, "request_id": ""}


@pytest.mark.parametrize("path", ["/api/members", "/api/members/"])
def test_members_are_listed_with_role_and_stores(organization, admin, store, path):
    member = build_member(organization, role="staff", stores=[store])
    found = {row["id"]: row for row in admin.get(path).data["results"]}
    assert len(found) == 2
    assert (found[member.pk]["role"], found[member.pk]["stores"]) == ("staff", [store.pk])
    assert "password" not in str(found)


def test_staff_do_not_see_members(organization):
    client = api_client(build_token(build_member(organization, role="staff")))
    assert client.get("/api/members/").status_code == 403


@pytest.mark.parametrize("role", ["staff", "manager"])
def test_only_admins_change_people(organization, role):
    member = build_member(organization, role=role)
    client = api_client(build_token(member))
    assert client.patch(f"/api/members/{member.pk}/", {"role": "admin"}).status_code == 403
    assert client.delete(f"/api/members/{member.pk}/").status_code == 403
    assert invite(client).status_code == 403
    assert client.get("/api/invitations/").status_code == 403
    assert client.patch("/api/organization/", {"name": "Mine"}).status_code == 403
    with tenancy.scope(organization.id):
        assert Membership.objects.get(pk=member.pk).role == role


def test_token_limited_to_stores_cannot_change_people(organization, store):
    client = api_client(build_token(build_member(organization), store_ids=[store.pk]))
    assert invite(client).status_code == 403
    assert client.patch("/api/organization/", {"name": "Mine"}).status_code == 403


def test_stores_of_a_member_can_be_set_and_opened_again(organization, admin, store):
    member = build_member(organization, role="staff")
    path = f"/api/members/{member.pk}/"
    assert admin.patch(path, {"stores": [store.pk, store.pk]}).data["stores"] == [store.pk]
    assert admin.patch(path, {"sees_costs": True}).data["stores"] == [store.pk]
    assert admin.patch(path, {"stores": None}).data["stores"] is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("role", "owner"),
        ("role", None),
        ("stores", []),
        ("stores", [-1]),
        ("stores", [2**62]),
        ("is_active", "perhaps"),
    ],
)
def test_wrong_member_field_is_named(organization, admin, field, value):
    member = build_member(organization, role="staff")
    answer = admin.patch(f"/api/members/{member.pk}/", {field: value})
    assert answer.status_code == 400
    assert list(answer.data["fields"]) == [field]


def test_member_cannot_be_moved_by_mass_assignment(organization, admin):
    member, other = build_member(organization, role="staff"), build_organization()
    body = {
        "organization": other.pk,
        "organization_id": other.pk,
        "user": 1,
        "user_id": 1,
        "id": 1,
        "is_superuser": True,
    }
    refused = admin.patch(f"/api/members/{member.pk}/", body)
    assert (refused.status_code, set(refused.data["fields"])) == (400, set(body))
    with tenancy.scope(organization.id):
        assert Membership.objects.get(pk=member.pk).user_id == member.user_id
    assert not User.objects.get(pk=member.user_id).is_superuser


@pytest.mark.parametrize(
    ("room", "method"),
    [(room, method) for room in ("members", "tokens", "invitations") for method in ("get", "delete")]
    + [("members", "patch")],
)
def test_foreign_and_missing_ids_answer_alike(admin, room, method):
    other = build_organization()
    member = build_member(other)
    foreign_admin = api_client(build_token(member))
    invitation = invite(foreign_admin).data["id"]
    token = foreign_admin.get("/api/tokens/").data["results"][0]["id"]
    foreign = {"members": member.pk, "tokens": token, "invitations": invitation}[room]
    answers = [getattr(admin, method)(f"/api/{room}/{number}/") for number in (foreign, 999_999_999_999_999_999)]
    assert answers[0].status_code == 404
    assert same_but_for_the_request_id(*answers)
    assert foreign_admin.get(f"/api/{room}/{foreign}/").status_code == 200


def test_last_admin_is_kept(organization):
    member = build_member(organization)
    build_member(organization, role="manager")
    build_member(organization, is_active=False)
    client, path = api_client(build_token(member)), f"/api/members/{member.pk}/"
    for answer in (
        client.patch(path, {"role": "manager"}),
        client.patch(path, {"is_active": False}),
        client.delete(path),
    ):
        assert answer.status_code == 409
        assert answer.data["code"] == "last_admin"
    assert client.get(path).data["role"] == "admin"


def test_two_admins_who_demote_each_other_leave_one(organization):
    one, two = build_member(organization), build_member(organization)
    pairs = [(build_token(one), two.pk), (build_token(two), one.pk)]

    def demote(pair):
        try:
            return api_client(pair[0]).patch(f"/api/members/{pair[1]}/", {"role": "staff"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(demote, pairs))
    assert statuses[0] == 200
    assert statuses[1] in {403, 409}
    with tenancy.scope(organization.id):
        assert Membership.objects.filter(role="admin").count() == 1


def test_new_person_joins_as_the_inviter_decided(organization, admin, store):
    answer = invite(admin, role="manager", stores=[store.pk])
    assert answer.status_code == 201
    assert answer.data["link"].endswith(answer.data["token"])
    assert mail.outbox[-1].to == ["new@example.com"]
    assert answer.data["link"] in mail.outbox[-1].body
    body = {
        "token": answer.data["token"],
        "username": unique("bilal"),
        "password": "a long phrase of mine",
    }
    assert api_client().post("/api/invitations/accept", {**body, "role": "admin"}).data["fields"].keys() == {"role"}
    joined = api_client().post("/api/invitations/accept", body)
    assert joined.status_code == 201, joined.data
    user = joined.data["user"]
    assert (user["role"], user["stores"], user["organization"]["id"]) == ("manager", [store.pk], organization.id)
    again = api_client().post("/api/invitations/accept/", {**body, "username": unique("other")})
    assert again.data["code"] == "invitation_unusable"


def test_a_misspelled_limit_of_an_invitation_is_refused_and_does_not_open_every_store(admin, store):
    refused = admin.post(
        "/api/invitations/", {"email": "new@example.com", "role": "staff", "store": [store.pk]}, format="json"
    )
    assert (refused.status_code, list(refused.data["fields"])) == (400, ["store"])
    assert admin.get("/api/invitations/").data["results"] == []


def test_existing_person_joins_with_its_password(organization, admin):
    user = build_user()
    body = {"token": invite(admin).data["token"], "username": user.username, "password": "wrong"}
    assert api_client().post("/api/invitations/accept/", body).status_code == 401
    joined = api_client().post("/api/invitations/accept/", {**body, "password": PASSWORD})
    assert joined.status_code == 201
    assert joined.data["user"]["id"] == user.pk


def test_person_logged_in_elsewhere_joins_by_token(organization, admin):
    elsewhere = build_member(build_organization())
    client = api_client(build_token(elsewhere))
    joined = client.post("/api/invitations/accept/", {"token": invite(admin).data["token"]})
    assert joined.status_code == 201
    assert joined.data["user"]["organization"]["id"] == organization.id


def test_member_cannot_join_twice(organization, admin):
    member = build_member(organization, role="staff")
    client = api_client(build_token(member))
    answer = client.post("/api/invitations/accept/", {"token": invite(admin, role="admin").data["token"]})
    assert answer.status_code == 409
    with tenancy.scope(organization.id):
        assert Membership.objects.get(pk=member.pk).role == "staff"


def test_invitation_accepted_at_once_by_many_makes_one_member(organization, admin):
    text = invite(admin).data["token"]

    def join(_):
        try:
            body = {"token": text, "username": unique("twin"), "password": "a long phrase of mine"}
            return api_client().post("/api/invitations/accept/", body).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        statuses = sorted(pool.map(join, range(6)))
    assert statuses == [201] + [400] * 5
    with tenancy.scope(organization.id):
        assert Membership.objects.count() == 2


@pytest.mark.parametrize("state", ["expired", "revoked", "unknown"])
def test_unusable_invitation_makes_nobody(organization, admin, state):
    answer = invite(admin).data
    text = answer["token"]
    with tenancy.scope(organization.id):
        row = Invitation.objects.filter(pk=answer["id"])
        if state == "expired":
            row.update(expires_at=clock.now() - timedelta(seconds=1))
        elif state == "unknown":
            text = text[:-1]
    if state == "revoked":
        assert admin.delete(f"/api/invitations/{answer['id']}/").status_code == 204
    username = unique("ghost")
    refused = api_client().post(
        "/api/invitations/accept/", {"token": text, "username": username, "password": "a long phrase of mine"}
    )
    assert refused.status_code == 400
    assert refused.data["code"] == "invitation_unusable"
    assert not User.objects.filter(username=username).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "nobody"), ("role", "owner"), ("stores", [2**62]), ("expires_in_days", 0), ("expires_in_days", 400)],
)
def test_wrong_invitation_field_is_named(admin, field, value):
    answer = invite(admin, **{field: value})
    assert answer.status_code == 400
    assert list(answer.data["fields"]) == [field]


def test_forged_mail_header_is_flattened(organization, admin):
    assert admin.patch("/api/organization/", {"name": "Shop\nBcc: all@example.com"}).status_code == 400
    with tenancy.scope(organization.id):
        type(organization).objects.update(name="Shop\nBcc: all@example.com")
    assert invite(admin).status_code == 201
    assert "\n" not in mail.outbox[-1].subject


def test_everybody_reads_and_admins_change_the_organization(organization, admin):
    staff = api_client(build_token(build_member(organization, role="staff")))
    assert staff.get("/api/organization").data["name"] == organization.name
    body = {"name": "New name", "currency": "EUR", "allows_negative_stock": True, "slug": "stolen", "id": 1}
    answer = admin.patch("/api/organization/", body)
    assert answer.status_code == 200
    assert (answer.data["name"], answer.data["currency"], answer.data["allows_negative_stock"]) == (
        "New name",
        "EUR",
        True,
    )
    assert (answer.data["slug"], answer.data["id"]) == (organization.slug, organization.pk)


@pytest.mark.parametrize(
    ("field", "value"), [("currency", "eur"), ("currency", "EURO"), ("time_zone", "X"), ("name", "")]
)
def test_wrong_organization_field_is_named(admin, field, value):
    answer = admin.patch("/api/organization/", {field: value})
    assert answer.status_code == 400
    assert list(answer.data["fields"]) == [field]


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("members/", "post"),
        ("members/1/", "put"),
        ("invitations/1/", "patch"),
        ("invitations/accept/", "get"),
        ("organization/", "delete"),
    ],
)
def test_wrong_method_is_refused(admin, path, method):
    assert getattr(admin, method)(f"/api/{path}").status_code == 405

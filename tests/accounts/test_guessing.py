"""Guessing somebody's password neither succeeds nor keeps the person out."""

from __future__ import annotations

import pytest

from accounts.errors import InvalidCredentials
from accounts.models import ApiToken
from accounts.selectors import credentials
from accounts.services import passwords, sign_in
from inventory_project.kernel import tenancy
from tests.factories.accounts import PASSWORD, api_client, build_member

HOME, STRANGER = "10.91.0.1", "10.92.0.1"


def log_in(username: str, password: str, address: str) -> int:
    body = {"username": username, "password": password}
    return int(api_client(REMOTE_ADDR=address).post("/api/auth/login/", body).status_code)


def test_a_stranger_who_guesses_does_not_lock_the_person_out(organization, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "login_account": 3}
    username = build_member(organization).user.username
    assert log_in(username, PASSWORD, HOME) == 200
    assert [log_in(username, "wrong", STRANGER) for _ in range(5)] == [401] * 3 + [429] * 2
    assert log_in(username, PASSWORD, HOME) == 200
    # And what the person does at home gives the stranger no new tries.
    assert log_in(username, "wrong", STRANGER) == 429


def test_a_known_address_may_not_guess_without_end_either(organization, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "login_account": 3}
    username = build_member(organization).user.username
    assert log_in(username, PASSWORD, HOME) == 200
    assert [log_in(username, "wrong", HOME) for _ in range(5)] == [401] * 3 + [429] * 2


def test_a_login_under_way_does_not_outlive_a_password_change(organization):
    member = build_member(organization)
    user = sign_in.check_password(username=member.user.username, password=PASSWORD, address=HOME, request_id="")
    [membership] = credentials.list_memberships(user_id=user.pk)
    passwords.change(
        access=membership.access,
        current=PASSWORD,
        new="quite another long phrase",
        kept_token_id=None,
        acting_as=membership.access.actor(),
    )
    with pytest.raises(InvalidCredentials):
        sign_in.begin(user=user, membership=membership, address=HOME, request_id="")
    with tenancy.scope(organization.id):
        assert not ApiToken.objects.filter(membership=member, revoked_at=None).exists()

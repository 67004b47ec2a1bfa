"""Rate limits hold exactly, whoever calls and whatever Redis does."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import RequestFactory, override_settings

from accounts.models import ApiToken
from accounts.services import tokens
from inventory_project.api import throttles
from inventory_project.kernel import redis, tenancy
from inventory_project.kernel.access import SYSTEM
from tests.factories.accounts import api_client, build_member, build_token, unique


@contextmanager
def redis_at(url: str) -> Iterator[None]:
    def forget() -> None:
        redis.client.cache_clear()
        throttles._script.cache_clear()
        throttles._redis_rests_until = 0.0

    with override_settings(REDIS_URL=url):
        forget()
        yield
    forget()


@pytest.fixture
def without_redis() -> Iterator[None]:
    with redis_at("redis://127.0.0.1:1/0"):
        yield


def test_of_200_concurrent_requests_exactly_the_limit_passes(organization, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "token": 20}
    text = build_token(build_member(organization))

    def five(_: int) -> list[int]:
        try:
            return [api_client(text).get("/api/auth/status/").status_code for _ in range(5)]
        finally:
            connection.close()

    with ThreadPoolExecutor(40) as pool:
        statuses = [status for batch in pool.map(five, range(40)) for status in batch]
    # One more is earned every three seconds, so a slow machine may see one or two of them.
    assert 20 <= statuses.count(200) <= 22
    assert statuses.count(200) + statuses.count(429) == 200


def test_bucket_lets_exactly_its_limit_through():
    bucket = unique("bucket")
    with ThreadPoolExecutor(40) as pool:
        verdicts = list(pool.map(lambda _: throttles.charge(bucket, 20).allowed, range(200)))
    assert verdicts.count(True) == 20


def test_limited_caller_is_told_when_to_return(organization, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "token": 2}
    client = api_client(build_token(build_member(organization)))
    answers = [client.get("/api/auth/status/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].data["code"] == "rate_limited"
    assert 1 <= int(answers[2]["Retry-After"]) <= 60


def test_tokens_do_not_share_a_bucket(organization, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "token": 1}
    member = build_member(organization)
    one, two = api_client(build_token(member)), api_client(build_token(member))
    assert [client.get("/api/auth/status/").status_code for client in (one, two, one)] == [200, 200, 429]


def test_guessed_tokens_are_charged_to_the_address(settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "address": 3}
    client = api_client("onh_guess", REMOTE_ADDR="10.77.0.1")
    throttles.forgive("address:10.77.0.1")
    assert [client.get("/api/auth/status/").status_code for _ in range(5)] == [401, 401, 401, 429, 429]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "1.2.3.4", "10.0.0.9"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
        (2, "1.2.3.4", "1.2.3.4"),
        (1, "", "10.0.0.9"),
        (1, "garbage", "unknown"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:1.2.3.4", "1.2.3.4"),
    ],
)
def test_forwarded_address_counts_only_behind_our_proxies(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR=forwarded)
    assert throttles.client_address(request) == expected


def test_without_redis_requests_go_on_under_a_local_limit(without_redis, organization, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "token": 5}
    client = api_client(build_token(build_member(organization)))
    assert [client.get("/api/auth/status/").status_code for _ in range(7)] == [200] * 5 + [429] * 2


def test_without_redis_a_revoked_token_stops_at_once(without_redis, organization):
    text = build_token(build_member(organization))
    client = api_client(text)
    assert [client.get("/api/auth/status/").status_code for _ in range(3)] == [200] * 3
    with tenancy.scope(organization.id):
        tokens.revoke(token=ApiToken.objects.get(), acting_as=SYSTEM)
    assert client.get("/api/auth/status/").data["code"] == "token_revoked"


def test_without_redis_guessing_is_limited_more_strictly(without_redis, organization):
    username = build_member(organization).user.username
    client = api_client(REMOTE_ADDR="10.78.0.1")
    body = {"username": username, "password": "wrong"}
    statuses = [client.post("/api/auth/login/", body).status_code for _ in range(6)]
    allowed = django_settings.RATE_LIMITS["login_account"] // throttles.STRICT_SHARE
    assert statuses == [401] * allowed + [429] * (6 - allowed)


def test_lost_redis_data_never_revives_an_old_epoch(organization):
    from accounts import epoch
    from accounts.api import token_cache

    text = build_token(build_member(organization))
    for _ in range(3):
        token_cache.find(text)
    with tenancy.scope(organization.id):
        token = ApiToken.objects.get()
        ApiToken.objects.filter(pk=token.pk).update(revoked_at=token.created_at)
    redis.client().delete(epoch.key(organization.id))
    assert token_cache.find(text).is_revoked

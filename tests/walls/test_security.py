"""What every answer carries, and what no request can break."""

from __future__ import annotations

import json
import os
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import Client, override_settings
from rest_framework.test import APIClient

from inventory_project import health
from inventory_project.kernel import tenancy
from inventory_project.kernel.rls import APP_ROLE, PLATFORM_ROLE
from stock.models import StockMovement
from tests.factories.accounts import api_client, build_token
from tests.support.companies import Company, build_company, client_of
from tests.support.endpoints import Endpoint, endpoints
from tests.support.superuser import superuser
from tests.walls.cases import ANYONE, CASES, Caller, Case, fresh_record, missing_record
from tests.walls.strange import STRANGE_BODIES, STRANGE_QUERIES

ENDPOINTS = endpoints()
BODY_ENDPOINTS = [e for e in ENDPOINTS if e.method in ("post", "put", "patch") and CASES.get(e.key, Case(ANYONE)).body]
ERROR = {"code", "detail", "fields", "request_id"}


@pytest.fixture(scope="module")
def company() -> Company:
    return build_company("ours")


def send_raw(client: APIClient, endpoint: Endpoint, raw: bytes, content_type: str = "application/json") -> Any:
    record = missing_record(CASES[endpoint.key].record) if CASES[endpoint.key].record else ""
    return client.generic(endpoint.method.upper(), endpoint.path(record), raw, content_type)


def own_record(company: Company, endpoint: Endpoint) -> str:
    kind = CASES[endpoint.key].record
    caller = Caller("admin", company.client, company, "admin", company.admin)
    return endpoint.path(fresh_record(kind, caller, company) if kind else "")


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda e: f"{e.method} {e.name}")
def test_every_answer_carries_the_security_headers(endpoint: Endpoint):
    record = CASES[endpoint.key].record
    answer = getattr(client_of(None), endpoint.method)(
        endpoint.path(missing_record(record)), HTTP_ORIGIN="https://evil.example", HTTP_X_REQUEST_ID="mine-1"
    )
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy or "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Request-ID"] == "mine-1"
    assert "Access-Control-Allow-Origin" not in answer
    assert "Server" not in answer


@pytest.mark.parametrize(
    "path", ["/nowhere", "/api/nowhere/", "/api/stores/abc/", "/static/nowhere.js", "/admin/login/"]
)
def test_also_other_paths_carry_them(path: str):
    answer = client_of(None).get(path)
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_foreign_origin_gets_no_permission_to_read(company: Company):
    preflight = company.client.options(
        "/api/products/",
        HTTP_ORIGIN="https://evil.example",
        HTTP_ACCESS_CONTROL_REQUEST_METHOD="POST",
        HTTP_ACCESS_CONTROL_REQUEST_HEADERS="authorization",
    )
    assert not [name for name in preflight.headers if name.lower().startswith("access-control-allow")]


def test_a_private_answer_is_not_kept_by_caches(company: Company):
    answer = company.client.get("/api/products/")
    assert "Authorization" in answer.get("Vary", "") or "no-store" in answer.get("Cache-Control", "")


@pytest.mark.parametrize("offered", ["", "a b", "x" * 65, "new\u00e4", "<script>", "a;b"])
def test_a_request_id_that_could_forge_a_log_line_is_replaced(offered: str):
    answer = client_of(None).get("/health/live", HTTP_X_REQUEST_ID=offered)
    assert answer["X-Request-ID"] != offered
    assert len(answer["X-Request-ID"]) == 32


@pytest.mark.parametrize("endpoint", BODY_ENDPOINTS, ids=lambda e: f"{e.method} {e.name}")
class TestEachBody:
    def test_strange_bodies_are_refused_and_never_a_fault(self, endpoint: Endpoint, company: Company):
        path = own_record(company, endpoint)
        client = client_of(build_token(company.admin))
        for name, raw in STRANGE_BODIES.items():
            answer = client.generic(endpoint.method.upper(), path, raw, "application/json")
            assert answer.status_code < 500, (name, answer.content)
            if answer.status_code < 400 or answer.status_code == 429:
                client = client_of(build_token(company.admin))  # it may have ended the token, or used up an address
            if answer.status_code >= 400:
                assert set(answer.json()) == ERROR, (name, answer.content)
                assert b"Traceback" not in answer.content

    @pytest.mark.parametrize(
        "content_type", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "nonsense"]
    )
    def test_another_content_type_gets_415(self, endpoint: Endpoint, company: Company, content_type: str):
        answer = send_raw(company.client, endpoint, b"a=1", content_type)
        takes_it = CASES[endpoint.key].format == "multipart" and content_type.startswith("multipart/")
        # A record that is missing may be noticed first.
        assert answer.status_code in ((400,) if takes_it else (415, 404))
        assert set(answer.json()) == ERROR


def test_nothing_strange_was_kept(company: Company):
    before = company.client.get("/api/stores/?page_size=500").json()
    for raw in STRANGE_BODIES.values():
        company.client.generic("POST", "/api/stores/", raw, "application/json")
    assert company.client.get("/api/stores/?page_size=500").json() == before


@pytest.mark.parametrize(
    "path", ["stock-movements/", "stock-movements/bulk/", "products/", "products/bulk/", "auth/login/"]
)
def test_an_oversized_body_gets_413_in_our_shape(path: str, company: Company):
    raw = b'[{"name": "' + b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1) + b'"}]'
    client = client_of(build_token(company.admin))
    answer = client.generic("POST", f"/api/{path}", raw, "application/json")
    assert answer.status_code == 413
    assert answer.json()["code"] == "body_too_large"
    assert set(answer.json()) == ERROR


@pytest.mark.parametrize(
    "header",
    [
        {"HTTP_IDEMPOTENCY_KEY": ""},
        {"HTTP_IDEMPOTENCY_KEY": "x" * 256},
        {"HTTP_IDEMPOTENCY_KEY": "tab\there"},
        {"HTTP_IDEMPOTENCY_KEY": "\u00e9"},
        {"HTTP_PREFER": "wait=" + "9" * 400},
        {"HTTP_PREFER": ",;=,=wait"},
        {"HTTP_AUTHORIZATION": "Token"},
        {"HTTP_AUTHORIZATION": "Token " + "x" * 5000},
        {"HTTP_AUTHORIZATION": "Token \u00e9\u00e9"},
        {"HTTP_AUTHORIZATION": "Basic YTpi"},
        {"HTTP_ACCEPT": "image/png"},
        {"HTTP_ACCEPT": ";;;"},
        {"HTTP_ACCEPT": "application/json; indent=" + "9" * 50},
        {"HTTP_COOKIE": "sessionid=" + "\u00e9" * 10 + "; csrftoken=;;=="},
    ],
    ids=str,
)
def test_strange_headers_are_no_fault(header: dict[str, str], company: Company):
    body = {"store": company.near.id, "product": company.products[0].id, "movement_type": "IN", "quantity": 1}
    answer = company.client.post("/api/stock-movements/", body, **header)
    assert answer.status_code < 500
    assert company.client.get("/api/stores/", **header).status_code < 500


LIST_ENDPOINTS = [
    e for e in ENDPOINTS if e.method == "get" and CASES.get(e.key, Case(ANYONE)).area and "{id}" not in e.template
]


@pytest.mark.parametrize("endpoint", LIST_ENDPOINTS, ids=lambda e: e.name)
def test_strange_queries_are_no_fault(endpoint: Endpoint, company: Company):
    for query in STRANGE_QUERIES:
        answer = company.client.get(f"{endpoint.path()}?{query}")
        assert answer.status_code in (200, 400, 404), (query, answer.status_code)
        if answer.status_code >= 400:
            assert set(answer.json()) == ERROR, query


@pytest.mark.parametrize(
    "endpoint", [e for e in ENDPOINTS if "{id}" in e.template], ids=lambda e: f"{e.method} {e.name}"
)
@pytest.mark.parametrize("record_id", ["0", "9" * 18, "9" * 30, "-1", "%00", "1%2F2", "abc", "1;", "%C2%B2", "null"])
def test_strange_ids_are_not_found(endpoint: Endpoint, record_id: str, company: Company):
    answer = getattr(company.client, endpoint.method)(endpoint.path(record_id), {})
    assert answer.status_code in (404, 405)
    assert set(answer.json()) == ERROR


def test_an_unknown_fault_tells_the_caller_nothing(company: Company, monkeypatch: pytest.MonkeyPatch):
    def break_down(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("the secret inside")

    monkeypatch.setattr("stores.api.viewsets.selectors.visible_to", break_down)
    client = Client(raise_request_exception=False)
    # One store and not the list, which may be remembered.
    path = f"/api/stores/{company.near.id}/"
    answer = client.get(path, headers={"Authorization": f"Token {build_token(company.admin)}"})
    assert answer.status_code == 500
    assert set(answer.json()) == ERROR
    assert b"secret inside" not in answer.content
    assert b"Traceback" not in answer.content


def test_a_page_for_browsers_has_no_trace_either():
    answer = client_of(None).get("/api/nowhere/", HTTP_ACCEPT="text/html")
    assert answer.status_code == 404
    assert b"urlpatterns" not in answer.content


def test_a_movement_is_not_written_under_a_body_of_another_kind(company: Company):
    with tenancy.scope(company.organization.id):
        before = StockMovement.objects.count()
    form = f"store={company.near.id}&product={company.products[0].id}&movement_type=IN&quantity=1"
    answer = company.client.generic(
        "POST", "/api/stock-movements/", form, "application/x-www-form-urlencoded", HTTP_PREFER="wait=5"
    )
    assert answer.status_code == 415
    with tenancy.scope(company.organization.id):
        assert StockMovement.objects.count() == before


def test_a_token_in_the_query_is_not_looked_at(company: Company):
    secret = build_token(company.admin)
    assert client_of(None).get(f"/api/stores/?token={secret}").status_code == 401


def test_cookies_cannot_be_read_by_scripts_nor_sent_by_other_sites():
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"


class TestReadiness:
    """A process whose database role could look around row-level security must not serve."""

    def test_the_app_role_is_fit(self):
        assert api_client().get("/health/ready").status_code == 200

    @pytest.mark.parametrize("alias", ["platform", "admin"])
    def test_a_role_that_bypasses_policies_is_unfit(self, alias: str, monkeypatch: pytest.MonkeyPatch):
        unfit = connections["platform"] if alias == "platform" else _superuser_alias()
        monkeypatch.setattr(health, "connections", {**{a: connections[a] for a in connections}, "default": unfit})
        answer = api_client().get("/health/ready")
        unfit.close()
        assert answer.status_code == 503
        assert answer.json()["reasons"] == ["the app role can bypass row-level security"]

    def test_a_role_that_may_become_one_that_bypasses_them_is_unfit(self):
        with superuser() as connection:
            connection.execute(f"GRANT {PLATFORM_ROLE} TO {APP_ROLE} WITH INHERIT FALSE, SET TRUE")
        try:
            answer = api_client().get("/health/ready")
        finally:
            with superuser() as connection:
                connection.execute(f"REVOKE {PLATFORM_ROLE} FROM {APP_ROLE}")
        assert answer.status_code == 503
        assert api_client().get("/health/ready").status_code == 200


def _superuser_alias() -> Any:
    """A connection of Django's as the database's superuser."""
    admin = psycopg.conninfo.conninfo_to_dict(os.environ["DATABASE_ADMIN_URL"])
    wrapper = connections["default"].copy(alias="default")
    wrapper.settings_dict = {
        **wrapper.settings_dict,
        "USER": admin["user"],
        "PASSWORD": admin.get("password", ""),
    }
    return wrapper


@override_settings(CORS_ALLOWED_ORIGINS=["https://shop.example"], CORS_ALLOW_CREDENTIALS=True)
def test_only_a_named_origin_may_read(company: Company):
    allowed, refused = (
        company.client.get("/api/stores/", HTTP_ORIGIN=origin)
        for origin in ("https://shop.example", "https://evil.example")
    )
    assert allowed["Access-Control-Allow-Origin"] == "https://shop.example"
    assert "Access-Control-Allow-Origin" not in refused


def test_health_and_figures_name_no_organisation(company: Company):
    for path in ("/health", "/health/live", "/health/ready", "/health/lag"):
        assert company.mark not in json.dumps(client_of(None).get(path).json())
    figures = Client(REMOTE_ADDR="127.0.0.1").get("/metrics")
    assert figures.status_code == 200
    assert company.mark.encode() not in figures.content

"""Every endpoint x role x own, foreign and missing id. An endpoint without its case fails the day it is born."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import resolve

from accounts import secret
from tests.factories.accounts import build_token
from tests.support.companies import FAR, Company, build_company, client_of, leaks
from tests.support.endpoints import VERBS, Endpoint, endpoints, methods_of, routes
from tests.support.world_state import state_of
from tests.walls.cases import ANYONE, CASES, MEMBER, RANKS, Caller, Case, fresh_record, missing_record

AREAS = ("stock", "catalog", "stores", "audit", "reports", "accounts")
READ_EVERYTHING = tuple(f"{area}:read" for area in AREAS)
# A sequence of requests under one id differs in nothing but what the server has to say.
SAME_REQUEST = {"HTTP_X_REQUEST_ID": "the-same-request"}

ENDPOINTS = endpoints()
RECORD_ENDPOINTS = [endpoint for endpoint in ENDPOINTS if CASES.get(endpoint.key, Case(ANYONE)).record]


@pytest.fixture(scope="module")
def ours() -> Company:
    return build_company("ours")


@pytest.fixture(scope="module")
def theirs() -> Company:
    return build_company("theirs")


def member_of(company: Company, name: str, role: str, *, limited: bool = False, scopes: Any = None) -> Caller:
    member = company.member(role, limited=limited)
    client = client_of(build_token(member, scopes=scopes and list(scopes), name=company.mark))
    return Caller(name, client, company, role, member, limited, scopes)


def everybody(ours: Company, theirs: Company) -> list[Caller]:
    return [
        Caller("anonymous", client_of(None), ours),
        Caller("bad token", client_of(secret.mint()), ours),
        member_of(ours, "staff", "staff", limited=True),
        member_of(ours, "near manager", "manager", limited=True),
        member_of(ours, "manager", "manager"),
        member_of(ours, "admin", "admin"),
        member_of(ours, "reader", "admin", scopes=READ_EVERYTHING),
        member_of(ours, "narrow", "admin", scopes=("costs:read",)),
        member_of(theirs, "stranger", "admin"),
    ]


@pytest.fixture(scope="module")
def callers(ours: Company, theirs: Company) -> list[Caller]:
    return everybody(ours, theirs)


def expected(case: Case, caller: Caller, *, writes: bool) -> int:
    """What the caller's rights give; 404 is for the caller's own id to decide."""
    if caller.name in case.otherwise:
        return case.otherwise[caller.name]
    if case.blind:
        return case.status
    if caller.name == "bad token":
        return 401
    if case.least == ANYONE or (case.least == MEMBER and caller.role):
        return case.status
    if caller.role is None:
        return 401
    if RANKS.index(caller.role) < RANKS.index(case.least) or not allows(caller, case.area, writes=writes):
        return 403
    return case.status


def allows(caller: Caller, area: str, *, writes: bool) -> bool:
    return caller.scopes is None or (not writes and f"{area}:read" in caller.scopes)


def call(endpoint: Endpoint, caller: Caller, record_id: Any = "", *, slash: bool = True) -> Any:
    case = CASES[endpoint.key]
    body = case.body(caller.company) if case.body else None
    send = getattr(caller.client, endpoint.method)
    return send(endpoint.path(record_id, slash=slash), body, format=case.format, **SAME_REQUEST)


def read(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def forbidden_words(caller: Caller, ours: Company, theirs: Company) -> list[str]:
    """What must be in no answer to this caller."""
    words = [ours.mark if caller.company is theirs else theirs.mark]
    return [*words, FAR] if caller.limited else words


def test_every_endpoint_has_its_case():
    assert {endpoint.key for endpoint in ENDPOINTS} == CASES.keys()


@pytest.mark.parametrize(("name", "template"), [(name, template) for name, template, _ in routes()])
def test_a_path_is_served_with_and_without_the_trailing_slash(name: str, template: str):
    words = ("stock-movements", "transfers", "reservations", "purchase-orders", "goods-receipts")
    by_uuid = any(word in template for word in words)
    named = "movement" if by_uuid else "forecast" if "forecasts/{id}" in template else ""
    path = template.format(id=missing_record(named) if named else 7)
    assert resolve(path).url_name == name
    if path.endswith("/") and path != "/":
        assert resolve(path[:-1]).url_name == name


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda e: f"{e.method} {e.name}")
class TestEachEndpoint:
    def test_answers_each_role_as_its_rights_say(
        self, endpoint: Endpoint, callers: list[Caller], ours: Company, theirs: Company
    ):
        case = CASES[endpoint.key]
        writes = endpoint.method != "get"
        before = None
        # One record for those who are refused: nobody's call changes it, as is asserted.
        spare: dict[tuple[str, bool], Any] = {}
        for caller in everybody(ours, theirs) if case.spends_caller else callers:
            wanted = expected(case, caller, writes=writes)
            kept = (caller.company.mark, caller.limited)
            record_id = spare.get(kept, "") if wanted >= 400 else ""
            if case.record and not record_id:
                record_id = fresh_record(case.record, caller, caller.company)
                before = None
            if wanted >= 400:
                spare[kept] = record_id
            refused = writes and wanted >= 400
            if refused and before is None:
                before = state_of(ours.organization.id)
            answer = call(endpoint, caller, record_id, slash=caller.role != "manager")
            body = read(answer)
            assert answer.status_code == wanted, (caller.name, answer.status_code, body[:500])
            assert leaks(body, forbidden_words(caller, ours, theirs)) == [], (caller.name, body[:2000])
            if refused and endpoint.name != "invitation-accept":
                assert state_of(ours.organization.id) == before, caller.name
            if not refused:
                before = None
            if wanted >= 400 and endpoint.name != "metrics":
                assert set(answer.json()) == {"code", "detail", "fields", "request_id"}, caller.name

    def test_answers_head_and_options_without_a_fault(self, endpoint: Endpoint, callers: list[Caller], ours: Company):
        case = CASES[endpoint.key]
        for caller in callers[:1] + callers[5:6]:
            record_id = missing_record(case.record) if case.record else ""
            for method in ("head", "options"):
                answer = getattr(caller.client, method)(endpoint.path(record_id), **SAME_REQUEST)
                assert answer.status_code < 500, (caller.name, method)
                assert answer["X-Request-ID"] == "the-same-request"


@pytest.mark.parametrize("endpoint", RECORD_ENDPOINTS, ids=lambda e: f"{e.method} {e.name}")
class TestEachRecordEndpoint:
    def test_answers_alike_for_a_foreign_and_a_missing_id(
        self, endpoint: Endpoint, callers: list[Caller], ours: Company, theirs: Company
    ):
        case = CASES[endpoint.key]
        # Nobody's call changes it, as is asserted, so one record of each company serves all callers.
        records = {each.mark: fresh_record(case.record, callers[5], each) for each in (ours, theirs)}
        states = {each.mark: state_of(each.organization.id) for each in (ours, theirs)}
        for caller in callers:
            company = ours if caller.company is theirs else theirs
            foreign_id, before = records[company.mark], states[company.mark]
            foreign = call(endpoint, caller, foreign_id)
            missing = call(endpoint, caller, missing_record(case.record))
            assert (foreign.status_code, foreign.content) == (missing.status_code, missing.content), caller.name
            wanted = expected(case, caller, writes=endpoint.method != "get")
            assert foreign.status_code == (404 if wanted < 400 else wanted), caller.name
            assert dict(foreign.headers) == dict(missing.headers), caller.name
            assert state_of(company.organization.id) == before, caller.name


UNSERVED = [
    Endpoint(name, method, template)
    for name, template, view in routes()
    for method in VERBS
    if method not in methods_of(view)
]


@pytest.mark.parametrize("endpoint", UNSERVED, ids=lambda e: f"{e.method} {e.name}")
def test_a_method_that_is_not_served_gets_405(endpoint: Endpoint, callers: list[Caller]):
    record = next(case.record for (name, _), case in CASES.items() if name == endpoint.name)
    answer = getattr(callers[5].client, endpoint.method)(endpoint.path(missing_record(record)), {})
    assert answer.status_code == 405
    assert answer["Allow"]

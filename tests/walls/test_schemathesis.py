"""What the description of the API says holds for every input that a machine can think of."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from inventory_project.wsgi import application
from tests.factories.accounts import build_token
from tests.support.companies import Company, build_company, fresh_address

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
EXAMPLES = 8


@schemathesis.serializer("application/x-ndjson")
def lines(context: Any, value: Any) -> bytes:
    """The body is described as text: lines that a machine thinks of."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", application)


@pytest.fixture(scope="module")
def company() -> Company:
    return build_company("thrown-away")


@pytest.fixture(scope="module")
def token(company: Company) -> dict[str, str]:
    """The secret in use: an input that ends it is followed by a new one."""
    return {"secret": build_token(company.admin)}


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case: Any, company: Company, token: dict[str, str]):
    answer = send(case, token["secret"])
    if answer.status_code == 401 and "auth/" not in case.path and "accept" not in case.path:
        token["secret"] = build_token(company.admin)
        answer = send(case, token["secret"])
    case.validate_response(answer, checks=CHECKS)


def send(case: Any, secret: str) -> Any:
    headers = {"Authorization": f"Token {secret}"}
    return case.call(headers=headers, environ_overrides={"REMOTE_ADDR": fresh_address()})

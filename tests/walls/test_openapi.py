"""The description of the API is complete, and its explorer loads nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator

from inventory_project.api.schema import ERRORS
from tests.support.companies import Company, build_company, client_of
from tests.support.endpoints import endpoints

SCHEMA: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
OPERATIONS = {
    f"{method} {path}": operation for path, item in SCHEMA["paths"].items() for method, operation in item.items()
}
# Described for people elsewhere: the description itself, the explorer, and what is not under /api/.
UNDESCRIBED = {"schema", "docs"}


def test_the_description_is_valid_and_made_without_a_warning(tmp_path: Any):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))


def test_every_endpoint_is_described():
    wanted = {
        (endpoint.method, re.sub(r"{\w+}", "{}", endpoint.template.rstrip("/")))
        for endpoint in endpoints()
        if endpoint.template.startswith("/api/") and endpoint.name not in UNDESCRIBED
    }
    described = {(method, re.sub(r"{\w+}", "{}", path.rstrip("/"))) for method, path in map(str.split, OPERATIONS)}
    assert described == wanted


def test_every_operation_has_a_name_of_its_own():
    names = [operation["operationId"] for operation in OPERATIONS.values()]
    assert len(set(names)) == len(names)
    summaries = [operation.get("summary") for operation in OPERATIONS.values()]
    assert None not in summaries


@pytest.mark.parametrize("name", OPERATIONS)
class TestEachOperation:
    def test_says_what_it_does_and_belongs_to_a_room(self, name: str):
        operation = OPERATIONS[name]
        assert len(operation["summary"]) > 5
        assert operation["tags"]

    def test_describes_its_input_with_types_or_an_example(self, name: str):
        for media in OPERATIONS[name].get("requestBody", {}).get("content", {}).values():
            assert "examples" in media or media["schema"] != {}

    def test_describes_every_refusal_in_the_one_shape(self, name: str):
        responses = OPERATIONS[name]["responses"]
        for status in ERRORS:
            assert responses[str(status)]["content"]["application/json"]["schema"] == {
                "$ref": "#/components/schemas/Error"
            }

    def test_describes_its_success(self, name: str):
        found = {status: answer for status, answer in OPERATIONS[name]["responses"].items() if status[0] == "2"}
        assert found
        for status, answer in found.items():
            assert status == "204" or answer["content"], status


@pytest.fixture(scope="module")
def company() -> Company:
    return build_company("described")


@pytest.mark.parametrize("name", [name for name in OPERATIONS if name.startswith("get ") and "{" not in name])
def test_an_answer_holds_what_is_described_and_nothing_else(name: str, company: Company):
    answer = company.client.get(name.split()[1])
    if answer.status_code == 200 and answer["Content-Type"].startswith("application/json"):
        described = OPERATIONS[name]["responses"]["200"]["content"]["application/json"]["schema"]
        assert list(differences(answer.json(), described)) == []


def differences(value: Any, schema: dict[str, Any], place: str = "") -> Iterator[str]:
    """Fields that are sent and not described, or described as always there and not sent."""
    if "$ref" in schema:
        schema = SCHEMA["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for part in schema.get("allOf", []):
        yield from differences(value, part, place)
    if isinstance(value, dict) and "properties" in schema:
        if not schema.get("additionalProperties"):
            yield from (f"{place}.{name} is not described" for name in value.keys() - schema["properties"].keys())
        yield from (f"{place}.{name} is not sent" for name in set(schema.get("required", [])) - value.keys())
        for name in value.keys() & schema["properties"].keys():
            yield from differences(value[name], schema["properties"][name], f"{place}.{name}")
    if isinstance(value, list):
        for row in value:
            yield from differences(row, schema.get("items", {}), f"{place}[]")


def test_the_error_shape_is_the_one_that_is_sent():
    assert list(SCHEMA["components"]["schemas"]["Error"]["properties"]) == ["code", "detail", "fields", "request_id"]
    assert (
        client_of(None).get("/api/stores/").json().keys()
        == SCHEMA["components"]["schemas"]["Error"]["properties"].keys()
    )


@pytest.mark.parametrize("path", ["/api/docs/", "/api/docs"])
def test_the_explorer_loads_its_own_files_only(path: str):
    answer = client_of(None).get(path)
    assert answer.status_code == 200
    page = answer.content.decode()
    loaded = re.findall(r"""(?:src|href)=["']([^"']+)""", page)
    assert len(loaded) >= 4
    for address in loaded:
        assert address.startswith(("/static/", "/api/docs")), address
        if address.startswith("/static/"):
            assert finders.find(address.removeprefix("/static/")), address
    assert re.findall(r"<script(?![^>]*src=)", page) == []
    script = "script-src 'self';"
    assert script in answer["Content-Security-Policy"]


def test_the_explorers_start_script_is_served():
    [address] = [
        a for a in re.findall(r'src="([^"]+)"', client_of(None).get("/api/docs/").content.decode()) if "docs" in a
    ]
    answer = client_of(None).get(address.replace("&amp;", "&"))
    assert answer["Content-Type"].startswith("application/javascript")
    assert b"SwaggerUIBundle" in answer.content

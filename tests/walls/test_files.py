"""Every list and report is offered as csv, xlsx and JSON that say what it says. A new one without them fails."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from inventory_project.kernel import clock
from tests.factories.exports import body_of, csv_rows
from tests.support.companies import Company, build_company, client_of
from tests.support.endpoints import Endpoint, endpoints
from tests.walls.cases import ANYONE, CASES, Caller, Case, fresh_record

# Lists that are no files, and why.
NO_FILES = {
    "changes": "a feed without an end, read on from where one stopped; what it tells is listed at logs/",
}
# What a list must be told.
NEEDED = {"count-due": "store={near}&all=true", "report-dead-stock": "days=1"}
ROWS = {"count-accuracy": "stores"}
# Records whose list has a row.
RECORDS = {"count-entries": "count with an entry", "supplier-lead-times": "supplier that delivered"}
# Columns of a file that the list shows otherwise.
ZONE = "Asia/Kolkata"
LISTS = [each for each in endpoints() if each.method == "get" and CASES.get(each.key, Case(ANYONE)).least != ANYONE]


@pytest.fixture(scope="module")
def company() -> Company:
    company = build_company("filed")
    assert company.client.patch("/api/organization/", {"time_zone": ZONE}).status_code == 200
    asleep = company.client.post("/api/products/", {"sku": "ASLEEP", "name": "Asleep", "unit_cost": 1, "sale_price": 2})
    came = {"store": company.near.id, "product": asleep.json()["id"], "movement_type": "IN", "quantity": 3}
    came["effective_at"] = (clock.now() - timedelta(days=5)).isoformat()
    assert company.client.post("/api/stock-movements/bulk/", [came]).json()["applied"] == 1
    return company


def address(endpoint: Endpoint, company: Company, record_id: Any = "", **more: str) -> str:
    query = NEEDED.get(endpoint.name, "").format(near=company.near.code)
    return f"{endpoint.path(record_id)}?{'&'.join([query, *(f'{name}={text}' for name, text in more.items())])}"


def record_of(endpoint: Endpoint, company: Company) -> Any:
    caller = Caller("admin", company.client, company, "admin", company.admin)
    record = RECORDS.get(endpoint.name, CASES[endpoint.key].record)
    return fresh_record(record, caller, company) if record else ""


def is_list(endpoint: Endpoint, company: Company) -> bool:
    """It answers with rows, or it is a report."""
    answer = company.client.get(address(endpoint, company, record_of(endpoint, company)))
    answer.close()
    if answer.status_code != 200 or not answer["Content-Type"].startswith("application/json"):
        return False
    of_reports = CASES[endpoint.key].area == "reports" and "{id}" not in endpoint.template
    return of_reports or isinstance(answer.json().get(ROWS.get(endpoint.name, "results")), list)


def every_row(endpoint: Endpoint, company: Company, record_id: Any) -> list[dict[str, Any]] | None:
    """All pages of the list; None for a report of figures."""
    rows: list[dict[str, Any]] = []
    url: str | None = address(endpoint, company, record_id)
    while url:
        body = company.client.get(url).json()
        found = body.get(ROWS.get(endpoint.name, "results"))
        if found is None:
            return None
        rows += found
        url = body.get("next")
    return rows


def flat(values: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """The fields of a row and of the objects in it, under the names of a file's columns."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        found[prefix + name] = value
        if isinstance(value, dict):
            found |= flat(value, f"{prefix}{name}_")
    return found


def same(shown: Any, cell: Any) -> bool:
    """A list's value and the text of a csv cell, or the value of an xlsx cell."""
    if shown is None:
        return cell in (None, "")
    if isinstance(shown, bool):
        return cell in (shown, str(shown).lower())
    if isinstance(shown, int | float):
        return float(cell) == pytest.approx(shown)
    if isinstance(shown, list | dict):
        return json.loads(cell) == shown
    if isinstance(cell, datetime) and len(shown) == len("2026-05-01"):
        return cell == datetime.fromisoformat(shown)  # noqa: DTZ901
    if isinstance(cell, datetime):
        return abs((cell.replace(tzinfo=ZoneInfo(ZONE)) - datetime.fromisoformat(shown)).total_seconds()) < 0.002
    if shown[:4].isdigit() and "T" in shown:
        moment = datetime.fromisoformat(cell)
        return moment.utcoffset() is not None and moment == datetime.fromisoformat(shown)
    return (cell or "").removeprefix("'") == shown.replace("\r\n", "\n")


@pytest.mark.parametrize("endpoint", LISTS, ids=lambda e: e.name)
def test_a_list_or_report_is_offered_as_files_that_say_the_same(endpoint: Endpoint, company: Company):
    record_id = record_of(endpoint, company)
    if not is_list(endpoint, company) or endpoint.name in NO_FILES:
        answer = company.client.get(address(endpoint, company, record_id, format="csv"))
        assert answer.status_code in (200, 400, 404)  # a file of its own, or none
        answer.close()
        return
    rows = every_row(endpoint, company, record_id)
    files = {}
    for form in ("csv", "xlsx", "json"):
        more = {"download": "true"} if form == "json" else {}
        answer = company.client.get(address(endpoint, company, record_id, format=form, **more))
        assert answer.status_code == 200, (form, answer.content)
        assert f".{form}" in answer["Content-Disposition"]
        files[form] = body_of(answer)
    book = load_workbook(io.BytesIO(files["xlsx"]))
    head, *cells = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    table = csv_rows(files["csv"])
    assert len(set(head)) == len(head)
    assert len(table) == len(cells)
    if rows is None:
        assert head == ["figure", "value"]
        assert isinstance(json.loads(files["json"]), dict)
        return
    assert len(json.loads(files["json"])) == len(table) == len(rows) > 0
    written = json.loads(files["json"])
    for shown, whole, line, cell in zip(rows, written, table, cells, strict=True):
        assert head == list(line)
        values = flat(shown)
        assert shown.keys() <= whole.keys()
        told = [name for name in head if name in values]
        assert len(told) >= len(head) // 2 or endpoint.name in ("store-movements", "product-movements", "stock-matrix")
        for name in told:
            if name in ("download_url", "computed_at", "days_since_counted"):
                continue
            assert same(values[name], line[name]), (name, values[name], line[name])
            assert same(values[name], cell[head.index(name)]), (name, values[name], cell[head.index(name)])


def test_the_walk_finds_lists_and_reports(company: Company):
    found = {endpoint.name for endpoint in LISTS if is_list(endpoint, company)}
    assert {"store-list", "stock-matrix", "count-lines", "transfer-timeline", "dashboard", "export-list"} <= found
    assert found >= NO_FILES.keys()


def test_a_form_that_is_not_offered_is_refused_by_name(company: Company):
    answer = company.client.get("/api/stores/?format=pdf")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["format"])
    assert "csv, xlsx" in answer.json()["fields"]["format"][0]


def test_a_file_is_refused_as_the_list_is(company: Company):
    for form in ("csv", "xlsx", "json&download=true"):
        assert client_of(None).get(f"/api/stores/?format={form}").status_code == 401
        staff = company.client_for("staff", limited=True)
        assert staff.get(f"/api/logs/?format={form}").status_code == 403
        wrong = company.client.get(f"/api/stores/?format={form}&colour=red")
        assert (wrong.status_code, list(wrong.json()["fields"])) == (400, ["colour"])
        assert wrong["Content-Type"].startswith("application/json")

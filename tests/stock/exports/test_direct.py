"""A list as a file at once: in its order, all of its pages, numbers as numbers and no text as a formula."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet._writer import ALL_TEMP_FILES

from inventory_project.api.files import File, TooLongForFile
from inventory_project.kernel import csv_text, tenancy, xlsx
from stock.api.inventory import StockViewSet
from stores.models import Store
from tests.factories.accounts import unique
from tests.factories.catalog import build_product, build_supplier
from tests.factories.exports import ask, body_of, carry_out, csv_rows, xlsx_rows
from tests.factories.stock import Shop, build_shop

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def shop() -> Shop:
    shop = build_shop(stores=2, products=3, slug=unique("corner"), time_zone="Europe/Paris")
    for product, units in enumerate((5, 9, 7)):
        shop.post("IN", units, product=product)
    return shop


@pytest.mark.parametrize("form", ["csv", "xlsx", "json&download=true"])
def test_a_file_has_the_order_of_the_list_over_all_pages(shop: Shop, form: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(StockViewSet, "files", {"list": File("stocks", rows_a_page=1)})
    body = body_of(shop.client.get(f"/api/stocks/?ordering=-on_hand&format={form}"))
    rows: Any = {"csv": csv_rows, "xlsx": xlsx_rows}.get(form, json.loads)(body)
    assert [(row["sku"], float(row["on_hand"])) for row in rows] == [("SKU-2", 9), ("SKU-3", 7), ("SKU-1", 5)]


def test_a_page_asked_for_is_not_what_a_file_holds(shop: Shop):
    first = shop.client.get("/api/stocks/?page_size=1").json()
    cursor = first["next"].partition("cursor=")[2].partition("&")[0]
    rows = csv_rows(body_of(shop.client.get(f"/api/stocks/?format=csv&page_size=1&cursor={cursor}")))
    assert len(rows) == 3


def test_filters_choose_the_rows_of_a_file(shop: Shop):
    rows = csv_rows(body_of(shop.client.get("/api/stocks/?product=SKU-2&format=csv")))
    assert [row["sku"] for row in rows] == ["SKU-2"]
    assert csv_rows(body_of(shop.client.get("/api/stocks/?search=nothing+like+it&format=csv"))) == []


def test_an_empty_list_still_has_its_columns():
    shop = build_shop(stores=1, products=0)
    for path in ("products", "stock-movements", "suppliers"):
        text = body_of(shop.client.get(f"/api/{path}/?format=csv")).decode()
        assert text.count("\n") == 1
        assert "id" in text.strip().split(",")
    assert json.loads(body_of(shop.client.get("/api/products/?format=json&download=true"))) == []
    assert xlsx_rows(body_of(shop.client.get("/api/products/?format=xlsx"))) == []


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "#N/A", "plain", "'quoted"]


def test_no_text_is_a_formula(shop: Shop):
    for text in FORMULAS:
        build_supplier(shop.organization, name=text)
    rows = csv_rows(body_of(shop.client.get("/api/suppliers/?format=csv&ordering=id")))
    assert [row["name"] for row in rows] == [f"'{text}" if text[0] in "=+-@" else text for text in FORMULAS]
    book = load_workbook(io.BytesIO(body_of(shop.client.get("/api/suppliers/?format=xlsx&ordering=id"))))
    cells = [row[1] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in FORMULAS]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_part_of_a_text_is_a_formula_where_a_spreadsheet_would_split_it(start: str):
    assert csv_text.cell(f"{start}1+1") == f"'{start}1+1"
    assert csv_text.cell(f"a;{start}1+1;b;{start}2") == f"a;'{start}1+1;b;'{start}2"
    assert csv_text.cell(f"a b; {start}1-2") == f"a b; {start}1-2"


def test_a_workbook_has_numbers_times_and_a_frozen_header(shop: Shop):
    build_product(shop.organization, sku="0042", name="Zeros\x0bfirst", unit_cost="1.2345")
    answer = shop.client.get("/api/products/?format=xlsx&ordering=sku")
    book = load_workbook(io.BytesIO(body_of(answer)))
    sheet = book.worksheets[0]
    assert (sheet.freeze_panes, sheet["A1"].font.bold) == ("A2", True)
    assert all(8 < sheet.column_dimensions[letter].width <= xlsx.WIDEST for letter in "ABCDE")
    head, first, *_ = [dict(zip([cell.value for cell in sheet[1]], row, strict=True)) for row in sheet.iter_rows()]
    assert (first["sku"].value, first["sku"].data_type) == ("0042", "s")
    assert (first["unit_cost"].value, first["unit_cost"].data_type) == (1.2345, "n")
    assert "\x0b" not in first["name"].value
    assert first["created_at"].is_date
    listed = shop.client.get("/api/products/?ordering=sku").json()["results"][0]
    paris = datetime.fromisoformat(listed["created_at"]).astimezone(PARIS)
    assert abs(first["created_at"].value - paris.replace(tzinfo=None)).total_seconds() < 0.01
    about = dict(book.worksheets[1].iter_rows(values_only=True))
    assert about["times are those of"] == "Europe/Paris"
    assert about["organization"] == shop.organization.name
    assert about["address"] == "/api/products/?ordering=sku"


def test_times_of_a_csv_say_their_offset(shop: Shop):
    row = csv_rows(body_of(shop.client.get("/api/products/?format=csv")))[0]
    shown = datetime.fromisoformat(row["created_at"])
    assert shown.utcoffset() == shown.astimezone(PARIS).utcoffset()


def test_a_file_is_named_for_what_it_is(shop: Shop):
    answer = shop.client.get("/api/stocks/?format=csv")
    name = f"stocks-{shop.organization.slug}-{datetime.now(PARIS).date()}.csv"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    body_of(answer)
    assert isinstance(date.fromisoformat(name[-14:-4]), date)


def test_a_byte_order_mark_is_for_csv_alone(shop: Shop):
    assert body_of(shop.client.get("/api/stocks/?format=csv&bom=true")).startswith(b"\xef\xbb\xbf")
    assert not body_of(shop.client.get("/api/stocks/?format=csv")).startswith(b"\xef\xbb\xbf")
    for query in ("format=xlsx&bom=true", "format=csv&bom=perhaps"):
        answer = shop.client.get(f"/api/stocks/?{query}")
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["bom"])
    assert shop.client.get("/api/stocks/?format=json").json()["next"] is None


def test_a_workbook_that_breaks_off_leaves_nothing_on_the_disk():
    def rows() -> Iterator[list[int]]:
        yield from ([n] for n in range(2 * xlsx.ROWS_MEASURED))
        raise RuntimeError("the list was refused")

    left_by_others = set(ALL_TEMP_FILES)
    with pytest.raises(RuntimeError, match="refused"):
        xlsx.write(io.BytesIO(), ["n"], rows(), title="numbers", zone=PARIS)
    assert set(ALL_TEMP_FILES) == left_by_others


def test_an_xlsx_too_long_to_wait_for_is_refused_with_the_way_on(shop: Shop, settings: Any):
    settings.EXPORT_DIRECT_XLSX_ROWS = 2
    answer = shop.client.get("/api/stocks/?format=xlsx")
    assert (answer.status_code, answer.json()["code"]) == (400, "too_many_rows")
    assert "POST /api/exports/" in answer.json()["detail"]
    assert len(csv_rows(body_of(shop.client.get("/api/stocks/?format=csv")))) == 3
    settings.EXPORT_DIRECT_XLSX_ROWS = 3
    assert len(xlsx_rows(body_of(shop.client.get("/api/stocks/?format=xlsx")))) == 3


def test_a_file_that_takes_too_long_breaks_off_and_one_made_in_the_background_does_not(
    shop: Shop, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(StockViewSet, "files", {"list": File("stocks", rows_a_page=1)})
    settings.EXPORT_DIRECT_SECONDS = 0
    for form in ("csv", "json&download=true"):
        with pytest.raises(TooLongForFile, match="in the background"):
            body_of(shop.client.get(f"/api/stocks/?format={form}"))
    assert shop.client.get("/api/stocks/?format=xlsx").json()["code"] == "too_many_rows"
    job = carry_out(shop, ask(shop.client, "/api/stocks/"))
    assert (job.status, job.rows) == ("ready", 3)


def test_staff_get_a_file_of_their_own_store_and_no_costs(shop: Shop):
    shop.post("IN", 4, store=1)
    staff = shop.client_for("staff", stores=[shop.stores[0]])
    rows = csv_rows(body_of(staff.get("/api/stock-movements/?format=csv")))
    assert {row["store"] for row in rows} == {str(shop.stores[0].id)}
    head = body_of(staff.get("/api/products/?format=csv")).decode().splitlines()[0]
    assert "unit_cost" not in head
    assert "unit_cost" in body_of(shop.client.get("/api/products/?format=csv")).decode().splitlines()[0]
    with tenancy.scope(shop.organization.id):
        assert Store.objects.count() == 2


def test_figures_and_rows_with_objects_inside_are_flat(shop: Shop):
    figures = {
        row["figure"]: row["value"] for row in csv_rows(body_of(shop.client.get("/api/reports/dashboard/?format=csv")))
    }
    shown = shop.client.get("/api/reports/dashboard/").json()
    assert float(figures["units"]) == shown["units"]
    assert float(figures["today_units_in"]) == shown["today"]["units_in"]
    [day] = shown["days"]
    assert float(figures[f"days_{day['date']}_units_in"]) == day["units_in"]
    logged = csv_rows(body_of(shop.client.get("/api/logs/?format=csv")))
    assert {"actor_id", "actor_label", "before", "after"} <= logged[0].keys()


def test_movements_have_their_cost_for_who_may_see_it(shop: Shop):
    shop.post("IN", 10, unit_cost="3.25")
    path = "/api/stock-movements/?product=SKU-1&format="
    assert [row["unit_cost"] for row in csv_rows(body_of(shop.client.get(f"{path}csv")))] == ["3.25", "2.5"]
    job = carry_out(shop, ask(shop.client, path.partition("&")[0], "xlsx"))
    sheet = xlsx_rows(body_of(shop.client.get(f"/api/exports/{job.pk}/download/")))
    assert [row["unit_cost"] for row in sheet] == [3.25, 2.5]
    staff = csv_rows(body_of(shop.client_for("manager", sees_costs=False).get(f"{path}csv")))
    assert len(staff) == 2
    assert "unit_cost" not in staff[0]

"""History files: loaded whole or not at all, safe to repeat, every bad line named; demand and no stock."""

from __future__ import annotations

import gzip
import hashlib
import io
import math
from datetime import timedelta

import pytest

from accounts.models import Organization
from audit.models import AuditEntry
from catalog.models import Product
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import SYSTEM
from inventory_project.kernel.errors import InvalidInput
from stock.models import DailySales, SalesHistory, Stock
from stock.services import history, verification
from stock.services.history import HistoryRefused, Loaded
from stores.models import Store
from tests.factories.accounts import build_organization
from tests.factories.stock import build_shop

FILE = b"date,store,item,sales\n2017-01-01,1,1,13\n2017-01-02,1,1,0.5\n2017-01-01,2,TEA,7\n"


def load(organization: Organization, text: bytes) -> Loaded:
    return history.load(file=io.BytesIO(text), name="f.csv", organization_id=organization.id, acting_as=SYSTEM)


def days(organization: Organization) -> dict[tuple[str, str, str], float]:
    with tenancy.scope(organization.id):
        rows = SalesHistory.objects.values_list("store__code", "product__sku", "first_day", "units")
        return {
            (store, sku, str(first + timedelta(days=place))): sold
            for store, sku, first, units in rows
            for place, sold in enumerate(units)
            if not math.isnan(sold)
        }


def test_it_makes_the_stores_and_products_and_sets_their_days() -> None:
    organization = build_organization()
    loaded = load(organization, FILE)
    assert (loaded.rows, loaded.inserted, loaded.stores, loaded.products) == (3, 3, 2, 2)
    assert days(organization) == {
        ("STORE-1", "ITEM-1", "2017-01-01"): 13,
        ("STORE-1", "ITEM-1", "2017-01-02"): 0.5,
        ("STORE-2", "TEA", "2017-01-01"): 7,
    }
    with tenancy.scope(organization.id):
        assert not Stock.objects.exists()
        actions = list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))
    assert sorted(set(actions)) == ["catalog.product.created", "stock.history.loaded", "stores.store.created"]


def test_the_log_keeps_counts_and_the_files_hash() -> None:
    organization = build_organization()
    load(organization, FILE)
    with tenancy.scope(organization.id):
        entry = AuditEntry.objects.get(action="stock.history.loaded")
    assert entry.object_label == "f.csv"
    assert entry.detail["sha256"] == hashlib.sha256(FILE).hexdigest()
    assert (entry.detail["rows"], entry.detail["inserted"]) == (3, 3)


def test_the_same_file_again_changes_nothing() -> None:
    organization = build_organization()
    load(organization, FILE)
    before = days(organization)
    again = load(organization, gzip.compress(FILE))
    assert (again.inserted, again.updated, again.unchanged) == (0, 0, 3)
    assert days(organization) == before


def test_a_corrected_file_sets_what_it_says() -> None:
    organization = build_organization()
    load(organization, FILE)
    corrected = load(organization, FILE.replace(b",13", b",14") + b"2017-01-03,1,1,2\n")
    assert (corrected.inserted, corrected.updated, corrected.unchanged) == (1, 1, 2)
    assert days(organization)["STORE-1", "ITEM-1", "2017-01-01"] == 14


def test_the_header_may_be_in_any_order_and_case() -> None:
    organization = build_organization()
    load(organization, b'\xef\xbb\xbfSales, "ITEM",Store,DATE\r\n13,1,1,2017-01-01\r\n')
    assert days(organization) == {("STORE-1", "ITEM-1", "2017-01-01"): 13}


def test_days_sold_through_the_ledger_keep_their_units() -> None:
    shop = build_shop(stores=1, products=1)
    shop.post("IN", 10)
    shop.post("OUT", 3, effective_at="2025-05-01T10:00:00Z")
    load(shop.organization, b"date,store,item,sales\n2025-05-01,S1,SKU-1,8\n")
    with tenancy.scope(shop.organization.id):
        assert DailySales.objects.get(date="2025-05-01").units == 3
    assert days(shop.organization) == {("S1", "SKU-1", "2025-05-01"): 8}
    assert verification.verify(organization_id=shop.organization.id).drift == 0


def test_a_gap_stays_a_gap_until_a_later_file_fills_it() -> None:
    organization = build_organization()
    load(organization, b"date,store,item,sales\n2017-01-05,1,1,5\n2016-12-31,1,1,9\n2017-01-02,1,1,2\n")
    second = load(organization, b"date,store,item,sales\n2017-01-03,1,1,3\n2017-01-01,1,1,1\n2017-01-05,1,1,6\n")
    assert (second.inserted, second.updated, second.unchanged) == (2, 1, 0)
    found = {day: sold for (_, _, day), sold in days(organization).items()}
    assert found == {"2016-12-31": 9, "2017-01-01": 1, "2017-01-02": 2, "2017-01-03": 3, "2017-01-05": 6}


BAD = {
    "2017-02-30,1,1,1": "line 2, date: '2017-02-30' is no date",
    "01/02/2017,1,1,1": "line 2, date: '01/02/2017' is no date",
    "today,1,1,1": "line 2, date: 'today' is no date",
    "1666-01-01,1,1,1": "line 2, date: the date lies outside",
    ",1,1,1": "line 2, date: a date is needed",
    "2017-01-01,,1,1": "line 2, store: a name is needed",
    f"2017-01-01,{'s' * 41},1,1": "line 2, store: at most 40 characters",
    f"2017-01-01,1,{'i' * 65},1": "line 2, item: at most 64 characters",
    "2017-01-01,1,1,-1": "line 2, sales: sales must not be negative",
    "2017-01-01,1,1,NaN": "line 2, sales: a number is needed",
    "2017-01-01,1,1,many": "line 2, sales: 'many' is no number",
    "2017-01-01,1,1,": "line 2, sales: a number is needed",
    "2017-01-01,1,1,0.0001": "line 2, sales: at most 3 digits",
    "2017-01-01,1,1,99999999999": "line 2, sales: the number is too large",
    "2017-01-01,1,1": "line 2, row: 3 columns instead of 4",
    "2017-01-01,1,1,1,1": "line 2, row: 5 columns instead of 4",
    "2017-01-01,1,1,1\n2017-01-03,1,1,1\n2017-01-01,1,1,1": "line 4, row: line 2 has the same date, store and item",
    "2017-01-01,a,1,1\n2017-01-01,A,1,2": "line 3, row: line 2 has the same date, store and item",
    "": "line 2, row: the file has no rows",
}


@pytest.mark.parametrize(("rows", "sentence"), BAD.items(), ids=[row[:24] or "nothing" for row in BAD])
def test_a_bad_line_is_named_and_nothing_is_loaded(rows: str, sentence: str) -> None:
    organization = build_organization()
    with pytest.raises(HistoryRefused) as refused:
        load(organization, f"date,store,item,sales\n{rows}\n".encode() if rows else b"date,store,item,sales\n")
    assert str(refused.value.problems[0]).startswith(sentence)
    assert days(organization) == {}
    with tenancy.scope(organization.id):
        assert not Store.objects.exists()
        assert not Product.objects.exists()
        assert not AuditEntry.objects.exists()


def test_text_that_is_not_utf_8_is_refused_by_its_line() -> None:
    with pytest.raises(HistoryRefused) as refused:
        load(build_organization(), b"date,store,item,sales\n2017-01-01,1,1,1\n2017-01-02,\xff,1,1\n")
    assert "cannot be read" in refused.value.problems[0].reason


@pytest.mark.parametrize("header", [b"", b"date,store,item\n", b"day,store,item,sales\n", b"\xff\xfe\n"])
def test_a_file_without_its_columns_is_refused(header: bytes) -> None:
    with pytest.raises(InvalidInput):
        load(build_organization(), header + b"2017-01-01,1,1,1\n")


def test_a_cut_archive_is_refused_and_nothing_is_loaded() -> None:
    organization = build_organization()
    with pytest.raises(InvalidInput, match="damaged"):
        load(organization, gzip.compress(FILE * 1000)[:-20])
    assert days(organization) == {}


def test_many_problems_are_counted_after_the_first_twenty() -> None:
    lines = b"".join(b"2017-01-01,%d,1,x\n" % number for number in range(50))
    with pytest.raises(HistoryRefused) as refused:
        load(build_organization(), b"date,store,item,sales\n" + lines)
    assert (len(refused.value.problems), refused.value.more) == (20, 30)

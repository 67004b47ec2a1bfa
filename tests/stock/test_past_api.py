"""`stocks/?as_of=&known_at=` over HTTP: business days, filters, pages, bad input."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from inventory_project.kernel import clock, tenancy
from stores.models import Store
from tests.factories.catalog import build_category
from tests.factories.stock import Shop, build_shop

SATURDAY = "2026-10-31"  # the last day before New York's clocks go back


@pytest.fixture
def shop() -> Shop:
    shop = build_shop(stores=3, products=2)
    with tenancy.scope(shop.organization.id):
        for store, zone in zip(shop.stores, ["Pacific/Auckland", "America/New_York", "UTC"], strict=True):
            Store.objects.filter(pk=store.pk).update(time_zone=zone)
    return shop


def text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def ask(shop: Shop, query: str) -> dict[str, Any]:
    answer = shop.client.get(f"/api/stocks/?{query}")
    assert answer.status_code == 200, answer.content
    return {(row["store_code"], row["sku"]): row["on_hand"] for row in answer.json()["results"]}


def test_a_plain_date_is_the_end_of_that_business_day_by_each_store_s_clock(shop: Shop) -> None:
    for store in range(3):
        shop.post("IN", 10, store=store, effective_at="2026-10-30T00:00:00Z")
        # In Auckland it is Sunday already, in New York and Greenwich still Saturday.
        shop.post("OUT", 1, store=store, effective_at="2026-10-31T22:00:00Z")
        # Half past eleven in the evening of Saturday in New York, Sunday elsewhere.
        shop.post("OUT", 2, store=store, effective_at="2026-11-01T03:30:00Z")
        # The first instant of Sunday in New York; and the last of its twenty-five hours.
        shop.post("OUT", 4, store=store, effective_at="2026-11-01T04:00:00Z")
        shop.post("OUT", 1, store=store, effective_at="2026-11-02T04:59:59.999999Z")
    found = ask(shop, f"as_of={SATURDAY}")
    assert found == {("S1", "SKU-1"): 10, ("S2", "SKU-1"): 7, ("S3", "SKU-1"): 9}
    assert ask(shop, "as_of=2026-11-01")["S2", "SKU-1"] == 2
    assert ask(shop, "as_of=2026-11-01T03:30:00Z")["S2", "SKU-1"] == 7, "an instant includes what happened at it"
    assert ask(shop, "as_of=2026-11-01T03:29:59.999999Z")["S2", "SKU-1"] == 9
    assert ask(shop, "as_of=2026-10-31T23:30:00-04:00")["S2", "SKU-1"] == 7


def test_rows_say_which_instants_they_answer_for(shop: Shop) -> None:
    shop.post("IN", 10, store=1)
    row = shop.client.get(f"/api/stocks/?as_of={SATURDAY}").json()["results"][0]
    assert (row["on_hand"], row["as_of"]) == (0, "2026-11-01T04:00:00Z")
    assert not {"available", "status", "reserved", "in_transit_in"} & row.keys()


def test_known_at_alone_is_what_the_books_said_then(shop: Shop) -> None:
    shop.post("IN", 10, effective_at=(clock.now() - timedelta(days=4)).isoformat())
    before = clock.now()
    shop.post("OUT", 3, effective_at=(clock.now() - timedelta(days=2)).isoformat())
    then = text(before)
    yesterday = text(before - timedelta(days=1))
    assert ask(shop, f"as_of={yesterday}") == {("S1", "SKU-1"): 7}, "as it really was"
    assert ask(shop, f"as_of={yesterday}&known_at={then}") == {("S1", "SKU-1"): 10}, "as it was believed"
    assert ask(shop, f"known_at={then}") == {("S1", "SKU-1"): 10}
    assert ask(shop, f"known_at={yesterday}") == {("S1", "SKU-1"): 0}, "nothing had been recorded yet"


def test_a_transfer_is_in_no_store_while_it_is_on_its_way(shop: Shop) -> None:
    shop.post("IN", 10)
    body = {"from_store": shop.stores[0].id, "to_store": shop.stores[1].id}
    lines = [{"product": shop.products[0].id, "quantity": 4}]
    order = shop.client.post("/api/transfers/", {**body, "lines": lines}, format="json").json()["id"]
    for step in ("request", "dispatch"):
        assert shop.client.post(f"/api/transfers/{order}/{step}/").status_code == 200
    on_the_way = text(clock.now())
    assert shop.client.post(f"/api/transfers/{order}/receive/").status_code == 200
    assert ask(shop, f"as_of={on_the_way}") == {("S1", "SKU-1"): 6, ("S2", "SKU-1"): 0}
    assert ask(shop, f"as_of={text(clock.now())}") == {("S1", "SKU-1"): 6, ("S2", "SKU-1"): 4}


def test_filters_order_and_pages_are_those_of_the_list(shop: Shop) -> None:
    category = build_category(shop.organization)
    shop.client.patch(f"/api/products/{shop.products[1].id}/", {"category": category.pk}, format="json")
    for store in range(3):
        for product in range(2):
            shop.post("IN", 10 * (store + 1) + product, store=store, product=product)
    today = f"as_of={text(clock.now())}"
    assert ask(shop, f"{today}&store=S2") == {("S2", "SKU-1"): 20, ("S2", "SKU-2"): 21}
    assert ask(shop, f"{today}&product=SKU-2&store=S3") == {("S3", "SKU-2"): 31}
    assert ask(shop, f"{today}&category={category.pk}&store=S1") == {("S1", "SKU-2"): 11}
    assert ask(shop, f"{today}&search=Product 1&store=S1") == {("S1", "SKU-1"): 10}
    seen, path = [], f"/api/stocks/?{today}&page_size=2&ordering=-sku"
    while path:
        page = shop.client.get(path).json()
        seen += [(row["sku"], row["on_hand"]) for row in page["results"]]
        path = page["next"]
    assert sorted(seen) == [("SKU-1", 10), ("SKU-1", 20), ("SKU-1", 30), ("SKU-2", 11), ("SKU-2", 21), ("SKU-2", 31)]
    assert seen == sorted(seen, key=lambda row: row[0], reverse=True)


@pytest.mark.parametrize("name", ["as_of", "known_at"])
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("", "needed"),
        ("yesterday", "needed"),
        ("2026-02-30", "needed"),
        ("2026-05-01T09:30:00", "needed"),
        ("2026-05-01T25:00:00Z", "needed"),
        ("2026-05-01T09:30:00+02:00", "needed"),  # the + was not written as %2B
        ("1999-12-31", "2000"),
        ("0001-01-01T00:00:00Z", "2000"),
        ("9999-12-31T23:59:59.999999Z", "2000"),
        ("9998-12-31", "future"),
        ("٢٠٢٦-٠٥-٠١", "needed"),
    ],
)
def test_a_moment_that_is_none_is_refused_by_name(shop: Shop, name: str, given: str, sentence: str) -> None:
    answer = shop.client.get(f"/api/stocks/?{name}={given}")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [name])
    assert sentence in str(answer.json()["fields"])


def test_the_future_is_refused_by_each_store_s_own_day(shop: Shop) -> None:
    now = clock.now()
    soon = text(now + timedelta(minutes=10))
    assert shop.client.get(f"/api/stocks/?as_of={soon}").status_code == 400
    # UTC+13: the furthest of the three clocks decides what has begun.
    furthest = (now + timedelta(hours=13)).date()
    assert shop.client.get(f"/api/stocks/?as_of={furthest}").status_code == 200
    assert shop.client.get(f"/api/stocks/?as_of={furthest + timedelta(days=1)}").status_code == 400


@pytest.mark.parametrize("query", ["status=low", "updated_since=2026-01-01T00:00:00Z", "ordering=on_hand", "as_off=1"])
def test_what_speaks_of_today_is_refused_beside_as_of(shop: Shop, query: str) -> None:
    answer = shop.client.get(f"/api/stocks/?as_of={SATURDAY}&{query}")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [query.partition("=")[0]])


@pytest.mark.parametrize("path", ["inventory", "reports/low-stock"])
def test_lists_that_know_today_only_refuse_the_past(shop: Shop, path: str) -> None:
    assert shop.client.get(f"/api/{path}/?as_of={SATURDAY}").status_code == 400


def test_limited_staff_see_their_own_store_s_past(shop: Shop) -> None:
    for store in range(3):
        shop.post("IN", 5, store=store)
    client = shop.client_for("staff", stores=[shop.stores[1].id])
    rows = client.get(f"/api/stocks/?as_of={text(clock.now())}").json()["results"]
    assert [(row["store_code"], row["on_hand"]) for row in rows] == [("S2", 5)]

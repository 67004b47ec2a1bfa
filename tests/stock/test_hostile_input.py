"""Input made to hurt: what is no number is no number, and a small body never becomes a huge answer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories.stock import Shop, build_shop


@pytest.fixture(scope="module")
def shop() -> Shop:
    return build_shop()


@pytest.mark.parametrize(
    "quantity",
    ["1e1000000000", "-1e999999999", "1_000", "١٢", "５", "0x10", "1." + "0" * 63 + "garbage", "1." + "0" * 70 + "5"],
)
def test_text_that_only_resembles_a_number_is_refused(shop: Shop, quantity: str) -> None:
    answer = shop.post("IN", quantity)
    assert answer.status_code == 400, answer.json()
    assert list(answer.json()["fields"]) == ["quantity"]


@pytest.mark.parametrize(("quantity", "means"), [(" 5 ", 5), ("+5", 5), ("5.", 5), ("1e3", 1000), (".5", 0.5)])
def test_plain_notations_of_a_number_are_read(shop: Shop, quantity: str, means: float) -> None:
    answer = shop.post("IN", quantity)
    assert (answer.status_code, answer.json()["quantity"]) == (201, means)


def test_one_monstrous_number_does_not_cost_the_batch(shop: Shop) -> None:
    rows = [shop.movement("IN", 1), shop.movement("IN", "1e1000000000"), shop.movement("IN", 1)]
    answer = shop.client.post("/api/stock-movements/bulk/", rows, format="json")
    assert [row["status"] for row in answer.json()["results"]] == ["applied", "invalid", "applied"]


def post_lines(shop: Shop, body: bytes) -> Any:
    return shop.client.generic("POST", "/api/stock-movements/bulk/", body, content_type="application/x-ndjson")


def test_a_million_broken_lines_are_answered_briefly(shop: Shop) -> None:
    answer = post_lines(shop, b"x\n" * 1_000_000)
    assert answer.status_code == 400
    assert len(answer.content) < 50_000
    assert "1" in answer.json()["fields"]["rows"]


def test_lines_beyond_the_most_rows_are_not_even_read(shop: Shop) -> None:
    answer = post_lines(shop, b"{}\n" * 10_002 + b"broken")
    assert answer.status_code == 400
    assert "10000" in answer.json()["detail"]


def test_unknown_fields_are_named_up_to_a_number(shop: Shop) -> None:
    answer = shop.client.post("/api/stock-movements/", {f"field{n}": 1 for n in range(10_000)}, format="json")
    assert answer.status_code == 400
    assert len(answer.content) < 5_000
    assert answer.json()["fields"]["field0"] == ["This field is not known here."]


def test_a_misspelt_field_is_named_beside_the_one_it_should_have_been(shop: Shop) -> None:
    body = {"store": shop.stores[0].code, "items": [{"product": shop.products[0].sku, "quantity": 1}]}
    answer = shop.client.post("/api/reservations/", body, format="json")
    assert answer.status_code == 400
    assert set(answer.json()["fields"]) == {"lines", "items"}
    assert "Known: store, lines" in answer.json()["fields"]["items"][0]


def test_a_format_an_address_does_not_have_is_named(shop: Shop) -> None:
    for path, known in (("changes", "json."), ("stocks", "json, csv, xlsx.")):
        answer = shop.client.get(f"/api/{path}/?format=pdf")
        assert answer.status_code == 400
        assert answer.json()["fields"]["format"] == [f"This form is not offered here. Known: {known}"]

"""Moving-average cost, by examples worked out by hand."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from inventory_project.kernel import clock, tenancy
from stock.models import AverageCost, Revaluation, Stock, StockMovement
from tests.factories.stock import Shop, build_shop
from tests.support.ledger import assert_whole, drain_all


def average(shop: Shop, store: int = 0, product: int = 0) -> Decimal:
    with tenancy.scope(shop.organization.id):
        return Stock.objects.get(store=shop.stores[store], product=shop.products[product]).average_cost


def costs(shop: Shop) -> list[Decimal]:
    with tenancy.scope(shop.organization.id):
        return [m.unit_cost for m in StockMovement.objects.order_by("sequence")]


def lines(shop: Shop) -> list[tuple[str, Decimal]]:
    with tenancy.scope(shop.organization.id):
        return [(line.cause, line.amount) for line in Revaluation.objects.order_by("id")]


def ago(**times: int) -> str:
    return (clock.now() - timedelta(**times)).isoformat()


def send(shop: Shop, quantity: int) -> None:
    body = {"from_store": "S1", "to_store": "S2", "product_id": shop.products[0].id, "quantity": quantity, "reason": ""}
    assert shop.client.post("/api/inventory/transfer/", body).status_code in (200, 201, 202)


def test_a_receipt_at_a_cost_of_its_own_moves_the_average_and_a_sale_moves_at_it() -> None:
    shop = build_shop()
    shop.post("IN", 10)  # at the product's 2.50
    shop.post("IN", 30, unit_cost=4.5)  # (10 * 2.50 + 30 * 4.50) / 40 = 4
    shop.post("OUT", 8)
    assert average(shop) == 4
    assert costs(shop) == [Decimal("2.5"), Decimal("4.5"), Decimal(4)]
    assert lines(shop) == []
    assert_whole(shop)


def test_what_rounding_leaves_is_a_line_of_its_own() -> None:
    shop = build_shop()
    shop.post("IN", 2, unit_cost=1)
    shop.post("IN", 1, unit_cost=2)  # 4 / 3 = 1.3333, and 3 * 1.3333 = 3.9999
    assert average(shop) == Decimal("1.3333")
    assert lines(shop) == [("rounding", Decimal("-0.0001"))]
    assert_whole(shop)


def test_without_anything_on_hand_the_average_begins_anew() -> None:
    shop = build_shop()
    shop.post("IN", 10, unit_cost=3)
    shop.post("OUT", 10)
    shop.post("customer_return", 1)  # at what was sold last
    assert average(shop) == 3
    shop.post("OUT", 1)
    shop.post("IN", 5, unit_cost=7)
    assert average(shop) == 7
    assert lines(shop) == []
    assert_whole(shop)


def test_what_was_sold_before_it_came_in_is_covered_by_a_line() -> None:
    shop = build_shop(allows_negative_stock=True)
    shop.post("IN", 1, unit_cost=2)
    shop.post("OUT", 6)  # 5 of them not there yet, at 2
    shop.post("IN", 8, unit_cost=3)
    assert average(shop) == 3
    assert lines(shop) == [("shortage", Decimal(-5))]  # 5 units, 1 dearer than thought
    assert_whole(shop)


def test_a_receipt_that_came_late_counts_from_when_it_took_effect() -> None:
    shop = build_shop()
    shop.post("IN", 10, effective_at=ago(hours=9), unit_cost=2)
    shop.post("OUT", 10, effective_at=ago(hours=3))  # 20 went out
    shop.post("IN", 10, effective_at=ago(hours=6), unit_cost=4)
    # Had it been known, the sale had moved at 3: 30 went out, 30 are left.
    assert average(shop) == 3
    assert costs(shop) == [2, 2, 4]
    assert lines(shop) == [("late", Decimal(-10))]
    assert_whole(shop)


def test_a_sale_that_came_late_is_put_right_by_a_line() -> None:
    shop = build_shop()
    shop.post("IN", 10, effective_at=ago(hours=9), unit_cost=2)
    shop.post("IN", 10, effective_at=ago(hours=3), unit_cost=4)  # the average is 3
    shop.post("OUT", 5, effective_at=ago(hours=6))  # booked at 3, worth 2 then
    assert costs(shop) == [2, 4, 3]
    # 5 * 2 + 10 * 4 = 50 for 15; 20 * 3 - 5 * 3 = 45 were booked.
    assert average(shop) == Decimal("3.3333")
    assert lines(shop) == [("late", Decimal("15") * Decimal("3.3333") - 45)]
    assert_whole(shop)


def test_a_receipt_taken_back_never_was() -> None:
    shop = build_shop()
    shop.post("IN", 10, unit_cost=2)
    wrong = shop.post("IN", 5, unit_cost=20).json()["id"]
    assert average(shop) == 8
    assert shop.client.post(f"/api/stock-movements/{wrong}/reverse/", {"reason": "typo"}).status_code == 201
    assert average(shop) == 2
    assert costs(shop)[-1] == 20
    with tenancy.scope(shop.organization.id):
        assert AverageCost.objects.exclude(sequence=0).count() == 1
    assert_whole(shop)


def test_a_cost_that_was_said_counts_even_when_it_is_the_average() -> None:
    shop = build_shop()
    rows = [shop.movement("IN", 10, unit_cost=3.5), shop.movement("IN", 10, unit_cost=2.5)]  # the product's 2.50
    assert shop.client.post("/api/stock-movements/bulk/", rows).json()["applied"] == 2
    shop.post("IN", 10, store=1, effective_at=ago(hours=3), unit_cost=2.5)
    shop.post("IN", 10, store=1, effective_at=ago(hours=6), unit_cost=3.5)
    assert (average(shop, 0), average(shop, 1)) == (3, 3)
    assert lines(shop) == []  # 35 and 25 came in, 60 is there
    assert_whole(shop)


def test_a_batch_that_leaves_nothing_keeps_what_the_balance_began_with() -> None:
    shop = build_shop()
    rows = [shop.movement("IN", 10, unit_cost=4), shop.movement("OUT", 10)]
    assert shop.client.post("/api/stock-movements/bulk/", rows).json()["applied"] == 2
    shop.post("IN", 10, effective_at=ago(hours=3))  # came before, at the product's 2.50
    assert average(shop) == Decimal("3.25")  # (10 * 2.50 + 10 * 4) / 20
    assert lines(shop) == [("late", 10 * Decimal("3.25") - 40)]
    assert_whole(shop)


def test_a_receipt_taken_back_never_was_for_another_of_the_same_instant() -> None:
    shop = build_shop()
    at = ago(hours=3)
    wrong = shop.post("IN", 10, effective_at=at, unit_cost=2).json()["id"]
    shop.post("IN", 10, effective_at=at, unit_cost=4)
    assert average(shop) == 3
    assert shop.client.post(f"/api/stock-movements/{wrong}/reverse/", {"reason": "typo"}).status_code == 201
    assert average(shop) == 4
    assert lines(shop) == []  # 20 * 3 - 10 * 2 = 10 * 4
    assert_whole(shop)


def test_a_sale_taken_back_comes_in_at_what_it_went_out_at() -> None:
    shop = build_shop()
    shop.post("IN", 10, unit_cost=2)
    sale = shop.post("OUT", 4).json()["id"]
    shop.post("IN", 6, unit_cost=4)  # (6 * 2 + 6 * 4) / 12 = 3
    shop.client.post(f"/api/stock-movements/{sale}/reverse/", {"reason": "x"})
    # The sale never was: (10 * 2 + 6 * 4) / 16
    assert average(shop) == Decimal("2.75")
    assert costs(shop)[-1] == 2
    assert lines(shop) == []  # 12 * 3 + 4 * 2 = 44 = 16 * 2.75
    assert_whole(shop)


def test_a_transfer_brings_its_cost_along() -> None:
    shop = build_shop()
    shop.post("IN", 10, unit_cost=2)
    shop.post("IN", 10, store=1, unit_cost=4)
    send(shop, 10)
    assert (average(shop, 0), average(shop, 1)) == (2, 3)
    assert_whole(shop)


def test_goods_of_a_transfer_keep_their_cost_when_an_earlier_delivery_becomes_known() -> None:
    """What they bring along is the receiver's average to the cent, and still counts by itself."""
    shop = build_shop()
    shop.post("IN", 10)  # at the product's 2.50
    send(shop, 10)
    assert average(shop, 1) == Decimal("2.5")
    shop.post("IN", 10, store=1, effective_at=ago(hours=6), unit_cost=3.5)
    assert average(shop, 1) == 3  # (10 * 3.50 + 10 * 2.50) / 20, whichever was known first
    assert lines(shop) == []
    assert_whole(shop)


def test_what_a_correction_adds_to_a_value_is_in_the_log_for_those_who_see_costs() -> None:
    shop = build_shop()
    shop.post("IN", 10, effective_at=ago(hours=9), unit_cost=2)
    shop.post("OUT", 10, effective_at=ago(hours=3))
    late = shop.post("IN", 10, effective_at=ago(hours=6), unit_cost=4).json()["id"]
    clerk = shop.client_for("manager", sees_costs=False)
    wanted = {"cause": "late", "movement": late, "on_hand": "10"}
    for client, after, detail in (
        (shop.client, {"average_cost": "3"}, wanted | {"cost_amount": "-10"}),
        (clerk, {}, wanted),
    ):
        [entry] = client.get("/api/logs/", {"action": "stock.value.corrected"}).json()["results"]
        assert (entry["object_label"], entry["store_id"], entry["product_id"]) == (
            "SKU-1", shop.stores[0].id, shop.products[0].id,
        )  # fmt: skip
        assert (entry["after"], entry["detail"]) == (after, detail)
    assert_whole(shop)


def test_money_of_another_currency_is_not_brought_along() -> None:
    shop = build_shop()
    shop.client.patch(f"/api/stores/{shop.stores[1].id}/", {"currency": "EUR"})
    shop.post("IN", 10, unit_cost=2)
    shop.post("IN", 10, store=1, unit_cost=4)
    send(shop, 10)
    assert average(shop, 1) == 4
    assert_whole(shop)


def test_a_cost_that_becomes_known_is_what_is_held_at_none_is_worth() -> None:
    shop = build_shop()
    url = f"/api/products/{shop.products[0].id}/"
    shop.client.patch(url, {"unit_cost": 0})
    shop.post("IN", 10)
    assert average(shop) == 0
    shop.client.patch(url, {"unit_cost": 3})
    assert average(shop) == 3
    assert lines(shop) == [("cost_known", Decimal(30))]
    shop.client.patch(url, {"unit_cost": 5})
    assert average(shop) == 3
    assert_whole(shop)


def test_who_may_not_see_costs_cannot_say_any_and_only_goods_coming_in_have_one() -> None:
    shop = build_shop()
    clerk = shop.client_for("staff")
    answer = clerk.post("/api/stock-movements/", shop.movement("IN", 1, unit_cost=3))
    assert answer.json()["fields"] == {"unit_cost": ["Needs the right to see costs."]}
    for kind in ("OUT", "adjustment", "customer_return", "supplier_return"):
        answer = shop.client.post("/api/stock-movements/", shop.movement(kind, 1, unit_cost=3))
        assert list(answer.json()["fields"]) == ["unit_cost"], kind
    for wrong in (-1, "x", "NaN", "0.00001", 10**10):
        answer = shop.client.post("/api/stock-movements/", shop.movement("IN", 1, unit_cost=wrong))
        assert list(answer.json()["fields"]) == ["unit_cost"], wrong
    answer = shop.client.post("/api/stock-movements/", shop.movement("IN", 10**6, unit_cost=10**7))
    assert list(answer.json()["fields"]) == ["unit_cost"]
    assert shop.on_hand() == 0


def test_through_the_lanes_the_cost_is_kept() -> None:
    shop = build_shop()
    rows: list[Any] = [shop.movement("IN", 10, unit_cost=6), shop.movement("OUT", 1)]
    answer = shop.client.post("/api/stock-movements/bulk/", rows, HTTP_PREFER="respond-async")
    assert answer.status_code == 202
    drain_all(shop)
    assert costs(shop) == [6, 6]
    assert_whole(shop)


def test_a_receipt_of_a_closed_day_is_taken_back_today_at_what_it_had_cost() -> None:
    shop = build_shop()
    shop.post("IN", 10, effective_at=ago(days=9), unit_cost=2)
    wrong = shop.post("IN", 10, effective_at=ago(days=8), unit_cost=6).json()["id"]  # the average is 4
    closed = (clock.now() - timedelta(days=5)).date().isoformat()
    answer = shop.client.post("/api/periods/", {"closed_through": closed, "reason": "Month end"})
    assert answer.status_code == 201, answer.content
    shop.post("OUT", 5, effective_at=ago(days=1))  # at 4, which stays
    shop.client.post(f"/api/stock-movements/{wrong}/reverse/", {"reason": "never came"})
    # 15 at 4 less 10 at 6: nothing is left for 5.
    assert (shop.on_hand(), average(shop)) == (5, 0)
    assert costs(shop) == [2, 6, 4, 6]
    assert_whole(shop)


def test_a_batch_of_many_balances_keeps_each_to_itself() -> None:
    shop = build_shop(stores=3, products=3)
    rows = []
    for store in range(3):
        for product in range(3):
            rows += [
                shop.movement("IN", 10, store, product, unit_cost=1 + store),
                shop.movement("OUT", 4, store, product),
            ]
            rows += [
                shop.movement("IN", 6, store, product, unit_cost=1 + product),
                shop.movement("OUT", 1, store, product),
            ]
    answer = shop.client.post("/api/stock-movements/bulk/", rows).json()
    assert answer["applied"] == 36
    for store in range(3):
        for product in range(3):
            assert average(shop, store, product) == Decimal(1 + store + 1 + product) / 2
    assert_whole(shop)


def test_what_would_be_worth_more_than_a_sum_can_hold_is_refused() -> None:
    shop = build_shop(allows_negative_stock=True)
    rows = [shop.movement("IN", 1, unit_cost=10**9), shop.movement("OUT", 10**6), shop.movement("OUT", 10)]
    answer = shop.client.post("/api/stock-movements/bulk/", rows).json()
    assert [row["status"] for row in answer["results"]] == ["applied", "rejected", "applied"]
    assert answer["results"][1]["code"] == "value_too_large"
    assert_whole(shop)

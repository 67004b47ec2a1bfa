"""One idempotency key is one movement, whoever sends it and however often at once."""

from __future__ import annotations

import random
import uuid
from typing import Any

from inventory_project.kernel import tenancy
from stock.models import StockMovement
from stock.services import movements
from tests.factories.stock import Shop, build_shop
from tests.support.ledger import assert_whole, drain_all, no_deadlock
from tests.support.records import at_once


def movements_of(shop: Shop) -> int:
    with tenancy.scope(shop.organization.id):
        return StockMovement.objects.count()


def test_sixteen_requests_with_one_key_make_one_movement() -> None:
    shop = build_shop()
    key = {"Idempotency-Key": str(uuid.uuid4()), "Prefer": "wait=5"}

    def send() -> Any:
        return shop.client.post("/api/stock-movements/", shop.movement("IN", 3), format="json", headers=key)

    answers = at_once(*[send] * 16)
    assert {answer.status_code for answer in answers} <= {200, 201, 202}, [answer.content for answer in answers]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum(answer.headers.get("Idempotency-Replayed") == "true" for answer in answers) == 15
    assert movements_of(shop) == 1
    assert shop.on_hand() == 3
    assert_whole(shop)


def test_one_key_sent_at_once_for_two_stock_rows_moves_one_of_them() -> None:
    shop = build_shop()
    for _ in range(10):
        key = {"Idempotency-Key": str(uuid.uuid4())}

        def bulk(product: int, key: str = key["Idempotency-Key"]) -> Any:
            rows = [shop.movement("IN", 1, product=product, idempotency_key=key)]
            return shop.client.post("/api/stock-movements/bulk/", rows, format="json")

        def single(product: int, key: dict[str, str] = key) -> Any:
            body = shop.movement("IN", 1, product=product)
            return shop.client.post("/api/stock-movements/", body, format="json", headers=key)

        at_once(lambda: bulk(0), lambda: bulk(1), lambda: single(0), lambda: single(1))
    drain_all(shop)
    assert shop.on_hand(0, 0) + shop.on_hand(0, 1) == 10
    assert movements_of(shop) == 10
    assert_whole(shop)


def test_four_bulk_writers_with_repeated_keys_lose_and_double_nothing() -> None:
    shop = build_shop(stores=3, products=5)
    dice = random.Random(4)
    sent: dict[str, dict[str, Any]] = {}
    batches: list[list[list[dict[str, Any]]]] = [[], [], [], []]
    for turn in range(40):
        rows = []
        for _ in range(50):
            if sent and dice.random() < 0.2:
                rows.append(sent[dice.choice(list(sent))])
                continue
            kind, quantity = dice.choice([("IN", 9), ("IN", 4), ("OUT", 3), ("REM", 2), ("adjustment", -1)])
            row = shop.movement(kind, quantity, dice.randrange(3), dice.randrange(5), idempotency_key=f"k{len(sent)}")
            sent[row["idempotency_key"]] = row
            rows.append(row)
        batches[turn % 4].append(rows)

    def write(own: list[list[dict[str, Any]]]) -> list[Any]:
        access = shop.access()
        return [movements.submit_many(raws=rows, access=access, acting_as=access.actor()) for rows in own]

    with no_deadlock():
        answers = at_once(*[lambda own=own: write(own) for own in batches])
    receipts = [receipt for writer in answers for batch in writer for receipt in batch]
    assert len(receipts) == 2000
    assert {receipt.status for receipt in receipts} <= {"applied", "rejected"}
    assert len({receipt.id for receipt in receipts}) == len(sent) == movements_of(shop)
    assert_whole(shop)


def test_rows_of_one_batch_with_one_key_are_one_movement_and_the_first_one_wins() -> None:
    shop = build_shop()
    for turn in range(5):
        rows = [shop.movement("IN", n + 1, idempotency_key=f"same-{turn}") for n in range(8)]
        answer = shop.client.post("/api/stock-movements/bulk/", rows, format="json").json()
        assert [row["status"] for row in answer["results"]] == ["applied"] + ["invalid"] * 7
    assert shop.on_hand() == 5
    assert_whole(shop)


def test_a_long_batch_key_still_tells_its_rows_apart() -> None:
    shop = build_shop()
    rows = [shop.movement("IN", 1)] * 3
    for replays in (0, 3):
        answer = shop.client.post(
            "/api/stock-movements/bulk/", rows, format="json", headers={"Idempotency-Key": "k" * 255}
        ).json()
        assert (answer["applied"], answer["replayed"]) == (3, replays)
    assert shop.on_hand() == 3

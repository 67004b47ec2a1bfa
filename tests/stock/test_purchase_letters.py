"""Orders mailed to suppliers: once for each time it is asked, whatever the mail server says."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings

from inventory_project.kernel import clock, tenancy
from stock import tasks
from stock.models import PurchaseLetter
from stock.services import purchase_letters
from tests.factories.purchases import ask, build_supplier, draft, read, step
from tests.factories.stock import Shop, build_shop
from tests.support.mail import Post, post_office

TEN = {0: 10, 1: 4}


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as post, override_settings(**post.settings()):
        yield post


@pytest.fixture
def shop() -> Shop:
    return build_shop()


def letters(shop: Shop) -> list[int]:
    with tenancy.scope(shop.organization.id):
        return list(PurchaseLetter.objects.order_by("id").values_list("id", flat=True))


def deliver(shop: Shop, letter_id: int) -> str:
    return purchase_letters.send(organization_id=shop.organization.id, letter_id=letter_id)


def due(shop: Shop, minutes: int = 0) -> list[int]:
    found = purchase_letters.waiting(now=clock.now() + timedelta(minutes=minutes))
    return [row["letter_id"] for row in found if row["organization_id"] == shop.organization.id]


def test_the_supplier_gets_text_html_and_a_file(shop: Shop, post: Post) -> None:
    order = draft(shop, TEN, note="Ring <twice>", reference="spring", expected_on="2026-12-24")
    sent = step(shop, order, "send")
    assert (sent.json()["sent_by"], sent.json()["letters"][0]["state"]) == ("email", "waiting")
    tasks.send_purchase_letter(organization_id=shop.organization.id, letter_id=letters(shop)[0])
    [(to, letter)] = post.letters
    assert to == ["orders@northern.example"]
    assert letter["Subject"] == f"Purchase order {order['number']} from {shop.organization.name}"
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text is not None
    assert html is not None
    for word in ("Deliver to Store 1 by 24 December 2026", "Ring <twice>", "Product 1 (SKU-1): 10 at 2.50, USD 25.00"):
        assert word in text.get_content()
    assert "Ring &lt;twice&gt;" in html.get_content()
    [file] = letter.iter_attachments()
    assert file.get_filename() == f"{order['number']}.csv"
    rows = list(csv.DictReader(io.StringIO(file.get_content())))
    assert [(row["sku"], row["quantity"], row["cost"]) for row in rows] == [("SKU-1", "10", "25"), ("SKU-2", "4", "10")]
    told = read(shop, order)["letters"][0]
    assert (told["state"], told["to"], told["attempts"]) == ("sent", "orders@northern.example", 1)
    actions = [
        row["action"] for row in shop.client.get(f"/api/purchase-orders/{order['id']}/timeline/").json()["results"]
    ]
    assert actions[-1] == "stock.purchase.mailed"


def test_a_letter_is_sent_once_however_many_ask(shop: Shop, post: Post) -> None:
    order = draft(shop, TEN)
    first, again = (step(shop, order, "send", key="one") for _ in range(2))
    assert (first.json(), again["Idempotency-Replayed"]) == (again.json(), "true")
    [letter] = letters(shop)

    def send(_: int) -> str:
        try:
            return deliver(shop, letter)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(send, range(6))) == ["", "", "", "", "", "sent"]
    assert len(post.letters) == 1
    assert due(shop, minutes=600) == []


def test_it_is_mailed_again_when_somebody_asks(shop: Shop, post: Post) -> None:
    order = draft(shop, TEN)
    assert step(shop, order, "resend").json()["code"] == "wrong_state"
    step(shop, order, "send")
    assert len(step(shop, order, "resend").json()["letters"]) == 2
    assert [deliver(shop, letter) for letter in letters(shop)] == ["sent", "sent"]
    ids = {letter["Message-ID"] for _, letter in post.letters}
    assert len(ids) == 2


def test_a_refused_letter_is_tried_again_under_the_same_name(shop: Shop, post: Post) -> None:
    order = draft(shop, TEN)
    step(shop, order, "send")
    [letter] = letters(shop)
    post.refuses = True
    assert deliver(shop, letter) == "failed"
    told = read(shop, order)["letters"][0]
    assert (told["state"], "451" in told["error"], read(shop, order)["status"]) == ("failed", True, "sent")
    assert (deliver(shop, letter), due(shop)) == ("", []), "not before a pause"
    assert due(shop, minutes=11) == [letter]
    post.refuses = False
    with tenancy.scope(shop.organization.id):
        PurchaseLetter.objects.update(started_at=clock.now() - timedelta(minutes=11))
    assert deliver(shop, letter) == "sent"
    assert len(post.letters) == 1


def test_a_letter_whose_hint_was_lost_or_whose_worker_died_is_found(shop: Shop, post: Post) -> None:
    step(shop, draft(shop, TEN), "send")
    [letter] = letters(shop)
    assert (due(shop), due(shop, minutes=1)) == ([], [letter])
    with tenancy.scope(shop.organization.id):
        PurchaseLetter.objects.update(state="sending", attempts=1, started_at=clock.now())
    assert (due(shop, minutes=1), due(shop, minutes=11)) == ([], [letter])


def test_a_last_try_whose_worker_died_ends_with_its_reason(shop: Shop, post: Post) -> None:
    order = draft(shop, TEN)
    step(shop, order, "send")
    [letter] = letters(shop)
    with tenancy.scope(shop.organization.id):
        begun = clock.now() - timedelta(minutes=51)
        PurchaseLetter.objects.update(state="sending", attempts=5, started_at=begun)
    assert due(shop) == [letter]
    assert (deliver(shop, letter), due(shop, minutes=600), post.letters) == ("failed", [], [])
    told = read(shop, order)["letters"][0]
    assert (told["state"], "did not come back" in told["error"]) == ("failed", True)


def test_without_an_address_it_is_sent_by_other_means_and_says_so(shop: Shop, post: Post) -> None:
    supplier = build_supplier(shop, "By telephone", email="")
    order = draft(shop, TEN, supplier=supplier.pk)
    refused = step(shop, order, "send", {"by": "email"})
    assert refused.json()["fields"] == {
        "by": ["By telephone has no e-mail address. Enter one, or send the order by other means."]
    }
    sent = step(shop, order, "send").json()
    assert (sent["status"], sent["sent_by"], sent["letters"]) == ("sent", "other", [])
    assert step(shop, order, "resend").status_code == 400
    assert letters(shop) == []


@pytest.mark.parametrize(
    "body",
    [
        {"by": "pigeon"},
        {"by": "email", "sent_at": "2026-03-01T10:00:00Z"},
        {"by": "other", "sent_at": "2999-03-01T10:00:00Z"},
        {"to": "somebody@example.com"},
    ],
)
def test_a_wrong_way_is_refused_and_nothing_is_sent(shop: Shop, body: dict[str, Any]) -> None:
    order = ask(shop, TEN).json()
    assert step(shop, order, "send", body).status_code == 400
    assert (read(shop, order)["status"], letters(shop)) == ("draft", [])


def test_a_cancelled_order_stays_at_home(shop: Shop, post: Post) -> None:
    order = draft(shop, TEN)
    step(shop, order, "send")
    [letter] = letters(shop)
    assert step(shop, order, "cancel", {"reason": "too dear"}).json()["letters"][0]["state"] == "failed"
    assert (deliver(shop, letter), post.letters, due(shop, minutes=600)) == ("", [], [])

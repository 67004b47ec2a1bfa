"""What is begun at the desk, and the steps of reservations and of goods on hold: the services' own rules."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inventory_project.kernel import tenancy
from stock.models import PeriodClosing, Reservation, Stock, StockCount, TransferOrder
from tests.admin.test_steps import offered, said, state, take
from tests.factories.desk import manager_client
from tests.factories.reservations import reserve
from tests.factories.stock import Shop, build_shop
from tests.support.ledger import assert_whole
from tests.support.records import actions


@pytest.fixture
def shop() -> Shop:
    shop = build_shop()
    shop.post("IN", 50)
    shop.post("IN", 10, product=1)
    return shop


@pytest.fixture
def client(shop: Shop) -> Client:
    return manager_client(shop.organization)


def at(model: type[Model], name: str) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}")


def begin(client: Client, model: type[Model], start: str, /, *rows: tuple[Any, ...], **data: Any) -> Any:
    """Send the form with these rows of products as a browser would."""
    asked = client.get(at(model, start))
    assert asked.status_code == 200, asked.content[:300]
    sent = {"key": asked.context["form"]["key"].value(), **data}
    if (lines := asked.context["lines"]) is not None:
        shown = max(lines.total_form_count(), len(rows))
        sent |= {"lines-TOTAL_FORMS": shown, "lines-INITIAL_FORMS": 0}
        for number, row in enumerate(rows):
            sent |= dict(zip((f"lines-{number}-product", f"lines-{number}-quantity"), row, strict=False))
    return client.post(at(model, start), sent)


def newest(shop: Shop, model: Any) -> Any:
    with tenancy.scope(shop.organization.id):
        return model.objects.order_by("-id").first()


def balance(shop: Shop, product: int = 0) -> Stock:
    with tenancy.scope(shop.organization.id):
        return Stock.objects.get(store=shop.stores[0], product=shop.products[product])


def errors(answer: Any) -> str:
    assert answer.status_code == 422
    return " ".join(" ".join(sentences) for sentences in answer.context["form"].errors.values())


class TestReservations:
    def test_a_manager_reserves_extends_hands_over_and_gives_back(self, shop: Shop, client: Client) -> None:
        first, second = (product.pk for product in shop.products)
        store = shop.stores[0].pk
        made = begin(client, Reservation, "reserve", (first, 4), (second, 2), store=store, reference="WEB-9")
        assert made.status_code == 302, errors(made)
        assert "reserved" in said(client)
        reservation = newest(shop, Reservation)
        assert offered(client, reservation) == {"fulfil", "extend", "release"}
        assert balance(shop).reserved == 4
        until = timezone.localtime(reservation.expires_at + timedelta(hours=2))
        assert "held longer" in take(client, reservation, "extend", expires_at=f"{until:%Y-%m-%dT%H:%M}")
        assert newest(shop, Reservation).expires_at > reservation.expires_at
        assert "handed over" in take(client, reservation, "fulfil", kind="sale", **{f"line_{first}": "3"})
        assert (shop.on_hand(), balance(shop).reserved, balance(shop, 1).reserved) == (47, 1, 2)
        take(client, reservation, "release", **{f"line_{first}": "1", f"line_{second}": "2"})
        assert (state(shop, reservation), balance(shop).reserved) == ("released", 0)
        assert offered(client, reservation) == set()
        logged = {action.rpartition(".")[2] for action in actions(shop.organization, "reservation", reservation.pk)}
        assert {"made", "extended", "fulfilled", "released"} <= logged
        assert_whole(shop)

    def test_what_is_not_there_is_named_and_nothing_is_reserved(self, shop: Shop, client: Client) -> None:
        rows = (shop.products[0].pk, 2), (shop.products[1].pk, 11)
        refused = begin(client, Reservation, "reserve", *rows, store=shop.stores[0].pk)
        assert "Line 2: SKU-2: 11 wanted, 10 available." in errors(refused)
        assert newest(shop, Reservation) is None
        kept = begin(client, Reservation, "reserve", *rows, store=shop.stores[0].pk, partial="on")
        assert kept.status_code == 302
        assert (balance(shop).reserved, balance(shop, 1).reserved) == (2, 10)

    def test_more_than_is_reserved_is_refused_at_its_line(self, shop: Shop, client: Client) -> None:
        reserve(shop, {0: 2})
        reservation = newest(shop, Reservation)
        line = f"line_{shop.products[0].pk}"
        assert "less than or equal to 2" in take(client, reservation, "fulfil", kind="sale", **{line: "3"})
        assert "at least one line" in take(client, reservation, "release", **{line: ""})
        assert (shop.on_hand(), balance(shop).reserved) == (50, 2)

    def test_the_same_form_sent_twice_reserves_once(self, shop: Shop, client: Client) -> None:
        sent = {"lines-TOTAL_FORMS": 1, "lines-INITIAL_FORMS": 0, "lines-0-product": shop.products[0].pk}
        sent |= {"lines-0-quantity": 3, "store": shop.stores[0].pk, "key": "once"}
        for _ in range(2):
            assert client.post(at(Reservation, "reserve"), sent).status_code == 302
        assert balance(shop).reserved == 3

    def test_rows_half_filled_or_none_are_told(self, shop: Shop, client: Client) -> None:
        store = shop.stores[0].pk
        assert "at least one product" in errors(begin(client, Reservation, "reserve", store=store))
        half = begin(client, Reservation, "reserve", (shop.products[0].pk, ""), store=store)
        assert (half.status_code, "This field is required" in half.content.decode()) == (422, True)
        strange = begin(client, Reservation, "reserve", ("x", 1), store="nothing")
        assert strange.status_code == 422
        assert newest(shop, Reservation) is None

    def test_more_rows_keep_what_was_typed_and_judge_nothing(self, shop: Shop, client: Client) -> None:
        sent = {"lines-TOTAL_FORMS": 5, "lines-INITIAL_FORMS": 0, "lines-4-product": shop.products[1].pk, "more": "1"}
        page = client.post(at(Reservation, "reserve"), {**sent, "reference": "WEB-7", "key": "k"})
        text = page.content.decode()
        assert (page.status_code, page.context["lines"].total_form_count()) == (200, 10)
        assert ("WEB-7" in text, "Product 2" in text, "required" in page.context["form"].errors) == (True, True, False)
        for strange in ("", "-1", "9" * 30):
            answer = client.post(at(Reservation, "reserve"), {**sent, "lines-TOTAL_FORMS": strange})
            assert answer.status_code == 200

    def test_other_stores_and_other_companies_are_out_of_reach(self, shop: Shop) -> None:
        reserve(shop, {0: 2})
        reservation = newest(shop, Reservation)
        other = manager_client(shop.organization, stores=[shop.stores[1]])
        refused = begin(other, Reservation, "reserve", (shop.products[0].pk, 1), store=shop.stores[0].pk)
        assert "valid choice" in errors(refused)
        stranger = manager_client(build_shop().organization, "admin")
        foreign = begin(stranger, Reservation, "reserve", (shop.products[0].pk, 1), store=shop.stores[0].pk)
        assert "valid choice" in errors(foreign)
        for client in (other, stranger):
            url = reverse("admin:stock_reservation_release", args=[reservation.pk])
            assert (client.get(url).status_code, client.post(url, {"key": "k"}).status_code) == (404, 404)
        assert Client().post(at(Reservation, "reserve"), {"key": "k"}).status_code == 302
        assert balance(shop).reserved == 2


class TestHolds:
    def test_units_go_on_hold_into_another_bucket_back_and_away(self, shop: Shop, client: Client) -> None:
        stock = balance(shop)
        assert offered(client, stock) == {"hold"}
        assert "on hold" in take(client, stock, "hold", quantity=5, bucket="quality", reason="wet box")
        assert offered(client, stock) == {"hold", "unhold", "dispose"}
        take(client, stock, "hold", quantity=4, from_bucket="quality", bucket="damaged")
        assert "for sale again" in take(client, stock, "unhold", quantity=1, bucket="quality")
        assert "have left" in take(client, stock, "dispose", quantity=3, bucket="damaged", kind="removal")
        now = balance(shop)
        assert (now.on_hand, now.on_hold, now.on_hold_damaged, now.on_hold_quality) == (47, 1, 1, 0)
        assert "1 damaged" in client.get(reverse("admin:stock_stock_change", args=[stock.pk])).content.decode()
        assert_whole(shop)

    def test_what_the_ledger_refuses_is_said_and_nothing_moves(self, shop: Shop, client: Client) -> None:
        stock = balance(shop)
        assert "51 wanted, 50 available" in take(client, stock, "hold", quantity=51, bucket="damaged")
        assert "already" in take(client, stock, "hold", quantity=1, bucket="damaged", from_bucket="damaged")
        take(client, stock, "hold", quantity=2, bucket="damaged")
        assert "0 on hold as quality" in take(client, stock, "unhold", quantity=1, bucket="quality")
        assert "greater than or equal" in take(client, stock, "dispose", quantity=-1, bucket="damaged", kind="removal")
        assert (balance(shop).on_hand, balance(shop).on_hold) == (50, 2)


class TestPapers:
    def test_a_transfer_is_drafted_and_goes_on_from_there(self, shop: Shop, client: Client) -> None:
        ends = {"from_store": shop.stores[0].pk, "to_store": shop.stores[1].pk}
        assert begin(client, TransferOrder, "draft", (shop.products[0].pk, "2.5"), **ends).status_code == 302
        order = newest(shop, TransferOrder)
        assert (order.status, offered(client, order)) == ("draft", {"request_it", "cancel"})
        same = begin(client, TransferOrder, "draft", (shop.products[0].pk, 1), from_store=ends["from_store"],
                     to_store=ends["from_store"])  # fmt: skip
        assert "two different stores" in errors(same)

    def test_who_works_in_one_store_names_the_other_by_its_code(self, shop: Shop) -> None:
        client = manager_client(shop.organization, stores=[shop.stores[0]])
        assert "Store 2" not in client.get(at(TransferOrder, "draft")).content.decode()
        row = shop.products[0].pk, 1
        assert begin(client, TransferOrder, "draft", row, from_store="S1", to_store="s2").status_code == 302
        assert "No such store" in errors(begin(client, TransferOrder, "draft", row, from_store="S1", to_store="S9"))
        assert newest(shop, TransferOrder).destination_id == shop.stores[1].pk

    def test_a_count_is_planned_and_started(self, shop: Shop, client: Client) -> None:
        data = {"store": shop.stores[0].pk, "name": "Shelf 4", "blind": "on"}
        product = shop.products[0].pk
        refused = begin(client, StockCount, "plan", (product,), kind="full", **data)
        assert "every product" in errors(refused)
        assert begin(client, StockCount, "plan", (product,), kind="spot", **data).status_code == 302
        count = newest(shop, StockCount)
        assert (count.name, count.kind, count.blind, count.state) == ("Shelf 4", "spot", True, "planned")
        assert "started" in take(client, count, "start")


class TestBooks:
    LAST_WEEK = timezone.now().date() - timedelta(days=7)

    def test_an_admin_reads_what_it_means_before_the_books_are_closed(self, shop: Shop) -> None:
        client = manager_client(shop.organization, "admin")
        wanted = {"closed_through": self.LAST_WEEK.isoformat(), "reason": "Month end"}
        asked = begin(client, PeriodClosing, "close_books", **wanted)
        text = asked.content.decode()
        assert (asked.status_code, "no late sale" in text, newest(shop, PeriodClosing)) == (200, True, None)
        assert begin(client, PeriodClosing, "close_books", confirmed="yes", **wanted).status_code == 302
        assert newest(shop, PeriodClosing).closed_through == self.LAST_WEEK
        late = shop.post("OUT", 1, effective_at=f"{self.LAST_WEEK}T12:00:00Z").json()
        assert (late["status"], late["rejection_code"]) == ("rejected", "period_closed")
        assert "already" in errors(begin(client, PeriodClosing, "close_books", confirmed="yes", **wanted))
        opened = begin(client, PeriodClosing, "open_books", confirmed="yes", reason="A till came back")
        assert (opened.status_code, newest(shop, PeriodClosing).closed_through) == (302, None)

    def test_a_day_that_is_not_over_is_refused_after_the_question(self, shop: Shop) -> None:
        client = manager_client(shop.organization, "admin")
        tomorrow = (timezone.now().date() + timedelta(days=2)).isoformat()
        sent = {"closed_through": tomorrow, "reason": "Month end", "confirmed": "yes"}
        assert "not over yet" in errors(begin(client, PeriodClosing, "close_books", **sent))
        assert newest(shop, PeriodClosing) is None

    def test_managers_read_and_do_not_decide(self, shop: Shop, client: Client) -> None:
        page = client.get(at(PeriodClosing, "changelist"))
        assert (page.status_code, "Close the books" in page.content.decode()) == (200, False)
        sent = {"closed_through": self.LAST_WEEK.isoformat(), "reason": "mine", "confirmed": "yes", "key": "k"}
        assert client.post(at(PeriodClosing, "close_books"), sent).status_code == 403
        assert newest(shop, PeriodClosing) is None

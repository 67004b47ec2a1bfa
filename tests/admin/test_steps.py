"""Steps of transfers, orders, goods receipts, counts and mailed lists taken at the desk: the services' own rules."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin, messages
from django.test import Client, override_settings
from django.urls import reverse

from inventory_project.desk.pages import PAGES
from inventory_project.kernel import tenancy
from stock.models import GoodsReceipt, MailingRun, PurchaseOrder, StockCount, StoreMailing, TransferOrder
from tests.factories.desk import busy_shop, filled, manager_client
from tests.factories.purchases import build_supplier, draft
from tests.factories.stock import Shop
from tests.support.ledger import assert_whole
from tests.support.mail import post_office
from tests.support.records import actions
from tests.support.tables import ROOMS


@pytest.fixture
def shop() -> Shop:
    return busy_shop()


def url(record: Any, step: str = "change") -> str:
    meta = record._meta
    name = f"{meta.app_label}_{meta.model_name}_{step}"
    return reverse(f"admin:{name}", args=[record.pk])


def take(client: Client, record: Any, step: str, **data: Any) -> str:
    """Ask the question, answer it; what was said then."""
    asked = client.get(url(record, step))
    if asked.status_code == 302:
        return said(client)
    assert asked.status_code == 200, asked.content[:300]
    key = asked.context["form"]["key"].value()
    answer = client.post(url(record, step), {"key": key, **data})
    if answer.status_code == 302:
        return said(client)
    assert answer.status_code == 422
    return " ".join(" ".join(sentences) for sentences in answer.context["form"].errors.values())


def said(client: Client) -> str:
    return " ".join(str(message) for message in messages.get_messages(client.get("/admin/").wsgi_request))


def offered(client: Client, record: Any) -> set[str]:
    text = client.get(url(record)).content.decode()
    steps = admin.site._registry[type(record)].steps
    return {step.name for step in steps if f'href="{url(record, step.name)}"' in text}


def transfer(shop: Shop, quantity: float = 4) -> TransferOrder:
    lines = [{"product": shop.products[0].id, "quantity": quantity}]
    body = {"from_store": shop.stores[0].id, "to_store": shop.stores[1].id, "lines": lines}
    made = shop.client.post("/api/transfers/", body, format="json").json()
    with tenancy.scope(shop.organization.id):
        order: TransferOrder = TransferOrder.objects.get(pk=made["id"])
    return order


def state(shop: Shop, record: Any) -> str:
    with tenancy.scope(shop.organization.id):
        found = type(record).objects.get(pk=record.pk)
    return str(getattr(found, "status", None) or found.state)


def test_a_manager_takes_a_transfer_from_draft_to_closed(shop: Shop) -> None:
    client, order = manager_client(shop.organization), transfer(shop)
    before = shop.on_hand(0), shop.on_hand(1)
    assert offered(client, order) == {"request_it", "cancel"}
    assert "requested" in take(client, order, "request_it")
    assert offered(client, order) == {"approve", "dispatch_all", "cancel"}
    take(client, order, "approve")
    assert "on its way" in take(client, order, "dispatch_all")
    assert offered(client, order) == {"receive_all", "settle"}
    assert (shop.on_hand(0), shop.on_hand(1)) == (before[0] - 4, before[1])
    take(client, order, "receive_all")
    assert shop.on_hand(1) == before[1] + 4
    take(client, order, "close")
    assert (state(shop, order), offered(client, order)) == ("closed", set())
    logged = {action.rpartition(".")[2] for action in actions(shop.organization, "transfer", order.pk)}
    assert {"requested", "approved", "dispatched", "received", "closed"} <= logged
    assert_whole(shop)


def purchase(shop: Shop, **supplier: Any) -> PurchaseOrder:
    made = draft(shop, {0: 6, 1: 2}, supplier=build_supplier(shop, "Southern Drinks", **supplier).pk)
    with tenancy.scope(shop.organization.id):
        order: PurchaseOrder = PurchaseOrder.objects.get(pk=made["id"])
    return order


def test_a_manager_takes_an_order_from_draft_to_closed_and_corrects_a_receipt(shop: Shop) -> None:
    client, order = manager_client(shop.organization), purchase(shop, email="")
    before = shop.on_hand()
    assert offered(client, order) == {"send_it", "cancel"}
    assert "no e-mail address" in take(client, order, "send_it", by="email")
    assert "was sent" in take(client, order, "send_it", by="")
    assert offered(client, order) == {"resend", "receive_all", "cancel"}
    assert "taken in" in take(client, order, "receive_all", delivery_note="L-7")
    assert (state(shop, order), shop.on_hand()) == ("received", before + 6)
    with tenancy.scope(shop.organization.id):
        receipt = GoodsReceipt.objects.get(order=order)
    assert offered(client, receipt) == {"reverse_line"}
    assert "reversed" in take(client, receipt, "reverse_line", line=1, reason="counted twice")
    assert (state(shop, order), shop.on_hand()) == ("partially_received", before)
    assert "say why" in take(client, order, "close", reason="")
    take(client, order, "close", reason="no more of it")
    assert (state(shop, order), offered(client, order)) == ("closed", set())
    logged = {action.rpartition(".")[2] for action in actions(shop.organization, "purchase", order.pk)}
    assert {"sent", "received", "receipt_reversed", "closed"} <= logged
    assert_whole(shop)


def test_managers_of_other_stores_see_no_order(shop: Shop) -> None:
    order = purchase(shop)
    client = manager_client(shop.organization)
    assert "was sent" in take(client, order, "send_it", by="")
    elsewhere = manager_client(shop.organization, stores=[shop.stores[1]])
    assert elsewhere.get(url(order)).status_code in (302, 404)
    assert "cancelled" in take(client, order, "cancel", reason="too dear")


def test_the_same_form_sent_twice_moves_stock_once(shop: Shop) -> None:
    client, order = manager_client(shop.organization), transfer(shop)
    take(client, order, "request_it")
    key = client.get(url(order, "dispatch_all")).context["form"]["key"].value()
    before = shop.on_hand()
    for _ in range(2):
        client.post(url(order, "dispatch_all"), {"key": key})
    assert shop.on_hand() == before - 4


def test_what_the_ledger_refuses_is_said_and_nothing_moves(shop: Shop) -> None:
    client, order = manager_client(shop.organization), transfer(shop, quantity=5000)
    take(client, order, "request_it")
    before = shop.on_hand()
    assert "Not enough stock" in take(client, order, "dispatch_all")
    assert (state(shop, order), shop.on_hand()) == ("requested", before)


def test_a_step_that_is_over_is_not_taken(shop: Shop) -> None:
    client, order = manager_client(shop.organization), transfer(shop)
    take(client, order, "cancel", reason="not needed")
    assert "gone on" in take(client, order, "request_it")
    assert client.post(url(order, "request_it"), {"key": "again"}).status_code == 302
    assert state(shop, order) == "cancelled"


def test_a_reason_is_needed_where_it_cannot_be_undone(shop: Shop) -> None:
    client, order = manager_client(shop.organization), transfer(shop)
    assert "required" in take(client, order, "cancel", reason="")
    for step in ("request_it", "dispatch_all"):
        take(client, order, step)
    before = shop.on_hand()
    take(client, order, "settle", reason="fell off the lorry", outcome="returned")
    assert (shop.on_hand(), state(shop, order)) == (before + 4, "cancelled")


def test_other_ends_other_companies_and_readers_take_no_step(shop: Shop) -> None:
    order = transfer(shop)
    shop.client.post(f"/api/transfers/{order.pk}/request/")
    source = manager_client(shop.organization, stores=[shop.stores[0]])
    destination = manager_client(shop.organization, stores=[shop.stores[1]])
    assert "dispatch_all" in offered(source, order)
    assert "dispatch_all" not in offered(destination, order)
    destination.post(url(order, "dispatch_all"), {"key": "k"})
    stranger = manager_client(busy_shop().organization, "admin")
    assert stranger.get(url(order, "approve")).status_code == 404
    assert stranger.post(url(order, "approve"), {"key": "k"}).status_code == 404
    assert Client().post(url(order, "approve"), {"key": "k"}).status_code == 302
    assert state(shop, order) == "requested"


def enter(shop: Shop, count: StockCount, quantity: int) -> None:
    entry = {"product": shop.products[0].id, "quantity": quantity}
    answer = shop.client.post(f"/api/counts/{count.pk}/entries/", entry, format="json")
    assert answer.status_code == 201, answer.content


def test_a_manager_reviews_a_count_and_posts_it(shop: Shop) -> None:
    client = manager_client(shop.organization)
    body = {"store": shop.stores[0].id, "kind": "spot", "products": [shop.products[0].id]}
    made = shop.client.post("/api/counts/", body, format="json").json()
    with tenancy.scope(shop.organization.id):
        count = StockCount.objects.get(pk=made["id"])
    take(client, count, "start")
    assert "Nothing has been counted" in take(client, count, "submit")
    enter(shop, count, 40)
    take(client, count, "submit")
    assert offered(client, count) == {"approve", "recount", "cancel"}
    take(client, count, "recount", which="variance")
    assert state(shop, count) == "recount"
    enter(shop, count, 41)
    take(client, count, "submit")
    assert "posted" in take(client, count, "approve")
    assert shop.on_hand() == 41
    assert_whole(shop)


def add_list(client: Client, shop: Shop, **values: Any) -> Any:
    page = client.get("/admin/stock/storemailing/add/")
    data = {"store": shop.stores[0].id, "is_on": "on", "hour": 0, "emails": "buyer@example.com", **values}
    return client.post("/admin/stock/storemailing/add/", filled(page, **data))


def test_an_admin_says_who_gets_a_store_s_list_and_mails_it(shop: Shop) -> None:
    client = manager_client(shop.organization, "admin")
    assert add_list(client, shop).status_code == 302
    with tenancy.scope(shop.organization.id):
        mailing = StoreMailing.objects.get(store=shop.stores[0])
    with post_office() as post, override_settings(**post.settings()):
        assert "mailed" in take(client, mailing, "send_now")
        post.refuses = True
        assert "Come back later" in take(client, mailing, "send_now")
    assert [to for to, _ in post.letters] == [["buyer@example.com"]]
    page = client.get(url(mailing))
    changed = client.post(url(mailing), filled(page, hour=9, emails="buyer@example.com\nother@example.com"))
    assert changed.status_code == 302, changed.context["adminform"].form.errors
    shown = shop.client.get(f"/api/mailings/{shop.stores[0].id}/").json()
    assert (shown["hour"], len(shown["recipients"])) == (9, 2)


def test_a_list_that_cannot_be_is_told_at_its_field(shop: Shop) -> None:
    manager = manager_client(shop.organization)
    refused = add_list(manager, shop)
    assert "buyer@example.com is new." in refused.content.decode()
    assert "valid email" in add_list(manager, shop, emails="nobody").content.decode()
    with tenancy.scope(shop.organization.id):
        assert not StoreMailing.objects.filter(store=shop.stores[0]).exists()
        assert not MailingRun.objects.exists()


# Models a manager has no list of, and where they are seen instead.
SEEN_ELSEWHERE = {
    "accounts.MembershipStore": "the member's own form",
    "accounts.User": "the member: a person belongs to no organisation",
    "audit.AuditBlock": "the table of seals",
    "audit.AuditChainHead": "the table of seals",
    "forecasting.AlertReview": "kept for the work: which balances are still to be looked at",
    "forecasting.Forecast": "the table of forecasts",
    "forecasting.ForecastChunk": "the run it is a part of",
    "forecasting.ForecastOutcome": "the table of forecasts and what happened",
    "forecasting.ForecastPromise": "the forecasts, kept until their days have come",
    "forecasting.OverrideOutcome": "the restock line it is about",
    "forecasting.RestockLevel": "kept for the alerts: the levels of the proposal that is shown",
    "forecasting.GroupForecast": "kept for speed: sums of the forecasts",
    "stock.AverageCost": "the stock row it is the average of",
    "stock.BalanceCall": "kept for the work: a balance that waits to be looked at",
    "stock.DailySales": "the table of daily sales",
    "stock.Revaluation": "the value of the stock row it changed",
    "stock.ImportMapping": "kept by the import that used it, and used again by its header",
    "stock.ImportProblem": "the import's own file of failed rows",
    "stock.ImportedRecord": "the products and suppliers it made",
    "stock.ImportedRow": "the movements it made, by the import's reference",
    "stock.MailingRecipient": "the mailed list's own form",
    "stock.MailingRun": "beside the mailed list",
    "stock.MovementQuarter": "kept for speed: sums of movements, recomputed by verify_ledger",
    "stock.MovementKey": "the movement it is the key of",
    "stock.MovementReversal": "the movement, as reversed by",
    "stock.ProductSalesTotal": "kept for speed: sums of the daily sales, recomputed by verify_ledger",
    "stock.GoodsReceiptLine": "beside the goods receipt",
    "stock.PurchaseLetter": "beside the purchase order",
    "stock.PurchaseLine": "beside the purchase order",
    "stock.PaperNumber": "the numbers of orders, goods receipts, counts, imports and exports",
    "stock.ReservationFulfilment": "the movements, by the order's reference",
    "stock.ReservationLine": "beside the reservation",
    "stock.CategorySalesTotal": "kept for speed: sums of the daily sales, recomputed by verify_ledger",
    "stock.SeriesSalesMonth": "kept for speed: sums of the daily sales, recomputed by verify_ledger",
    "stock.SalesProduct": "kept for speed: which categories the sums are of",
    "stock.SalesHistory": "the table of sales histories",
    "stock.SalesOverlap": "kept for speed: days that both a history file and the ledger know",
    "stock.SalesRollup": "kept for speed: how far the sums go",
    "stock.SalesStore": "kept for speed: which stores the sums are of",
    "stock.SalesTotal": "kept for speed: sums of the daily sales, recomputed by verify_ledger",
    "stock.SnapshotDay": "which days have closing balances: kept for speed",
    "stock.StockCountAdjustment": "the movements it posted",
    "stock.StockCountEntry": "the lines they add up to: before a count is posted, entries are for those who count",
    "stock.StockCountKey": "a repeat of a request, no record of its own",
    "stock.StockCountLine": "beside the count",
    "stock.StockSnapshot": "kept for speed: what the ledger says of a day, recomputed by verify_ledger",
    "stock.StoreDay": "the table of store days",
    "stock.TransferKey": "a repeat of a request, no record of its own",
    "stock.TransferLine": "beside the transfer",
    "stock.TransferNumber": "the number of the transfer",
}


def test_every_model_is_at_the_desk_or_says_where_it_is_seen() -> None:
    registered = {model._meta.label for model in admin.site._registry}
    unlisted = {
        model._meta.label
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if model._meta.label not in registered
    }
    assert {page.slug for page in PAGES} >= {
        "daily-sales",
        "store-days",
        "sales-histories",
        "seals",
        "forecasts",
        "outcomes",
    }
    assert unlisted - SEEN_ELSEWHERE.keys() == set()
    assert not SEEN_ELSEWHERE.keys() & registered

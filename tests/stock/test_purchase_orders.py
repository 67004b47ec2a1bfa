"""Orders to suppliers: drafts, what a buyer is warned of, sending, closing short, cancelling, and who may."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from catalog.models import Product, Supplier
from inventory_project.kernel import clock, sql, tenancy
from stock.models import PurchaseOrder
from stock.models.purchase_orders import STEPS
from stock.selectors import positions
from tests.factories.purchases import arrive, ask, build_supplier, draft, line, ordered, read, step
from tests.factories.stock import Shop, build_shop
from tests.support.ledger import assert_whole

TEN = {0: 10, 1: 4}


@pytest.fixture
def shop() -> Shop:
    return build_shop()


def patch(shop: Shop, order: dict[str, Any], values: dict[str, Any], client: Any = None, **headers: str) -> Any:
    path = f"/api/purchase-orders/{order['id']}/"
    return (client or shop.client).patch(path, values, format="json", headers=headers)


def change_product(shop: Shop, product: int = 0, **values: Any) -> None:
    with tenancy.scope(shop.organization.id):
        Product.objects.filter(pk=shop.products[product].pk).update(**values)


def on_order(shop: Shop, product: int = 0) -> float:
    with tenancy.scope(shop.organization.id):
        found = positions.on_order({shop.stores[0].id}, {shop.products[product].id})
    return float(sum(row["on_order"] for row in found.values()))


def test_an_order_goes_from_draft_to_closed(shop: Shop) -> None:
    order = draft(shop, TEN, reference="spring", note="Ring the bell.")
    assert (order["status"], order["number"][:2], order["total_cost"], order["source"]) == (
        "draft",
        "P-",
        35,
        "by_hand",
    )
    assert on_order(shop) == 0
    sent = step(shop, order, "send", {"by": "other"}).json()
    assert (sent["status"], sent["sent_by"], sent["letters"]) == ("sent", "other", [])
    assert on_order(shop) == 10
    received = step(shop, order, "receive").json()
    assert (received["status"], [row["outstanding"] for row in received["lines"]]) == ("received", [0, 0])
    assert (shop.on_hand(), shop.on_hand(product=1), on_order(shop)) == (10, 4, 0)
    assert step(shop, order, "close").json()["status"] == "closed"
    told = shop.client.get(f"/api/purchase-orders/{order['id']}/timeline/").json()["results"]
    assert [entry["action"].rpartition(".")[2] for entry in told] == ["drafted", "sent", "received", "closed"]
    assert_whole(shop)


def test_numbers_count_up_in_each_organisation_on_its_own(shop: Shop) -> None:
    other = build_shop()
    assert [draft(each, {0: 1})["number"] for each in (shop, shop, other)] == ["P-000001", "P-000002", "P-000001"]


def test_packs_are_units_of_the_pack_size(shop: Shop) -> None:
    change_product(shop, pack_size=12)
    order = draft(shop, {}, lines=[{"product": "SKU-1", "packs": "2.5", "unit_cost": "1.1"}])
    found = line(order)
    assert (found["ordered"], found["pack_size"], found["packs"], found["cost"]) == (30, 12, 2.5, 33)
    change_product(shop, pack_size=6)
    assert line(read(shop, order))["pack_size"] == 12, "as it was when it was ordered"


def test_the_supplier_s_terms_are_a_warning_and_no_refusal(shop: Shop) -> None:
    other = build_supplier(shop, "Southern Drinks")
    change_product(shop, pack_size=6, moq=24, supplier=other, lifecycle="phase_out")
    order = draft(shop, {0: 7, 1: 4})
    assert [warning["code"] for warning in line(order)["warnings"]] == [
        "not_whole_packs", "below_minimum", "other_supplier", "running_out",
    ]  # fmt: skip
    assert line(order)["warnings"][0]["message"] == "7 is not a whole number of packs of 6."
    assert line(order, 1)["warnings"] == []
    assert line(step(shop, order, "send", {"by": "other"}).json())["warnings"] == [], "too late to look"


def test_the_expected_date_is_reckoned_from_the_slowest_line(shop: Shop) -> None:
    shop.client.patch(f"/api/stores/{shop.stores[0].id}/", {"time_zone": "Europe/Madrid"})
    change_product(shop, 1, lead_time_days=9)
    order = ordered(shop, TEN, sent_at="2026-03-01T23:30:00Z")
    assert order["expected_on"] == "2026-03-11", "nine days from the second of March, the date in Madrid"
    assert ordered(shop, TEN, expected_on="2026-12-24")["expected_on"] == "2026-12-24"


def test_a_draft_is_changed_and_an_order_with_the_supplier_only_in_part(shop: Shop) -> None:
    order = draft(shop, TEN)
    changed = patch(shop, order, {"lines": [{"product": "SKU-2", "quantity": 3}], "note": "x", "version": 1})
    assert changed.status_code == 200, changed.json()
    assert [(row["sku"], row["ordered"]) for row in changed.json()["lines"]] == [("SKU-2", 3)]
    assert patch(shop, order, {"note": "y", "version": 1}).json()["code"] == "stale_version"
    assert patch(shop, order, {"note": "y"}, **{"If-Match": '"2"'}).status_code == 200
    step(shop, order, "send", {"by": "other"})
    refused = patch(shop, order, {"lines": [{"product": "SKU-2", "quantity": 30}], "currency": "EUR"})
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_state")
    postponed = patch(shop, order, {"expected_on": "2030-01-01"})
    assert (postponed.status_code, postponed.json()["expected_on"]) == (200, "2030-01-01")
    assert line(postponed.json())["ordered"] == 3


def test_other_money_needs_its_own_costs(shop: Shop) -> None:
    refused = ask(shop, {0: 1}, currency="JPY")
    assert refused.json()["fields"] == {
        "lines": {"1": {"unit_cost": ["Say what a unit costs in JPY: products have their cost in your currency."]}}
    }
    order = draft(shop, {}, currency="JPY", lines=[{"product": "SKU-1", "quantity": 2, "unit_cost": 300}])
    assert (order["currency"], order["total_cost"]) == ("JPY", 600)
    alone = patch(shop, order, {"currency": "USD"})
    assert (alone.status_code, list(alone.json()["fields"])) == (400, ["currency"])


def test_closing_short_needs_a_reason_and_ends_what_was_expected(shop: Shop) -> None:
    order = ordered(shop, TEN)
    assert step(shop, order, "close", {"reason": "x"}).json()["code"] == "wrong_state", "nothing came: cancel it"
    arrive(shop, order, {0: 6})
    refused = step(shop, order, "close")
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["reason"])
    assert on_order(shop) == 4
    closed = step(shop, order, "close", {"reason": "sold out there"}).json()
    assert (closed["status"], closed["end_reason"]) == ("closed", "sold out there")
    assert [(row["received"], row["cancelled"], row["outstanding"]) for row in closed["lines"]] == [
        (6, 4, 0),
        (0, 4, 0),
    ]
    assert on_order(shop) == 0
    assert arrive(shop, order, {0: 1}).json()["code"] == "wrong_state"
    assert_whole(shop)


def test_an_order_is_cancelled_until_something_of_it_is_here(shop: Shop) -> None:
    order = ordered(shop, TEN)
    cancelled = step(shop, order, "cancel", {"reason": "too dear"}).json()
    assert (cancelled["status"], cancelled["end_reason"], on_order(shop)) == ("cancelled", "too dear", 0)
    assert step(shop, order, "receive").json()["code"] == "wrong_state"
    other = ordered(shop, TEN)
    arrive(shop, other, {0: 1})
    refused = step(shop, other, "cancel")
    assert (refused.status_code, "close it" in refused.json()["detail"]) == (409, True)
    assert read(shop, other)["status"] == "partially_received"
    assert_whole(shop)


def test_the_same_key_gives_the_same_answer_and_another_request_none(shop: Shop) -> None:
    first, again = (ask(shop, TEN, key="one") for _ in range(2))
    assert (first.status_code, again.status_code, again["Idempotency-Replayed"]) == (201, 200, "true")
    assert first.json() == again.json()
    assert ask(shop, {0: 11}, key="one").json()["code"] == "idempotency_key_reused"
    with tenancy.scope(shop.organization.id):
        assert PurchaseOrder.objects.count() == 1


def test_late_orders_are_those_past_their_date_by_the_store_s_clock(shop: Shop) -> None:
    today = clock.now().date()
    late = ordered(shop, TEN, expected_on=str(today - timedelta(days=3)), sent_at="2026-01-01T00:00:00Z")
    ordered(shop, TEN, expected_on=str(today + timedelta(days=3)))
    draft(shop, TEN, expected_on=str(today - timedelta(days=3)))
    found = shop.client.get("/api/purchase-orders/?late=true").json()["results"]
    assert [(row["id"], row["is_late"]) for row in found] == [(late["id"], True)]
    assert found[0]["days_late"] in (2, 3, 4), "the store's date may differ from ours by one"
    assert len(shop.client.get("/api/purchase-orders/?late=false").json()["results"]) == 2
    step(shop, late, "receive")
    assert shop.client.get("/api/purchase-orders/?late=true").json()["results"] == []


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("status=draft", 1), ("status=draft&status=sent", 2), ("supplier=northern foods", 2), ("supplier=nobody", 0),
        ("store=S1", 2), ("store=S2", 0), ("product=SKU-2", 1), ("number=P-000001", 1), ("number=2", 1),
        ("reference=spring", 1), ("source=proposal", 1), ("proposal=R-7", 1), ("expected_from=2030-01-01", 1),
        ("expected_to=2029-12-31", 1), ("ordering=-number", 2),
    ],
)  # fmt: skip
def test_the_list_is_filtered(shop: Shop, query: str, count: int) -> None:
    draft(shop, {0: 1}, reference="spring", proposal="R-7", expected_on="2030-01-01")
    ordered(shop, TEN)
    assert len(shop.client.get(f"/api/purchase-orders/?{query}").json()["results"]) == count


def test_the_list_and_an_order_are_files_and_an_order_is_a_page_to_print(shop: Shop) -> None:
    order = ordered(shop, TEN, note="<b>Ring & wait</b>", reference="=1+1")
    file = shop.client.get("/api/purchase-orders/?format=csv")
    [row] = csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode()))
    assert (row["number"], row["units_outstanding"], row["total_cost"], row["reference"]) == (
        order["number"], "14", "35", "'=1+1",
    )  # fmt: skip
    file = shop.client.get(f"/api/purchase-orders/{order['id']}/?format=csv")
    assert order["number"] in file["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode())))
    assert [(one["sku"], one["ordered"], one["unit_cost"]) for one in rows] == [
        ("SKU-1", "10", "2.5"), ("SKU-2", "4", "2.5"),
    ]  # fmt: skip
    page = shop.client.get(f"/api/purchase-orders/{order['id']}/?format=html")
    assert page["Content-Type"].startswith("text/html")
    text = page.content.decode()
    assert "&lt;b&gt;Ring &amp; wait&lt;/b&gt;" in text
    assert "35.00" in text
    assert shop.client.get(f"/api/purchase-orders/{order['id']}/?format=pdf").status_code == 400


BAD = [
    ({"supplier": 999_999_999}, {"supplier": ["No such supplier."]}),
    ({"store": "nowhere"}, {"store": ["No such store."]}),
    ({"lines": []}, {"lines": {"non_field_errors": ["This list may not be empty."]}}),
    ({"lines": [{"product": "nothing", "quantity": 1}]}, {"lines": {"1": {"product": ["No such product."]}}}),
    (
        {"lines": [{"product": "SKU-1", "quantity": 1}, {"product": "SKU-1", "quantity": 1}]},
        {"lines": {"2": {"product": ["This product has a line already."]}}},
    ),
    (
        {"lines": [{"product": "SKU-1"}]},
        {"lines": {"1": {"quantity": ["Say how many units, or how many packs: one of the two."]}}},
    ),
    (
        {"lines": [{"product": "SKU-1", "quantity": 1, "packs": 1}]},
        {"lines": {"1": {"quantity": ["Say how many units, or how many packs: one of the two."]}}},
    ),
]


@pytest.mark.parametrize(("values", "fields"), BAD)
def test_what_is_wrong_is_named_and_nothing_is_kept(shop: Shop, values: dict[str, Any], fields: Any) -> None:
    refused = ask(shop, TEN, **values)
    assert (refused.status_code, refused.json()["fields"]) == (400, fields)
    with tenancy.scope(shop.organization.id):
        assert PurchaseOrder.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"currency": "XXQ"}, "currency"),
        ({"expected_on": "soon"}, "expected_on"),
        ({"suplier": 1}, "suplier"),
        ({"lines": [{"product": "SKU-1", "quantity": 0}]}, "lines"),
        ({"lines": [{"product": "SKU-1", "quantity": "1e30"}]}, "lines"),
        ({"lines": [{"product": "SKU-1", "quantity": 1, "unit_cost": -1}]}, "lines"),
        ({"lines": [{"product": "SKU-1", "quantity": 1_000_000_000, "unit_cost": 1_000_000_000}]}, "lines"),
        ({"lines": [{"product": "SKU-1", "packs": 1, "colour": "red"}]}, "lines"),
    ],
)
def test_a_wrong_shape_is_refused_by_its_field(shop: Shop, values: dict[str, Any], field: str) -> None:
    refused = ask(shop, TEN, **values)
    assert (refused.status_code, list(refused.json()["fields"])) == (400, [field])


def test_an_unknown_filter_is_refused(shop: Shop) -> None:
    assert list(shop.client.get("/api/purchase-orders/?suplier=1").json()["fields"]) == ["suplier"]


def test_buying_is_a_manager_s_and_costs_need_their_right(shop: Shop) -> None:
    staff = shop.client_for("staff", stores=[shop.stores[0]])
    assert ask(shop, TEN, client=staff).status_code == 403
    manager = shop.client_for("manager", sees_costs=False)
    refused = ask(shop, {}, client=manager, lines=[{"product": "SKU-1", "quantity": 1, "unit_cost": 1}])
    assert (refused.status_code, refused.json()["fields"]) == (
        403, {"lines": {"1": {"unit_cost": ["Needs the right to see costs."]}}},
    )  # fmt: skip
    made = ask(shop, TEN, client=manager)
    assert made.status_code == 201
    assert not {"total_cost"} & made.json().keys()
    assert not {"unit_cost", "cost"} & made.json()["lines"][0].keys()
    assert line(read(shop, made.json()))["unit_cost"] == 2.5, "the product's own"
    page = manager.get(f"/api/purchase-orders/{made.json()['id']}/?format=html").content.decode()
    assert "2.50" not in page
    for verb in ("send", "resend", "close", "cancel"):
        assert step(shop, made.json(), verb, client=staff).status_code == 403


def test_an_answer_with_costs_is_repeated_only_to_those_who_may_see_them(shop: Shop) -> None:
    assert ask(shop, TEN, key="mine").status_code == 201
    manager = shop.client_for("manager", sees_costs=False)
    assert ask(shop, TEN, key="mine", client=manager).json()["code"] == "idempotency_key_reused"


def test_a_draft_is_not_sent_to_a_supplier_or_store_that_has_ended(shop: Shop) -> None:
    order = draft(shop, TEN)
    with tenancy.scope(shop.organization.id):
        Supplier.objects.update(is_active=False)
    refused = step(shop, order, "send")
    assert (refused.status_code, refused.json()["fields"]) == (400, {"supplier": ["This supplier is inactive."]})
    assert ask(shop, TEN).json()["fields"] == {"supplier": ["This supplier is inactive."]}
    assert read(shop, order)["status"] == "draft"


def test_a_supplier_that_was_ordered_from_is_made_inactive_and_not_deleted(shop: Shop) -> None:
    order = draft(shop, TEN)
    assert shop.client.delete(f"/api/suppliers/{order['supplier']}/").status_code == 200
    with tenancy.scope(shop.organization.id):
        assert Supplier.objects.get().is_active is False


@pytest.mark.parametrize("before", STEPS)
@pytest.mark.parametrize("after", STEPS)
def test_code_and_database_hold_the_same_table_of_steps(before: str, after: str) -> None:
    [found] = sql.rows(
        "SELECT stock_purchase_step(%(before)s, %(after)s) AS allowed", {"before": before, "after": after}
    )
    assert found["allowed"] == (after == before or after in STEPS[before])

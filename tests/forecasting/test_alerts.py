"""Alerts as a shop meets them: raised and closed by movements, decided about by people, restocked in one step."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from catalog.models import Product
from forecasting.models import Alert
from forecasting.services import alert_reviews
from inventory_project.kernel import clock, queue, tenancy
from stock.models import PurchaseLine, Stock
from stock.services import watches
from tests.factories.alerts import alert_of, answer_calls, calls_of, raised, review, set_level
from tests.factories.catalog import build_supplier
from tests.factories.exports import body_of, csv_rows
from tests.factories.forecasting import on_shelf
from tests.factories.restock import forecast, propose, restock_shop
from tests.factories.stock import Shop, build_shop
from tests.support.statements import statements_sent


def shop_with(stock: float, daily: float = 2.0, **level: Any) -> Shop:
    """One store and one product that sells `daily` a day, looked at once; 14 to be ordered up to, from 6 on."""
    shop = restock_shop({(0, 0): daily}, {(0, 0): stock}, stores=1, products=1, reorder_level=0)
    set_level(shop, **{"reorder_point": 3 * daily, "order_up_to": 7 * daily, "lead_days": 3, **level})
    review(shop)
    return shop


def listed(shop: Shop, client: Any = None, **params: Any) -> list[dict[str, Any]]:
    answer = (client or shop.client).get("/api/alerts/", params)
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])


def act(shop: Shop, alert: Alert, verb: str, client: Any = None, **body: Any) -> Any:
    return (client or shop.client).post(f"/api/alerts/{alert.pk}/{verb}/", body, format="json")


def test_the_list_says_how_urgent_it_is_why_and_what_to_order():
    shop = shop_with(1)
    [first, *_] = rows = listed(shop)
    assert {row["kind"]: row["severity"] for row in rows} == raised(shop) == {
        "at_risk": "critical", "below_reorder_point": "critical", "predicted_stockout": "critical",
    }  # fmt: skip
    assert (first["available"], first["horizons_at_risk"], first["days_of_cover"]) == (1, [1, 7, 30], 0.5)
    # Up to 14; five are missed until an order of today is here, at 4.00 less 2.50.
    assert (first["quantity"], first["order_now"], first["units_at_risk"], first["money_at_risk"]) == (13, True, 5, 7.5)
    assert "Recommended order: 13." in first["sentence"]
    assert first["at_opening"]["severity"] == "critical"
    assert shop.client.get("/api/alerts/summary/").json()["severity"] == {"critical": 3, "high": 0, "medium": 0}
    file = csv_rows(body_of(shop.client.get("/api/alerts/?format=csv")))
    assert [(row["kind"], row["money_at_risk"]) for row in file] == [(row["kind"], "7.5") for row in rows]
    for query, found in (("severity=high", 0), ("severity=critical&kind=at_risk", 1), ("order_now=true", 3)):
        assert len(shop.client.get(f"/api/alerts/?{query}").json()["results"]) == found, query
    for query in ("severity=worst", "ordering=quantity", "colour=red", "since=now"):
        assert shop.client.get(f"/api/alerts/?{query}").status_code == 400, query


def test_a_movement_across_a_line_raises_one_inside_the_lines_calls_nobody_and_a_receipt_closes():
    shop = shop_with(100)
    assert (raised(shop), calls_of(shop)) == ({}, 0)
    assert shop.post("OUT", 30).status_code == 201
    assert calls_of(shop) == 0, "70 are more than 30 days sell"
    assert shop.post("OUT", 20).status_code == 201
    assert calls_of(shop) == 1
    answer_calls(shop)
    assert raised(shop) == {"at_risk": "medium"}
    assert shop.post("OUT", 37).status_code == 201
    answer_calls(shop)
    assert raised(shop) == {"at_risk": "high"}
    alert = alert_of(shop, "at_risk")
    assert shop.post("OUT", 13).status_code == 201
    answer_calls(shop)
    # Once for each kind, however often it is looked at.
    review(shop)
    assert raised(shop) == {
        "out_of_stock": "critical", "at_risk": "critical", "below_reorder_point": "critical",
        "predicted_stockout": "critical",
    }  # fmt: skip
    assert shop.post("IN", 200).status_code == 201
    answer_calls(shop)
    assert raised(shop) == {"overstock": "medium"}
    found = shop.client.get(f"/api/alerts/{alert.pk}/").json()
    assert (found["status"], found["closed_at"] is not None) == ("resolved", True)
    assert [step["action"] for step in found["history"]] == ["closed", "changed", "changed", "raised"]
    assert [step["severity"] for step in found["history"]] == ["critical", "critical", "high", "medium"]
    logged = shop.client.get("/api/logs/", {"object_type": "alert", "object_id": str(alert.pk)}).json()["results"]
    assert {entry["action"] for entry in logged} == {"alert.raised", "alert.changed", "alert.closed"}
    assert len(listed(shop, status="resolved")) == 4


def test_when_nobody_can_be_rung_the_request_looks_itself():
    shop = shop_with(100)
    queue.note_broker_down()
    try:
        assert shop.client.post("/api/stock-movements/bulk/", [shop.movement("OUT", 99)]).status_code == 200
        assert (raised(shop)["at_risk"], calls_of(shop)) == ("critical", 0)
    finally:
        queue._closed_until = 0.0


def test_without_a_forecast_levels_and_an_empty_shelf_still_speak():
    shop = build_shop(stores=1, products=1)
    assert shop.post("IN", 9).status_code == 201
    answer_calls(shop)
    assert raised(shop) == {}
    assert shop.post("OUT", 4).status_code == 201
    answer_calls(shop)
    assert raised(shop) == {"below_reorder_point": "medium"}, "the reorder level is 5"
    assert shop.post("OUT", 5).status_code == 201
    answer_calls(shop)
    assert raised(shop) == {"below_reorder_point": "medium", "out_of_stock": "high"}
    # A level somebody changes is a line that moves.
    stock = shop.client.get("/api/stocks/").json()["results"][0]
    assert shop.post("IN", 3).status_code == 201
    assert shop.client.patch(f"/api/stocks/{stock['id']}/", {"reorder_level_override": 2}).status_code == 200
    answer_calls(shop)
    assert raised(shop) == {}


def test_what_is_promised_is_not_there_and_what_is_ordered_is_coming():
    shop = shop_with(50)
    lines = [{"product": shop.products[0].id, "quantity": 45}]
    promise = shop.client.post("/api/reservations/", {"store": shop.stores[0].id, "lines": lines})
    assert promise.status_code == 201, promise.content
    answer_calls(shop)
    assert raised(shop)["below_reorder_point"] == "high"
    supplier = shop.products[0].supplier_id
    soon = (clock.now() + timedelta(days=1)).date().isoformat()
    body = {
        "store": shop.stores[0].id,
        "supplier": supplier,
        "lines": [{**lines[0], "quantity": 10}],
        "expected_on": soon,
    }
    order = shop.client.post("/api/purchase-orders/", body).json()
    assert shop.client.post(f"/api/purchase-orders/{order['id']}/send/").status_code == 200
    answer_calls(shop)
    # 5 there and 10 coming are beyond the reorder point, and last until tomorrow.
    assert raised(shop) == {"at_risk": "high"}
    assert shop.client.post(f"/api/purchase-orders/{order['id']}/cancel/", {"reason": "gone"}).status_code == 200
    answer_calls(shop)
    assert raised(shop).keys() == {"at_risk", "below_reorder_point", "predicted_stockout"}
    assert shop.client.post(f"/api/reservations/{promise.json()['id']}/release/", {}).status_code == 200
    answer_calls(shop)
    assert raised(shop) == {"at_risk": "medium"}


def test_what_people_say_holds_until_it_gets_worse():
    shop = shop_with(30)
    alert = alert_of(shop, "at_risk")
    assert act(shop, alert, "acknowledge", note="Seen").json()["status"] == "acknowledged"
    assert act(shop, alert, "snooze", until="2020-01-01T00:00:00Z").json()["fields"].keys() == {"until"}
    later = (clock.now() + timedelta(days=2)).isoformat()
    assert act(shop, alert, "snooze", until=later, note="Truck on Monday").json()["snoozed_until"]
    review(shop)
    assert alert_of(shop, "at_risk").status == "snoozed"
    assert listed(shop, status="snoozed")[0]["note"] == "Truck on Monday"
    shop.post("OUT", 20)
    answer_calls(shop)
    assert (alert_of(shop, "at_risk").pk, alert_of(shop, "at_risk").status) == (alert.pk, "open")
    assert act(shop, alert, "resolve").json()["status"] == "resolved"
    review(shop)
    assert "at_risk" not in {row["kind"] for row in listed(shop)}, "nobody is told again of what was seen to"
    shop.post("OUT", 9)
    answer_calls(shop)
    assert listed(shop, kind="at_risk")[0]["severity"] == "critical"
    shop.post("IN", 100)
    answer_calls(shop)
    answer = act(shop, alert, "acknowledge")
    assert (answer.status_code, answer.json()["code"]) == (409, "alert_over")


def test_a_snoozed_alert_wakes():
    shop = shop_with(30)
    alert = alert_of(shop, "at_risk")
    assert act(shop, alert, "snooze", until=(clock.now() + timedelta(hours=1)).isoformat()).status_code == 200
    with tenancy.scope(shop.organization.id):
        Alert.objects.filter(pk=alert.pk).update(snoozed_until=clock.now() - timedelta(seconds=1))
    assert shop.organization.id in {found["organization_id"] for found in alert_reviews.due() if found["calls"]}
    answer_calls(shop)
    assert alert_of(shop, "at_risk").status == "open"
    steps = [step["action"] for step in shop.client.get(f"/api/alerts/{alert.pk}/").json()["history"]]
    assert steps == ["woken", "snoozed", "raised"]


def test_several_are_acknowledged_all_or_none_and_one_is_given_to_somebody():
    shop = shop_with(1)
    ids = [row["id"] for row in listed(shop)]
    refused = shop.client.post("/api/alerts/acknowledge/", {"alerts": [*ids, 10**15]}, format="json")
    assert (refused.status_code, refused.json()["fields"]) == (400, {"alerts": {"4": ["No such alert."]}})
    assert {row["status"] for row in listed(shop)} == {"open"}
    done = shop.client.post("/api/alerts/acknowledge/", {"alerts": ids}, format="json")
    assert done.json() == {"acknowledged": 3}
    assert shop.client.post("/api/alerts/acknowledge/", {"alerts": ids}, format="json").json() == {"acknowledged": 0}
    alert = alert_of(shop, "at_risk")
    assert act(shop, alert, "assign", user=10**12).json()["fields"].keys() == {"user"}
    assert act(shop, alert, "assign", user=shop.admin.user_id).json()["assignee"] == shop.admin.user.username
    assert len(listed(shop, assignee=shop.admin.user_id)) == 1
    assert act(shop, alert, "assign", user=None).json()["assignee"] == ""


def test_staff_see_their_stores_without_money_and_managers_act():
    shop = restock_shop({(0, 0): 2.0, (1, 0): 2.0}, {(0, 0): 1, (1, 0): 1}, products=1)
    review(shop)
    staff = shop.client_for("staff", stores=[shop.stores[0]])
    rows = listed(shop, staff)
    assert {row["store"] for row in rows} == {shop.stores[0].id}
    assert all("money_at_risk" not in row for row in rows)
    assert len(listed(shop)) == 2 * len(rows)
    assert staff.get("/api/alerts/summary/").json()["total"] == len(rows)
    near, far = alert_of(shop, "at_risk", 0), alert_of(shop, "at_risk", 1)
    assert act(shop, near, "acknowledge", staff).status_code == 403
    assert staff.get("/api/alerts/?ordering=-money_at_risk").status_code == 400
    assert staff.get(f"/api/alerts/{far.pk}/").status_code == 404
    manager = shop.client_for("manager", stores=[shop.stores[0]])
    assert [act(shop, far, verb, manager).status_code for verb in ("acknowledge", "restock")] == [404, 404]
    assert act(shop, near, "acknowledge", manager).status_code == 200
    assert alert_of(shop, "at_risk", 1).status == "open"


def test_restocking_drafts_the_recommended_quantity_once():
    shop = shop_with(1, lead_days=3)
    with tenancy.scope(shop.organization.id):
        Product.objects.update(pack_size=6)
    alert = alert_of(shop, "at_risk")
    first = shop.client.post(f"/api/alerts/{alert.pk}/restock/", {}, headers={"Idempotency-Key": "click"})
    assert first.status_code == 201, first.content
    again = shop.client.post(f"/api/alerts/{alert.pk}/restock/", {}, headers={"Idempotency-Key": "click"})
    assert (again.status_code, again.json()) == (200, first.json())
    with tenancy.scope(shop.organization.id):
        line = PurchaseLine.objects.select_related("order").get()
    assert (line.ordered, line.order.status, line.order.proposal) == (18, "draft", f"Alert {alert.pk}")
    found = shop.client.get(f"/api/alerts/{alert.pk}/").json()
    assert (found["status"], found["quantity"], found["history"][0]["action"]) == ("acknowledged", 0, "restocked")
    answer = act(shop, alert, "restock")
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_order"), "the draft is counted"
    assert act(shop, alert, "restock", quantity=24).status_code == 201


def test_restocking_accepts_what_the_proposal_has_for_it():
    shop = restock_shop({(0, 0): 4.0, (1, 0): 1.0}, {(0, 0): 2, (1, 0): 30}, products=1)
    propose(shop)
    review(shop)
    body = act(shop, alert_of(shop, "at_risk"), "restock").json()
    assert (body["accepted"], len(body["purchases"]), len(body["transfers"])) == (2, 1, 1)


def test_restocking_without_a_supplier_or_of_too_much_is_refused():
    shop = shop_with(1)
    supplier = shop.products[0].supplier_id
    with tenancy.scope(shop.organization.id):
        Product.objects.update(supplier=None)
    answer = act(shop, alert_of(shop, "at_risk"), "restock")
    assert (answer.status_code, answer.json()["fields"].keys()) == (400, {"supplier"})
    with tenancy.scope(shop.organization.id):
        Product.objects.update(supplier=supplier)
    shop.post("IN", 500)
    answer_calls(shop)
    answer = act(shop, alert_of(shop, "overstock"), "restock")
    assert (answer.status_code, answer.json()["fields"].keys()) == (400, {"alert"})
    with tenancy.scope(shop.organization.id):
        assert PurchaseLine.objects.count() == 0
    assert build_supplier(shop.organization).pk


def test_a_retired_product_and_a_closed_store_have_no_shortage():
    shop = restock_shop({(0, 0): 2.0, (1, 0): 2.0}, {(0, 0): 1, (1, 0): 1}, products=1)
    review(shop)
    assert shop.client.patch(f"/api/stores/{shop.stores[1].id}/", {"is_active": False}).status_code == 200
    answer_calls(shop)
    assert (raised(shop, 1), "at_risk" in raised(shop, 0)) == ({}, True)
    product = f"/api/products/{shop.products[0].id}/"
    assert shop.client.patch(product, {"lifecycle": "discontinued"}).status_code == 200
    answer_calls(shop)
    assert raised(shop) == {}
    assert shop.client.patch(product, {"lifecycle": "active"}).status_code == 200
    answer_calls(shop)
    assert "at_risk" in raised(shop)


def test_dead_stock_follows_the_organisations_rule_and_ends_with_a_sale():
    shop = build_shop(stores=1, products=1)
    old = (clock.now() - timedelta(days=40)).isoformat()
    assert shop.post("IN", 20, effective_at=old).status_code == 201
    review(shop)
    assert raised(shop) == {}
    refused = shop.client.patch("/api/organization/", {"alert_dead_days": 0})
    assert (refused.status_code, refused.json()["fields"].keys()) == (400, {"alert_dead_days"})
    assert shop.client.patch("/api/organization/", {"alert_dead_days": 30}).status_code == 200
    review(shop)
    assert raised(shop) == {"dead_stock": "medium"}
    assert (alert_of(shop, "dead_stock").units_at_risk, alert_of(shop, "dead_stock").money_at_risk) == (20, 50)
    assert shop.post("OUT", 1).status_code == 201
    answer_calls(shop)
    assert raised(shop) == {}


def test_eight_who_look_at_once_raise_each_alert_once():
    shop = restock_shop({(0, number): 2.0 for number in range(6)}, {}, stores=1, products=6)
    for number in range(6):
        on_shelf(shop.stores[0], shop.products[number])
    alert_reviews.request_review(organization_id=shop.organization.id)

    def look(number: int) -> None:
        try:
            with tenancy.scope(shop.organization.id, durable=True):
                places = watches.after((0, 0), most=100)
                alert_reviews.judge_step(places if number % 2 else places[::-1])
            alert_reviews.review(organization_id=shop.organization.id)
            alert_reviews.answer_calls(organization_id=shop.organization.id)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(look, range(8)))
    with tenancy.scope(shop.organization.id):
        kinds = list(Alert.objects.values_list("product_id", "kind"))
    assert len(kinds) == len(set(kinds)) == 6 * 3
    logged = shop.client.get("/api/logs/", {"action": "alert.raised", "page_size": 100}).json()["results"]
    assert len(logged) == len(kinds)


def test_a_call_outlives_whoever_was_killed_over_it(monkeypatch: pytest.MonkeyPatch):
    shop = shop_with(100)
    shop.post("OUT", 90)

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(watches, "set_lines", killed)
        with pytest.raises(KeyboardInterrupt):
            alert_reviews.answer_calls(organization_id=shop.organization.id)
    assert (raised(shop), calls_of(shop)) == ({}, 1)
    with tenancy.scope(shop.organization.id):
        assert Stock.objects.get().watch_below == 60
    monkeypatch.setattr(alert_reviews, "PATIENCE_SECONDS", 0.0)
    assert shop.organization.id in {found["organization_id"] for found in alert_reviews.due() if found["calls"]}
    answer_calls(shop)
    assert raised(shop)["at_risk"] == "high"


def test_looking_again_changes_nothing_and_a_new_forecast_does():
    shop = shop_with(10)
    before = listed(shop)
    review(shop)
    assert listed(shop) == before
    logged = shop.client.get("/api/logs/", {"action": "alert.", "page_size": 100}).json()["results"]
    assert {entry["action"] for entry in logged} == {"alert.raised"}
    assert raised(shop) == {"at_risk": "high"}
    forecast(shop, {(0, 0): 0.2})
    review(shop)
    assert raised(shop) == {}


def test_a_look_costs_as_many_statements_for_one_balance_as_for_forty():
    shop = restock_shop({(0, number): 2.0 for number in range(41)}, {}, stores=1, products=41)
    for product in shop.products:
        on_shelf(shop.stores[0], product)
    counts = []
    with tenancy.scope(shop.organization.id):
        places = watches.after((0, 0), most=100)
    for part in (places[:1], places[1:]):
        with statements_sent() as sent, tenancy.scope(shop.organization.id, durable=True):
            alert_reviews.judge_step(part)
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 8, counts
    assert len(raised(shop, 0, 40)) == 3

"""Proposals: what is proposed and why, worked out by hand; worked out again; what people decide about it."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from forecasting.models import ForecastChunk, RestockLine, RestockProposal
from forecasting.services import acceptance, proposals
from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import SYSTEM
from tests.factories.restock import forecast, line_row, lines_of, propose, restock_shop, set_policy
from tests.factories.stock import Shop, build_shop
from tests.support.statements import statements_sent


def only_line(shop: Shop, **params: Any) -> dict[str, Any]:
    lines = lines_of(shop, **params)
    assert len(lines) == 1, lines
    return lines[0]


def test_the_seed_rule_by_hand():
    # A week's forecast is 70; 50 are left; 1.2 x 70 = 84, in packs of 10: 90.
    shop = restock_shop({(0, 0): 10.0}, {(0, 0): 50}, pack_size=10)
    set_policy(shop, kind="seed_rule")
    proposal = propose(shop)
    line = only_line(shop)
    assert (line["quantity"], line["wanted"], line["binding"]) == (90, pytest.approx(84), "pack")
    assert line["reorder_point"] == pytest.approx(70)
    assert (line["source"], line["status"], line["proposal"]) == ("buy", "proposed", proposal.pk)
    assert line["sentence"] == (
        "You have or expect 50 and will probably sell about 70 in the next 7 days: order 90, in whole packs of 10."
    )


def test_the_quantile_policy_nets_everything_that_is_there_coming_or_promised():
    # Poisson demand of 7 days at 4 a day: 28, the 95 % quantile of the matching negative binomial 37.
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 20})
    reserve = {"store": shop.stores[0].id, "lines": [{"product": shop.products[0].id, "quantity": 5}]}
    assert shop.client.post("/api/reservations/", reserve, format="json").status_code == 201
    propose(shop)
    line = only_line(shop)
    detail = shop.client.get(f"/api/restock/lines/{line['id']}/").json()
    assert detail["inventory_position"] == 15
    assert (detail["protection_days"], detail["expected_demand"]) == (7, pytest.approx(28))
    assert detail["reorder_point"] == pytest.approx(37, abs=1.5)
    assert detail["order_up_to"] == pytest.approx(detail["reorder_point"] + 28)
    assert detail["wanted"] == pytest.approx(detail["order_up_to"] - 15)
    assert detail["safety_stock"] == pytest.approx(detail["reorder_point"] - 28)
    assert [step["step"] for step in detail["steps"]][0::6] == ["inventory_position", "wanted"]
    assert detail["steps"][0]["how"].endswith("= 20 - 5 - 0 + 0 + 0")
    assert detail["steps"][-1] == {"step": "quantity", "how": "in whole packs of 1", "result": detail["quantity"]} or (
        detail["steps"][-1]["how"] == "as wanted"
    )


def test_drafts_that_were_not_sent_are_not_proposed_again():
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 20})
    propose(shop)
    line = only_line(shop)
    accepted = shop.client.post("/api/restock/accept/", {"lines": [line["id"]]}, format="json")
    assert accepted.status_code == 201, accepted.content
    propose(shop)
    assert lines_of(shop) == []


def test_a_store_with_a_surplus_gives_before_anything_is_bought():
    # The first store needs; the second holds far more than its own order-up-to level.
    shop = restock_shop({(0, 0): 4.0, (1, 0): 1.0}, {(0, 0): 2, (1, 0): 100})
    propose(shop)
    line = only_line(shop)
    assert (line["source"], line["from_store"], line["store"]) == ("transfer", shop.stores[1].id, shop.stores[0].id)
    assert line["quantity"] == -(-line["wanted"] // 1)
    assert line["sentence"].endswith(f"take {line['quantity']:g} from Store 2, which has more than it needs.")


def test_what_the_surplus_does_not_cover_is_bought_and_the_giver_keeps_its_own_level():
    shop = restock_shop({(0, 0): 4.0, (1, 0): 1.0}, {(0, 0): 2, (1, 0): 30}, pack_size=5)
    propose(shop)
    moved, bought = lines_of(shop)
    assert (moved["source"], bought["source"]) == ("transfer", "buy")
    giver = line_row(shop, moved["id"]).inputs["giver"]
    assert giver["available"] == 30
    assert 30 - moved["quantity"] >= giver["order_up_to"] > 30 - moved["quantity"] - 1
    assert moved["quantity"] + bought["quantity"] >= moved["wanted"]
    assert bought["quantity"] % 5 == 0


def test_a_budget_goes_to_the_lines_with_most_margin_at_risk():
    shop = restock_shop({(0, 0): 10.0, (0, 1): 1.0}, {(0, 0): 5, (0, 1): 5})
    propose(shop)
    first, second = lines_of(shop)
    assert first["margin_at_risk"] / first["cost"] > second["margin_at_risk"] / second["cost"]
    found = propose(shop, budget=first["cost"])
    assert (found.lines, found.lines_left_out) == (2, 1)
    paid, left = lines_of(shop)
    assert (paid["within_budget"], left["within_budget"], left["binding"]) == (True, False, "budget")
    assert "when there is money for it" in left["sentence"]


def test_a_product_that_runs_out_of_the_range_is_not_restocked():
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 1}, lifecycle="phase_out")
    propose(shop)
    assert lines_of(shop) == []


def test_on_other_weekdays_a_nightly_proposal_leaves_the_product_alone():
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 1})
    other = (clock.now().weekday() + 3) % 7
    set_policy(shop, review_days=7, review_weekday=other)
    with tenancy.scope(shop.organization.id, durable=True):
        nightly = proposals.request_step(organization_id=shop.organization.id, trigger="forecast")
    assert proposals.work(organization_id=shop.organization.id, proposal_id=nightly)
    assert lines_of(shop) == []
    propose(shop)
    assert only_line(shop)["protection_days"] == 13


def test_every_line_is_worked_out_again_to_the_last_bit():
    daily = {(store, product): 0.37 * (store + 1) * (product + 1) for store in range(3) for product in range(4)}
    stock = {(2, product): 40 + 7 * product for product in range(4)} | {(0, 0): 1}
    shop = restock_shop(daily, stock, stores=3, products=4, pack_size=6, moq=10)
    kinds = ("seed_rule", "reorder_point", "days_of_cover")
    for number, kind in enumerate(kinds):
        set_policy(shop, "product", store=shop.stores[0].id, product=shop.products[number].id, kind=kind)
    propose(shop, budget=20)
    lines = lines_of(shop)
    assert {line["source"] for line in lines} == {"buy", "transfer"}
    assert {line["kind"] for line in lines} > set(kinds[:1])
    for line in lines:
        answer = shop.client.get(f"/api/restock/lines/{line['id']}/replay/").json()
        assert answer["same"], answer
        assert answer["replayed"]["quantity"] == line["quantity"]


def replay(shop: Shop, line_id: int, *options: str) -> str:
    out = io.StringIO()
    call_command("replay_restock", line_id, "--organization", shop.organization.slug, *options, stdout=out)
    return out.getvalue()


def test_a_line_that_was_tampered_with_is_found_by_the_replay():
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 1})
    propose(shop)
    line = only_line(shop)
    said = replay(shop, line["id"])
    assert line["sentence"] in said
    assert "reorder point" in said
    assert "every number is the same" in said
    assert json.loads(replay(shop, line["id"], "--json"))["same"] is True
    with pytest.raises(CommandError, match="no restock line"):
        replay(shop, 999_999_999)
    with tenancy.scope(shop.organization.id):
        RestockLine.objects.filter(pk=line["id"]).update(quantity=line["quantity"] + 1)
    with pytest.raises(SystemExit) as ended:
        replay(shop, line["id"])
    assert ended.value.code == 3
    assert shop.client.get(f"/api/restock/lines/{line['id']}/replay/").json()["same"] is False


def test_without_a_forecast_there_is_nothing_to_propose():
    shop = build_shop()
    answer = shop.client.post("/api/restock/propose/", {}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_propose")
    with tenancy.scope(shop.organization.id):
        assert not RestockProposal.objects.exists()


def test_an_older_forecast_is_used_from_today_on_and_the_proposal_says_how_old_it_is():
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 1})
    forecast(shop, {(0, 0): 4.0}, age=5)
    made = propose(shop)
    line = only_line(shop)
    # Seven protection days from today, and none of the five that are over.
    assert (line["expected_demand"], made.forecast_age) == (28, 5)
    inputs = shop.client.get(f"/api/restock/lines/{line['id']}/").json()["inputs"]
    assert inputs["first_day"] >= clock.now().date().isoformat()
    assert "from a forecast 5 days old" in shop.client.get("/api/reports/restock/").json()["meta"]["note"]


def test_a_forecast_of_long_ago_is_refused_with_what_to_do():
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 1})
    with tenancy.scope(shop.organization.id, durable=True):
        waiting = proposals.request_step(organization_id=shop.organization.id, trigger="forecast")
    forecast(shop, {(0, 0): 4.0}, age=20)
    answer = shop.client.post("/api/restock/propose/", {}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "forecast_too_old")
    assert "Ask for a new forecast" in answer.json()["detail"]
    assert not proposals.work(organization_id=shop.organization.id, proposal_id=waiting)
    failed = shop.client.get(f"/api/restock/proposals/{waiting}/").json()
    assert (failed["status"], "20 days old" in failed["error"]) == ("failed", True)


def test_a_proposal_is_worked_out_once_though_rung_for_twice():
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 1})
    made = propose(shop)
    assert not proposals.work(organization_id=shop.organization.id, proposal_id=made.pk)
    assert len(lines_of(shop)) == 1


def test_a_newer_proposal_replaces_the_one_shown():
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 1})
    first = propose(shop)
    old = only_line(shop)
    propose(shop)
    assert only_line(shop)["id"] != old["id"]
    assert only_line(shop, proposal=first.pk)["is_current"] is False
    answer = shop.client.post(f"/api/restock/lines/{old['id']}/dismiss/", {}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "line_decided")


def test_another_quantity_needs_a_reason():
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 1})
    propose(shop)
    path = f"/api/restock/lines/{only_line(shop)['id']}/"
    refused = shop.client.patch(path, {"quantity": 12}, format="json")
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["reason"])
    assert only_line(shop)["chosen"] is None
    changed = shop.client.patch(path, {"quantity": 12, "reason": "the fair"}, format="json")
    assert (changed.status_code, changed.json()["chosen"], changed.json()["reason"]) == (200, 12, "the fair")
    taken_back = shop.client.patch(path, {"quantity": None}, format="json").json()
    assert (taken_back["chosen"], taken_back["reason"]) == (None, "")


def test_nobody_chooses_more_than_the_other_store_can_spare():
    shop = restock_shop({(0, 0): 4.0, (1, 0): 1.0}, {(0, 0): 2, (1, 0): 30})
    propose(shop)
    moved = lines_of(shop, source="transfer")[0]
    answer = shop.client.patch(f"/api/restock/lines/{moved['id']}/", {"quantity": 30, "reason": "all"}, format="json")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["quantity"])


def test_a_snoozed_product_is_not_proposed_until_its_day():
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 1})
    propose(shop)
    line = only_line(shop)
    path = f"/api/restock/lines/{line['id']}/snooze/"
    for until in (clock.now().date(), clock.now().date() + timedelta(days=91)):
        assert shop.client.post(path, {"until": until.isoformat()}, format="json").status_code == 400
    until = (clock.now() + timedelta(days=5)).date().isoformat()
    answer = shop.client.post(path, {"until": until}, format="json")
    assert (answer.status_code, answer.json()["status"], answer.json()["snoozed_until"]) == (200, "snoozed", until)
    propose(shop)
    assert lines_of(shop) == []
    with tenancy.scope(shop.organization.id):
        RestockLine.objects.filter(pk=line["id"]).update(snoozed_until=clock.now().date())
    propose(shop)
    assert len(lines_of(shop)) == 1


def test_a_dismissed_line_may_come_again_with_the_next_proposal():
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 1})
    propose(shop)
    path = f"/api/restock/lines/{only_line(shop)['id']}/dismiss/"
    assert shop.client.post(path, {"reason": "enough"}, format="json").json()["status"] == "dismissed"
    assert shop.client.post(path, {}, format="json").status_code == 409
    propose(shop)
    assert only_line(shop)["status"] == "proposed"


def test_who_may_not_see_costs_sees_quantities_and_no_money():
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 1})
    propose(shop, budget=1000)
    staff = shop.client_for("staff")
    line = lines_of(shop, staff)[0]
    assert not {"unit_cost", "cost", "margin_at_risk"} & line.keys()
    detail = staff.get(f"/api/restock/lines/{line['id']}/").json()
    assert not [name for name in detail["inputs"] if "cost" in name or "margin" in name]
    assert "budget" not in staff.get("/api/restock/proposals/").json()["results"][0]
    blind = shop.client_for("manager", sees_costs=False)
    assert blind.post("/api/restock/propose/", {"budget": 5}, format="json").status_code == 403
    assert staff.post("/api/restock/propose/", {}, format="json").status_code == 403
    assert staff.patch(f"/api/restock/lines/{line['id']}/", {"quantity": 1, "reason": "x"}).status_code == 403


def test_staff_sees_the_lines_of_its_own_stores():
    shop = restock_shop({(0, 0): 4.0, (1, 0): 4.0}, {(0, 0): 1, (1, 0): 1})
    propose(shop)
    near = shop.client_for("manager", stores=[shop.stores[0]])
    assert {line["store"] for line in lines_of(shop, near)} == {shop.stores[0].id}
    other = next(line for line in lines_of(shop) if line["store"] == shop.stores[1].id)
    assert near.get(f"/api/restock/lines/{other['id']}/").status_code == 404
    assert near.post(f"/api/restock/lines/{other['id']}/dismiss/", {}, format="json").status_code == 404
    assert near.post("/api/restock/accept/", {"lines": [other["id"]]}, format="json").status_code == 400


def test_a_failed_proposal_says_so_and_the_one_before_stays():
    shop = restock_shop({(0, 0): 4.0}, {(0, 0): 1})
    propose(shop)
    forecast(shop, {(0, 0): 4.0})
    answer = shop.client.post("/api/restock/propose/", {}, format="json")
    with tenancy.scope(shop.organization.id):
        # A forecast nobody can read: the spread of its chunk is gone.
        ForecastChunk.objects.update(spread={})
    with pytest.raises(KeyError):
        proposals.work(organization_id=shop.organization.id, proposal_id=answer.json()["id"])
    failed = shop.client.get(f"/api/restock/proposals/{answer.json()['id']}/").json()
    assert (failed["status"], failed["is_current"]) == ("failed", False)
    assert len(lines_of(shop)) == 1


def work_counted(shop: Shop) -> int:
    """Statements of working a proposal out."""
    answer = shop.client.post("/api/restock/propose/", {}, format="json")
    with statements_sent() as sent:
        assert proposals.work(organization_id=shop.organization.id, proposal_id=answer.json()["id"])
    return len(sent)


def test_a_proposal_takes_as_many_statements_for_sixty_lines_as_for_one():
    small = restock_shop({(0, 0): 4.0}, {}, stores=1, products=1)
    large = restock_shop(
        {(store, product): 4.0 for store in range(3) for product in range(20)}, {}, stores=3, products=20
    )
    assert work_counted(small) == work_counted(large)
    assert (len(lines_of(small)), len(lines_of(large))) == (1, 60)
    assert shop_lines_accepted(large, 60) <= shop_lines_accepted(small, 1) + 3 * 20


def shop_lines_accepted(shop: Shop, expected: int) -> int:
    """Statements of accepting every line: some for each paper, none for a line."""
    ids = [line["id"] for line in lines_of(shop)]
    with statements_sent() as sent:
        answer = acceptance.accept(line_ids=ids, access=shop.access(), acting_as=SYSTEM)
    assert answer.body["accepted"] == expected
    return len(sent)

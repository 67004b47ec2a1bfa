"""From an alert to goods on the shelf, as a buyer does it, and what others change seen as it happens."""

from __future__ import annotations

import re
from typing import Any

import pytest

from catalog.models import Supplier
from inventory_project.kernel import tenancy
from tests.dashboard.test_dashboard import COLOURS, RULES, barriers, enter, row
from tests.factories.accounts import build_member
from tests.factories.alerts import review
from tests.factories.purchases import draft
from tests.factories.restock import propose, restock_shop
from tests.factories.stock import Shop
from tests.support.browser import CHROMIUM, PHONE, sees

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed (.ci/run does)")


# Long stories on a busy machine: what is waited for is a fact, and comes when it comes.
PATIENCE = 40_000


@pytest.fixture(autouse=True)
def patience(page: Any) -> None:
    page.set_default_timeout(PATIENCE)


@pytest.fixture
def short() -> Shop:
    """One is left of a product that sells ten a day, two of one that sells three; their supplier reads mail."""
    shop = restock_shop({(0, 0): 10.0, (0, 1): 3.0, (1, 0): 4.0}, {(0, 0): 1, (0, 1): 2, (1, 0): 0.5}, pack_size=12)
    with tenancy.scope(shop.organization.id):
        Supplier.objects.update(email="orders@example.com")
    propose(shop)
    review(shop)
    return shop


def test_what_runs_out_is_ordered_sent_and_received(page: Any, address: str, short: Shop) -> None:
    enter(page, address, build_member(short.organization, "manager"))
    page.get_by_role("region", name="Urgent alerts").get_by_role("link", name="See all").click()
    page.wait_for_url("**/alerts/")
    row(page, "Product 1", "Store 1").get_by_role("button", name=re.compile(r"^Order \d")).click()
    page.get_by_role("button", name="Make the drafts").click()
    page.get_by_role("button", name="Send the order to the supplier").click()
    papers = page.get_by_role("dialog")
    papers.get_by_text("Mailed").wait_for()
    papers.get_by_role("link", name="P-").click()
    sees(page, "Nothing has come yet.")
    held = short.on_hand()
    page.get_by_role("button", name="Receive goods").click()
    arrived = page.get_by_label("In good order, Product 1")
    ordered = int(arrived.input_value())
    page.get_by_role("button", name="Damaged or refused").click()
    arrived.fill(str(ordered - 12))
    page.get_by_label("Damaged, kept, Product 1").fill("2")
    page.get_by_text("10 short", exact=True).wait_for()
    page.get_by_role("button", name="Take into stock").click()
    sees(page, "Partly here")
    assert short.on_hand() == held + ordered - 10
    # The rest is scanned: the first scan begins from nothing, each Enter is one more.
    page.get_by_role("button", name="Receive goods").click()
    scan = page.get_by_label("Scan what is there")
    for code in ("sku-2", *["SKU-1"] * 10):
        scan.fill(code)
        scan.press("Enter")
        sees(page, "Product 2 is not on this order." if code == "sku-2" else "In good order")
    page.get_by_text("as ordered", exact=True).wait_for()
    page.get_by_role("button", name="Take into stock").click()
    page.get_by_text("Received", exact=True).first.wait_for()
    assert short.on_hand() == held + ordered


def test_a_proposal_is_understood_changed_put_off_and_ordered(page: Any, address: str, short: Shop) -> None:
    enter(page, address, build_member(short.organization, "manager"), "/replenishment/")
    line = row(page, "Product 2", "Store 1")
    line.get_by_role("button", name="Why this much").click()
    why = page.get_by_role("dialog")
    for words in ("You have or expect 2", "On hand", "Days it must last", "Order up to"):
        why.get_by_text(words).first.wait_for()
    why.get_by_role("button", name="Close").click()
    quantity = line.get_by_label("How many of Product 2")
    proposed = int(quantity.input_value())
    quantity.fill("+12")
    quantity.press("Enter")
    page.get_by_role("button", name="Promotion or event").click()
    page.get_by_role("button", name="Change the quantity").click()
    line.get_by_text(str(proposed), exact=True).wait_for()
    row(page, "Product 1", "Store 2").get_by_role("checkbox").check()
    page.get_by_role("button", name="Put off", exact=True).last.click()
    page.get_by_role("dialog").get_by_role("button", name="Put off").click()
    row(page, "Product 1", "Store 2").wait_for(state="detached")
    short.post("IN", 40, product=1)  # somebody receives goods meanwhile
    line.get_by_role("checkbox").check()
    page.get_by_role("button", name="Order these 1").click()
    page.get_by_role("button", name="Make the drafts").click()
    page.get_by_role("dialog").get_by_role("link", name="P-").click()
    sees(page, "Drafted")
    field = page.get_by_label("How many of Product 2")
    assert int(field.input_value()) == proposed + 12, "what a person chose stays what they chose"
    page.get_by_role("button", name="More steps").click()
    page.get_by_role("menuitem", name="Cancel the order").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel the order").click()
    page.get_by_text("Cancelled", exact=True).first.wait_for()


def test_what_others_change_shows_at_once_in_every_tab(page: Any, address: str, short: Shop) -> None:
    """One tab listens for all: the other opens no stream of its own, and neither asks."""
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url.split("?")[0].removeprefix(address)))
    enter(page, address, build_member(short.organization, "manager"), "/stock/?q=sku-2")
    live = '[data-state="live"]'
    page.locator(live).wait_for()
    other = page.context.new_page()
    other.set_default_timeout(PATIENCE)
    other.goto(f"{address}/stock/?q=sku-2")
    other.locator(live).wait_for()
    asked.clear()
    short.post("IN", 5, product=1)
    now = f"{short.on_hand(product=1).normalize():f}"
    for tab in (page, other):
        row(tab, "SKU-2", "Store 1").get_by_role("button", name=f": {now}").wait_for()
    assert not {"/api/stream/", "/api/changes/"} & set(asked)
    page.close()
    # The tab that listened is gone: the next one listens, from where it was.
    short.post("IN", 1, product=1)
    now = f"{short.on_hand(product=1).normalize():f}"
    row(other, "SKU-2", "Store 1").get_by_role("button", name=f": {now}").wait_for()
    assert "/api/stream/" in asked
    other.close()


def test_what_to_order_is_for_everybody(page: Any, address: str, short: Shop) -> None:
    """No barrier that axe knows of, in both appearances and on a phone; staff look, and see their own store."""
    draft(short, {0: 5})
    staff = build_member(short.organization, "staff", stores=[short.stores[0]])
    enter(page, address, staff, "/replenishment/")
    row(page, "Product").wait_for()
    assert page.get_by_role("button", name="Order all").count() == 0, "buying is a manager's"
    assert page.locator("tbody").get_by_text("Store 2").count() == 0
    page.context.clear_cookies()
    enter(page, address, build_member(short.organization, "manager"))
    for path in ("/replenishment/", "/alerts/", "/orders/"):
        page.goto(f"{address}{path}")
        page.locator("tbody td a").first.wait_for()
        for appearance, rules in (("light", RULES), ("dark", COLOURS)):
            page.emulate_media(color_scheme=appearance, reduced_motion="reduce")
            assert barriers(page, rules=rules) == [], f"{path} {appearance}"
        page.set_viewport_size(PHONE)
        page.locator("main li a").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        page.set_viewport_size({"width": 1280, "height": 900})

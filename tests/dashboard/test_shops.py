"""Between the shelves: goods sent from one store to another, and counted while they are sold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import Membership
from tests.dashboard.test_dashboard import AXE, barriers, enter, row
from tests.factories.accounts import build_member, unique
from tests.factories.stock import Shop
from tests.support.browser import CHROMIUM, PHONE, sees

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed (.ci/run does)")


def scan(page: Any, code: str) -> None:
    """As a scanner does it: the code, and Enter."""
    field = page.get_by_label("Barcode or SKU")
    field.fill(code)
    field.press("Enter")


def step(page: Any, name: str) -> None:
    """Takes a step that asks once more."""
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


def barriers_in(dialog: Any) -> list[str]:
    """What axe knows of in a dialog; what lies below it is dimmed, and nobody reads it now."""
    found = dialog.evaluate("dialog => axe.run(dialog)")
    return [one["id"] for one in found["violations"]]


def sku(shop: Shop, product: int = 0) -> str:
    return shop.products[product].sku


def test_a_transfer_arrives_short_at_the_other_stores_staff_and_the_loss_is_written_off(
    page: Any, address: str, shop: Shop, manager: Membership
) -> None:
    source, destination = shop.stores[:2]
    held, there = shop.on_hand(), shop.on_hand(store=1)
    enter(page, address, manager, "/transfers/")
    page.get_by_role("button", name="New transfer").first.click()
    form = page.get_by_role("dialog")
    form.get_by_label("From").fill(source.name)
    form.get_by_label("To", exact=True).fill(destination.name)
    scan(form, "no such code")
    sees(form, "No product has the code no such code.")
    scan(form, sku(shop))
    form.get_by_label(f"Quantity, {shop.products[0].name}").fill("100000")
    form.get_by_label("Reference").fill("Refill")
    form.get_by_role("button", name="Draft transfer").click()
    page.wait_for_url("**/transfers/?id=*")
    own = page.url
    step(page, "Ask for it")
    page.get_by_role("button", name="Send off", exact=True).click()
    form.get_by_label("Quantity").fill("10")
    form.get_by_role("button", name="Send off", exact=True).click()
    sees(page, "On the way")
    sees(page, "On the way and in no store: 10 units")
    assert (shop.on_hand(), shop.on_hand(store=1)) == (held - 10, there)
    assert barriers(page) == []

    staff = build_member(shop.organization, "staff", stores=[destination])
    page.context.clear_cookies()
    enter(page, address, staff, "/transfers/?view=products")
    row(page, sku(shop), "10").wait_for()
    page.get_by_role("button", name="On the way", exact=True).click()
    row(page, "Refill").get_by_role("link").first.click()
    page.get_by_role("button", name="Receive", exact=True).click()
    form.get_by_role("button", name="Start from zero and scan").click()
    scan(form, sku(shop))
    sees(form, "9 short")
    page.evaluate(Path(AXE).read_text())
    form.get_by_label("Arrived").fill("7")
    form.get_by_label("Damaged").fill("1")
    sees(form, "2 short")
    assert barriers_in(form) == []
    form.get_by_role("button", name="Receive", exact=True).click()
    sees(page, "Partly received")
    assert shop.on_hand(store=1) == there + 7, "what was damaged is written off at once"
    assert page.get_by_role("button", name="Write off").count() == 0, "a loss is a manager's to write off"

    page.context.clear_cookies()
    enter(page, address, manager, own.removeprefix(address))
    page.get_by_role("button", name="Write off", exact=True).click()
    form.get_by_label("Reason").fill("never came")
    form.get_by_role("button", name="Write off", exact=True).click()
    sees(page, "never came")
    page.locator("main").get_by_text("Closed", exact=True).first.wait_for()
    assert (shop.on_hand(), shop.on_hand(store=1)) == (held - 10, there + 7)


def test_a_shelf_is_counted_on_a_phone_while_its_goods_are_sold(
    page: Any, browser: Any, address: str, shop: Shop, manager: Membership
) -> None:
    held = int(shop.on_hand())
    enter(page, address, manager, "/counts/")
    page.get_by_role("button", name="New count").first.click()
    form = page.get_by_role("dialog")
    form.get_by_label("Name").fill("Front shelf")
    form.get_by_role("combobox", name="Store").fill(shop.stores[0].name)
    page.get_by_role("option", name=shop.stores[0].name, exact=True).click()
    scan(form, sku(shop))
    form.get_by_role("button", name=f"Remove {shop.products[0].name}").wait_for()
    form.get_by_role("button", name="Start counting").click()
    page.wait_for_url("**/counts/?id=*")
    own = page.url.removeprefix(address)

    # A tab whose complaints are not minded: that it has no connection for a while is what it is to see.
    staff = build_member(shop.organization, "staff", stores=[shop.stores[0]])
    page.context.clear_cookies()
    phone = browser.new_page()
    phone.set_viewport_size(PHONE)
    enter(phone, address, staff, own)
    number = phone.get_by_label(f"Quantity, {shop.products[0].name}")
    for times in ("1", "2", "3"):
        scan(phone, sku(shop))
        expect(number).to_have_value(times)
    phone.get_by_role("button", name="One more").click()
    expect(number).to_have_value("4")
    number.fill(str(held - 2))
    assert barriers(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    browser.set_offline(True)
    phone.get_by_role("button", name="Keep, next product").click()
    sees(phone, "1 kept here and sent when it is back")
    browser.set_offline(False)
    phone.reload()
    sees(phone, "Everything is sent.")
    sees(phone, "1 of 1 products counted")
    phone.get_by_role("button", name="Lines", exact=True).click()
    phone.locator("main li").first.wait_for()
    assert phone.get_by_role("button", name="Different").count() == 0, "who counts blind is not told what the books say"
    shop.post("OUT", 3)  # sold after it was counted
    step(phone, "Finish counting")
    sees(phone, "To review")
    phone.close()

    page.context.clear_cookies()
    enter(page, address, manager, own)
    page.get_by_role("button", name="Different", exact=True).click()
    line = row(page, sku(shop))
    line.get_by_text(str(held - 2), exact=True).wait_for()
    line.get_by_text("-2", exact=True).wait_for()
    assert barriers(page) == []
    step(page, "Approve")
    page.locator("main").get_by_text("Posted", exact=True).first.wait_for()
    assert shop.on_hand() == held - 5, "two were missing, three were sold"


def test_a_colleagues_change_is_not_overwritten_unseen(
    page: Any, browser: Any, address: str, shop: Shop, manager: Membership
) -> None:
    """Neither a quantity nor a record; the tab is one whose complaints of a 409 and a 412 are not minded."""
    shop.post("IN", 30, store=1)
    tab = browser.new_page()
    enter(tab, address, manager, f"/stock/?q={sku(shop)}&store={shop.stores[1].id}")
    seen = int(shop.on_hand(store=1))
    row(tab, sku(shop)).get_by_role("button", name="On hand").click()
    shop.post("OUT", 1, store=1)
    tab.locator("td input").fill("=40")
    tab.locator("td input").press("Enter")
    sees(tab, f"changed meanwhile: {seen - 1} on hand now, you typed 40")
    assert shop.on_hand(store=1) == seen - 1
    tab.get_by_role("button", name="Set to 40").click()
    sees(tab, "now 40")
    assert shop.on_hand(store=1) == 40

    made = shop.client.post("/api/suppliers/", {"name": unique("Northern Foods")}, format="json").json()
    tab.goto(f"{address}/suppliers/?id={made['id']}")
    tab.get_by_role("button", name="Change", exact=True).click()
    form = tab.get_by_role("dialog")
    form.get_by_label("Phone").fill("555 1")
    path = f"/api/suppliers/{made['id']}/"
    assert shop.client.patch(path, {"phone": "555 2", "version": 1}, format="json").status_code == 200
    form.get_by_role("button", name="Save").click()
    sees(form, "Somebody else wrote: 555 2")
    assert shop.client.get(path).json()["phone"] == "555 2"
    form.get_by_role("button", name="Save").click()
    sees(tab, "Saved.")
    assert shop.client.get(path).json()["phone"] == "555 1"
    tab.close()

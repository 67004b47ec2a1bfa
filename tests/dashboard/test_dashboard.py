"""The dashboard in a real browser: what a shopkeeper does there, at a desk and on a phone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from accounts.models import Membership
from inventory_project.runtime.instance import BASE_DIR
from tests.factories.accounts import PASSWORD, build_member, unique
from tests.factories.imports import send
from tests.factories.stock import Shop
from tests.support.browser import CHROMIUM, PHONE, sees

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed (.ci/run does)")

# fmt: off
SCREENS = [
    "/", "/stock/", "/stock/matrix/", "/products/", "/movements/", "/transfers/", "/counts/", "/reservations/",
    "/replenishment/", "/alerts/", "/orders/", "/suppliers/", "/sales/", "/forecasts/", "/reports/",
    "/reports/?report=valuation", "/imports/", "/stores/", "/setup/", "/settings/?part=people", "/audit/", "/system/",
]
# fmt: on
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast"]  # all that another appearance changes
AXE = BASE_DIR / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


def enter(page: Any, address: str, member: Membership, path: str = "/") -> None:
    page.goto(f"{address}/login/?{urlencode({'next': path})}")
    page.get_by_label("Username").fill(member.user.username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Overview").first.wait_for()


def row(page: Any, *words: str) -> Any:
    found = page.locator("tbody tr")
    for word in words:
        found = found.filter(has_text=word)
    return found.first


def test_a_stranger_is_asked_to_sign_in_and_goes_on_where_they_wanted(page: Any, address: str, shop: Shop) -> None:
    admin = build_member(shop.organization, "admin")
    page.goto(f"{address}/stock/?status=low")
    page.get_by_label("Username").fill(admin.user.username)
    page.get_by_label("Password", exact=True).fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    sees(page, "The username or password is wrong.")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/stock/?status=low")
    page.get_by_role("button", name="Low", exact=True).and_(page.locator("[aria-pressed=true]")).wait_for()
    [cookie] = [one for one in page.context.cookies() if one["name"] == "sessionid"]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    kept = page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])")
    assert "onh_" not in kept, "no token is where a script can read it"
    page.get_by_role("button", name="Account of").click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.wait_for_url(f"{address}/login/")
    page.goto(f"{address}/products/")
    page.wait_for_url(f"{address}/login/?next=*")


def test_a_company_is_set_up_and_a_colleague_joins(page: Any, address: str) -> None:
    name = unique("owner")
    page.goto(f"{address}/register/")
    page.get_by_label("Company").fill("Tea & Sons")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Email").fill("not an address")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create a company").click()
    sees(page, "Enter a valid email address.")
    page.get_by_label("Email").fill(f"{name}@example.com")
    page.get_by_role("button", name="Create a company").click()
    sees(page, "No sales in this period")
    sees(page, "Nothing has moved yet")
    invited = page.evaluate(
        """async () => (await fetch('/api/invitations/', {method: 'POST', body: JSON.stringify(
            {email: 'b@example.com', role: 'staff', stores: null}), headers: {'Content-Type': 'application/json',
            'X-CSRFToken': document.cookie.match(/csrftoken=([^;]+)/)[1]}})).json()"""
    )
    page.context.clear_cookies()
    page.goto(f"{address}/join/#token={invited['token']}")
    page.get_by_label("Username").fill(unique("colleague"))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    sees(page, "Tea & Sons")


def test_a_sale_is_recorded_and_reversed(page: Any, address: str, shop: Shop, manager: Membership) -> None:
    held = shop.on_hand()
    enter(page, address, manager, "/movements/")
    page.get_by_role("button", name="Record movement").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Quantity").wait_for()
    form.get_by_role("button", name="Sale", exact=True).click()
    form.get_by_label("Product").fill("sku-1")
    page.get_by_role("option", name="SKU-1").first.click()
    form.get_by_label("Quantity").fill("100000")
    form.get_by_label("Reference").fill("Ticket 12")
    form.get_by_role("button", name="Record", exact=True).click()
    form.get_by_role("alert").wait_for()
    assert shop.on_hand() == held, "a refusal changes nothing, and the form is still there"
    form.get_by_label("Quantity").fill("2")
    form.get_by_role("button", name="Record", exact=True).click()
    sees(page, "Recorded.")
    assert shop.on_hand() == held - 2
    sold = page.locator("tbody tr", has_text="Ticket 12").filter(has_not_text="Rejected").first
    sold.get_by_role("button", name="Reverse this movement").click()
    page.get_by_label("Reason").fill("rung up twice")
    page.get_by_role("button", name="Reverse it").click()
    sees(page, "The movement was reversed.")
    assert shop.on_hand() == held


def test_a_quantity_is_changed_in_the_list_and_taken_back(
    page: Any, address: str, shop: Shop, manager: Membership
) -> None:
    held = shop.on_hand()
    enter(page, address, manager, "/stock/?q=sku-1")
    cell = row(page, "SKU-1", "Store 1").get_by_role("button", name="On hand")
    for typed, change in (("+5", Decimal(5)), (f"={held}", Decimal(0))):
        cell.click()
        page.locator("td input").fill("a few")
        page.locator("td input").press("Enter")
        assert page.locator("td input").get_attribute("aria-invalid") == "true"
        page.locator("td input").fill(typed)
        page.locator("td input").press("Enter")
        sees(page, f"now {(held + change).normalize():f}")
        assert shop.on_hand() == held + change
    page.get_by_role("button", name="Undo").last.click()
    sees(page, "Taken back")
    assert shop.on_hand() == held + 5
    shop.post("adjustment", -5)
    # Nobody reloads: what others change shows by itself.
    row(page, "SKU-1", "Store 1").get_by_role("button", name=f": {held.normalize():f}").wait_for(timeout=30_000)


def test_staff_see_their_own_store_and_no_other(page: Any, address: str, shop: Shop) -> None:
    staff = build_member(shop.organization, "staff", stores=[shop.stores[1]])
    enter(page, address, staff, "/stock/")
    row(page, "SKU-1").wait_for()
    assert page.get_by_text(shop.stores[0].name, exact=True).count() == 0
    page.goto(f"{address}/stock/?store={shop.stores[0].id}")
    row(page, "SKU-1").wait_for()
    assert page.locator("tbody tr").filter(has_text="SKU-1").count() == 1, "another's store is as if it were not named"
    page.get_by_role("button", name="Account of").click()
    sees(page, "Staff")
    assert page.get_by_role("menuitem", name="Management desk").count() == 0


def test_the_address_is_the_screen(page: Any, address: str, shop: Shop, manager: Membership) -> None:
    enter(page, address, manager, "/stock/")
    page.get_by_role("button", name="Out of stock", exact=True).click()
    page.wait_for_url("**/stock/?status=out")
    row(page, "Store 2").wait_for()
    page.get_by_placeholder("Name, SKU or barcode").fill("no such thing")
    sees(page, "Nothing fits these filters")
    page.reload()
    sees(page, "Nothing fits these filters")
    page.get_by_role("button", name="Clear filters").click()
    row(page, "SKU-2").wait_for()
    page.get_by_role("button", name="Product", exact=True).click()
    page.wait_for_url("**/stock/?order=product_name")
    page.keyboard.press("Control+k")
    page.get_by_placeholder("Product, SKU, barcode").fill("sku-2")
    page.get_by_role("button", name="SKU-2").first.click()
    page.wait_for_url("**/products/?id=*")
    sees(page, "Stock by store")
    page.get_by_role("button", name="Movements", exact=True).click()
    row(page, "Rejected").wait_for()
    page.locator("body").press("g")
    page.locator("body").press("o")
    sees(page, "Needs attention")


def test_every_screen_is_for_everybody(page: Any, address: str, shop: Shop, manager: Membership) -> None:
    """No barrier that axe knows of, in both appearances; nothing wider than a phone."""
    enter(page, address, manager)
    product = f"/products/?id={shop.products[0].id}"
    job = send(shop, "sku,quantity,date\nSKU-1,1,2026-03-04\nNO-SUCH,1,2026-03-04\n", applies=False, store="S1")
    details = (product, f"/imports/?id={job.pk}", f"/forecasts/?id={shop.stores[0].id}-{shop.products[0].id}")
    found: dict[str, Any] = {}
    for path in (*SCREENS, *details):
        page.goto(f"{address}{path}")
        page.locator("main h1").first.wait_for()
        for appearance in ("light", "dark"):
            page.emulate_media(color_scheme=appearance, reduced_motion="reduce")
            page.locator("main [aria-busy=true], main .mantine-Skeleton-root").first.wait_for(state="detached")
            found[f"{path} {appearance}"] = barriers(page, rules=RULES if appearance == "light" else COLOURS)
        page.set_viewport_size(PHONE)
        page.get_by_role("link", name="Movements", exact=True).wait_for()
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[f"{path} phone"] = "wider than the phone"
        page.set_viewport_size({"width": 1280, "height": 900})
    assert {screen: what for screen, what in found.items() if what} == {}


def barriers(page: Any, within: str | None = None, rules: list[str] = RULES) -> list[Any]:
    """What axe finds; `within` a dialog, because it cannot judge what is dimmed behind one."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(Path(AXE).read_text())
    found = page.evaluate(
        "([within, rules]) => axe.run(within ?? document, {runOnly: rules, resultTypes: ['violations', 'incomplete']})",
        [within, rules],
    )
    unsure = [one for one in found["incomplete"] if one["id"] == "color-contrast"]  # text of its ground's own colour
    return [[one["id"], [node["html"][:200] for node in one["nodes"]]] for one in [*found["violations"], *unsure]]


def test_it_comes_small_and_with_a_strict_policy(page: Any, address: str) -> None:
    answer = page.goto(f"{address}/login/")
    policy = answer.headers["content-security-policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'unsafe" not in scripts
    assert "sha256-" in scripts
    assert answer.headers["content-encoding"] in ("br", "gzip")
    chunk = page.evaluate("[...document.scripts].find(script => script.src.includes('/_next/static/')).src")
    with urlopen(Request(chunk, headers={"Accept-Encoding": "br"})) as sent:  # noqa: S310
        assert "immutable" in sent.headers["Cache-Control"]
        assert sent.headers["Content-Encoding"] == "br"
        assert "Access-Control-Allow-Origin" not in sent.headers


def test_an_address_that_is_not_there_says_so(page: Any, address: str, browser: Any) -> None:
    tab = browser.new_page()
    answer = tab.goto(f"{address}/nowhere/")
    assert answer.status == 404
    sees(tab, "There is nothing here")
    tab.close()

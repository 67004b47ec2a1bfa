"""What an admin sets up and looks after: colleagues, tokens, the log, the company."""

from __future__ import annotations

from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.dashboard.test_dashboard import barriers, enter, row
from tests.factories.accounts import PASSWORD, build_member, unique
from tests.factories.stock import Shop
from tests.support.browser import CHROMIUM, sees
from tests.support.instances import eventually

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed (.ci/run does)")


DIALOG = "[role=dialog]"


def test_a_colleague_is_invited_to_one_store_and_sees_nothing_else(page: Any, address: str, shop: Shop) -> None:
    admin = build_member(shop.organization, "admin")
    email = f"{unique('colleague')}@example.com"
    page.set_default_timeout(30_000)
    enter(page, address, admin, "/settings/?part=people")
    row(page, admin.user.username).wait_for()
    page.get_by_role("button", name="Invite a colleague").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Email").fill("not an address")
    form.get_by_role("button", name="Only some").click()
    form.get_by_role("button", name="Invite a colleague").click()
    sees(page, "Enter a valid email address.")
    sees(page, "This list may not be empty.")
    form.get_by_label("Email").fill(email)
    form.get_by_label("Stores").last.click()
    page.get_by_role("option", name=shop.stores[1].name, exact=True).click()
    form.get_by_role("button", name="Invite a colleague").click()
    link = form.get_by_role("textbox", name="Invitation link").input_value()
    assert barriers(page, DIALOG) == []
    form.get_by_role("button", name="Done").click()
    sees(page, email)

    page.context.clear_cookies()
    page.goto(link)
    name = unique("joiner")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    page.get_by_role("link", name="Overview").first.wait_for()
    links = page.locator("nav").first
    assert links.get_by_role("link", name="Settings").count() == 1
    assert links.get_by_role("link", name="Activity log").count() == 0
    page.goto(f"{address}/stock/")
    row(page, "SKU-1").wait_for()
    assert page.get_by_text(shop.stores[0].name, exact=True).count() == 0
    page.goto(f"{address}/settings/?part=people")
    sees(page, "Change the password")
    assert page.get_by_role("button", name="People", exact=True).count() == 0
    assert page.get_by_role("button", name="API tokens", exact=True).count() == 1
    page.get_by_role("button", name="Compact", exact=True).click()
    assert page.evaluate("document.documentElement.dataset.density") == "compact"


def test_a_token_is_made_used_and_revoked_and_the_log_says_so(page: Any, address: str, shop: Shop) -> None:
    admin = build_member(shop.organization, "admin")
    till = unique("Till")
    page.set_default_timeout(30_000)  # parts of the settings are fetched one by one
    enter(page, address, admin, "/settings/?part=tokens")
    page.get_by_role("button", name="New token").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Name").fill(till)
    form.get_by_role("button", name="New token").click()
    secret = form.get_by_role("textbox", name="The secret").input_value()
    assert barriers(page, DIALOG) == []
    form.get_by_role("button", name="Done").click()
    row(page, till, "stock:write").wait_for()
    assert said_to(secret, f"{address}/api/inventory/") == 200
    assert said_to(secret, f"{address}/api/tokens/") == 403
    page.get_by_role("button", name=f"Revoke {till}").click()
    page.get_by_role("button", name="Revoke", exact=True).click()
    sees(page, "The token was revoked.")
    eventually(lambda: said_to(secret, f"{address}/api/inventory/") == 401, within=20)
    page.get_by_role("button", name="Ended", exact=True).click()
    row(page, till).wait_for()

    page.goto(f"{address}/audit/?action=accounts.")
    row(page, "Token revoked", admin.user.username).get_by_role("link").click()
    page.wait_for_url("**/audit/?*entry=*")
    sees(page, "accounts.token.revoked")
    page.get_by_role("link", name="Everything about this").click()
    row(page, "Token").wait_for()
    page.get_by_role("button", name="Check the log").click()
    sees(page, "The log is whole")
    assert barriers(page, DIALOG) == []
    page.keyboard.press("Escape")

    page.goto(f"{address}/settings/?part=company")
    page.get_by_label("Dead stock after").fill("75")
    page.get_by_role("button", name="Save").click()
    sees(page, "Saved.")
    page.reload()
    page.locator("main input[value='75']").wait_for()
    assert barriers(page) == []
    page.goto(f"{address}/settings/?part=webhooks")
    page.get_by_role("button", name="New webhook").click()
    form.get_by_label("Address").fill("http://10.0.0.1/hook")
    form.get_by_role("button", name="New webhook").click()
    form.get_by_text("https", exact=False).first.wait_for()
    assert barriers(page, DIALOG) == []
    page.goto(f"{address}/system/")
    sees(page, "Movements waiting")
    assert barriers(page) == []


def said_to(secret: str, url: str) -> int:
    try:
        with urlopen(Request(url, headers={"Authorization": f"Token {secret}"})) as answer:  # noqa: S310
            return int(answer.status)
    except HTTPError as refusal:
        return refusal.code

"""What is begun at the desk, in a real browser: typed, asked for, read and confirmed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Membership
from inventory_project.kernel import tenancy
from stock.models import PeriodClosing, Stock
from tests.factories.accounts import build_member
from tests.factories.stock import Shop
from tests.support.browser import CHROMIUM, PHONE, menu, sees, sign_in

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed (.ci/run does)")


def pick(page: Any, field: Any, typed: str, wanted: str) -> None:
    """Find a record by typing, as a person does."""
    field.locator(".select2-selection").click()
    page.locator(".select2-search__field").fill(typed)
    page.get_by_role("option", name=wanted).click()


def balance(shop: Shop, product: int = 0) -> Stock:
    with tenancy.scope(shop.organization.id):
        return Stock.objects.get(store=shop.stores[0], product=shop.products[product])


def test_a_manager_reserves_and_hands_over(page: Any, address: str, bazaar: Shop, manager: Membership) -> None:
    before = balance(bazaar)
    sign_in(page, f"{address}/admin/", manager.user)
    menu(page, "stock/reservation/").click()
    page.get_by_role("link", name="Reserve…").click()
    pick(page, page.locator(".desk-find").first, "store 1", "Store 1")
    page.get_by_label("Reference").fill("WEB-77")
    rows = page.locator(".desk-row")
    pick(page, rows.nth(0), "sku-1", "Product 1")
    rows.nth(0).get_by_label("Quantity").fill("4000")
    page.get_by_role("button", name="More rows").click()
    assert rows.count() == 10
    page.get_by_role("button", name="Reserve", exact=True).click()
    sees(page, "Line 1: SKU-1: 4000 wanted")
    rows.nth(0).get_by_label("Quantity").fill("4")
    rows.nth(0).get_by_label("Quantity").press("Enter")
    sees(page, "The units are reserved.")
    assert balance(bazaar).reserved == before.reserved + 4
    page.get_by_role("link", name="Hand over…").click()
    page.get_by_label("SKU-1").fill("3")
    page.get_by_role("button", name="Hand over", exact=True).click()
    sees(page, "The goods were handed over.")
    page.get_by_role("link", name="Release…").click()
    page.get_by_role("button", name="Release", exact=True).click()
    sees(page, "The units are for sale again.")
    now = balance(bazaar)
    assert (now.on_hand, now.reserved) == (before.on_hand - 3, before.reserved)


def test_units_are_put_on_hold_on_a_phone(page: Any, address: str, bazaar: Shop, manager: Membership) -> None:
    before = balance(bazaar)
    page.set_viewport_size(PHONE)
    sign_in(page, f"{address}/admin/stock/stock/{before.pk}/change/", manager.user)
    page.locator("a[href$='/hold/']").first.evaluate("link => link.click()")
    page.get_by_label("Units").fill("2")
    page.get_by_label("Put on hold as").select_option("quality")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing hangs over the edge"
    page.get_by_role("button", name="Put on hold", exact=True).click()
    sees(page, "The units are on hold.")
    assert balance(bazaar).on_hold_quality == before.on_hold_quality + 2


@pytest.mark.parametrize("path", ["reservation/reserve", "transferorder/draft", "stockcount/plan"])
def test_papers_begin_on_a_phone(page: Any, address: str, manager: Membership, path: str) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, f"{address}/admin/stock/{path}/", manager.user)
    page.locator(".desk-row").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing hangs over the edge"


def test_a_transfer_and_a_count_are_begun(page: Any, address: str, bazaar: Shop, manager: Membership) -> None:
    sign_in(page, f"{address}/admin/stock/transferorder/", manager.user)
    page.get_by_role("link", name="New transfer…").click()
    pick(page, page.locator(".desk-find").nth(0), "store 1", "Store 1")
    pick(page, page.locator(".desk-find").nth(1), "store 2", "Store 2")
    pick(page, page.locator(".desk-row").first, "sku-2", "Product 2")
    page.locator(".desk-row").first.get_by_label("Quantity").fill("1")
    page.get_by_role("button", name="Draft", exact=True).click()
    sees(page, "The transfer was drafted.")
    menu(page, "stock/stockcount/").click()
    page.get_by_role("link", name="New count…").click()
    pick(page, page.locator(".desk-find").first, "store 2", "Store 2")
    page.get_by_label("Kind").select_option("full")
    page.get_by_label("Name").fill("Year's end")
    page.get_by_role("button", name="Plan", exact=True).click()
    sees(page, "The count was planned.")


def test_an_admin_closes_the_books_and_opens_them(page: Any, address: str, bazaar: Shop) -> None:
    admin = build_member(bazaar.organization, "admin")
    day = timezone.now().date() - timedelta(days=40)
    page.emulate_media(color_scheme="dark")
    sign_in(page, f"{address}/admin/stock/periodclosing/", admin.user)
    page.get_by_role("link", name="Close the books…").click()
    page.get_by_label("Closed through").fill(day.isoformat())
    page.get_by_label("Reason").fill("Month end")
    page.get_by_role("button", name="Go on").click()
    sees(page, "no late sale of a till")
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Close the books").click()
    sees(page, "The books are closed.")
    page.goto(f"{address}/admin/stock/periodclosing/open-books/")
    page.get_by_label("Reason").fill("A till came back")
    page.get_by_role("button", name="Go on").click()
    sees(page, "figures of those days may change")
    page.get_by_role("button", name="Open the books").click()
    sees(page, "The books are open.")
    with tenancy.scope(bazaar.organization.id):
        days = list(PeriodClosing.objects.order_by("-id").values_list("closed_through", flat=True)[:2])
    assert days == [None, day]

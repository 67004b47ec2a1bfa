"""The admin site in a real browser at a real server: what a manager and an operator do, at a desk and on a phone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from accounts.models import Membership
from inventory_project.kernel import tenancy
from stock.models import Stock
from tests.factories.accounts import build_member
from tests.factories.catalog import build_category
from tests.factories.desk import build_operator, first_movement
from tests.factories.stock import Shop
from tests.support.browser import CHROMIUM, PHONE, menu, sees, sign_in
from tests.support.records import actions, entries

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed (.ci/run does)")


@pytest.fixture
def shop(bazaar: Shop) -> Shop:
    return bazaar


def test_a_manager_looks_at_the_first_page(page: Any, address: str, shop: Shop, manager: Membership) -> None:
    sign_in(page, f"{address}/admin/", manager.user)
    sees(page, shop.organization.name)
    sees(page, "Needs attention first")
    page.wait_for_function("document.querySelector('canvas.chart').height > 100")
    drawn = (
        "[...document.querySelector('canvas.chart').getContext('2d').getImageData(0, 0, 900, 200).data].some(v => v)"
    )
    assert page.evaluate(drawn), "the chart is drawn, so its script may run under the policy"
    page.get_by_role("link", name="Out of stock").click()
    page.locator("#result_list tr", has_text="Store 2").wait_for()


def test_a_manager_edits_a_product(page: Any, address: str, shop: Shop, manager: Membership) -> None:
    category = build_category(shop.organization, name="Hot drinks")
    sign_in(page, f"{address}/admin/catalog/product/?q=sku-1", manager.user)
    page.get_by_role("link", name="SKU-1", exact=True).first.click()
    page.get_by_label("Sale price").fill("-3")
    page.get_by_role("button", name="Save", exact=True).click()
    sees(page, "The least is 0.")
    page.get_by_label("Sale price").fill("4.75")
    page.locator(".field-category .select2-selection").click()
    page.locator(".select2-search__field").fill("hot")
    page.get_by_role("option", name="Hot drinks").click()
    page.get_by_role("button", name="Save", exact=True).click()
    sees(page, "was changed successfully")
    [entry] = entries(shop.organization, "product", shop.products[0].pk)
    assert entry.after == {"sale_price": "4.75", "category_id": category.pk}
    assert entry.actor_label == manager.user.username


def test_a_manager_reverses_a_movement(page: Any, address: str, shop: Shop, manager: Membership) -> None:
    movement = first_movement(shop, kind="sale", status="applied")
    held = shop.on_hand()
    sign_in(page, f"{address}/admin/stock/stockmovement/{movement.pk}/change/", manager.user)
    sees(page, "Balance after")
    assert page.get_by_role("button", name="Save").count() == 0
    page.get_by_role("link", name="Reverse…").click()
    page.get_by_label("Reason").fill("typed twice")
    page.get_by_role("button", name="Reverse it").click()
    sees(page, "The movement was reversed.")
    assert shop.on_hand() == held - movement.quantity


def test_a_manager_takes_a_transfer_s_steps(page: Any, address: str, shop: Shop, manager: Membership) -> None:
    held = shop.on_hand()
    sign_in(page, f"{address}/admin/", manager.user)
    menu(page, "stock/transferorder/").click()
    page.get_by_role("link", name="T-000001").click()
    for offered, question, answer in (
        ("Request…", "From now on its lines stand.", "The transfer was requested."),
        ("Approve…", "Units asked for", "The transfer was approved."),
        ("Dispatch all…", "leaves the source now", "The transfer is on its way."),
    ):
        page.get_by_role("link", name=offered).click()
        sees(page, question)
        page.get_by_role("button", name=offered.removesuffix("…"), exact=True).click()
        sees(page, answer)
    assert shop.on_hand() == held - 1
    page.get_by_role("link", name="Settle…").click()
    page.get_by_label("Reason").fill("turned back")
    page.get_by_role("button", name="Settle", exact=True).click()
    sees(page, "This field is required.")
    page.get_by_label("What became of it").select_option("returned")
    page.get_by_role("button", name="Settle", exact=True).click()
    sees(page, "What was in transit is accounted for.")
    assert shop.on_hand() == held


def test_a_manager_starts_a_count_on_a_phone(page: Any, address: str, shop: Shop, manager: Membership) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, f"{address}/admin/stock/stockcount/", manager.user)
    page.locator("#result_list a", has_text="CNT-").first.click()
    page.locator("a[href$='/start/']").first.evaluate("link => link.click()")
    page.get_by_role("button", name="Start", exact=True).click()
    sees(page, "The count was started.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing hangs over the edge"


def test_an_admin_says_who_gets_a_list(page: Any, address: str, shop: Shop) -> None:
    admin = build_member(shop.organization, "admin")
    sign_in(page, f"{address}/admin/stock/storemailing/", admin.user)
    page.get_by_role("link", name="Store 2").first.click()
    page.get_by_label("Other addresses").fill("office@example.com\nnobody")
    page.get_by_role("button", name="Save", exact=True).click()
    sees(page, "Enter a valid email address.")
    page.get_by_label("Other addresses").fill("office@example.com\nbuyer@example.com")
    page.get_by_label("From").select_option("9")
    page.get_by_role("button", name="Save", exact=True).click()
    sees(page, "was changed successfully")
    shown = shop.client.get(f"/api/mailings/{shop.stores[1].id}/").json()
    assert (shown["hour"], [one["email"] for one in shown["recipients"]]) == (
        9,
        ["office@example.com", "buyer@example.com"],
    )


def test_a_manager_adjusts_stock_from_the_list(page: Any, address: str, shop: Shop, manager: Membership) -> None:
    with tenancy.scope(shop.organization.id):
        row = Stock.objects.filter(product=shop.products[1]).get()
    sign_in(page, f"{address}/admin/stock/stock/?q=sku-2", manager.user)
    page.locator(f'input.action-select[value="{row.pk}"]').check()
    page.locator("select[name=action]").select_option("adjust")
    page.get_by_role("button", name="Run").click()
    page.get_by_label("Change SKU-2 Product 2 in Store 1 by").fill("-1.5")
    page.get_by_label("Reason").fill("broken bag")
    page.get_by_role("button", name="Book the changes").click()
    sees(page, "Adjusted: 1.")
    assert shop.on_hand(product=1) == row.on_hand - Decimal("1.5")


def test_an_operator_enters_looks_and_leaves(page: Any, address: str, shop: Shop) -> None:
    operator = build_operator()
    sign_in(page, f"{address}/operator/", operator)
    page.get_by_label("Name or slug").fill(shop.organization.name)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=shop.organization.name).click()
    page.get_by_role("button", name="Enter").click()
    sees(page, "This field is required.")
    page.get_by_label("Reason").fill("Ticket 4711: stock looks wrong")
    page.get_by_role("button", name="Enter").click()
    sees(page, "Operator, read-only, until")
    menu(page, "catalog/product/").click()
    page.get_by_role("link", name="SKU-1", exact=True).first.click()
    sees(page, "Stock by store")
    assert page.get_by_role("button", name="Save").count() == 0
    page.get_by_text(operator.username).first.click()
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("button", name="Find").wait_for()
    log = actions(shop.organization, "operator", operator.pk)
    assert (log[0], log[-1]) == ("platform.operator.entered", "platform.operator.left")
    assert "platform.operator.viewed" in log


@pytest.mark.parametrize(
    "path",
    [
        "", "stock/stock/", "stock/stockmovement/", "catalog/product/", "catalog/product/add/", "accounts/membership/",
        "audit/auditentry/", "audit/seals/", "stock/daily-sales/", "stores/store/",
    ],
)  # fmt: skip
def test_nothing_is_wider_than_a_phone(page: Any, address: str, manager: Membership, path: str) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, f"{address}/admin/{path}", manager.user)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("#header-inner .material-symbols-outlined:visible").first.click()
    menu(page, "stock/stockmovement/").wait_for()


def test_it_is_dark_for_who_wants_it_dark(page: Any, address: str, manager: Membership) -> None:
    page.emulate_media(color_scheme="dark")
    sign_in(page, f"{address}/admin/", manager.user)
    page.wait_for_function("document.documentElement.classList.contains('dark')")


def test_styles_and_icons_are_served_from_here(address: str) -> None:
    from urllib.request import urlopen

    for path in ("unfold/css/styles.css", "onhand/desk.css", "onhand/icon.svg", "unfold/js/alpine/alpine.js"):
        with urlopen(f"{address}/static/{path}") as answer:
            assert answer.status == 200


@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}, PHONE], ids=["desk", "phone"])
def test_the_first_address_says_what_this_is_and_where_to_go(page: Any, address: str, size: Any) -> None:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="dark")
    answer = page.goto(f"{address}/")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing hangs over the edge"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 21, 20)"
    for name, path in (
        ("Explore the API", "/api/docs"),
        ("Health", "/health"),
        ("Manage your stores", "/admin/login/"),
    ):
        page.goto(f"{address}/")
        page.get_by_role("link", name=name).click()
        page.wait_for_url(lambda now, path=path: path in now)

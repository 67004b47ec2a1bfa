"""Every page of the admin site opens, whatever the role, and asks a fixed number of questions."""

from __future__ import annotations

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organization
from inventory_project.desk.pages import PAGES
from inventory_project.kernel import tenancy
from stock.models import StockCount, StockMovement
from stock.services import verification
from tests.factories.accounts import unique
from tests.factories.alerts import review
from tests.factories.catalog import build_category, build_product
from tests.factories.desk import busy_shop, manager_client
from tests.factories.exports import ask
from tests.factories.imports import csv, send
from tests.factories.restock import propose, set_policy
from tests.factories.stock import Shop

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture(scope="module")
def shop() -> Shop:
    return busy_shop()


@pytest.fixture(scope="module")
def full() -> Shop:
    """A shop with a row of everything the desk shows."""
    shop = busy_shop()
    invited = {"email": f"{unique('new')}@example.com", "role": "staff"}
    assert shop.client.post("/api/invitations/", invited).status_code == 201
    barcodes = [{"code": "4006381333931", "units": 1}]
    build_product(shop.organization, category=build_category(shop.organization), barcodes=barcodes)
    send(shop, csv("supplier,email", ["Northern Mills,mills@example.com"]))
    ask(shop.client, "/api/stocks/")
    verification.verify(organization_id=shop.organization.id)
    closing = {"closed_through": "2020-01-31", "reason": "Years ago"}
    assert shop.client.post("/api/periods/", closing).status_code == 201
    waiting = [shop.movement("IN", 1)]
    assert shop.client.post("/api/stock-movements/bulk/", waiting, HTTP_PREFER="respond-async").status_code == 202
    set_policy(shop, kind="min_max", least=100, most=200)
    propose(shop)
    review(shop)
    return shop


def changelist(model: type) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_list_opens_with_and_without_a_search(shop: Shop, model: type) -> None:
    client = manager_client(shop.organization, "admin")
    for query in ("", "?q=product", "?p=2", "?o=1"):
        answer = client.get(changelist(model) + query, follow=True)
        assert answer.status_code == 200, (query, answer.content[:300])


# Lists that are not searched, or not filtered, and why.
NOT_SEARCHED = {
    "accounts.Organization": "the one row of one's own",
    "audit.AuditEntry": "too long to be searched by words: it is filtered by exact ones, which have indexes",
    "stock.LedgerVerification": "figures and a day, no words",
    "stock.MailingSchedule": "one row for each kind of list",
}
NOT_FILTERED = {"accounts.Organization", "stock.MailingSchedule"}


def test_every_list_can_be_filtered_and_searched() -> None:
    lists = {model._meta.label: admin.site._registry[model] for model in MODELS}
    assert {label for label, desk in lists.items() if not desk.search_fields} == NOT_SEARCHED.keys()
    assert {label for label, desk in lists.items() if not desk.list_filter} == NOT_FILTERED


def test_papers_are_found_by_the_number_people_call_them_by(shop: Shop) -> None:
    for number in range(2):
        body = {"store": shop.stores[0].pk, "kind": "spot", "products": ["SKU-1"], "name": f"Bay {number}"}
        assert shop.client.post("/api/counts/", body, format="json").status_code == 201
    client = manager_client(shop.organization)

    def found(words: str) -> list[str]:
        answer = client.get("/admin/stock/stockcount/", {"q": words})
        return sorted(count.name for count in answer.context["cl"].result_list)

    with tenancy.scope(shop.organization.id):
        numbers = dict(StockCount.objects.filter(name__startswith="Bay ").values_list("name", "number"))
    assert found(f"CNT-{numbers['Bay 0']:06d}") == found(str(numbers["Bay 0"])) == ["Bay 0"]
    assert found("bay") == ["Bay 0", "Bay 1"]
    assert found("T-000001") == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_table_opens(shop: Shop, page) -> None:
    answer = manager_client(shop.organization).get(reverse(f"admin:{page.name}"))
    assert answer.status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_row_has_a_page(full: Shop, model: type) -> None:
    with tenancy.scope(full.organization.id):
        row = model._default_manager.first()
    assert row is not None, "the shop has none"
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    answer = manager_client(full.organization, "admin").get(reverse(name, args=[row.pk]))
    assert answer.status_code == 200, answer.content[:300]


def test_the_first_page_shows_the_figures(shop: Shop) -> None:
    answer = manager_client(shop.organization).get("/admin/")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Needs attention first" in text
    assert "Product 2" in text


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "kind__in=%00", "p=0", "p=-1", "p=99999999999", "p=x", "o=99", "all=1", "store__id__exact=abc",
        "store__id__exact=99999999999999999999", "nonsense=1", "recorded_at_from=31.31.2020",
        "recorded_at_to=0001-01-01", "organization__name=x", "q=" + "%25" * 500,
        "recorded_at_from=9999-12-31&recorded_at_to=9999-12-31",
    ],
)  # fmt: skip
def test_a_bad_address_is_no_server_error(shop: Shop, query: str) -> None:
    client = manager_client(shop.organization)
    for path in ("stock/stockmovement", "audit/auditentry", "stock/stock", "stock/daily-sales", "audit/seals"):
        assert client.get(f"/admin/{path}/?{query}").status_code < 500, path


def test_filters_narrow_the_list(shop: Shop) -> None:
    client = manager_client(shop.organization)

    def rows(query: str) -> int:
        return len(client.get(f"/admin/stock/stockmovement/?{query}").context["cl"].result_list)

    assert rows("") == 7
    assert rows("status=rejected") == 1
    assert rows(f"store__id__exact={shop.stores[1].pk}") == 2
    assert rows("kind=sale") == 3
    assert rows("recorded_at_from=2020-01-01") == 7
    assert rows("recorded_at_to=2020-01-01") == 0
    assert rows("q=sku-2") == 2


def test_pages_follow_one_another_without_a_count(shop: Shop) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = manager_client(shop.organization, "admin")
    with CaptureQueriesContext(connection) as queries:
        for path in ("stock/stockmovement", "audit/auditentry"):
            assert client.get(f"/admin/{path}/").status_code == 200
    assert not [query["sql"] for query in queries if "COUNT(" in query["sql"].upper()]


BUDGETS = {
    "": 22,
    "stock/stock/": 9,
    "stock/stockmovement/": 9,
    "catalog/product/": 10,
    "audit/auditentry/": 9,
    "accounts/membership/": 10,
    "accounts/apitoken/": 9,
    "stock/daily-sales/": 9,
}


@pytest.fixture(scope="module")
def sizes() -> list[Shop]:
    return [busy_shop(stores=size, products=size) for size in (2, 6)]


@pytest.mark.parametrize(("path", "budget"), BUDGETS.items())
def test_a_page_asks_a_fixed_number_of_questions(path: str, budget: int, sizes: list[Shop]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for shop in sizes:
        client = manager_client(shop.organization, "admin")
        client.get(f"/admin/{path}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/admin/{path}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= budget, counts


def test_a_products_page_asks_the_same_for_two_stores_or_many() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for size in (2, 8):
        busy = busy_shop(stores=size)
        for store in range(size):
            busy.post("IN", 5, store=store)
        client = manager_client(busy.organization)
        url = f"/admin/catalog/product/{busy.products[0].pk}/change/"
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20, counts


def test_times_are_those_of_the_organizations_clock(shop: Shop) -> None:
    other = busy_shop()
    with tenancy.scope(other.organization.id, durable=True):
        Organization.objects.filter(pk=other.organization.id).update(time_zone="Pacific/Kiritimati")
        movement = StockMovement.objects.order_by("-recorded_at").first()
    assert movement is not None
    client = manager_client(other.organization)
    page = client.get("/admin/stock/stockmovement/").content.decode()
    at_home = movement.recorded_at.astimezone(ZoneInfo("Pacific/Kiritimati"))
    assert f"{at_home:%Y-%m-%d %H:%M}" in page
    assert f"{movement.recorded_at.astimezone(UTC):%Y-%m-%d %H:%M}" not in page
    # The day of a filter begins and ends by that clock too.
    for last, rows in ((at_home.date(), 7), (at_home.date() - timedelta(days=1), 0)):
        answer = client.get(f"/admin/stock/stockmovement/?recorded_at_to={last}")
        assert len(answer.context["cl"].result_list) == rows
    assert timezone.get_current_timezone_name() == "UTC", "the next request begins with its own clock"

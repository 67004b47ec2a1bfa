"""Every page of the admin site opens, whatever the role, and asks a fixed number of questions."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.urls import reverse

from inventory_project.desk.pages import PAGES
from tests.factories.desk import busy_shop, manager_client
from tests.factories.stock import Shop

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture(scope="module")
def shop() -> Shop:
    return busy_shop()


def changelist(model: type) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_list_opens_with_and_without_a_search(shop: Shop, model: type) -> None:
    client = manager_client(shop.organization, "admin")
    for query in ("", "?q=product", "?p=2", "?o=1"):
        answer = client.get(changelist(model) + query, follow=True)
        assert answer.status_code == 200, (query, answer.content[:300])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_table_opens(shop: Shop, page) -> None:
    answer = manager_client(shop.organization).get(reverse(f"admin:{page.name}"))
    assert answer.status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_row_has_a_page(shop: Shop, model: type) -> None:
    from inventory_project.kernel import tenancy

    with tenancy.scope(shop.organization.id):
        row = model._default_manager.first()
    if row is None:
        pytest.skip("the shop has none")
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    answer = manager_client(shop.organization, "admin").get(reverse(name, args=[row.pk]))
    assert answer.status_code == 200, answer.content[:300]


def test_the_first_page_shows_the_figures(shop: Shop) -> None:
    answer = manager_client(shop.organization).get("/admin/")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Needs attention first" in text
    assert "Product 2" in text

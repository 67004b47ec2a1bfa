"""Categories, suppliers and products for tests."""

from __future__ import annotations

from typing import Any

from accounts.models import Organization
from catalog.models import Category, Product, Supplier
from catalog.services import categories, products, suppliers
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import SYSTEM
from tests.factories.accounts import unique


def build_category(organization: Organization, **values: Any) -> Category:
    with tenancy.scope(organization.id):
        return categories.create(acting_as=SYSTEM, values={"name": unique("Category"), **values})


def build_supplier(organization: Organization, **values: Any) -> Supplier:
    with tenancy.scope(organization.id):
        return suppliers.create(acting_as=SYSTEM, values={"name": unique("Supplier"), **values})


def build_product(organization: Organization, **values: Any) -> Product:
    """A product; `category` and `supplier` are records, `barcodes` rows {code, units}."""
    for reference in ("category", "supplier"):
        if reference in values:
            values[f"{reference}_id"] = values.pop(reference).pk
    with tenancy.scope(organization.id):
        return products.create(acting_as=SYSTEM, values={"sku": unique("SKU"), "name": unique("Product"), **values})

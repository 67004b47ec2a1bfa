"""A small shop for tests: an organisation with stores, products and a signed-in member."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rest_framework.test import APIClient

from accounts.models import Membership, Organization
from catalog.models import Product
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Access, Role
from stock.models import Stock
from stores.models import Store
from tests.factories.accounts import api_client, build_member, build_organization, build_token


@dataclass
class Shop:
    """One organisation: `stores` and `products` in order, `client` signed in as its admin."""

    organization: Organization
    stores: list[Store]
    products: list[Product]
    admin: Membership
    client: APIClient

    def on_hand(self, store: int = 0, product: int = 0) -> Decimal:
        """What the balance says, read from the database."""
        with tenancy.scope(self.organization.id):
            row = Stock.objects.filter(store=self.stores[store], product=self.products[product]).first()
        return row.on_hand if row else Decimal(0)

    def client_for(self, role: str, **member: Any) -> APIClient:
        return api_client(build_token(build_member(self.organization, role, **member)))

    def movement(self, kind: str, quantity: Any, store: int = 0, product: int = 0, **more: Any) -> dict[str, Any]:
        """A body for POST /api/stock-movements/."""
        return {
            "store": self.stores[store].id,
            "product": self.products[product].id,
            "movement_type": kind,
            "quantity": quantity,
            **more,
        }

    def post(self, kind: str, quantity: Any, store: int = 0, product: int = 0, **more: Any) -> Any:
        """Submit one movement and wait until it is final."""
        body = self.movement(kind, quantity, store, product, **more)
        return self.client.post("/api/stock-movements/", body, format="json", HTTP_PREFER="wait=5")

    def access(self, **values: Any) -> Access:
        """The admin's access, for calling services directly."""
        given = {"role": Role.ADMIN, "sees_costs": True, **values}
        return Access(
            user_id=self.admin.user_id, username=self.admin.user.username, organization_id=self.organization.id, **given
        )


def build_shop(stores: int = 2, products: int = 2, zone: str = "UTC", **organization: Any) -> Shop:
    """Its stores are where the tests' clock is: "today" is one day for both, at any hour and in summer and winter.

    What a time zone changes is shown by tests that name one.
    """
    owner = build_organization(**organization)
    with tenancy.scope(owner.id):
        places = [
            Store.objects.create(organization=owner, code=f"S{n}", name=f"Store {n}", time_zone=zone)
            for n in range(1, stores + 1)
        ]
        things = [
            Product.objects.create(
                organization=owner,
                sku=f"SKU-{n}",
                name=f"Product {n}",
                unit_cost=Decimal("2.50"),
                sale_price=Decimal("4.00"),
                reorder_level=Decimal(5),
            )
            for n in range(1, products + 1)
        ]
    admin = build_member(owner, "admin")
    return Shop(owner, places, things, admin, api_client(build_token(admin)))

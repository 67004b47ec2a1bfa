"""Stores for tests."""

from __future__ import annotations

from typing import Any

from accounts.models import Organization
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import SYSTEM
from stores.models import Store
from stores.services import stores
from tests.factories.accounts import unique


def build_store(organization: Organization, **values: Any) -> Store:
    values = {"code": unique("S"), "name": unique("Store"), **values}
    with tenancy.scope(organization.id):
        return stores.create(acting_as=SYSTEM, values=values)

"""A new shop: one organisation, one store, and a login for the day the shop wants the web."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from accounts.selectors import credentials, organizations
from accounts.services import registration
from inventory_project.kernel import places, tenancy
from inventory_project.kernel.access import Actor
from inventory_project.kernel.errors import InvalidInput
from stores.services import stores


@dataclass(frozen=True, slots=True)
class NewShop:
    organization: str
    store: str
    code: str
    username: str
    password: str

    def sentences(self) -> str:
        return (
            f'Made the organization "{self.organization}" with the store "{self.store}" (code {self.code}).\n'
            f"Its admin's login, for when you run `manage.py up`: {self.username}, password {self.password}\n"
            "The password is shown this once."
        )


def make(*, organization: str, store: str, time_zone: str, currency: str, acting_as: Actor) -> NewShop:
    """Raises InvalidInput naming the option, AlreadyExists."""
    _check(organization, store, time_zone, currency)
    username = f"{slugify(organization)[:40] or 'shop'}-admin"
    password = secrets.token_urlsafe(12)
    user = registration.register(
        organization=organization,
        username=username,
        email="",
        password=password,
        request_id=acting_as.request_id,
        time_zone=time_zone,
        currency=currency,
    )
    code = slugify(store).upper()[:40] or "SHOP"
    [membership] = credentials.list_memberships(user_id=user.pk)
    with tenancy.scope(membership.access.organization_id, durable=True):
        stores.create(acting_as=acting_as, values={"code": code, "name": store})
    return NewShop(organization, store, code, username, password)


def _check(organization: str, store: str, time_zone: str, currency: str) -> None:
    wrong: dict[str, Any] = {}
    for name, value in {"organization": organization, "store": store}.items():
        if not value.strip() or len(value) > 120 or not value.isprintable():
            wrong[name] = ["A name of 1 to 120 characters is needed."]
    if organization.lower() in {each.name.lower() for each in organizations.every()}:
        wrong["organization"] = [f"There is an organization {organization} already."]
    if not places.is_time_zone(time_zone):
        wrong["time-zone"] = ["A name such as Europe/Madrid is needed."]
    if not places.is_currency(currency):
        wrong["currency"] = ["A code such as EUR is needed."]
    if wrong:
        raise InvalidInput(fields=wrong)

"""A new shop: an organisation with its first store and a login for the day it wants the web; or one more store."""

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

MY_SHOP = "My shop"


@dataclass(frozen=True, slots=True)
class NewShop:
    """What was made. The login is None where only a store was added."""

    organization: str
    store: str
    code: str
    username: str | None = None
    password: str | None = None

    def sentences(self) -> str:
        if self.username is None:
            return f'Added the store "{self.store}" (code {self.code}) to "{self.organization}".'
        return (
            f'Made the organisation "{self.organization}" with the store "{self.store}" (code {self.code}).\n'
            f"The admin's login, for when you run `manage.py up`: {self.username}, password {self.password}\n"
            "The password is shown this once."
        )


def make(*, organization: str | None, store: dict[str, Any], currency: str | None, acting_as: Actor) -> NewShop:
    """Make the organisation unless it exists, and open the store (name, kind, time_zone) in it.

    Raises InvalidInput naming the option, AlreadyExists.
    """
    known = organizations.every()
    name = organization or (known[0].name if len(known) == 1 else MY_SHOP)
    _check(name, store, currency)
    found = next((each for each in known if name.lower() in (each.name.lower(), each.slug)), None)
    if found is None:
        return _make_all(name, store, currency or "USD", acting_as)
    return NewShop(found.name, store["name"], _open(found.pk, store, acting_as))


def _make_all(name: str, store: dict[str, Any], currency: str, acting_as: Actor) -> NewShop:
    username = f"{slugify(name)[:40] or 'shop'}-admin"
    password = secrets.token_urlsafe(12)
    user = registration.register(
        organization=name,
        username=username,
        email="",
        password=password,
        request_id=acting_as.request_id,
        time_zone=store["time_zone"] or "UTC",
        currency=currency,
    )
    [membership] = credentials.list_memberships(user_id=user.pk)
    code = _open(membership.access.organization_id, store, acting_as)
    return NewShop(name, store["name"], code, username, password)


def _open(organization_id: int, store: dict[str, Any], acting_as: Actor) -> str:
    """The new store's code: its name in capitals."""
    code = slugify(store["name"]).upper()[:40] or "SHOP"
    values = {name: value for name, value in store.items() if value is not None}
    with tenancy.scope(organization_id, durable=True):
        stores.create(acting_as=acting_as, values={"code": code, **values})
    return code


def _check(organization: str, store: dict[str, Any], currency: str | None) -> None:
    wrong: dict[str, Any] = {}
    for name, value in {"organization": organization, "store": store["name"]}.items():
        if not value.strip() or len(value) > 120 or not value.isprintable():
            wrong[name] = ["A name of 1 to 120 characters is needed."]
    if store["time_zone"] is not None and not places.is_time_zone(store["time_zone"]):
        wrong["time-zone"] = ["A name such as Europe/Madrid is needed."]
    if currency is not None and not places.is_currency(currency):
        wrong["currency"] = ["A code such as EUR is needed."]
    if wrong:
        raise InvalidInput(fields=wrong)

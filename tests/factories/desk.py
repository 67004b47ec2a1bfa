"""Browsers at the admin site for tests: signed in as a member, without the cost of a password."""

from __future__ import annotations

from typing import Any

from django.forms import MultipleChoiceField
from django.test import Client

from accounts.api.auth_views import MODEL_BACKEND
from accounts.api.authentication import SESSION_ORGANIZATION
from accounts.models import Membership, Organization, User
from inventory_project.kernel import tenancy
from tests.factories.accounts import build_member, build_user
from tests.factories.forecasting import forecast
from tests.factories.purchases import arrive, ordered
from tests.factories.reservations import book, reserve
from tests.factories.stock import Shop, build_shop


def desk_client(membership: Membership, **options: Any) -> Client:
    """A browser signed in as this member of its organisation."""
    client = Client(**options)
    client.force_login(membership.user, backend=MODEL_BACKEND)
    session = client.session
    session[SESSION_ORGANIZATION] = membership.organization_id
    session.save()
    return client


def manager_client(organization: Organization, role: str = "manager", **member: Any) -> Client:
    return desk_client(build_member(organization, role, **member))


def build_operator(**values: Any) -> User:
    return build_user(is_superuser=True, **values)


def busy_shop(**values: Any) -> Shop:
    """A shop with something in every list: stock, sales, a rejected movement, low and empty balances, papers, a
    reservation, goods on hold, and forecasts."""
    shop = build_shop(**values)
    shop.post("IN", 50)
    shop.post("OUT", 8)
    shop.post("IN", 4, product=1)
    shop.post("OUT", 500, product=1)
    shop.post("IN", 3, store=1)
    shop.post("OUT", 3, store=1)
    reserve(shop, {0: 2}, reference="WEB-1")
    assert book(shop, "hold", {0: 1}).status_code == 201
    add_papers(shop)
    forecast(shop)
    return shop


def add_papers(shop: Shop) -> None:
    """A drafted transfer, a planned count, an order of which a unit came and was handed back at the door, a mailed list
    that is off, and a webhook with a test on its way: nothing of it moves stock."""
    ends = {"from_store": shop.stores[0].id, "to_store": shop.stores[1].id}
    lines = [{"product": shop.products[0].id, "quantity": 1}]
    count = {"store": shop.stores[1].id, "kind": "spot", "name": "Shelf", "products": [shop.products[0].id]}
    for path, body in (("transfers", {**ends, "lines": lines}), ("counts", count)):
        assert shop.client.post(f"/api/{path}/", body, format="json").status_code == 201
    arrive(shop, ordered(shop, {0: 5}), {0: {"rejected": 1}}, delivery_note="L-1")
    setting = {"is_on": False, "hour": 7, "emails": ["office@example.com"]}
    assert shop.client.put(f"/api/mailings/{shop.stores[1].id}/", setting, format="json").status_code == 200
    assert shop.client.put("/api/mailings/schedule/?kind=restock", {"at": "06:30"}).status_code == 200
    hook = {"url": "https://receiver.example/hook", "description": shop.organization.name}
    made = shop.client.post("/api/webhooks/", hook, format="json").json()
    assert shop.client.post(f"/api/webhooks/{made['id']}/test/").status_code == 202


def first_movement(shop: Shop, **lookup: Any) -> Any:
    """The oldest movement that matches."""
    from stock.models import StockMovement

    with tenancy.scope(shop.organization.id):
        return StockMovement.objects.filter(**lookup).order_by("id").first()


def filled(answer: Any, **changes: Any) -> dict[str, Any]:
    """A form as the browser would send it back: what it shows, the inlines' counters, and the changes."""
    form = answer.context["adminform"].form
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = form[name].value()
        data[name] = ([] if isinstance(field, MultipleChoiceField) else "") if value is None else value
    for inline in answer.context["inline_admin_formsets"]:
        counters = inline.formset.management_form
        data |= {f"{inline.formset.prefix}-{name}": counters[name].value() for name in counters.fields}
    return {name: value for name, value in {**data, **changes}.items() if value is not False}

"""A new organisation with its first admin; new people."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts.models import Membership, Organization, User
from accounts.services import passwords
from audit import services as audit
from inventory_project.kernel import sql, tenancy
from inventory_project.kernel.access import Actor, Role
from inventory_project.kernel.errors import InvalidInput

SLUG_TRIES = 5


def register(
    *,
    organization: str,
    username: str,
    email: str,
    password: str,
    request_id: str,
    first_name: str = "",
    last_name: str = "",
    time_zone: str = "UTC",
    currency: str = "USD",
) -> User:
    """Create an organisation and the person who runs it, as its admin."""
    user = new_person(username=username, email=email, first_name=first_name, last_name=last_name, password=password)
    organization_id = sql.rows("SELECT nextval('accounts_organization_id_seq') AS id", {})[0]["id"]
    with tenancy.scope(organization_id, durable=True):
        created = _create_organization(organization_id, name=organization, time_zone=time_zone, currency=currency)
        save_new(user)
        Membership.objects.create(organization=created, user=user, role=Role.ADMIN, sees_costs=True)
        audit.record(
            "accounts.organization.registered",
            acting_as=Actor(user_id=user.pk, label=user.username, request_id=request_id),
            object_type="organization",
            object_id=created.pk,
            object_label=created.name,
            after={"name": created.name, "slug": created.slug, "time_zone": time_zone, "currency": currency},
        )
    return user


def new_person(*, password: str, **names: str) -> User:
    """A person with an acceptable password, hashed before any transaction is open; not stored yet."""
    user = User(**names)
    passwords.require_acceptable(password, user=user)
    user.set_password(password)
    return user


def save_new(user: User) -> None:
    """Store a new person. Raises InvalidInput when the username is taken, in whatever case."""
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise InvalidInput(fields={"username": ["This username is taken."]}) from error


def _create_organization(organization_id: int, **values: Any) -> Organization:
    """Slugs are unique in the installation, and other organisations' rows are invisible: try, then add a suffix."""
    slug = slugify(values["name"])[:70] or "organization"
    for _ in range(SLUG_TRIES):
        try:
            with transaction.atomic():
                return Organization.objects.create(id=organization_id, slug=slug, **values)
        except IntegrityError:
            slug = f"{slug[:70]}-{secrets.token_hex(3)}"
    raise InvalidInput(fields={"organization": ["This name is in use too often. Choose another."]})

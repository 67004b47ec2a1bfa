"""Who stands at the counter: the organisation, the rights, and the clock of one run of the command."""

from __future__ import annotations

import getpass
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from accounts.models import Organization
from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import Access, Actor, Role
from stores.models import Store

NOBODY = 0


@dataclass(frozen=True, slots=True)
class Counter:
    """Whoever may run the command may read the database's password beside it: every store, every cost."""

    organization: Organization
    access: Access
    actor: Actor

    @classmethod
    def of(cls, organization: Organization) -> Counter:
        actor = operator()
        access = Access(
            user_id=NOBODY,
            username=actor.label,
            organization_id=organization.pk,
            role=Role.ADMIN,
            sees_costs=True,
        )
        return cls(organization, access, actor)

    @contextmanager
    def reading(self) -> Iterator[None]:
        with tenancy.scope(self.organization.pk):
            yield


def operator() -> Actor:
    """The log's name for the person at the keyboard."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        name = "unknown"
    return Actor(user_id=None, label=f"command line: {name}", request_id=f"cli-{secrets.token_hex(6)}")


def instant(given: str | datetime | None, store: Store) -> datetime | None:
    """The typed time: a time of day is today's, and what has no offset is meant on the store's clock."""
    if given is None:
        return None
    zone = ZoneInfo(store.time_zone)
    if isinstance(given, str):
        given = datetime.combine(clock.now().astimezone(zone).date(), time.fromisoformat(given))
    return given if given.tzinfo else given.replace(tzinfo=zone)

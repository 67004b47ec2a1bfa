"""Platform operators: people who run the installation and belong to no organisation.

An operator enters an organisation for a stated reason and a limited time, and the organisation's own log says so.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.errors import InvalidCredentials
from accounts.models import User
from accounts.services import registration, sign_in
from audit import services as audit
from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import SYSTEM, Access, Actor, Role

LONGEST_VISIT = timedelta(minutes=60)


def create(*, username: str, password: str, email: str = "") -> User:
    """A new operator. Raises InvalidInput naming `username` or `password`."""
    user = registration.new_person(username=username, email=email, password=password)
    user.is_superuser = True
    registration.save_new(user)
    audit.record_platform(
        "platform.operator.created", acting_as=SYSTEM, object_type="user", object_id=user.pk, object_label=username
    )
    return user


def check_password(*, username: str, password: str, address: str, request_id: str) -> User:
    """The operator with this name and password. Everybody else is answered like a wrong password."""
    user = sign_in.check_password(username=username, password=password, address=address, request_id=request_id)
    actor = Actor(user_id=user.pk, label=user.username, request_id=request_id)
    what = "signed_in" if user.is_superuser else "refused"
    audit.record_platform(
        f"platform.operator.{what}",
        acting_as=actor,
        object_type="user",
        object_id=user.pk,
        object_label=user.username,
        detail={"address": address},
    )
    if not user.is_superuser:
        raise InvalidCredentials()
    return user


def access_of(user: User, organization_id: int) -> Access:
    """An operator's rights while he visits: those of an admin, under a name that says who he is."""
    return Access(
        user_id=user.pk,
        username=f"operator {user.username}",
        organization_id=organization_id,
        role=Role.ADMIN,
        sees_costs=True,
    )


def enter(*, user: User, organization_id: int, reason: str, may_write: bool, request_id: str) -> datetime:
    """Begin a visit; when it ends. The organisation's log keeps the reason before anything is shown."""
    until = clock.now() + LONGEST_VISIT
    with tenancy.scope(organization_id, durable=True):
        _record(
            "entered",
            access_of(user, organization_id).actor(request_id),
            {"reason": reason, "until": until.isoformat(), "may_write": may_write},
        )
    return until


def leave(*, user: User, organization_id: int, request_id: str) -> None:
    """End a visit."""
    with tenancy.scope(organization_id, durable=True):
        _record("left", access_of(user, organization_id).actor(request_id), {})


def note_request(*, actor: Actor, method: str, path: str) -> None:
    """Keep one page that an operator opened or sent, in the log of the organisation he visits."""
    verb = "viewed" if method in ("GET", "HEAD", "OPTIONS") else "acted"
    _record(verb, actor, {"method": method, "path": path[:300]})


def _record(verb: str, actor: Actor, detail: dict[str, object]) -> None:
    audit.record(
        f"platform.operator.{verb}",
        acting_as=actor,
        object_type="operator",
        object_id=str(actor.user_id),
        object_label=actor.label,
        detail=detail,
    )

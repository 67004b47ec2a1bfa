"""A platform operator's part of the session: that he is one, and which organisation he visits until when."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from accounts.api.authentication import SESSION_ORGANIZATION, SESSION_TOKEN
from accounts.models import User
from accounts.services import operators
from inventory_project.desk.session import Desk, Visit
from inventory_project.kernel import clock
from inventory_project.kernel.request_context import request_id

OPERATOR = "operator"
VISIT = "operator_visit"


def begin(request: HttpRequest) -> None:
    """Make the session an operator's. What it was before, a member's, ends."""
    for name in (SESSION_ORGANIZATION, SESSION_TOKEN, VISIT):
        request.session.pop(name, None)
    request.session[OPERATOR] = True


def end(request: HttpRequest) -> None:
    """Make the session an ordinary one."""
    for name in (OPERATOR, VISIT):
        request.session.pop(name, None)


def is_operator(request: HttpRequest) -> bool:
    """True for an operator's session whose owner still is one."""
    user = request.user
    return bool(request.session.get(OPERATOR) and user.is_authenticated and user.is_active and user.is_superuser)


def _operator(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def visit(request: HttpRequest, *, organization_id: int, name: str, reason: str, may_write: bool) -> None:
    """Enter an organisation; its log knows before the operator sees anything."""
    until = operators.enter(
        user=_operator(request),
        organization_id=organization_id,
        reason=reason,
        may_write=may_write,
        request_id=request_id(),
    )
    request.session[VISIT] = {
        "organization": organization_id,
        "name": name,
        "reason": reason,
        "may_write": may_write,
        "until": until.isoformat(),
    }


def find_desk(request: HttpRequest) -> Desk | None:
    """The desk of the present visit; None when there is none or its time is over."""
    kept = request.session.get(VISIT)
    if kept is None:
        return None
    until = datetime.fromisoformat(kept["until"])
    if until <= clock.now():
        return None
    access = operators.access_of(_operator(request), kept["organization"])
    return Desk(access, kept["name"], Visit(kept["reason"], until, kept["may_write"]))


def leave(request: HttpRequest) -> str:
    """End the visit, if there is one; where to go now."""
    kept = request.session.pop(VISIT, None)
    if kept is not None:
        operators.leave(user=_operator(request), organization_id=kept["organization"], request_id=request_id())
    return reverse("operator-choose")

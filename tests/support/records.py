"""What tests of versioned records share: callers of each role, and answers compared without their request id."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections
from rest_framework.test import APIClient

from accounts.models import Organization
from inventory_project.kernel import tenancy
from tests.factories.accounts import api_client, build_member, build_token


def caller(organization: Organization, role: str = "admin", **member: Any) -> APIClient:
    """A client that calls as a new member of this role."""
    return api_client(build_token(build_member(organization, role, **member)))


def sameness(answer: Any) -> tuple[int, dict[str, Any]]:
    """Status and body without the request id: what must be alike for foreign and missing ids."""
    return answer.status_code, {key: value for key, value in answer.json().items() if key != "request_id"}


def actions(organization: Organization, object_type: str, object_id: int | str) -> list[str]:
    """The log of one record, oldest first."""
    return [entry.action for entry in entries(organization, object_type, object_id)]


def entries(organization: Organization, object_type: str, object_id: int | str) -> list[Any]:
    from audit.models import AuditEntry

    with tenancy.scope(organization.id):
        found = AuditEntry.objects.filter(object_type=object_type, object_id=str(object_id))
        return list(found.order_by("sequence"))


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls in threads that start together, each on its own connection; their answers in order."""
    gate = threading.Barrier(len(calls))
    answers: list[Any] = [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            gate.wait()
            answers[place] = call()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers

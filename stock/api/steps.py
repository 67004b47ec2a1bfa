"""What the steps of transfers, orders and reservations share over HTTP: how they are described, read and answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_project.api import versions
from inventory_project.api.idempotency import IDEMPOTENCY_KEY
from inventory_project.kernel.access import Access, Actor
from stock.services.step_keys import Answer

UUID_PATTERN = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
ID = OpenApiParameter("id", OpenApiTypes.UUID, OpenApiParameter.PATH)
Form = serializers.Serializer[Any]


def step(summary: str, body: type[Form], description: str = "", *, answers: type[Form]) -> Callable[[Any], Any]:
    """One step in the API's description."""
    return extend_schema(
        summary=summary,
        description=description or None,
        parameters=[ID, IDEMPOTENCY_KEY],
        request=body,
        responses=answers,
    )


class TakesSteps:
    """The part of a viewset whose records take steps. `step_line` is what the lines of a step become."""

    step_line: ClassVar[Callable[..., Any]]
    request: Request
    access: Access
    actor: Actor

    def _said(self, body: type[Form]) -> dict[str, Any]:
        """What the caller sent; no lines are all of them. Raises ValidationError."""
        said = checked(body(data=self.request.data))
        if "lines" in body().fields:
            given = said.pop("lines", None)
            said["lines"] = None if given is None else [type(self).step_line(**line) for line in given]
        return said

    def _caller(self) -> dict[str, Any]:
        return {"access": self.access, "acting_as": self.actor}


def checked(form: Form) -> dict[str, Any]:
    """The form's values. Raises ValidationError, the rows at fault by their number."""
    if form.is_valid():
        return dict(form.validated_data)
    errors = dict(form.errors)
    lines = errors.get("lines")
    if isinstance(lines, dict):
        errors["lines"] = {str(name + 1) if isinstance(name, int) else name: row for name, row in lines.items()}
    raise ValidationError(errors)


def drafted(answer: Answer) -> Response:
    """The papers that a decision became."""
    if answer.replayed:
        return Response(answer.body, headers={"Idempotency-Replayed": "true"})
    return Response(answer.body, status=201)


def answered(answer: Answer, *, made_at: str = "") -> Response:
    """A step's answer with its version; `made_at` is the address under which a new record is found."""
    headers = {"ETag": versions.etag(answer.body["version"])}
    if answer.replayed:
        return Response(answer.body, headers={**headers, "Idempotency-Replayed": "true"})
    if not made_at:
        return Response(answer.body, headers=headers)
    return Response(answer.body, status=201, headers={**headers, "Location": f"{made_at}{answer.body['id']}/"})

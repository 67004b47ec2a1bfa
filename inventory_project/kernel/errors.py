"""Every way the product says no: one small class each, with a code, a status and the fields at fault."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar


class DomainError(Exception):
    """A refusal the caller can act on. Rendered as {code, detail, fields, request_id} by the HTTP kit."""

    code: ClassVar[str] = "invalid"
    status: ClassVar[int] = 400
    default_detail: ClassVar[str] = "The request cannot be carried out."

    def __init__(
        self,
        detail: str | None = None,
        *,
        fields: Mapping[str, Any] | None = None,
        retry_after: float | None = None,
    ) -> None:
        self.detail = detail or self.default_detail
        self.fields: dict[str, Any] = dict(fields or {})
        self.retry_after = retry_after
        super().__init__(self.detail)


class InvalidInput(DomainError):
    """The request is understood and wrong; `fields` names each wrong field."""

    code = "invalid"
    default_detail = "Some fields are not valid."


class NotFound(DomainError):
    """The object does not exist for this caller; foreign and missing ids answer alike."""

    code = "not_found"
    status = 404
    default_detail = "Not found."


class PermissionRefused(DomainError):
    """The caller is known and lacks the right."""

    code = "permission_denied"
    status = 403
    default_detail = "You do not have permission to do this."


class Conflict(DomainError):
    """The request contradicts the present state."""

    code = "conflict"
    status = 409
    default_detail = "The request conflicts with the present state."


class AlreadyExists(Conflict):
    """Another record of the organisation already uses a value that must be unique; `fields` names it."""

    code = "already_exists"
    default_detail = "Another record already uses these values."


class InUse(Conflict):
    """Other records refer to this one."""

    code = "in_use"
    default_detail = "The record is in use."


class ChangedMeanwhile(Conflict):
    """Two changes met in the same moment; the other one was first, and nothing of this one was kept."""

    code = "changed_meanwhile"
    default_detail = "This record was changed by someone else in the same moment. Read it again and repeat your change."


class StaleVersion(DomainError):
    """The object changed since the caller read it (lost-update guard)."""

    code = "stale_version"
    status = 412
    default_detail = "This record was changed by someone else since you read it. Read it again and repeat your change."


class Unavailable(DomainError):
    """A needed service does not answer; trying again later is safe."""

    code = "unavailable"
    status = 503
    default_detail = "The service is briefly unavailable. Try again."


class NoOrganization(RuntimeError):
    """A tenant table was touched outside `tenancy.scope(...)`: a programming error, never shown to a caller."""

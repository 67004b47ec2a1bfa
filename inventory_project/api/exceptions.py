"""One error shape for every refusal: {code, detail, fields, request_id}."""

from __future__ import annotations

import logging
import math
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views import defaults
from rest_framework import exceptions, status
from rest_framework.response import Response

from inventory_project.kernel.errors import DomainError
from inventory_project.kernel.request_context import request_id

logger = logging.getLogger(__name__)

CHALLENGE = 'Token realm="onhand"'
AUTHORIZATION = "Authorization: Token <secret>"
UNIQUE_VIOLATION = "23505"
FOREIGN_KEY_VIOLATION = "23503"
READ_ONLY = "25006"  # a standby, or a primary that an operator holds still


def body(code: str, detail: str, fields: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"code": code, "detail": detail, "fields": fields or {}, "request_id": request_id()}


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. An unknown exception stays unknown: Django logs it once and answers 500."""
    if isinstance(error, DomainError):
        return _domain(error)
    if isinstance(error, exceptions.APIException):
        return _rest_framework(error, context.get("view"))
    if isinstance(error, Http404):
        return Response(body("not_found", "Not found."), status=404)
    if isinstance(error, PermissionDenied):
        return Response(body("permission_denied", "You do not have permission to do this."), status=403)
    if isinstance(error, RequestDataTooBig):
        return Response(body("body_too_large", "The request body is too large."), status=413)
    if isinstance(error, DatabaseError | InterfaceError):
        return _database(error)
    if isinstance(error, UnicodeEncodeError):
        return Response(body("invalid", "The text holds characters that cannot be stored."), status=400)
    return None


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such path: the same shape under /api/, Django's page elsewhere."""
    if request.path.startswith("/api/"):
        return JsonResponse(body("not_found", "Not found."), status=404)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """An unknown exception, already logged once with the request's id."""
    if request.path.startswith("/api/"):
        answer = body("server_error", "Something went wrong here. The request id helps to find out what.")
        return JsonResponse(answer, status=500)
    return defaults.server_error(request)


def _domain(error: DomainError) -> Response:
    headers = {"Retry-After": str(math.ceil(error.retry_after))} if error.retry_after is not None else {}
    if error.status == status.HTTP_401_UNAUTHORIZED:
        headers["WWW-Authenticate"] = CHALLENGE
    return Response(body(error.code, error.detail, error.fields), status=error.status, headers=headers)


def _rest_framework(error: exceptions.APIException, view: Any = None) -> Response:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(math.ceil(error.wait))
    if isinstance(error, exceptions.ValidationError):
        fields = error.detail if isinstance(error.detail, dict) else {"non_field_errors": error.detail}
        return Response(body("invalid", "Some fields are not valid.", fields), status=400)
    codes = {"parse_error": "malformed", "throttled": "rate_limited", "method_not_allowed": "method_not_allowed"}
    code = codes.get(error.default_code, error.default_code)
    return Response(body(code, _next_step(error, view)), status=error.status_code, headers=headers)


def _next_step(error: exceptions.APIException, view: Any) -> str:
    """What is wrong, and what to send instead, where the framework's words stop short of it."""
    if isinstance(error, exceptions.NotAuthenticated):
        return f"{error.detail} Send the header {AUTHORIZATION}."
    if isinstance(error, exceptions.MethodNotAllowed) and view is not None:
        allowed = ", ".join(method for method in view.allowed_methods if method != "OPTIONS")
        return f"{error.detail} Allowed here: {allowed}."
    if isinstance(error, exceptions.UnsupportedMediaType) and view is not None:
        readable = " or ".join(parser.media_type for parser in view.parser_classes)
        return f"{error.detail} Send Content-Type: {readable}."
    return str(error.detail)


def _database(error: Exception) -> Response | None:
    sqlstate = getattr(error.__cause__, "sqlstate", "") or ""
    if isinstance(error, IntegrityError) and sqlstate == UNIQUE_VIOLATION:
        return Response(body("already_exists", "Another record already uses these values."), status=409)
    if isinstance(error, IntegrityError) and sqlstate == FOREIGN_KEY_VIOLATION:
        answer = body("in_use", "The record is referred to, or refers to something that does not exist.")
        return Response(answer, status=409)
    if isinstance(error, DataError):
        return Response(body("invalid", "A value cannot be stored."), status=400)
    if isinstance(error, OperationalError | InterfaceError) or sqlstate == READ_ONLY:
        logger.warning("database unavailable", extra={"error": str(error), "sqlstate": sqlstate})
        answer = body("unavailable", "The service is briefly unavailable. Try again.")
        return Response(answer, status=status.HTTP_503_SERVICE_UNAVAILABLE, headers={"Retry-After": "1"})
    return None

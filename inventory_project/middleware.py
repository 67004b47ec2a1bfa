"""What every request passes on its way in and out."""

from __future__ import annotations

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse

from inventory_project.api.exceptions import TRY_AGAIN, unavailable
from inventory_project.kernel import request_context

GetResponse = Callable[[HttpRequest], HttpResponse]

# Swagger UI and the admin site style their elements inline; scripts must come from our own files.
# The admin site's interface library (Alpine) evaluates the expressions in its templates; no script there is inline.
SCRIPT_EXCEPTIONS = {"/admin": " 'unsafe-eval'", "/operator": " 'unsafe-eval'"}
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'{extra}; "
    "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
)


class RequestContext:
    """Gives the request its id, echoes it, and answers 503 when the database is away."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = request_context.begin(request.headers.get("X-Request-ID"))
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        return JsonResponse(unavailable(), status=503, headers=TRY_AGAIN)


class ContentSecurityPolicy:
    """A strict policy everywhere but one exception of the admin site. Answers of the API are kept nowhere."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        extra = next((more for start, more in SCRIPT_EXCEPTIONS.items() if request.path.startswith(start)), "")
        response.headers.setdefault("Content-Security-Policy", POLICY.format(extra=extra))
        if request.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

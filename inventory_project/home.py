"""The page at `/` while the dashboard is not built: what this is, and where to go on. And what is at no address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from inventory_project import dashboard
from inventory_project.api import exceptions

# Stricter than elsewhere: no script, nothing but our own style sheet and icon.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)


@require_safe
@cache_control(max_age=300)
def page(request: HttpRequest) -> HttpResponse:
    """The same for everybody, signed in or not."""
    answer = render(request, "home.html")
    answer["Content-Security-Policy"] = POLICY
    return answer


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such path: the dashboard's own page for who reads pages, the API's answer for who does not."""
    reads_pages = "text/html" in request.headers.get("Accept", "")
    if not reads_pages or not dashboard.is_built() or request.path.startswith(("/api/", "/admin/", "/static/")):
        return exceptions.page_not_found(request, exception)
    answer = HttpResponse((dashboard.folder() / "404.html").read_bytes(), status=404)
    answer["Content-Security-Policy"] = dashboard.policy("404.html")
    return answer

"""The page at `/`: what this is, and where to go on from here. It asks the database nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

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

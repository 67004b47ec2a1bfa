"""Prometheus metrics: every request by route, method and status, and how long it took.

Web processes and workers write their numbers to files in PROMETHEUS_MULTIPROC_DIR; one scrape adds them up.
"""

from __future__ import annotations

import hmac
import os
import time
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from inventory_project.api.exceptions import body
from inventory_project.middleware import GetResponse

REQUESTS = Counter("onhand_http_requests_total", "Requests served.", ["route", "method", "status"])
SECONDS = Histogram(
    "onhand_http_request_seconds",
    "Time to answer.",
    ["route", "method"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """Counts every request under its route, never under its path: ids would make a series each."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        route = _readable(match.route) if match else "unmatched"
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(route, method, str(response.status_code)).inc()
        SECONDS.labels(route, method).observe(time.perf_counter() - started)
        return response


def _readable(route: str) -> str:
    """A route's pattern without the signs of the regular expression around it."""
    return route.replace("^", "").replace("/?$", "").replace("$", "")


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """All processes' numbers, for callers on this machine or with the METRICS_TOKEN."""
    if not may_read(request):
        return JsonResponse(body("not_found", "Not found."), status=404)
    registry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def may_read(request: HttpRequest) -> bool:
    """A proxy on this machine also calls from loopback, so a forwarded request needs the token."""
    token = settings.METRICS_TOKEN
    if token and hmac.compare_digest(request.headers.get("Authorization", ""), f"Bearer {token}"):
        return True
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False

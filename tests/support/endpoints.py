"""Every endpoint the URL configuration serves, the admin site's apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

VERBS = ("get", "post", "put", "patch", "delete")
# The admin site and its operators' door: tests/admin walks them.
ADMIN_SITE = ("admin", "operator/")


@dataclass(frozen=True)
class Endpoint:
    """One method of one named route; `template` holds {id} where the route has a record's id."""

    name: str
    method: str
    template: str

    @property
    def key(self) -> tuple[str, str]:
        return self.name, self.method

    def path(self, record_id: Any = "", *, slash: bool = True) -> str:
        path = self.template.format(id=record_id)
        return path if slash or path == "/" else path.removesuffix("/")


def endpoints() -> list[Endpoint]:
    return [Endpoint(name, method, template) for name, template, view in routes() for method in methods_of(view)]


def routes() -> Iterator[tuple[str, str, Any]]:
    """Name, path template and view of every route."""
    for prefix, pattern in _walk(get_resolver()):
        if not prefix.startswith(ADMIN_SITE):
            yield pattern.name, "/" + _template(prefix), pattern.callback


def _walk(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, path)
        else:
            yield path, entry


def _template(pattern: str) -> str:
    """`stores/(?P<pk>[0-9]{1,18})/?$` -> `stores/{id}/`"""
    pattern = re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)", "{id}", pattern)
    return pattern.replace("^", "").replace("/?$", "/").replace("$", "").replace("\\", "").replace("\\Z", "")


def methods_of(view: Any) -> list[str]:
    if getattr(view, "actions", None):
        return [verb for verb in view.actions if verb in VERBS]
    if hasattr(view, "view_class"):
        allowed = view.view_initkwargs.get("http_method_names", VERBS)
        return [verb for verb in VERBS if hasattr(view.view_class, verb) and verb in allowed]
    return ["get"]  # plain functions here are health and metrics: require_safe

"""Asking one of our own addresses from inside: the same view with the same rights, filters and order, and no socket.

Files are made this way, so a file holds what the list shows to the one who asked, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import Resolver404, ResolverMatch, resolve

from inventory_project.kernel.access import Access
from inventory_project.kernel.errors import NotFound

# Parameters that say how a list is sent, and not which rows it has.
OF_THE_SENDING = ("format", "bom", "download", "cursor", "page_size")


class InnerRequest(HttpRequest):
    """A GET of ours for somebody whose rights are known already. Nobody outside can make one.

    `is_page` asks for one page of a file. `has_time` lifts the limit on what is written while somebody waits, and
    `on_rows` is told how many rows are written so far; what it raises ends the file.
    """

    def __init__(
        self,
        path: str,
        query: QueryDict,
        *,
        access: Access,
        is_page: bool = False,
        has_time: bool = False,
        on_rows: Callable[[int], None] | None = None,
    ) -> None:
        super().__init__()
        self.method = "GET"
        self.path = self.path_info = path
        self.GET = query  # type: ignore[assignment]
        self.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "QUERY_STRING": query.urlencode()}
        self.access = access
        self.is_page = is_page
        self.has_time = has_time
        self.on_rows = on_rows

    def get_host(self) -> str:
        """Links inside an answer to ourselves are read by ourselves only."""
        return "localhost"


class PageRefused(RuntimeError):
    """A later page was refused after the file had begun: it must not end as if it were whole."""

    def __init__(self, status: int, detail: str) -> None:
        self.status = status
        self.detail = detail
        super().__init__(f"a page of a file was answered {status}: {detail}")


@dataclass(frozen=True, slots=True)
class Offer:
    """A list or report that can be had as a file: its name, and the area of the token scope that reads it."""

    name: str
    area: str


def offer_of(path: str) -> Offer | None:
    """What the address offers as a file; None when there is no such address, or it is no list and no report."""
    try:
        view: Any = resolve(path).func
    except Resolver404:
        return None
    cls, actions = getattr(view, "cls", None), getattr(view, "actions", None)
    action = actions.get("get", "") if actions else "get"
    file = getattr(cls, "files", {}).get(action)
    return Offer(file.name, cls.scope_area) if cls is not None and file is not None else None


def ask(request: InnerRequest) -> HttpResponseBase:
    """The answer of the address, errors included. Raises NotFound when there is no such address."""
    try:
        match: ResolverMatch = resolve(request.path)
    except Resolver404 as error:
        raise NotFound() from error
    request.resolver_match = match
    answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return answer


def without_sending(query: QueryDict) -> QueryDict:
    """The parameters that choose rows, columns and their order."""
    chosen = query.copy()
    for name in OF_THE_SENDING:
        chosen.pop(name, None)
    return chosen

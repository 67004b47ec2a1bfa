"""Asking one of our own addresses from inside: the same view with the same rights, filters and order, and no socket.

Files are made this way, so a file holds what the list shows to the one who asked, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import Resolver404, ResolverMatch, resolve

from inventory_project.kernel.access import Access
from inventory_project.kernel.errors import NotFound
from inventory_project.kernel.list_files import FileRefused, Making, Offer, Wish

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
        self.GET = query
        self.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "QUERY_STRING": query.urlencode()}
        self.access = access
        self.is_page = is_page
        self.has_time = has_time
        self.on_rows = on_rows

    def get_host(self) -> str:
        """Links inside an answer to ourselves are read by ourselves only."""
        return "localhost"


def ask(request: InnerRequest) -> Any:
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
    left = query.copy()
    for name in OF_THE_SENDING:
        left.pop(name, None)
    return left


def offer_of(path: str) -> Offer | None:
    """See kernel.list_files."""
    try:
        view: Any = resolve(path).func
    except Resolver404:
        return None
    cls, actions = getattr(view, "cls", None), getattr(view, "actions", None)
    action = actions.get("get", "") if actions else "get"
    file = getattr(cls, "files", {}).get(action)
    return Offer(file.name, cls.scope_area) if cls is not None and file is not None else None


def chosen(query: str) -> str:
    """See kernel.list_files."""
    return without_sending(QueryDict(query)).urlencode()


@contextmanager
def made(wish: Wish) -> Iterator[Making]:
    """See kernel.list_files."""
    query = QueryDict(wish.query, mutable=True)
    query["format"], query["download"] = wish.form, "true"
    if wish.has_mark:
        query["bom"] = "true"
    request = InnerRequest(wish.path, query, access=wish.access, has_time=True, on_rows=wish.on_rows)
    answer = ask(request)
    try:
        if answer.status_code != 200:
            raise FileRefused(answer.status_code, answer.data["detail"], answer.data["fields"])
        name = answer["Content-Disposition"].partition('filename="')[2].rstrip('"')
        yield Making(name, answer.streaming_content)
    finally:
        answer.close()

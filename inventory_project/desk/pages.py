"""Pages of the admin site that are no ModelAdmin: questions before an action, and tables Django's admin cannot list.

Django's admin refuses models with a composite primary key; a room shows such a model through a `TablePage`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import InvalidPage
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse

from inventory_project.desk.paging import NoCountPaginator
from inventory_project.desk.session import Desk, desk_of
from inventory_project.kernel.access import Role

ROWS_A_PAGE = 50
Column = tuple[str, Callable[[Any], Any]]


@dataclass(frozen=True, kw_only=True)
class TablePage:
    """A read-only table: `rows(desk, wanted)` are the visible rows in order, `wanted` what the filter form asks for."""

    room: str
    slug: str
    title: str
    rows: Callable[[Desk, dict[str, Any]], Any]
    columns: Callable[[Desk], Sequence[Column]]
    icon: str = "table_rows"
    place: int = 100
    explanation: str = ""
    read_role: Role = Role.MANAGER
    filters: type[forms.Form] | None = field(default=None)

    @property
    def name(self) -> str:
        return f"{self.room}_{self.slug.replace('-', '_')}"

    def __call__(self, request: HttpRequest) -> TemplateResponse:
        desk = desk_of(request)
        if not desk.may_read(self.read_role) or request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        form = self.filters(request.GET) if self.filters else None
        wanted = form.cleaned_data if form is not None and form.is_valid() else {}
        paginator = NoCountPaginator(self.rows(desk, wanted), ROWS_A_PAGE)
        try:
            page = paginator.page(request.GET.get("p", 1))
        except InvalidPage as error:
            raise Http404 from error
        columns = self.columns(desk)
        query = request.GET.copy()
        query.pop("p", None)
        context = {
            **admin.site.each_context(request),
            "title": self.title,
            "explanation": self.explanation,
            "filters": form,
            "table": {
                "headers": [title for title, _ in columns],
                "rows": [[cell(row) for _, cell in columns] for row in page.object_list],
            },
            "page": page,
            "query": query.urlencode(),
        }
        return TemplateResponse(request, "desk/table.html", context)


PAGES: list[TablePage] = []


def add(*pages: TablePage) -> None:
    """Put pages into the site's addresses and menu."""
    PAGES.extend(pages)


def ask(
    request: HttpRequest,
    *,
    title: str,
    form: forms.BaseForm,
    back: str,
    submit: str,
    facts: Iterable[tuple[str, Any]] = (),
    warning: str = "",
    template: str = "desk/ask.html",
    **more: Any,
) -> TemplateResponse:
    """A form before something happens; `facts` say what it happens to. Rendered at once: the caller's scope is open."""
    context = {
        **admin.site.each_context(request),
        "title": title,
        "form": form,
        "facts": list(facts),
        "back": back,
        "submit_text": submit,
        "warning": warning,
        **more,
    }
    answer = TemplateResponse(request, template, context, status=200 if not form.errors else 422)
    return answer.render()  # type: ignore[return-value]

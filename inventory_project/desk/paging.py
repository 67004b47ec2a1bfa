"""Pages without counting: one row more than the page is read, to know whether another page follows."""

from __future__ import annotations

from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import HttpRequest
from unfold.views import ChangeList

# Whoever needs to go deeper filters by date: an offset reads everything before it.
MOST_PAGES = 1000


class NoCountPage(Page):  # type: ignore[type-arg]
    def has_next(self) -> bool:
        return bool(self.paginator.has_more)  # type: ignore[attr-defined]


class NoCountChangeList(ChangeList):
    """Says nothing about how many rows there are in all."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_count = self.full_result_count = len(self.result_list)
        self.can_show_all = False


class NoCountPaginator(Paginator):  # type: ignore[type-arg]
    """`count` is a promise that there is a page, never a number to show."""

    template_name = "desk/pagination.html"
    count = 10**9  # type: ignore[assignment]
    has_more = False

    def validate_number(self, number: Any) -> int:
        chosen = super().validate_number(number)
        if chosen > MOST_PAGES:
            raise InvalidPage(f"Only the first {MOST_PAGES} pages are shown.")
        return chosen

    def page(self, number: Any) -> NoCountPage:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        rows = list(self.object_list[first : first + self.per_page + 1])
        self.has_more = len(rows) > self.per_page
        return NoCountPage(rows[: self.per_page], number, self)

"""Papers are found by the number people call them by."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.http import HttpRequest


class FoundByNumber:
    """A ModelAdmin whose search also takes `T-000123` or 123; `letters` stand before the number."""

    letters: ClassVar[str]
    number_field: ClassVar[str] = "number"

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        found, repeats = super().get_search_results(request, queryset, search_term)  # type: ignore[misc]
        match = re.fullmatch(rf"(?:{self.letters}-)?0*([0-9]{{1,9}})", search_term.strip(), re.IGNORECASE)
        if match is None:
            return found, repeats
        return found | queryset.filter(**{self.number_field: int(match[1])}), repeats

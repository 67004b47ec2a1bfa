"""CSV out: streamed, and safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from django.http import StreamingHttpResponse
from rest_framework.renderers import BaseRenderer

from inventory_project.kernel.csv_text import cell, lines
from inventory_project.kernel.json import plain

__all__ = ["CsvRenderer", "cell", "lines", "stream"]


class CsvRenderer(BaseRenderer):
    """Lets `?format=csv` be chosen; the view itself answers with `stream(...)`."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        """Only a refusal comes here: it keeps the one error shape and says that it is JSON."""
        if renderer_context:
            renderer_context["response"]["Content-Type"] = "application/json"
        return orjson.dumps(data, default=plain)


def stream(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, filename: str) -> StreamingHttpResponse:
    """A download that is written while it is read, whatever its length."""
    return StreamingHttpResponse(
        lines(columns, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )

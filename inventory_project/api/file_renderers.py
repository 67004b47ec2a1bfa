"""The forms a list can be asked for besides JSON. They let a form be chosen; the file itself is made by `files`."""

from __future__ import annotations

from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer

from inventory_project.kernel.json import plain

CSV, XLSX, JSON, PAGE = "csv", "xlsx", "json", "html"
MEDIA_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    JSON: "application/json",
}


class _FileRenderer(BaseRenderer):
    """Lets `?format=` be chosen. Only a refusal is rendered: it keeps the one error shape and says that it is JSON."""

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        if renderer_context:
            renderer_context["response"]["Content-Type"] = MEDIA_TYPES[JSON]
        # What is wrong with an item of a list is keyed by its number.
        return orjson.dumps(data, default=plain, option=orjson.OPT_NON_STR_KEYS)


class CsvRenderer(_FileRenderer):
    media_type = "text/csv"
    format = CSV
    charset = "utf-8"


class XlsxRenderer(_FileRenderer):
    media_type = MEDIA_TYPES[XLSX]
    format = XLSX
    charset = None


class PageRenderer(_FileRenderer):
    """Lets `?format=html` be chosen where a view makes a page to print; it answers with the page itself."""

    # Of our own, so that a browser which asks for any page gets JSON here as everywhere.
    media_type = "application/vnd.onhand.print+html"
    format = PAGE

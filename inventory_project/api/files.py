"""Every list and report as a file: `?format=csv`, `?format=xlsx`, or `?format=json&download=true`.

A view names its files (`files = {"list": File("stores")}`) and does nothing else for them. A file is made by asking the
view for its own pages, one after the other, with the caller's rights and parameters: so it holds what the list shows,
in the list's order. Each page is a transaction of its own: a slow reader holds nothing open, and memory holds a page.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any, ClassVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import orjson
from django.conf import settings
from django.http import QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.exceptions import ValidationError

from inventory_project.api import inner
from inventory_project.api.file_renderers import (
    CSV,
    JSON,
    MEDIA_TYPES,
    PAGE,
    XLSX,
    CsvRenderer,
    PageRenderer,
    XlsxRenderer,
)
from inventory_project.api.file_shapes import Row, Shape, Spread, figures, local, shape_of
from inventory_project.api.filters import flag
from inventory_project.api.inner import InnerRequest
from inventory_project.api.pagination import CURSOR_PARAM, MAX_PAGE_SIZE, SIZE_PARAM
from inventory_project.kernel import clock, csv_text, organizations, tenancy
from inventory_project.kernel.errors import DomainError
from inventory_project.kernel.json import plain
from inventory_project.kernel.list_files import FileRefused

BLOCK = 1 << 16
IN_THE_BACKGROUND = "POST /api/exports/ with this path makes the file in the background, or choose fewer rows."
DOWNLOAD_PARAM = "download"
MARK_PARAM = "bom"
# All rows at once are another thing than the page that `format=json` alone answers with.
JSON_FILE = "application/vnd.onhand.file+json"


class TooLongForFile(DomainError):
    """More rows than this kind of file takes, or than one may wait for; `fields` names the way on."""

    code = "too_many_rows"
    default_detail = "These are too many rows for this kind of file."


@dataclass(frozen=True, slots=True)
class File:
    """A list as a file. `row` is the serializer of its rows where it is not the view's own.

    `rows` is where the answer holds them; an answer without is a report of single figures. `spread` makes columns of
    the keys of inner objects, `rows_a_page` is less where a row is large.
    """

    name: str
    row: Any = None
    rows: str = "results"
    spread: dict[str, Spread] = field(default_factory=dict)
    rows_a_page: int = MAX_PAGE_SIZE


class Files:
    """The part of a view that offers its lists as files: `files` names them by action, or by `get` for a plain view.

    `printed` are the actions that also answer with a page to print, where `wants_page`.
    """

    files: ClassVar[dict[str, File]] = {}
    printed: ClassVar[tuple[str, ...]] = ()
    request: Any

    @property
    def file(self) -> File | None:
        """What this action offers as a file."""
        return self.files.get(self._offered_by)

    @property
    def prints(self) -> bool:
        """This action also makes a page to print."""
        return self._offered_by in self.printed

    @property
    def _offered_by(self) -> str:
        # A name no view has for something of its own: some have an `_answer`.
        return getattr(self, "action", None) or "get"

    @property
    def is_page_of_file(self) -> bool:
        """The answer is read for a file and not for a screen."""
        return getattr(getattr(self.request, "_request", self.request), "is_page", False)

    def file_row(self) -> Any:
        """The serializer of the file's rows, None when rows say themselves what they are."""
        assert self.file is not None
        if self.file.row is not None:
            return self.file.row()
        return self.get_serializer() if getattr(self, "serializer_class", None) else None  # type: ignore[attr-defined]

    def file_name(self, body: Row) -> str:
        """What the file is called, before whose it is and of which day."""
        assert self.file is not None
        return self.file.name

    def file_shape(self, body: Row, first: Row | None) -> Shape:
        """Columns and cells of the rows, from the first page."""
        assert self.file is not None
        return shape_of(self.file_row(), first, self.file.spread)

    def get_renderers(self) -> list[Any]:
        offered = [CsvRenderer(), XlsxRenderer()] if self.file is not None else []
        pages = [PageRenderer()] if self.prints else []
        return [*super().get_renderers(), *offered, *pages]  # type: ignore[misc]

    def get_throttles(self) -> list[Any]:
        """A file is one request, however many pages it takes."""
        if isinstance(getattr(self.request, "_request", self.request), InnerRequest):
            return []
        return super().get_throttles()  # type: ignore[misc,no-any-return]

    def wants_file(self) -> bool:
        if self.file is None or self.is_page_of_file or self.request.method not in ("GET", "HEAD"):
            return False
        if self.wants_page:
            return False
        return self.request.accepted_renderer.format != JSON or flag(self.request, DOWNLOAD_PARAM)

    @property
    def wants_page(self) -> bool:
        return bool(self.request.accepted_renderer.format == PAGE)

    def send_file(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Takes the handler's place when a file is asked for."""
        reading = Reading(self)
        if reading.refused is not None:
            return reading.refused
        return _sent(reading, request.accepted_renderer.format)


class Reading:
    """A list being read page by page. The first page is read at once, so that a refusal comes before the file."""

    def __init__(self, view: Any) -> None:
        self.view = view
        self.file: File = view.file
        asked = view.request
        outer = asked._request
        self.path = asked.path
        self.access = view.access
        self.has_time = getattr(outer, "has_time", False)
        self.ends_at = None if self.has_time else time.monotonic() + settings.EXPORT_DIRECT_SECONDS
        self.on_rows = getattr(outer, "on_rows", None)
        self.has_mark = flag(asked, MARK_PARAM)
        if self.has_mark and asked.accepted_renderer.format != CSV:
            raise ValidationError({MARK_PARAM: ["Only a CSV file has a byte order mark."]})
        self.query = inner.without_sending(asked.query_params)
        if getattr(view, "paginator", None) is not None or SIZE_PARAM in (view.query_parameters or ()):
            self.query[SIZE_PARAM] = str(self.file.rows_a_page)
        with tenancy.scope(self.access.organization_id):
            self.face = organizations.face()
        self.zone = ZoneInfo(self.face.time_zone)
        self.refused: HttpResponseBase | None = None
        answer = self._page(self.query)
        if answer.status_code != 200:
            self.refused = answer
            return
        self.body: Row = answer.data
        self.is_list = isinstance(self.body.get(self.file.rows), list)

    def _page(self, query: QueryDict) -> Any:
        return inner.ask(InnerRequest(self.path, query, access=self.access, is_page=True))

    def rows(self, most: int | None = None) -> Iterator[Row]:
        """Every row, as the list shows it. Raises TooLongForFile beyond `most` or its time, FileRefused."""
        body, count = self.body, 0
        while True:
            page = body[self.file.rows]
            count += len(page)
            if most is not None and count > most:
                raise too_long(most)
            yield from page
            if self.on_rows is not None:
                self.on_rows(count)
            cursor = QueryDict(urlsplit(body.get("next") or "").query).get(CURSOR_PARAM)
            if cursor is None:
                return
            self.go_on()
            query = self.query.copy()
            query[CURSOR_PARAM] = cursor
            answer = self._page(query)
            if answer.status_code != 200:
                raise FileRefused(answer.status_code, answer.data["detail"])
            body = answer.data

    def go_on(self) -> None:
        """Rights are those of the moment a file began, so it is not sent for hours. Raises TooLongForFile."""
        if self.ends_at is not None and time.monotonic() > self.ends_at:
            said = f"A file is sent for at most {settings.EXPORT_DIRECT_SECONDS} seconds. {IN_THE_BACKGROUND}"
            raise TooLongForFile(said, fields={"format": [IN_THE_BACKGROUND]})

    def table(self, most: int | None = None) -> tuple[list[str], Iterator[list[Any]]]:
        """Columns, and the cells of every row."""
        if not self.is_list:
            found = figures(self.body, self.view.file_row())
            return ["figure", "value"], ([name, local(value, self.zone)] for name, value in found)
        page = self.body[self.file.rows]
        shape: Shape = self.view.file_shape(self.body, page[0] if page else None)
        return shape.columns, ([local(value, self.zone) for value in shape.cells(row)] for row in self.rows(most))

    def name(self, form: str) -> str:
        """What it is, of which organisation, of which day."""
        day = clock.now().astimezone(self.zone).date().isoformat()
        return f"{self.view.file_name(self.body)}-{self.face.slug}-{day}.{form}"


def too_long(most: int) -> TooLongForFile:
    from inventory_project.kernel import xlsx

    way = IN_THE_BACKGROUND
    if most >= xlsx.MOST_ROWS:
        way = "Choose fewer rows, or csv."
    return TooLongForFile(f"More than {most:,} rows are too many for this xlsx file. {way}", fields={"format": [way]})


def _sent(reading: Reading, form: str) -> HttpResponseBase:
    headers = {"Content-Disposition": f'attachment; filename="{reading.name(form)}"', "Cache-Control": "no-store"}
    if form == XLSX:
        return StreamingHttpResponse(
            _Blocks(_workbook(reading), reading), content_type=MEDIA_TYPES[XLSX], headers=headers
        )
    if form == JSON:
        return StreamingHttpResponse(_json(reading), content_type=JSON_FILE, headers=headers)
    lines = csv_text.lines(*reading.table(), has_mark=reading.has_mark)
    return StreamingHttpResponse(lines, content_type=MEDIA_TYPES[CSV], headers=headers)


def _workbook(reading: Reading) -> IO[bytes]:
    """Written to disk before it is sent, as the format wants it: hence the limit."""
    from inventory_project.kernel import xlsx  # here, because its library is heavy and most processes write none

    columns, rows = reading.table(xlsx.MOST_ROWS if reading.has_time else settings.EXPORT_DIRECT_XLSX_ROWS)
    if len(columns) > xlsx.MOST_COLUMNS:
        raise TooLongForFile(f"An xlsx file has at most {xlsx.MOST_COLUMNS:,} columns.")
    about = [
        ("list", reading.file.name),
        ("organization", reading.face.name),
        ("address", f"{reading.path}?{inner.without_sending(reading.query).urlencode()}".rstrip("?")),
        ("made at", clock.now().astimezone(reading.zone).isoformat(timespec="seconds")),
        ("times are those of", reading.face.time_zone),
    ]
    file = tempfile.TemporaryFile(prefix="onhand-")  # noqa: SIM115 - closed with the answer that sends it
    try:
        xlsx.write(file, columns, rows, title=reading.file.name, zone=reading.zone, about=about)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


class _Blocks:
    """A file as it is sent; closed when it is read, and when nobody reads it."""

    def __init__(self, file: IO[bytes], reading: Reading) -> None:
        self.file, self.reading = file, reading

    def __iter__(self) -> Iterator[bytes]:
        with self.file:
            while block := self.file.read(BLOCK):
                yield block
                self.reading.go_on()

    def close(self) -> None:
        self.file.close()


def _json(reading: Reading) -> Iterator[bytes]:
    """The rows as the list shows them, in one array; a report of figures as the one object it is."""
    if not reading.is_list:
        yield _dumps(reading.body)
        return
    yield b"["
    yield from _separated(_dumps(row) for row in reading.rows())
    yield b"]\n"


def _separated(parts: Iterable[bytes]) -> Iterator[bytes]:
    """In chunks of a thousand rows: a chunk a row would cost more than the row."""
    buffer: list[bytes] = []
    for count, part in enumerate(parts):
        buffer.append(part if count == 0 else b",\n" + part)
        if len(buffer) == 1000:
            yield b"".join(buffer)
            buffer.clear()
    yield b"".join(buffer)


def _dumps(value: Any) -> bytes:
    return orjson.dumps(value, default=plain, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_UTC_Z)

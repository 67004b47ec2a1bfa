"""What an import says about its rows: the first problems, a preview, and a file of the failed rows to mend."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson
from django.core.files import File

from inventory_project.kernel import records, tenancy
from stock.choices import ImportOutcome
from stock.models import ImportJob, ImportProblem
from stock.services.imports import files, reading, stage
from stock.services.imports.formats import Cells
from stock.services.imports.kinds import ERROR_COLUMN, Meaning

KEPT = 1_000
PREVIEWED = 10
BATCH = 10_000
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def names(meaning: Meaning, header: list[str]) -> str:
    """Our columns' names in the file, as JSON."""
    return orjson.dumps(meaning.names(header)).decode()


def preview(job: ImportJob) -> list[dict[str, Any]]:
    with tenancy.scope(job.organization_id, durable=True):
        stage.raise_limits()
        rows = stage.run("preview.sql", limit=PREVIEWED)
    return [{name: _shown(value) for name, value in row.items() if value is not None} for row in rows]


def _shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else records.plain(value)


def keep_problems(job: ImportJob, meaning: Meaning, header: list[str], cells: Cells) -> int:
    """The first problems of each sort, in place of those kept before. Answers how many rows deserve a look."""
    jumps = stage.jumps(job, meaning, cells, KEPT)
    column = meaning.names(header).get("stock", "stock")[:40]
    with tenancy.scope(job.organization_id, durable=True):
        stage.raise_limits()
        ImportProblem.objects.filter(job=job).delete()
        stage.run("problems.sql", job=job.pk, names=names(meaning, header), limit=KEPT)
        ImportProblem.objects.bulk_create(
            ImportProblem(
                organization_id=job.organization_id,
                job=job,
                line=row["line"],
                column=column,
                value=records.plain(row["stock"]),
                reason=f"After the row before and this sale {records.plain(row['expected'])} were to be expected; "
                "the difference is booked as an adjustment.",
                outcome=ImportOutcome.NOTICE,
            )
            for row in jumps
        )
    return int(jumps[0]["jumps"]) if jumps else 0


def keep_failed_rows(job: ImportJob, form: reading.Format, meaning: Meaning, header: list[str]) -> str:
    """A CSV of the failed rows as they were sent, with an error column; its path, empty when none failed."""
    failed = _failed(job, names(meaning, header))
    first = next(failed, None)
    if first is None:
        return ""
    with files.opened(job.file_path) as source, tempfile.TemporaryFile() as output:
        text = io.TextIOWrapper(output, encoding="utf-8-sig", newline="", write_through=True)
        writer = csv.writer(text, delimiter=form.delimiter if form.container == "csv" else ",")
        table = reading.open_table(source, form)
        writer.writerow([*table.header, ERROR_COLUMN])
        wanted: dict[str, Any] | None = first
        for line, cells in table.rows:
            if wanted is None:
                break
            if line == wanted["line"]:
                fitted = [*cells, *[""] * (len(table.header) - len(cells))]
                reason = f"{wanted['column']}: {wanted['reason']}" if wanted["column"] else wanted["reason"]
                writer.writerow([*map(_safe, fitted[: len(table.header)]), reason])
                wanted = next(failed, None)
        text.detach()
        output.seek(0)
        return files.keep(File(output), organization_id=job.organization_id)


def _safe(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula. Numbers stay, so that the file can be sent again."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) and not text[1:2].isdigit() else text


def _failed(job: ImportJob, column_names: str) -> Iterator[dict[str, Any]]:
    after = 0
    while True:
        with tenancy.scope(job.organization_id, durable=True):
            stage.raise_limits()
            batch = stage.run("failed_rows.sql", after=after, limit=BATCH, names=column_names)
        yield from batch
        if len(batch) < BATCH:
            return
        after = batch[-1]["line"]

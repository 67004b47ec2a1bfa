"""The session's workbench of an import: the file's cells, who they mean, and what is to become of each row.

It lies in temporary tables: nothing of a file is kept but what is applied, and COPY is refused on tables under
row-level security.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.db import connections

from inventory_project.kernel import clock, sql, tenancy
from stock.choices import ImportKind
from stock.models import ImportJob
from stock.services.imports.formats import Cells
from stock.services.imports.kinds import KINDS, RECORD_KINDS, Meaning
from stock.services.imports.reading import Row

SQL = Path(__file__).resolve().parent.parent.parent / "sql" / "imports"
PART = 50_000
# The role's own limits are for requests; a statement over a million rows may take longer.
LIMITS = {"statement_timeout": "30min", "idle_in_transaction_session_timeout": "5min"}


def run(name: str, **params: Any) -> list[dict[str, Any]]:
    """One of the statements of imports, in the organisation served."""
    return sql.rows(sql.statement(SQL / name), {"organization": tenancy.current_organization_id(), **params})


def raise_limits() -> None:
    for name, value in LIMITS.items():
        sql.rows("SELECT set_config(%(name)s, %(value)s, true)", {"name": name, "value": value})


def query(text: str, **params: Any) -> list[dict[str, Any]]:
    return sql.rows(text, params)


def create(name: str) -> None:
    """Make temporary tables: several statements in a file, which have no parameters."""
    with connections["default"].cursor() as cursor:
        cursor.execute(sql.statement(SQL / name))


def clear(organization_id: int) -> None:
    """Take the session's tables away."""
    with tenancy.scope(organization_id, durable=True):
        run("drop_stage.sql")


def fill(job: ImportJob, meaning: Meaning, header: list[str], rows: Iterator[Row], said: Callable[[int], None]) -> int:
    """Copy the file's cells into the session's table, part by part; `said` hears how many rows are in. Answers them."""
    with tenancy.scope(job.organization_id, durable=True):
        run("drop_stage.sql")
        create("create_stage.sql")
        create("create_staged.sql")
    columns = list(meaning.places)
    pick = _picker([meaning.places[column] for column in columns])
    copy = f"COPY stock_import_given (line, problem, {', '.join(columns)}) FROM STDIN (FORMAT csv)"
    total = 0
    while part := list(islice(rows, PART)):
        body = _csv(part, pick, len(header))
        with tenancy.scope(job.organization_id, durable=True):
            raise_limits()
            with connections["default"].connection.cursor().copy(copy) as out:
                out.write(body)
        total += len(part)
        said(total)
    return total


def _picker(places: list[int]) -> Callable[[list[str]], tuple[str, ...]]:
    if len(places) == 1:
        return lambda cells: (cells[places[0]],)
    return itemgetter(*places)


def _csv(part: list[Row], pick: Callable[[list[str]], tuple[str, ...]], width: int) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for line, cells in part:
        if len(cells) == width:
            writer.writerow((line, "", *pick(cells)))
        else:
            fitted, problem = _fitted(cells, width)
            writer.writerow((line, problem, *pick(fitted)))
    body = buffer.getvalue()
    return body.replace("\0", "\ufffd") if "\0" in body else body


def _fitted(cells: list[str], width: int) -> tuple[list[str], str]:
    """The cells in the header's width, and what is wrong with their number. Empty cells too many are nothing."""
    extra = [cell for cell in cells[width:] if cell.strip()]
    if len(cells) < width:
        return [*cells, *[""] * (width - len(cells))], f"The row has {len(cells)} columns instead of {width}."
    return cells[:width], f"The row has {len(cells)} columns instead of {width}." if extra else ""


def judge(job: ImportJob, meaning: Meaning, cells: Cells, options: Mapping[str, Any]) -> None:
    """Say of each row what it means and whether it can go in; whoever calls again after a change judges anew."""
    kind = KINDS[meaning.kind]
    with tenancy.scope(job.organization_id, durable=True):
        raise_limits()
        query("TRUNCATE stock_import_store, stock_import_product, stock_import_time, stock_import_row")
        query("ANALYZE stock_import_given")
        run("resolve_stores.sql", store=job.store_id, store_ids=job.store_ids)
        run("resolve_products.sql", adds=kind.adds_products)
        run("resolve_times.sql", arrangement=cells.arrangement)
        query("ANALYZE stock_import_product")
        query("ANALYZE stock_import_time")
        run(
            "judge.sql",
            kind=str(meaning.kind),
            job=job.pk,
            sha256=job.sha256,
            needs=[*kind.needs],
            records=meaning.kind in RECORD_KINDS,
            point=cells.point,
            now=clock.now(),
        )
        query("ANALYZE stock_import_row")
        run("skip_repeats.sql", keep=bool(options.get("keep_repeats")))
        run("skip_known.sql", job=job.pk)


def judge_suppliers(job: ImportJob) -> None:
    """As `judge`, for a file of suppliers; the same name again is a repeat."""
    with tenancy.scope(job.organization_id, durable=True):
        raise_limits()
        query("TRUNCATE stock_import_row")
        run("judge_suppliers.sql", job=job.pk)
        run("skip_repeats.sql", keep=False)


def plan(job: ImportJob, meaning: Meaning, cells: Cells, options: Mapping[str, Any]) -> int:
    """Lay out what is to be done, in order; how many places the plan has."""
    with tenancy.scope(job.organization_id, durable=True):
        raise_limits()
        query("TRUNCATE stock_import_plan")
        query("ANALYZE stock_import_product")
        run(
            "plan.sql",
            kind=str(meaning.kind),
            job=job.pk,
            records=meaning.kind in RECORD_KINDS,
            keeps_stock=bool(options.get("keeps_stock")),
            direction=cells.direction,
        )
    ready_plan(job)
    with tenancy.scope(job.organization_id, durable=True):
        return int(query("SELECT count(*) AS places FROM stock_import_plan")[0]["places"])


def ready_plan(job: ImportJob) -> None:
    """The plan is looked at by place."""
    with tenancy.scope(job.organization_id, durable=True):
        raise_limits()
        query("CREATE INDEX IF NOT EXISTS stock_import_plan_place ON stock_import_plan (place)")
        query("ANALYZE stock_import_plan")


def part_of_plan(job: ImportJob, after: int, upto: int, *, only_refused: bool = False) -> dict[str, Any]:
    """The places after `after` up to `upto` in a form that travels to another session (`add_to_plan`)."""
    with tenancy.scope(job.organization_id, durable=True):
        raise_limits()
        return run("give_plan.sql", after=after, upto=upto, only_refused=only_refused)[0]


def add_to_plan(job: ImportJob, part: Mapping[str, Any]) -> None:
    with tenancy.scope(job.organization_id, durable=True):
        raise_limits()
        run("take_plan.sql", **part)


def end_of_balance(job: ImportJob, place: int) -> int:
    """The last place of the plan that changes the same balance as `place` does."""
    with tenancy.scope(job.organization_id, durable=True):
        raise_limits()
        return int(run("end_of_balance.sql", place=place)[0]["place"])


def counts(job: ImportJob) -> dict[str, int]:
    """How many rows there are by outcome: '', done, skipped, failed."""
    with tenancy.scope(job.organization_id, durable=True):
        raise_limits()
        found = query("SELECT outcome, count(*) AS rows FROM stock_import_row GROUP BY outcome")
    return {row["outcome"]: int(row["rows"]) for row in found}


def jumps(job: ImportJob, meaning: Meaning, cells: Cells, limit: int) -> list[dict[str, Any]]:
    """The first rows of a unified file whose stock is not what the row before says, each with the number of all."""
    if meaning.kind != ImportKind.UNIFIED:
        return []
    with tenancy.scope(job.organization_id, durable=True):
        raise_limits()
        return run("jumps.sql", direction=cells.direction, limit=limit)

"""The work of one import, by whoever holds the organisation's lock: read, judge, apply, report."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from django.db.models import F

from accounts.models import Organization
from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.errors import InvalidInput
from stock.choices import AppliedVia, ImportKind, ImportStatus
from stock.errors import UnreadableFile
from stock.models import ImportJob, ImportMapping
from stock.services import history
from stock.services.imports import applying, catalogue, files, formats, kinds, reading, reports, shopify, stage, state
from stock.services.imports.formats import Cells
from stock.services.imports.kinds import RECORD_KINDS, SHOPIFY, Meaning

EVERY = 1.0  # seconds between two notes of progress


class Work:
    """One job, its open file and what is known of it."""

    def __init__(self, job: ImportJob, via: AppliedVia) -> None:
        self.job, self.via = job, via
        self.actor = state.actor_of(job)
        self.staged = False
        self.said_at = 0.0
        self.told: dict[str, int] = {}

    def validate(self) -> None:
        """From uploaded to ready: what the file is, and what would become of each row."""
        self._write(status=ImportStatus.VALIDATING, began_at=clock.now(), rows_done=0)
        if self._is_history():
            self._write(status=ImportStatus.READY, ready_at=clock.now())
            self._note("ready")
            return
        self._stage()
        self._report(ready_at=clock.now())
        if not self.job.succeeded and not self.job.skipped:
            raise InvalidInput(f"No row of the file can be imported; all {self.job.rows} have something wrong.")
        self._write(status=ImportStatus.READY)
        self._remember_mapping()
        self._note("ready")

    def apply(self) -> None:
        """From applying to applied. What was in already, from a worker that died, is left as it is."""
        if self._is_history():
            self._load_history()
            return
        if not self.staged:
            self._stage()
        added = self._save_records()
        plan = stage.plan(self.job, self.meaning, self.cells, self.asked) if self._moves() else 0
        before = stage.counts(self.job).get("done", 0)
        self._write(rows_to_do=plan, rows_done=0, succeeded=before, began_at=clock.now())
        applied = applying.run(self.job, plan, via=self.via, said=self._applied)
        self._close_rows()
        result = {**self.job.result, "products_added": added, "movements": applied.movements}
        self._report(result=result)
        self._write(status=ImportStatus.APPLIED, applied_at=clock.now(), rows_done=plan)
        self._note("applied")

    @property
    def asked(self) -> dict[str, Any]:
        return dict(self.job.asked)

    def _stage(self) -> None:
        """The file in the session's tables, each row judged."""
        with self._opened() as file:
            self._understand(file)
            table = reading.open_table(file, self.form)
            rows = self._unfolded(table.rows)
            total = stage.fill(self.job, self.meaning, self.header, rows, self._reading(file))
        if not total:
            raise UnreadableFile("The file has the names of the columns and no rows.")
        self.job.rows = total
        self._judge()
        self.staged = True

    def _judge(self) -> None:
        if self.meaning.kind == ImportKind.SUPPLIERS:
            stage.judge_suppliers(self.job)
        else:
            stage.judge(self.job, self.meaning, self.cells, self.asked)

    def _understand(self, file: BinaryIO) -> None:
        """How the file is written and what its columns mean, by what was asked, remembered, or found."""
        asked = self.asked
        self.form = reading.recognise(file, encoding=asked.get("encoding", ""), delimiter=asked.get("delimiter", ""))
        table = reading.open_table(file, self.form)
        self.header = table.header
        kind, mapping = asked.get("kind", ""), asked.get("mapping", {})
        with tenancy.scope(self.job.organization_id, durable=True):
            month_first = Organization.objects.get(pk=self.job.organization_id).currency == "USD"
            kept = ImportMapping.objects.filter(signature=kinds.signature(self.header)).first()
        if kept is not None and not mapping and kind in ("", kept.kind):
            kind, mapping = kept.kind, kept.mapping
        self.meaning: Meaning = kinds.understand(self.header, kind=kind, mapping=mapping)
        rows = self._unfolded(table.rows)
        cells = formats.look(rows, self.meaning.places, delimiter=self.form.delimiter, month_first=month_first)
        self.cells = Cells(
            asked.get("decimal") or cells.point,
            asked.get("date_format") or cells.arrangement,
            cells.is_guess and not asked.get("date_format"),
            cells.direction,
        )
        self._write(kind=self.meaning.kind, found=self._found())

    def _unfolded(self, rows: Iterator[reading.Row]) -> Iterator[reading.Row]:
        return shopify.unfold(self.header, rows) if self.meaning.kind in SHOPIFY else rows

    def _found(self) -> dict[str, Any]:
        written = {"container": self.form.container, "sheet": self.form.sheet}
        if self.form.container == "csv":
            written = {"container": "csv", "encoding": self.form.encoding, "delimiter": self.form.delimiter}
        return {
            **written,
            "decimal": self.cells.point,
            "date_format": self.cells.arrangement,
            "date_format_is_a_guess": self.cells.is_guess,
            "header": self.header,
            "mapping": self.meaning.names(self.header),
        }

    def _save_records(self) -> int:
        """Products and suppliers. Repeats that are kept are numbered by their product's id, so they are judged anew."""
        kind = self.meaning.kind
        if kind == ImportKind.SUPPLIERS:
            return catalogue.save_suppliers(self.job, self.actor, lambda done: None)
        if kind in RECORD_KINDS:
            return catalogue.save(self.job, self.meaning, self.actor, lambda done: None)
        if not catalogue.needed(self.job, self.meaning):
            return 0
        added = catalogue.save(self.job, self.meaning, self.actor, lambda done: None)
        if self.asked.get("keep_repeats"):
            self._judge()
        return added

    def _moves(self) -> bool:
        kind = self.meaning.kind
        return kinds.KINDS[kind].moves and (kind not in RECORD_KINDS or "stock" in self.meaning.places)

    def _close_rows(self) -> None:
        with tenancy.scope(self.job.organization_id, durable=True):
            stage.raise_limits()
            if self._moves():
                stage.run("report_refused.sql")
            if self.meaning.kind != ImportKind.SUPPLIERS:
                stage.run("finish_records.sql", records=self.meaning.kind in RECORD_KINDS)

    def _report(self, **values: Any) -> None:
        """Counts, the first problems, a preview, and the file of failed rows."""
        counts = stage.counts(self.job)
        result = {**self.job.result, **values.pop("result", {})}
        former, failed, notices = "", result.pop("failed_rows", ""), self.job.notices
        # Rows only ever leave the good ones: the same counts are the same rows, told already.
        if counts != self.told:
            former, self.told = failed, counts
            notices = reports.keep_problems(self.job, self.meaning, self.header, self.cells)
            failed = reports.keep_failed_rows(self.job, self.form, self.meaning, self.header)
        self._write(
            rows=sum(counts.values()),
            succeeded=counts.get("", 0) + counts.get("done", 0),
            skipped=counts.get("skipped", 0),
            failed=counts.get("failed", 0),
            notices=notices,
            preview=self.job.preview or reports.preview(self.job),
            result={**result, "failed_rows": failed} if failed else result,
            **values,
        )
        if former:
            files.forget(former)

    def _remember_mapping(self) -> None:
        """What the uploader said of the columns is known the next time."""
        if mapping := self.asked.get("mapping"):
            unused = {column: "" for column, name in mapping.items() if not name}
            with tenancy.scope(self.job.organization_id, durable=True):
                ImportMapping.objects.update_or_create(
                    organization_id=self.job.organization_id,
                    signature=kinds.signature(self.header),
                    defaults={
                        "kind": self.meaning.kind,
                        "mapping": unused | self.meaning.names(self.header),
                        "updated_at": clock.now(),
                    },
                )

    def _is_history(self) -> bool:
        if not self.job.kind:
            with self._opened() as file:
                form = reading.recognise(file)
                header = reading.open_table(file, form).header
            if sorted(kinds.plain(name) for name in header) != sorted(kinds.HISTORY):
                return False
            self._write(kind=ImportKind.HISTORY)
        return bool(self.job.kind == ImportKind.HISTORY)

    def _load_history(self) -> None:
        """The whole file in one transaction; it sets what it says, so that a repetition changes nothing."""
        with self._opened() as file:
            loaded = history.load(
                file=file, name=self.job.file_name, organization_id=self.job.organization_id, acting_as=self.actor
            )
        self._write(
            status=ImportStatus.APPLIED,
            applied_at=clock.now(),
            rows=loaded.rows,
            rows_done=loaded.rows,
            rows_to_do=loaded.rows,
            succeeded=loaded.inserted + loaded.updated,
            skipped=loaded.unchanged,
            result={**self.job.result, "stores": loaded.stores, "products": loaded.products},
        )
        self._note("applied")

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        with files.opened(self.job.file_path) as file:
            yield file

    def _reading(self, file: BinaryIO) -> Callable[[int], None]:
        """Notes how far the reading is; how many rows there will be follows from the bytes read so far."""

        def said(rows: int) -> None:
            if time.monotonic() - self.said_at >= EVERY:
                self.said_at = time.monotonic()
                part = min(1.0, file.tell() / max(1, self.job.size)) if self.form.container == "csv" else 0
                self._write(rows_done=rows, rows_to_do=int(rows / part) if part else rows)

        return said

    def _applied(self, places: int, rows: int) -> None:
        """Inside the chunk's transaction; two sessions may be at it, so each adds what it did."""
        values = {"rows_done": F("rows_done") + places, "succeeded": F("succeeded") + rows, "updated_at": clock.now()}
        ImportJob.objects.filter(pk=self.job.pk).update(**values)

    def _write(self, **values: Any) -> None:
        with tenancy.scope(self.job.organization_id, durable=True):
            state.write(self.job, **values)

    def _note(self, verb: str) -> None:
        with tenancy.scope(self.job.organization_id, durable=True):
            state.note(self.job, verb, self.actor)

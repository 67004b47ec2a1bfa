"""Imports: files on their way into catalogue and ledger, what is wrong with their rows, which rows are in already."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from stock.choices import ImportKind, ImportOutcome, ImportStatus
from stock.models.base import LedgerModel


class ImportJob(LedgerModel):
    """One uploaded file, from upload to undo. The worker is the only one who moves it on from a working status."""

    # Counts within the organisation; shown as IMP-000123.
    number = models.PositiveIntegerField()
    # Empty until it is known: named by the uploader or read from the header.
    kind = models.CharField(max_length=20, choices=ImportKind.choices, blank=True)
    status = models.CharField(max_length=10, choices=ImportStatus.choices, default=ImportStatus.UPLOADED)
    # The store of rows that name none.
    store = models.ForeignKey(
        "stores.Store", on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    file_name = models.CharField(max_length=200)
    # Where the file lies in the storage; empty once it was removed because of its age.
    file_path = models.CharField(max_length=300, blank=True)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    # What the uploader asked for (mapping, formats, options), and what was found in the file.
    asked = models.JSONField(default=dict)
    found = models.JSONField(default=dict)
    # The first rows as they are understood.
    preview = models.JSONField(default=list)
    applies_itself = models.BooleanField(default=False)
    # Rows of the file, and what became of them; before it is applied: what would.
    rows = models.IntegerField(default=0)
    succeeded = models.IntegerField(default=0)
    skipped = models.IntegerField(default=0)
    failed = models.IntegerField(default=0)
    notices = models.IntegerField(default=0)
    # How far the work of the present status is.
    rows_done = models.IntegerField(default=0)
    rows_to_do = models.IntegerField(default=0)
    began_at = models.DateTimeField(null=True)
    # What else it changed: products added, movements written.
    result = models.JSONField(default=dict)
    # Why it failed, or why it could not be undone: one sentence.
    error = models.CharField(max_length=500, blank=True)
    # The stores its uploader may write to; null is every store.
    store_ids = ArrayField(models.BigIntegerField(), null=True)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=150, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=255, null=True)
    fingerprint = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(db_default=models.functions.Now())
    updated_at = models.DateTimeField(db_default=models.functions.Now())
    ready_at = models.DateTimeField(null=True)
    applying_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="import_number_once"),
            models.CheckConstraint(condition=Q(status__in=ImportStatus.values), name="import_status_known"),
            models.CheckConstraint(condition=Q(kind__in=["", *ImportKind.values]), name="import_kind_known"),
            models.CheckConstraint(
                condition=~Q(status=ImportStatus.APPLIED) | Q(applied_at__isnull=False),
                name="import_applied_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(rows__gte=0, succeeded__gte=0, skipped__gte=0, failed__gte=0, notices__gte=0),
                name="import_counts_not_negative",
            ),
            models.UniqueConstraint(fields=["organization", "key"], name="import_once_per_key"),
        ]
        indexes = [
            models.Index(fields=["organization", "-id"], name="import_newest_first"),
            # For the search for work left behind, across organisations.
            models.Index(
                fields=["id"],
                name="import_at_work",
                condition=Q(status__in=["uploaded", "validating", "applying", "undoing"]),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name of the import on its movements and in the log."""
        return f"IMP-{self.number:06d}"


class ImportProblem(LedgerModel):
    """One row of the file that failed, was skipped, or deserves a look. The first ones only; the file has them all."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    line = models.BigIntegerField()
    column = models.CharField(max_length=40)
    value = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=300)
    outcome = models.CharField(max_length=10, choices=ImportOutcome.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=ImportOutcome.values), name="import_outcome_known"),
        ]
        indexes = [models.Index(fields=["organization", "job", "line", "id"], name="import_problem_by_line")]


class ImportedRow(LedgerModel):
    """A row that is in the ledger: the same row in another file is recognised by its fingerprint and skipped."""

    pk = models.CompositePrimaryKey("organization_id", "fingerprint")
    fingerprint = models.UUIDField()
    job_id = models.BigIntegerField()


class ImportedRecord(LedgerModel):
    """A product or supplier that an import added or changed, with what it was before, so that it can be undone."""

    pk = models.CompositePrimaryKey("organization_id", "job_id", "noun", "record_id")
    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    noun = models.CharField(max_length=10)
    record_id = models.BigIntegerField()
    # Null when the import added it.
    before = models.JSONField(null=True)
    after = models.JSONField(default=dict)


class ImportMapping(LedgerModel):
    """What the columns of a header mean to this organisation: kept from an import that named them, used by the next."""

    pk = models.CompositePrimaryKey("organization_id", "signature")
    # Of the header's names, whatever their case.
    signature = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, choices=ImportKind.choices)
    mapping = models.JSONField(default=dict)
    updated_at = models.DateTimeField(db_default=models.functions.Now())

"""Exports: lists and reports that are made into a file in the background."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from inventory_project.kernel.access import Role
from stock.choices import EXPORTS_AT_WORK, ExportFormat, ExportStatus
from stock.models.base import LedgerModel


class ExportJob(LedgerModel):
    """One list as one file, from the request to the day the file is removed. A worker alone moves it to its end."""

    # Counts within the organisation; shown as EXP-000123.
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=ExportStatus.choices, default=ExportStatus.WAITING)
    # The list's own address and parameters, without those that say how it is sent.
    path = models.CharField(max_length=300)
    query = models.CharField(max_length=2000, blank=True)
    format = models.CharField(max_length=4, choices=ExportFormat.choices)
    has_mark = models.BooleanField(default=False)
    # The token scope that reads the list.
    area = models.CharField(max_length=20)
    # Rows written so far.
    rows = models.BigIntegerField(default=0)
    size = models.BigIntegerField(null=True)
    file_name = models.CharField(max_length=200, blank=True)
    # Where the file lies in the storage. While the export runs: where it will lie, so that a part of it can be removed.
    file_path = models.CharField(max_length=300, blank=True)
    # Why it failed: one sentence.
    error = models.CharField(max_length=500, blank=True)
    attempts = models.IntegerField(default=0)
    # Who asked, and through which token when it is one that an integration holds.
    actor_id = models.BigIntegerField()
    actor_label = models.CharField(max_length=150)
    token_id = models.BigIntegerField(null=True)
    request_id = models.CharField(max_length=64, blank=True)
    # The rights the file is made with: those of the one who asked, as they are when it is made.
    role = models.CharField(max_length=10)
    store_ids = ArrayField(models.BigIntegerField(), null=True)
    sees_costs = models.BooleanField()
    created_at = models.DateTimeField(db_default=models.functions.Now())
    updated_at = models.DateTimeField(db_default=models.functions.Now())
    began_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="export_number_once"),
            models.CheckConstraint(condition=Q(status__in=ExportStatus.values), name="export_status_known"),
            models.CheckConstraint(condition=Q(format__in=ExportFormat.values), name="export_format_known"),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="export_role_known"),
            models.CheckConstraint(condition=Q(rows__gte=0), name="export_rows_not_negative"),
            models.CheckConstraint(
                condition=~Q(status=ExportStatus.READY)
                | Q(size__isnull=False, ready_at__isnull=False, expires_at__isnull=False) & ~Q(file_path=""),
                name="export_ready_with_a_file",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[ExportStatus.RUNNING, ExportStatus.READY]) | Q(file_path=""),
                name="export_file_while_it_lasts",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "actor_id", "-id"], name="export_newest_first"),
            # For the searches across organisations: work left behind, and files whose time is over.
            models.Index(fields=["id"], name="export_at_work", condition=Q(status__in=sorted(EXPORTS_AT_WORK))),
            models.Index(fields=["expires_at"], name="export_until", condition=Q(status=ExportStatus.READY)),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name of the export in the log."""
        return f"EXP-{self.number:06d}"

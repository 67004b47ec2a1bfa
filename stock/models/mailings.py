"""Lists that are mailed to a store's people: whether and when, to whom, and what became of each day's."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from inventory_project.kernel.tenancy import OrganizationModel
from stock.choices import MailingKind, MailingState
from stock.models.base import LedgerModel, OfStore

LAST_HOUR = 23
WEEK = list(range(7))


class StoreMailing(OfStore):
    """One kind of list of one store: mailed once a day from `hour` on, by the store's own clock, while `is_on`."""

    kind = models.CharField(max_length=20, choices=MailingKind.choices, default=MailingKind.LOW_STOCK)
    is_on = models.BooleanField(default=False)
    hour = models.PositiveSmallIntegerField(default=7, validators=[MaxValueValidator(LAST_HOUR)])
    updated_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "store", "kind"], name="mailing_once_per_store_and_kind"),
            models.CheckConstraint(condition=Q(kind__in=MailingKind.values), name="mailing_kind_known"),
            models.CheckConstraint(condition=Q(hour__lte=LAST_HOUR), name="mailing_hour_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.store}: {self.get_kind_display().lower()}"


class MailingSchedule(OrganizationModel):
    """When an organisation mails one kind of list, said once for all of its stores: from `at` on by the organisation's
    own clock, on these weekdays (0 is Monday). Without one each store's own `hour` holds, every day."""

    kind = models.CharField(max_length=20, choices=MailingKind.choices)
    at = models.TimeField()
    weekdays = ArrayField(models.PositiveSmallIntegerField())
    updated_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "kind"], name="mailing_schedule_once_per_kind"),
            models.CheckConstraint(condition=Q(kind__in=MailingKind.values), name="mailing_schedule_kind_known"),
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=WEEK, weekdays__len__gte=1), name="mailing_schedule_weekdays_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.at:%H:%M}"


class MailingRecipient(LedgerModel):
    """Who gets a list: a member, at the address of their own, or an address an admin has vouched for."""

    mailing = models.ForeignKey(
        StoreMailing, on_delete=models.CASCADE, related_name="recipients", db_index=False, db_constraint=False
    )
    membership = models.ForeignKey(
        "accounts.Membership",
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        db_constraint=False,
    )
    # In small letters, so that one person is not written to twice.
    email = models.EmailField(blank=True)
    added_by = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(membership__isnull=False, email="") | (Q(membership__isnull=True) & ~Q(email="")),
                name="mailing_recipient_member_or_address",
            ),
            models.UniqueConstraint(
                fields=["organization", "mailing", "membership"],
                condition=Q(membership__isnull=False),
                name="mailing_recipient_member_once",
            ),
            models.UniqueConstraint(
                fields=["organization", "mailing", "email"],
                condition=~Q(email=""),
                name="mailing_recipient_address_once",
            ),
        ]
        indexes = [models.Index(fields=["organization", "membership"], name="mailing_recipient_by_member")]

    def __str__(self) -> str:
        return self.email or f"member {self.membership_id}"


class MailingRun(LedgerModel):
    """What became of one store's list of one day. One row a day, so it is sent once however many workers try."""

    mailing = models.ForeignKey(
        StoreMailing, on_delete=models.CASCADE, related_name="runs", db_index=False, db_constraint=False
    )
    # By the clock it was due by: the organisation's where it has a schedule, else the store's.
    due_date = models.DateField()
    state = models.CharField(max_length=10, choices=MailingState.choices, default=MailingState.SENDING)
    attempts = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField(db_default=models.functions.Now())
    finished_at = models.DateTimeField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)
    addresses = ArrayField(models.EmailField(), default=list, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "mailing", "due_date"], name="mailing_run_once_a_day"),
            models.CheckConstraint(condition=Q(state__in=MailingState.values), name="mailing_run_state_known"),
        ]
        indexes = [
            # For the search for tries whose worker died, across organisations.
            models.Index(fields=["started_at"], name="mailing_run_sending", condition=Q(state=MailingState.SENDING)),
        ]

    def __str__(self) -> str:
        return f"{self.due_date} {self.state}"

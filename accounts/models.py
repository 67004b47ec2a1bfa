"""Organisations (the tenants), people, what a person is in an organisation, and API tokens."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Upper

from inventory_project.kernel.access import Role
from inventory_project.kernel.tenancy import OrganizationModel

ROLE_CHOICES = [(role.value, role.name.title()) for role in Role]


class Organization(models.Model):
    """One customer company: the isolation boundary for all data."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    currency = models.CharField(max_length=3, default="USD")
    # A sale that already happened at a till may take the balance below zero.
    allows_negative_stock = models.BooleanField(default=False)
    # A transfer needs a manager's word before it is dispatched; what may arrive beyond what was dispatched.
    transfers_need_approval = models.BooleanField(default=False)
    transfer_tolerance_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    # What a supplier may deliver beyond what was ordered.
    purchase_tolerance_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0, db_default=0)
    # How long a reservation lasts when nobody says, and at most.
    reservation_hours = models.PositiveIntegerField(default=48, db_default=48)
    reservation_max_hours = models.PositiveIntegerField(default=720, db_default=720)
    # What alerts call overstock: more than so many days' sales, or so many times the order-up-to level; and dead stock:
    # no sale for so many days.
    alert_overstock_days = models.PositiveSmallIntegerField(default=90, db_default=90)
    alert_overstock_factor = models.DecimalField(
        max_digits=5, decimal_places=2, default=Decimal("1.5"), db_default=Decimal("1.5")
    )
    alert_dead_days = models.PositiveSmallIntegerField(default=90, db_default=90)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    alert_overstock_days__gte=1,
                    alert_overstock_days__lte=3650,
                    alert_overstock_factor__gte=1,
                    alert_dead_days__gte=1,
                    alert_dead_days__lte=3650,
                ),
                name="organization_alert_rules_sane",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    reservation_hours__gte=1,
                    reservation_hours__lte=models.F("reservation_max_hours"),
                    reservation_max_hours__lte=8784,
                ),
                name="organization_reservation_hours_sane",
            ),
            models.CheckConstraint(
                condition=models.Q(transfer_tolerance_percent__gte=0, transfer_tolerance_percent__lte=100),
                name="organization_transfer_tolerance_in_percent",
            ),
            models.CheckConstraint(
                condition=models.Q(purchase_tolerance_percent__gte=0, purchase_tolerance_percent__lte=100),
                name="organization_purchase_tolerance_in_percent",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person who signs in. What they may do is said by their memberships."""

    email = models.EmailField(blank=True)

    class Meta(AbstractUser.Meta):
        # Names differ by more than case, so that nobody passes for somebody else.
        constraints = [models.UniqueConstraint(Upper("username"), name="username_unique_whatever_case")]


class Membership(OrganizationModel):
    """User x organisation x role x stores."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=ROLE_CHOICES)
    all_stores = models.BooleanField(default=True)
    sees_costs = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "user"], name="membership_once_per_organization"),
            models.CheckConstraint(condition=models.Q(role__in=[r.value for r in Role]), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"


class MembershipStore(OrganizationModel):
    """A store a member is limited to. The store is known by id only: stores live on a floor above."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="stores", db_constraint=False)
    store_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "membership", "store_id"], name="membership_store_once"),
        ]


class ApiToken(OrganizationModel):
    """A random secret, shown once and kept as its SHA-256, that acts for one member in one organisation."""

    class Kind(models.TextChoices):
        SESSION = "session"
        INTEGRATION = "integration"

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="tokens", db_constraint=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=100, blank=True)
    prefix = models.CharField(max_length=12)
    digest = models.BinaryField(max_length=32)
    scopes = ArrayField(models.CharField(max_length=40), null=True, blank=True)
    # Narrows the member's own stores; null means all of them.
    store_ids = ArrayField(models.BigIntegerField(), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest"], name="token_digest_unique")]

    def __str__(self) -> str:
        return f"{self.prefix}… ({self.name or self.kind})"


class Invitation(OrganizationModel):
    """An offer to join an organisation with a given role; its secret is mailed and kept as its SHA-256."""

    email = models.EmailField()
    role = models.CharField(max_length=10, choices=ROLE_CHOICES)
    all_stores = models.BooleanField(default=True)
    store_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    sees_costs = models.BooleanField(default=False)
    digest = models.BinaryField(max_length=32)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest"], name="invitation_digest_unique")]

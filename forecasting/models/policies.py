"""Restock policies: how a product in a store is restocked, said once for as many of them as it suits."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from forecasting.models.base import ForecastingModel, reference


class PolicyScope(models.TextChoices):
    """What a policy is for. The most particular one that fits a product in a store holds, in this order."""

    PRODUCT = "product", "A product in a store"
    ABC_CLASS = "abc_class", "A class of products by their share of sales"
    CATEGORY = "category", "A category"
    STORE = "store", "A store"
    ORGANIZATION = "organization", "Everything"


class PolicyKind(models.TextChoices):
    """The rule (forecasting.restock.policies)."""

    SEED_RULE = "seed_rule", "A week's forecast times a factor"
    MIN_MAX = "min_max", "Minimum and maximum"
    REORDER_POINT = "reorder_point", "Reorder point with a service level"
    QUANTILE = "quantile", "Quantile of demand"
    DAYS_OF_COVER = "days_of_cover", "Days of cover"


class AbcClass(models.TextChoices):
    """Products by their share of expected sales: A the first 80 %, B the next 15 %, C the rest."""

    A = "A"
    B = "B"
    C = "C"


LONGEST_REVIEW = 28
LONGEST_CYCLE = 90
LONGEST_COVER = 365
WEEK = 7


def _small(largest: int, smallest: int = 0, **options: object) -> models.PositiveSmallIntegerField:
    checks = [MinValueValidator(smallest), MaxValueValidator(largest)]
    return models.PositiveSmallIntegerField(validators=checks, **options)  # type: ignore[arg-type]


def _units() -> models.DecimalField:
    checks = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1_000_000_000))]
    return models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True, validators=checks)


class RestockPolicy(ForecastingModel):
    """One rule and its numbers. Each kind reads those it knows: `service_level` (reorder point, quantile), `cycle_days`
    how long an order should last (the same two), `factor` (seed rule), `least` and `most` units (min/max; null: the
    product's own levels), `least_days` and `most_days` of cover beyond the protection interval.
    """

    scope = models.CharField(max_length=12, choices=PolicyScope.choices)
    store = reference("stores.Store", null=True, blank=True)
    product = reference("catalog.Product", null=True, blank=True)
    category = reference("catalog.Category", null=True, blank=True)
    abc_class = models.CharField(max_length=1, choices=AbcClass.choices, blank=True, default="")
    kind = models.CharField(max_length=15, choices=PolicyKind.choices, default=PolicyKind.QUANTILE)
    service_level = models.DecimalField(
        max_digits=4,
        decimal_places=3,
        default=Decimal("0.95"),
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal("0.999"))],
    )
    # Nights between two reviews; with a weekday (0 is Monday) they are that day's, once a week.
    review_days = _small(LONGEST_REVIEW, 1, default=1)
    review_weekday = _small(6, null=True, blank=True)
    cycle_days = _small(LONGEST_CYCLE, 1, default=WEEK)
    factor = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=Decimal("1.2"),
        validators=[MinValueValidator(Decimal("0.1")), MaxValueValidator(Decimal(10))],
    )
    least = _units()
    most = _units()
    least_days = _small(LONGEST_COVER, default=0)
    most_days = _small(LONGEST_COVER, 1, default=14)
    # Instead of the product's or the supplier's; null: theirs.
    lead_time_days = _small(365, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "restock policies"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "scope", "store", "product", "category", "abc_class"],
                nulls_distinct=False,
                name="restock_policy_once",
            ),
            models.CheckConstraint(
                condition=Q(scope=PolicyScope.PRODUCT, store__isnull=False, product__isnull=False, category=None)
                & Q(abc_class="")
                | Q(scope=PolicyScope.ABC_CLASS, store=None, product=None, category=None, abc_class__in=AbcClass.values)
                | Q(scope=PolicyScope.CATEGORY, store=None, product=None, category__isnull=False, abc_class="")
                | Q(scope=PolicyScope.STORE, store__isnull=False, product=None, category=None, abc_class="")
                | Q(scope=PolicyScope.ORGANIZATION, store=None, product=None, category=None, abc_class=""),
                name="restock_policy_target_agrees",
            ),
            models.CheckConstraint(condition=Q(kind__in=PolicyKind.values), name="restock_policy_kind_known"),
            models.CheckConstraint(
                condition=Q(service_level__gte=Decimal("0.5"), service_level__lte=Decimal("0.999")),
                name="restock_policy_service_level_sane",
            ),
            models.CheckConstraint(
                condition=Q(review_days__gte=1, review_days__lte=LONGEST_REVIEW), name="restock_policy_review_sane"
            ),
            models.CheckConstraint(
                condition=Q(review_weekday=None) | Q(review_weekday__lte=6, review_days=WEEK),
                name="restock_policy_weekday_once_a_week",
            ),
            models.CheckConstraint(
                condition=Q(cycle_days__gte=1, cycle_days__lte=LONGEST_CYCLE), name="restock_policy_cycle_sane"
            ),
            models.CheckConstraint(
                condition=Q(factor__gte=Decimal("0.1"), factor__lte=10), name="restock_policy_factor_sane"
            ),
            models.CheckConstraint(
                condition=(Q(least=None) | Q(least__gte=0))
                & (Q(most=None) | Q(most__gte=0))
                & (Q(least=None) | Q(most=None) | Q(most__gte=F("least"))),
                name="restock_policy_least_below_most",
            ),
            models.CheckConstraint(
                condition=Q(least_days__lte=F("most_days"), most_days__gte=1, most_days__lte=LONGEST_COVER),
                name="restock_policy_cover_sane",
            ),
            models.CheckConstraint(
                condition=Q(lead_time_days=None) | Q(lead_time_days__lte=365), name="restock_policy_lead_time_sane"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.get_scope_display().lower()}"

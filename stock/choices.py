"""The words of the ledger: kinds of movement, their signs, states of a movement and of a balance."""

from __future__ import annotations

from django.db import models


class Kind(models.TextChoices):
    """What a movement is. The sign of its quantity follows from it, but for the signed kinds."""

    RECEIPT = "receipt"
    SALE = "sale"
    REMOVAL = "removal"
    CUSTOMER_RETURN = "customer_return"
    SUPPLIER_RETURN = "supplier_return"
    TRANSFER_DISPATCH = "transfer_dispatch"
    TRANSFER_RECEIPT = "transfer_receipt"
    COUNT_ADJUSTMENT = "count_adjustment"
    ADJUSTMENT = "adjustment"
    OPENING = "opening"
    REVERSAL = "reversal"


INCOMING = frozenset({Kind.RECEIPT, Kind.CUSTOMER_RETURN, Kind.TRANSFER_RECEIPT, Kind.OPENING})
OUTGOING = frozenset({Kind.SALE, Kind.REMOVAL, Kind.SUPPLIER_RETURN, Kind.TRANSFER_DISPATCH})
SIGNED = frozenset({Kind.COUNT_ADJUSTMENT, Kind.ADJUSTMENT})

# Kinds a client may submit as one movement; transfers and reversals have doors of their own.
SUBMITTABLE = (INCOMING | OUTGOING | SIGNED) - {Kind.TRANSFER_DISPATCH, Kind.TRANSFER_RECEIPT}

# The short words a till may send.
ALIASES = {"IN": Kind.RECEIPT, "OUT": Kind.SALE, "REM": Kind.REMOVAL}


class MovementStatus(models.TextChoices):
    """A receipt is `accepted` while it waits in its lane; the ledger holds only final movements."""

    ACCEPTED = "accepted"
    APPLIED = "applied"
    REJECTED = "rejected"


class StockStatus(models.TextChoices):
    """Where a balance stands against zero and its reorder level."""

    IN_STOCK = "in_stock"
    LOW = "low"
    OUT = "out"
    NEGATIVE = "negative"


# How alarming a state is, in the words of coloured labels.
STATUS_COLORS = {
    StockStatus.IN_STOCK: "success",
    StockStatus.LOW: "warning",
    StockStatus.OUT: "danger",
    StockStatus.NEGATIVE: "danger",
}


class AppliedVia(models.TextChoices):
    WORKER = "worker"
    REQUEST = "request"
    COMMAND = "command"


REJECTIONS = {
    "insufficient_stock": "Not enough stock: the balance would fall below what is reserved or below zero.",
    "balance_too_large": "The balance would grow beyond what can be recorded.",
    "internal_error": "The movement could not be applied and was set aside; the operator has been told.",
}

# The source of movements posted by a transfer order; they are corrected there.
TRANSFER_ORDER = "transfer_order"


class CountKind(models.TextChoices):
    """What a stock count covers: every balance of a store, the products that are due, or chosen ones."""

    FULL = "full"
    CYCLE = "cycle"
    SPOT = "spot"


class CountState(models.TextChoices):
    """Where a stock count stands. Counted means in review; posted and cancelled are final."""

    PLANNED = "planned"
    COUNTING = "counting"
    COUNTED = "counted"
    RECOUNT = "recount"
    POSTED = "posted"
    CANCELLED = "cancelled"


# Entries are taken in these states.
COUNTS_GOING_ON = frozenset({CountState.COUNTING, CountState.RECOUNT})
COUNTS_OVER = frozenset({CountState.POSTED, CountState.CANCELLED})

# A class's share of the value sold up to its end, and the days within which its products are counted again.
ABC_SHARES = {"A": 80, "B": 96, "C": 100}
CYCLE_DAYS = {"A": 30, "B": 90, "C": 180}
ABC_DAYS = 90


class ImportKind(models.TextChoices):
    """What a file holds."""

    UNIFIED = "unified"
    SALES = "sales"
    PRODUCTS = "products"
    INVENTORY = "inventory"
    OPENING = "opening"
    SUPPLIERS = "suppliers"
    HISTORY = "history"
    SHOPIFY_INVENTORY = "shopify_inventory"
    SHOPIFY_PRODUCTS = "shopify_products"


class ImportStatus(models.TextChoices):
    """Where an import stands. Ready waits for a look at the preview; applied, failed and undone are ends."""

    UPLOADED = "uploaded"
    VALIDATING = "validating"
    READY = "ready"
    APPLYING = "applying"
    APPLIED = "applied"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"


# A worker is at it, or should be.
IMPORTS_AT_WORK = frozenset(
    {ImportStatus.UPLOADED, ImportStatus.VALIDATING, ImportStatus.APPLYING, ImportStatus.UNDOING}
)


class ImportOutcome(models.TextChoices):
    """What a problem did to its row: it failed, it was skipped, or it went in and deserves a look."""

    FAILED = "failed"
    SKIPPED = "skipped"
    NOTICE = "notice"


# The source of movements written by an import.
IMPORT = "import"

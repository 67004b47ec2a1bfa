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
    # On hand stays as it is: units go into a bucket where they are not for sale, or come back out of it.
    HOLD = "hold"
    RELEASE_HOLD = "release_hold"


INCOMING = frozenset({Kind.RECEIPT, Kind.CUSTOMER_RETURN, Kind.TRANSFER_RECEIPT, Kind.OPENING})
OUTGOING = frozenset({Kind.SALE, Kind.REMOVAL, Kind.SUPPLIER_RETURN, Kind.TRANSFER_DISPATCH})
SIGNED = frozenset({Kind.COUNT_ADJUSTMENT, Kind.ADJUSTMENT})

# Kinds that may say what a unit has cost; a transfer brings the cost of its source along.
COSTED = frozenset({Kind.RECEIPT, Kind.OPENING})

# Kinds a client may submit as one movement; transfers and reversals have doors of their own.
SUBMITTABLE = (INCOMING | OUTGOING | SIGNED) - {Kind.TRANSFER_DISPATCH, Kind.TRANSFER_RECEIPT}

# The short words a till may send.
ALIASES = {"IN": Kind.RECEIPT, "OUT": Kind.SALE, "REM": Kind.REMOVAL}


class Bucket(models.TextChoices):
    """Why units on hand are not for sale."""

    DAMAGED = "damaged"
    QUALITY = "quality"


class MovementStatus(models.TextChoices):
    """A receipt is `accepted` while it waits in its lane; the ledger holds only final movements."""

    ACCEPTED = "accepted"
    APPLIED = "applied"
    REJECTED = "rejected"


class StockStatus(models.TextChoices):
    """Where a balance stands against zero, its reorder level and its order-up-to level (on hand above it is over)."""

    IN_STOCK = "in_stock"
    LOW = "low"
    OUT = "out"
    NEGATIVE = "negative"
    OVER = "over"


# How alarming a state is, in the words of coloured labels.
STATUS_COLORS = {
    StockStatus.IN_STOCK: "success",
    StockStatus.LOW: "warning",
    StockStatus.OUT: "danger",
    StockStatus.NEGATIVE: "danger",
    StockStatus.OVER: "info",
}


class AppliedVia(models.TextChoices):
    WORKER = "worker"
    REQUEST = "request"
    COMMAND = "command"


REJECTIONS = {
    "insufficient_stock": "Not enough stock: the balance would fall below what is reserved or on hold, or below zero.",
    "insufficient_on_hold": "Not enough on hold: the bucket holds fewer units.",
    "balance_too_large": "The balance would grow beyond what can be recorded.",
    "period_closed": "The books of that business day are closed. Book it as of today, or have an admin reopen them.",
    "value_too_large": "Units times price (or cost) come to more than 1,000,000,000,000. Enter it in parts.",
    "internal_error": "The movement could not be applied and was set aside; the operator has been told.",
}

# The field that is at fault when a movement is refused for a reason of its own.
REJECTED_FIELDS = {"period_closed": "effective_at"}


def rejected_fields(rejection: str) -> dict[str, list[str]]:
    """What was wrong with a refused movement by field, when it was one of its fields."""
    return {REJECTED_FIELDS[rejection]: [REJECTIONS[rejection]]} if rejection in REJECTED_FIELDS else {}


# The source of movements posted by a transfer order; they are corrected there.
TRANSFER_ORDER = "transfer_order"
# The source of movements posted by a goods receipt; they are corrected there.
PURCHASE_ORDER = "purchase_order"
# The source of movements that fulfil a reservation: the apply lets them take what is reserved.
RESERVATION = "reservation"


class RevaluationCause(models.TextChoices):
    """Why the value of a balance changed while nothing moved."""

    OPENING = "opening", "Value when average costs began to be kept"
    COST_KNOWN = "cost_known", "The product's cost became known"
    ROUNDING = "rounding", "Rounding of the average"
    SHORTAGE = "shortage", "Units had gone out before they came in"
    LATE = "late", "A movement that became known late"
    REVERSAL = "reversal", "A movement was taken back"


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


class MailingKind(models.TextChoices):
    """Lists that are mailed by store."""

    LOW_STOCK = "low_stock", "Low and out of stock"
    RESTOCK = "restock", "Restock report"


class MailingState(models.TextChoices):
    """What became of one day's list. Empty: nothing to tell, so nothing was sent. A failed one is tried again."""

    SENDING = "sending"
    SENT = "sent"
    EMPTY = "empty"
    FAILED = "failed"


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


class ExportStatus(models.TextChoices):
    """Where an export stands. Ready has a file until it expires; failed says why."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


# A worker is at it, or should be.
EXPORTS_AT_WORK = frozenset({ExportStatus.WAITING, ExportStatus.RUNNING})


class ExportFormat(models.TextChoices):
    """The kinds of file."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"

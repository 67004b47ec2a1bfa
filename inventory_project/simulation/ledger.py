"""What the ledger made of a played day, and whether everything that must always hold still does."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q, Sum

from audit.selectors import chains
from audit.selectors.verification import verify as verify_log
from inventory_project.kernel import tenancy
from inventory_project.simulation.trade import Company
from stock.choices import Kind
from stock.models import (
    InboxMovement,
    StockCount,
    StockCountAdjustment,
    StockCountLine,
    StockMovement,
    TransferLine,
    TransferOrder,
)
from stock.services import verification

PATIENCE_SECONDS = 60.0
CHUNK = 5000
FATES = ("dispatched", "received", "damaged", "short", "returned", "over", "in_transit")


@dataclass(slots=True)
class Findings:
    """Verdicts by status or reason of rejection, and each invariant with what is wrong (nothing when it holds)."""

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    # The day's transfers and counts by state, the transfers' units by fate, the counts' lines and adjustments.
    transfers: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    lines: Counter[str] = field(default_factory=Counter)
    invariants: dict[str, str] = field(default_factory=dict)

    def require(self, invariant: str, problem: str) -> None:
        """Remember the first problem of an invariant over all organisations."""
        self.invariants[invariant] = self.invariants.get(invariant) or problem

    @property
    def hold(self) -> bool:
        return not any(self.invariants.values())


def examine(organization_id: int, company: Company, findings: Findings) -> None:
    """Wait until every accepted movement is final, then look."""
    keys = company.keys
    _wait(organization_id, keys, findings)
    with tenancy.scope(organization_id):
        found = Counter[str]()
        for first in range(0, len(keys), CHUNK):
            chunk = StockMovement.objects.filter(idempotency_key__in=keys[first : first + CHUNK])
            for key, status, rejection in chunk.values_list("idempotency_key", "status", "rejection"):
                found[key] += 1
                findings.outcomes[status] += 1
                findings.reasons[rejection] += bool(rejection)
        _check_keys(keys, company.broken_keys, found, findings)
        _check_transfers(company.transfers, findings)
        _check_counts(company.counts, findings)
    drift = int(verification.verify(organization_id=organization_id).drift)
    findings.require("verify_ledger: drift 0", f"drift {drift}" if drift else "")
    with chains.still():
        problems = verify_log(organization_id).problems
    findings.require("verify_audit: the log is whole", problems[0] if problems else "")


def _wait(organization_id: int, keys: Sequence[str], findings: Findings) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    waiting = True
    while waiting and time.monotonic() < end:
        with tenancy.scope(organization_id):
            waiting = InboxMovement.objects.filter(idempotency_key__in=keys).exists()
        if waiting:
            time.sleep(0.2)
    problem = f"some still wait after {PATIENCE_SECONDS:.0f} s" if waiting else ""
    findings.require("every accepted movement is final", problem)


def _check_keys(keys: Sequence[str], broken: Sequence[str], found: Counter[str], findings: Findings) -> None:
    wrong = [key for key in keys if found[key] != 1] + list(broken)
    problem = f"{len(wrong)} have not, such as {wrong[0]} ({found[wrong[0]]} movements)" if wrong else ""
    findings.require("each key has one movement", problem)


def _check_transfers(transfers: Sequence[str], findings: Findings) -> None:
    """Every unit that left a store arrived, was written off, went back or is on its way: the ledger says the same."""
    findings.transfers.update(TransferOrder.objects.filter(pk__in=transfers).values_list("status", flat=True))
    lines = TransferLine.objects.filter(order__in=transfers).values("order_id", "product_id", *FATES)
    posted = _legs(transfers)
    wrong = []
    for line in lines:
        findings.units.update({fate: line[fate] for fate in FATES})
        lost = line["damaged"] + line["short"]
        arrived = line["received"] + line["over"] + line["returned"] + lost
        legs = posted.get((line["order_id"], line["product_id"]), (0, 0, 0))
        if (
            legs != (line["dispatched"], arrived, lost)
            or line["dispatched"] != arrived - line["over"] + line["in_transit"]
        ):
            wrong.append(line["order_id"])
    problem = f"{len(wrong)} of {len(lines)} lines do not add up, such as one of {wrong[0]}" if wrong else ""
    findings.require("units are conserved across transfers", problem)


def _legs(transfers: Sequence[str]) -> dict[tuple[object, int], tuple[int, int, int]]:
    """Units sent, units arrived anywhere, units written off on arrival, by transfer and product."""

    def units(kind: Kind) -> Sum:
        return Sum("quantity", filter=Q(kind=kind), default=0)

    movements = StockMovement.objects.filter(transfer_id__in=transfers, status="applied").order_by()
    sums = movements.values("transfer_id", "product_id").annotate(
        sent=-units(Kind.TRANSFER_DISPATCH), arrived=units(Kind.TRANSFER_RECEIPT), lost=-units(Kind.REMOVAL)
    )
    return {(row["transfer_id"], row["product_id"]): (row["sent"], row["arrived"], row["lost"]) for row in sums}


def _check_counts(counts: Sequence[int], findings: Findings) -> None:
    """What a posted count found missing or too many is what the ledger was corrected by."""
    findings.counts.update(StockCount.objects.filter(pk__in=counts).values_list("state", flat=True))
    counted = StockCountLine.objects.filter(count__in=counts, counted_at__isnull=False)
    adjustments = StockCountAdjustment.objects.filter(count__in=counts)
    sums = dict(adjustments.values_list("line_id").annotate(Sum("quantity")).order_by())
    lines = list(counted.values_list("pk", "variance"))
    wrong = [line for line, variance in lines if variance != sums.get(line, 0)]
    movements = StockMovement.objects.filter(pk__in=adjustments.values("movement_id"), status="applied")
    missing = adjustments.count() - movements.count()
    findings.lines.update(counted=len(lines), adjusted=len(sums))
    problem = f"{len(wrong)} lines and {missing} movements are wrong" if wrong or missing else ""
    findings.require("every posted count is in the ledger", problem)

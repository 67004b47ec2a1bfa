"""What the ledger made of a played day, and whether everything that must always hold still does."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Sum

from audit.selectors import chains
from audit.selectors.verification import verify as verify_log
from inventory_project.kernel import tenancy
from stock.models import InboxMovement, StockMovement
from stock.services import verification

PATIENCE_SECONDS = 60.0
CHUNK = 5000


@dataclass(slots=True)
class Findings:
    """Verdicts by status or reason of rejection, and each invariant with what is wrong (nothing when it holds)."""

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    invariants: dict[str, str] = field(default_factory=dict)

    def require(self, invariant: str, problem: str) -> None:
        """Remember the first problem of an invariant over all organisations."""
        self.invariants[invariant] = self.invariants.get(invariant) or problem

    @property
    def hold(self) -> bool:
        return not any(self.invariants.values())


def examine(organization_id: int, keys: Sequence[str], broken_keys: Sequence[str], findings: Findings) -> None:
    """Wait until every accepted movement is final, then look."""
    _wait(organization_id, keys, findings)
    with tenancy.scope(organization_id):
        found = Counter[str]()
        transfers: list[object] = []
        for first in range(0, len(keys), CHUNK):
            chunk = StockMovement.objects.filter(idempotency_key__in=keys[first : first + CHUNK])
            for key, status, rejection, transfer in chunk.values_list(
                "idempotency_key", "status", "rejection", "transfer_id"
            ):
                found[key] += 1
                findings.outcomes[status] += 1
                findings.reasons[rejection] += bool(rejection)
                transfers += [transfer] if transfer and status == "applied" else []
        _check_keys(keys, broken_keys, found, findings)
        _check_transfers(transfers, findings)
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


def _check_transfers(transfers: Sequence[object], findings: Findings) -> None:
    """What left one store arrived in another: two legs that add up to nothing."""
    legs = StockMovement.objects.filter(transfer_id__in=transfers, status="applied").values("transfer_id")
    sums = list(legs.annotate(units=Sum("quantity"), legs=Count("id")).order_by())
    wrong = [row for row in sums if row["units"] or row["legs"] % 2]
    problem = f"{len(wrong)} of {len(transfers)} transfers do not add up" if wrong or len(sums) < len(transfers) else ""
    findings.require("units are conserved across transfers", problem)

"""The log in three figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from audit.models import AuditBlock, AuditChainHead


@dataclass(frozen=True, slots=True)
class Sealed:
    """How many chains and blocks there are, and when the last block was sealed."""

    chains: int
    blocks: int
    sealed_at: datetime | None


def sealed() -> Sealed:
    """Of the bound organisation: from the chains' heads, without counting blocks."""
    heads = list(AuditChainHead.objects.values_list("chain", "number"))
    newest = None
    if heads:
        ends = AuditBlock.objects.none()
        for chain, number in heads:
            ends = ends | AuditBlock.objects.filter(chain=chain, number=number)
        newest = max(ends.values_list("sealed_at", flat=True), default=None)
    return Sealed(len(heads), sum(number for _, number in heads), newest)

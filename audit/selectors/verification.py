"""Whether an organisation's log is whole."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from audit.selectors import chains
from audit.verifier.verify_export import Verifier, pinned_by


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was checked of one organisation's log and what is wrong with it, the first bad record first."""

    organization_id: int
    entries: int
    blocks: int
    seconds: float
    problems: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.problems


def verify(
    organization_id: int, *, checkpoints: Sequence[dict[str, Any]] = (), since_checkpoint: bool = False
) -> Verdict:
    """Recompute every chain of one organisation and compare it with the checkpoints. Needs `chains.still()`.

    With `since_checkpoint` the blocks that the newest checkpoint vouches for are not read again.
    """
    begun = time.monotonic()
    starts = _starts(checkpoints[-1], organization_id) if since_checkpoint and checkpoints else {}
    pinned = pinned_by(checkpoints[-1:] if since_checkpoint else checkpoints, organization_id)
    heads = {head["chain"]: (head["number"], head["hash"]) for head in chains.heads(organization_id)}
    verifier = Verifier(organization_id, heads=heads, pinned=pinned, starts=starts)
    begin = _first_sequence(organization_id, starts)
    if begin is not None:
        for kind, row in chains.blocks_and_texts(organization_id, from_sequence=begin):
            if kind == "entry":
                verifier.entry(row["sequence"], row["chain"], row["block"], row["text"])
            elif row["number"] > starts.get(row["chain"], (0, b""))[0]:
                verifier.block(row)
    problems = verifier.finish()
    return Verdict(organization_id, verifier.entries, verifier.blocks, time.monotonic() - begun, problems)


def count_to_read(organization_id: int, *, since: dict[str, Any] | None, at_most: int) -> int:
    """How many entries `verify` would read: all, or those after a checkpoint. Counting ends at `at_most`."""
    begin = _first_sequence(organization_id, _starts(since, organization_id) if since else {})
    return 0 if begin is None else chains.count_entries(organization_id, from_sequence=begin, at_most=at_most)


def _first_sequence(organization_id: int, starts: dict[int, tuple[int, bytes]]) -> int | None:
    known = json.dumps([{"chain": chain, "number": number} for chain, (number, _) in starts.items()])
    return chains.first_sequence_after(organization_id, known) if starts else 0


def _starts(checkpoint: dict[str, Any], organization_id: int) -> dict[int, tuple[int, bytes]]:
    return {
        chain: (number, bytes.fromhex(digest))
        for owner, chain, number, digest in checkpoint["heads"]
        if owner == organization_id and number
    }

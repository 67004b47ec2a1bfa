"""Whether one organisation's log is whole, answered while its admin waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audit.errors import TooMuchToCheck
from audit.selectors import chains
from audit.selectors.verification import Verdict, count_to_read, verify
from audit.services import checkpoints
from audit.verifier.verify_export import checkpoint_problems

# A web request must end: so many entries take a few seconds. `manage.py verify_audit` has no such limit.
MOST_ENTRIES = 200_000


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, and since which signed checkpoint was looked; None: from the log's beginning."""

    verdict: Verdict
    problems: list[str]
    since: datetime | None

    @property
    def is_whole(self) -> bool:
        return not self.problems


def check(organization_id: int, *, most: int = MOST_ENTRIES) -> Checked:
    """Recompute the chains from the beginning, or, of a long log, from the newest checkpoint on.

    Raises TooMuchToCheck where even that is too long.
    """
    kept = checkpoints.load()
    unsigned = checkpoint_problems(kept, checkpoints.signing_key() if kept else None)
    with chains.still():
        since = _newest_if_long(organization_id, kept, most)
        verdict = verify(organization_id, checkpoints=kept, since_checkpoint=since is not None)
    made = datetime.fromisoformat(since["made_at"]) if since else None
    return Checked(verdict, [*unsigned, *verdict.problems], made)


def _newest_if_long(organization_id: int, kept: list[dict[str, Any]], most: int) -> dict[str, Any] | None:
    """The checkpoint to begin at; None: the log is short enough to be read whole."""
    if count_to_read(organization_id, since=None, at_most=most + 1) <= most:
        return None
    newest = kept[-1] if kept else None
    if newest is None or count_to_read(organization_id, since=newest, at_most=most + 1) > most:
        raise TooMuchToCheck()
    return newest

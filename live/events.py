"""What happened, as listeners are told, and who is told of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

import orjson

from audit.models import AuditEntry
from audit.selectors.events import described
from audit.selectors.feed import Cursor, cursor_of
from audit.selectors.logs import sees
from inventory_project.kernel.access import Access, Role

# What a listener who names types must name too, if it wants them: they are no entries of the log.
FIGURES, IMPORTS = "kpi", "import"


class Event:
    """One entry of the log. Put into words once, however many listen."""

    def __init__(self, entry: AuditEntry) -> None:
        self.cursor = cursor_of(entry)
        self.action: str = entry.action
        self.store_id: int | None = entry.store_id
        self.facts = described(entry, sees_costs=True)
        self._entry = entry

    @property
    def kind(self) -> str | None:
        """The kind of movement, when it is one."""
        detail = self.facts["detail"]
        kind = detail.get("kind") if isinstance(detail, dict) else None
        return kind if isinstance(kind, str) else None

    @cached_property
    def facts_without_costs(self) -> dict[str, Any]:
        return described(self._entry, sees_costs=False)

    def told_to(self, access: Access) -> dict[str, Any]:
        return self.facts if access.sees_costs else self.facts_without_costs

    @cached_property
    def frame(self) -> bytes:
        return frame(self.facts, cursor=self.cursor)

    @cached_property
    def frame_without_costs(self) -> bytes:
        return frame(self.facts_without_costs, cursor=self.cursor)

    def frame_for(self, access: Access) -> bytes:
        return self.frame if access.sees_costs else self.frame_without_costs


def frame(facts: Any, *, name: str = "", cursor: Cursor | None = None) -> bytes:
    """One event of a stream (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""
    lines = [b"id: " + str(cursor).encode()] if cursor else []
    lines += [b"event: " + name.encode()] if name else []
    return b"\n".join([*lines, b"data: " + orjson.dumps(facts, option=orjson.OPT_UTC_Z), b"\n"])


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a listener asked for; empty asks for everything it may see.

    `storeless` asks for what belongs to no store beside the stores' own; `log_only` for no figures and no progress.
    """

    stores: frozenset[int] | None = None
    types: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    storeless: bool = False
    log_only: bool = False

    def admits(self, event: Event) -> bool:
        if self.stores is not None and event.store_id not in self.stores and not self._is_storeless(event):
            return False
        if self.types and not any(_is(event.action, each) for each in self.types):
            return False
        return not self.kinds or event.kind in self.kinds

    def _is_storeless(self, event: Event) -> bool:
        return self.storeless and event.store_id is None

    def includes(self, extra: str) -> bool:
        """Whether figures or the progress of imports are to be told too."""
        return not self.log_only and not self.kinds and (not self.types or extra in self.types)


def _is(action: str, wanted: str) -> bool:
    return action.startswith(wanted) if wanted.endswith(".") else action == wanted


@dataclass(frozen=True, slots=True)
class Audience:
    """Listeners that are told the same: chosen for once, however many they are."""

    rights: Access
    wanted: Wanted

    @classmethod
    def of(cls, access: Access, wanted: Wanted) -> Self:
        # Those limited to some stores are told of their own imports, so each of them is an audience.
        alone = access.store_ids is not None and access.role.at_least(Role.MANAGER) and wanted.includes(IMPORTS)
        return cls(replace(access, user_id=access.user_id if alone else 0, username="", token_id=None), wanted)

    def chosen(self, events: list[Event]) -> list[Event]:
        return [
            event
            for event in events
            if self.wanted.admits(event) and sees(self.rights, action=event.action, store_id=event.store_id)
        ]

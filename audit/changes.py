"""Versioned records whose every change is written together with its entry in the log.

A room describes each of its nouns once (`Noun`) and its services say what happens: create, change, remove.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import models

from audit import services as audit
from inventory_project.kernel import cache, records
from inventory_project.kernel.access import Actor
from inventory_project.kernel.tenancy import current_organization_id

R = TypeVar("R", bound=models.Model)
Facts = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Noun(Generic[R]):
    """One kind of record: its model, its name in the log (`room.noun`), the fields the log keeps.

    `refusals` names the field behind each constraint; `places` are the log's store_id or product_id.
    """

    model: type[R]
    name: str
    fields: tuple[str, ...]
    refusals: records.Refusals = field(default_factory=dict)
    places: Callable[[R], dict[str, Any]] = lambda record: {}

    def create(self, values: Facts, *, acting_as: Actor, after: Facts | None = None) -> R:
        """Insert one record. Raises what `refusals` say."""
        manager: Any = self.model._default_manager
        with records.refusing(self.refusals):
            record: R = manager.create(organization_id=current_organization_id(), **values)
        self.record("created", record, acting_as, after={**records.snapshot(record, self.fields), **(after or {})})
        return record

    def change(self, verb: str, record: R, values: Facts, *, acting_as: Actor, expected: records.Versions) -> R:
        """Write what differs; when nothing does, nothing is written.

        Raises StaleVersion or ChangedMeanwhile when somebody else was first, and what `refusals` say.
        """
        records.check_version(record, expected)
        changes = records.differences(record, values)
        if changes:
            before = records.snapshot(record, changes)
            with records.refusing(self.refusals):
                records.save_changes(record, changes, expected=expected)
            self.record(verb, record, acting_as, before=before, after=records.snapshot(record, changes))
        return record

    def delete(self, record: R, *, acting_as: Actor, expected: records.Versions, before: Facts | None = None) -> bool:
        """Delete the record unless it is in use; False, and nothing changed, when it is."""
        records.check_version(record, expected)
        facts = {**records.snapshot(record, self.fields), **(before or {})}
        if not records.delete_if_unused(record):
            return False
        self.record("deleted", record, acting_as, before=facts)
        return True

    def record(self, verb: str, record: R, acting_as: Actor, **what: Any) -> None:
        """Append the entry, and forget the reference lists that showed the old state."""
        self.record_many([self.entry(verb, record, acting_as, **what)])

    def record_many(self, entries: Iterable[audit.Entry]) -> None:
        kept = list(entries)
        if kept:
            audit.record_many(kept)
            cache.forget_after_commit(cache.REFERENCE)

    def entry(self, verb: str, record: R, acting_as: Actor, **what: Any) -> audit.Entry:
        return audit.Entry(
            action=f"{self.name}.{verb}",
            acting_as=acting_as,
            object_type=self.name.rpartition(".")[2],
            object_id=record.pk,
            object_label=str(record),
            **self.places(record),  # type: ignore[arg-type]
            **what,
        )

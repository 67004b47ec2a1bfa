"""The only writer of categories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from audit.changes import Noun
from catalog.models import Category
from inventory_project.kernel import records, sql
from inventory_project.kernel.access import Actor
from inventory_project.kernel.errors import AlreadyExists, InUse

CATEGORY = Noun(
    model=Category,
    name="catalog.category",
    fields=("name",),
    refusals={"category_name_unique": (AlreadyExists, "name", "Another category already has this name.")},
)
_ENSURE = Path(__file__).parent.parent / "sql" / "ensure_categories.sql"


def create(*, acting_as: Actor, values: Mapping[str, Any]) -> Category:
    """Add a category. Raises AlreadyExists naming `name`."""
    return CATEGORY.create(values, acting_as=acting_as)


def update(
    *, acting_as: Actor, record: Category, values: Mapping[str, Any], expected: records.Versions = None
) -> Category:
    """Rename a category. Raises StaleVersion or ChangedMeanwhile, AlreadyExists naming `name`."""
    return CATEGORY.change("updated", record, values, acting_as=acting_as, expected=expected)


def remove(*, acting_as: Actor, record: Category, expected: records.Versions = None) -> bool:
    """Delete a category no product is in. Raises InUse: a category has no history of its own, so it is not retired."""
    if not CATEGORY.delete(record, acting_as=acting_as, expected=expected):
        raise InUse("Products are in this category. Move them to another one first.")
    return True


def ensure_many(names: Iterable[str], *, acting_as: Actor) -> dict[str, int]:
    """The id of each category, by name as given; missing ones are added."""
    created, ids = sql.ensure_rows(_ENSURE, [{"name": name} for name in names], key="name")
    CATEGORY.record_many(
        CATEGORY.entry("created", category, acting_as, after=records.snapshot(category, CATEGORY.fields))
        for category in Category.objects.filter(pk__in=created).order_by("pk")
    )
    return ids

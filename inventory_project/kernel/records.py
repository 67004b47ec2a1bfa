"""Versioned records: what changed, changes that never overwrite one another, refusals named by constraint, removal.

A versioned record has `version` (one more with every change) and `updated_at`. Rooms record their own audit entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, models, transaction

from inventory_project.kernel import clock
from inventory_project.kernel.errors import ChangedMeanwhile, DomainError, StaleVersion

FOREIGN_KEY_VIOLATION = "23503"

Versions = frozenset[int] | None
"""The versions a caller accepts as the present one; None when it did not say."""

Refusals = Mapping[str, tuple[type[DomainError], str, str]]
"""Constraint name -> (error, field at fault, sentence)."""


def plain(value: Any) -> Any:
    """A field's value as the log keeps it: plain JSON, decimals as text without trailing zeros."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value


def snapshot(record: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """The named fields as the log keeps them."""
    return {field: plain(getattr(record, field)) for field in fields}


def differences(record: models.Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the values that differ from what the record holds."""
    return {field: value for field, value in values.items() if getattr(record, field) != value}


def check_version(record: Any, expected: Versions) -> None:
    """Raises StaleVersion when the record is no longer the one the caller read."""
    if expected is not None and record.version not in expected:
        raise StaleVersion()


def save_changes(record: Any, changes: Mapping[str, Any], *, expected: Versions = None) -> None:
    """Write the changes if the record still is what was read, in one conditional UPDATE, and raise its version.

    Raises StaleVersion when the caller named another version, ChangedMeanwhile when it named none and somebody else
    changed the record between our read and our write.
    """
    check_version(record, expected)
    stamped = {**changes, "version": record.version + 1, "updated_at": clock.now()}
    if not type(record).objects.filter(pk=record.pk, version=record.version).update(**stamped):
        raise StaleVersion() if expected is not None else ChangedMeanwhile()
    for field, value in stamped.items():
        setattr(record, field, value)


def delete_if_unused(record: Any) -> bool:
    """Delete the record unless other rows refer to it: the database's foreign keys decide, in one statement.

    So a room can keep its history without the rooms below knowing of it. False, and nothing changed, when in use.
    """
    table = connections[DEFAULT_DB_ALIAS].ops.quote_name(record._meta.db_table)
    query = f"DELETE FROM {table} WHERE organization_id = %s AND id = %s AND version = %s"
    try:
        with transaction.atomic(), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(query, [record.organization_id, record.pk, record.version])
            if cursor.rowcount == 0:
                raise ChangedMeanwhile()
    except IntegrityError as error:
        if getattr(error.__cause__, "sqlstate", None) == FOREIGN_KEY_VIOLATION:
            return False
        raise
    return True


@contextmanager
def refusing(refusals: Refusals) -> Iterator[None]:
    """Run a write in a savepoint; a violated constraint becomes the refusal that names its field.

    The constraint and not a query beforehand is the judge, so the answer is the same under a race.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        refusal = refusals.get(getattr(diagnosis, "constraint_name", None) or "")
        if refusal is None:
            raise
        kind, field, sentence = refusal
        raise kind(fields={field: [sentence]}) from error

"""The columns of a list as a file: the fields of its rows, those of inner objects beside them, times as times."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from rest_framework import serializers

Row = dict[str, Any]
Cells = list[Any]


@dataclass(frozen=True, slots=True)
class Spread:
    """A field that holds an object of changing keys, as a column for each known one: `in_sale`, `in_receipt` ..."""

    prefix: str
    keys: Sequence[str]


@dataclass(frozen=True, slots=True)
class Shape:
    """Names of columns, and how a row of the list becomes their cells."""

    columns: list[str]
    cells: Callable[[Row], Cells]


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    path: tuple[str, ...]
    read: Callable[[Any], Any]
    default: Any = None

    def of(self, row: Row) -> Any:
        value: Any = row
        for part in self.path:
            value = value.get(part, self.default) if isinstance(value, dict) else None
        return self.read(value)


def shape_of(row_shape: Any, first: Row | None, spread: dict[str, Spread]) -> Shape:
    """The columns of rows like `first`, in its order; without a row in the order of the serializer's fields.

    A field that rows may lack (costs, for those who may not see them) is a column only when the first row has it.
    """
    columns = list(_columns(row_shape, first, spread, ()))
    return Shape([column.name for column in columns], lambda row: [column.of(row) for column in columns])


def _columns(shape: Any, first: Row | None, spread: dict[str, Spread], above: tuple[str, ...]) -> Iterator[_Column]:
    fields = getattr(shape, "fields", {})
    names = first if first is not None else (name for name, field in fields.items() if _is_always_there(field, shape))
    for name in names:
        path, field = (*above, name), fields.get(name)
        inner = first.get(name) if first is not None else None
        if name in spread and not above:
            for key in spread[name].keys:
                yield _Column(f"{spread[name].prefix}_{key}", (name, key), _plain, default=0)
        elif isinstance(field, serializers.BaseSerializer) and not isinstance(field, serializers.ListSerializer):
            yield from _columns(field, inner if isinstance(inner, dict) else None, spread, path)
        else:
            yield _Column("_".join(path), path, reader_of(field))


def _is_always_there(field: Any, shape: Any) -> bool:
    """What also reads input always shows all of its fields; what only shows says which ones it may leave out."""
    if field.write_only:
        return False
    return isinstance(shape, serializers.ModelSerializer) or field.required or field.read_only


def reader_of(field: Any) -> Callable[[Any], Any]:
    """Turns what the list shows of the field into what a cell holds."""
    if isinstance(field, serializers.DateTimeField):
        return _moment
    if isinstance(field, serializers.DateField):
        return _day
    return _plain


def _plain(value: Any) -> Any:
    return value


def _moment(value: Any) -> Any:
    return parse_datetime(value) or value if isinstance(value, str) else value


def _day(value: Any) -> Any:
    return parse_date(value) or value if isinstance(value, str) else value


def figures(body: Row, row_shape: Any = None) -> Iterator[tuple[str, Any]]:
    """A report that is one object: its figures by name, those of inner objects under the name of the object."""
    yield from _figures(body, row_shape, "")


def _figures(values: Row, shape: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    fields = getattr(shape, "fields", {})
    for name, value in values.items():
        field = fields.get(name)
        if isinstance(value, dict):
            yield from _figures(value, field, f"{prefix}{name}_")
        elif isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
            for each in value:
                key, *rest = each  # the first field names the row
                inner = getattr(field, "child", None)
                yield from _figures({part: each[part] for part in rest}, inner, f"{prefix}{name}_{each[key]}_")
        elif isinstance(value, list):
            yield f"{prefix}{name}", " ".join(map(str, value))
        else:
            yield f"{prefix}{name}", reader_of(field)(value)


def local(value: Any, zone: Any) -> Any:
    """Instants by the clock of the zone, with its offset; dates and everything else as they are."""
    return value.astimezone(zone) if isinstance(value, datetime) and value.tzinfo else value

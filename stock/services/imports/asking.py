"""What the uploader says about a file, and what of that can be refused at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from inventory_project.kernel.access import Access
from inventory_project.kernel.errors import InvalidInput
from stock.models import ImportMapping
from stock.services.imports import formats, kinds, reading
from stores.models import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the uploader says about a file; whatever is left out is found in the file.

    `keep_repeats` counts rows that are the same; `keeps_stock` says that today's stock reflects these sales already.
    """

    kind: str = ""
    store: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    date_format: str = ""
    keep_repeats: bool = False
    keeps_stock: bool = False

    def kept(self) -> dict[str, Any]:
        values = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "store"}
        return {name: dict(value) if name == "mapping" else value for name, value in values.items() if value}


def store_id(asked: Asked, access: Access) -> int | None:
    """The store of rows that name none: the one said, else the only one the uploader may write to."""
    stores = Store.objects.filter(is_active=True)
    if access.store_ids is not None:
        stores = stores.filter(pk__in=access.store_ids)
    if not asked.store:
        only = list(stores.values_list("pk", flat=True)[:2])
        return only[0] if len(only) == 1 else None
    found = stores.filter(code_key=asked.store.upper()).first()
    if found is None and asked.store.isascii() and asked.store.isdigit() and len(asked.store) <= 18:
        found = stores.filter(pk=int(asked.store)).first()
    if found is None:
        raise InvalidInput(fields={"store": ["No such store."]})
    return int(found.pk)


def look(file: BinaryIO, asked: Asked) -> None:
    """Refuse at once what its first lines show to be no import."""
    form = reading.recognise(file, encoding=asked.encoding, delimiter=asked.delimiter)
    table = reading.open_table(file, form)
    remembered = ImportMapping.objects.filter(signature=kinds.signature(table.header)).first()
    if asked.mapping or asked.kind or remembered is None:
        kinds.understand(table.header, kind=asked.kind, mapping=asked.mapping)
    if asked.date_format and asked.date_format not in formats.ARRANGEMENTS:
        raise InvalidInput(fields={"date_format": [f"One of: {', '.join(formats.ARRANGEMENTS)}."]})
    file.seek(0)

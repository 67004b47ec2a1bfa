"""Where exported files lie: a Django storage, a folder for each organisation, nothing served from it directly."""

from __future__ import annotations

import uuid
from typing import IO, Any, BinaryIO, cast

from django.core.files import File
from django.core.files.storage import Storage, storages

from stock.errors import ExportGone


def storage() -> Storage:
    return storages["exports"]


def new_path(organization_id: int) -> str:
    """A place nobody can guess. It is noted before anything is written there."""
    return f"{organization_id}/{uuid.uuid4().hex}"


def keep(file: IO[Any], path: str) -> None:
    kept = storage().save(path, File(file))
    if kept != path:  # the storage does not keep files under the names it is given
        storage().delete(kept)
        raise RuntimeError(f"the storage kept {path} as {kept}")


def open_to_send(path: str) -> BinaryIO:
    """The file, for whoever closes it. Raises ExportGone."""
    try:
        return cast(BinaryIO, storage().open(path, "rb"))
    except (FileNotFoundError, ValueError) as error:
        raise ExportGone() from error


def forget(path: str) -> None:
    """Whether or not there is one."""
    if path:
        storage().delete(path)

"""Where uploaded files lie: a Django storage, a folder for each organisation, nothing served from it directly."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, BinaryIO, cast

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages

from stock.errors import ImportFileGone, UnreadableFile

BLOCK = 1 << 20


def storage() -> Storage:
    return storages["imports"]


def digest(file: BinaryIO) -> tuple[str, int]:
    """The file's SHA-256 and size. Raises UnreadableFile when it is larger than may be."""
    file.seek(0)
    found, size = hashlib.sha256(), 0
    while block := file.read(BLOCK):
        found.update(block)
        size += len(block)
        if size > settings.IMPORT_MAX_BYTES:
            raise UnreadableFile(f"The file is larger than {settings.IMPORT_MAX_BYTES >> 20:,} MB, which is the limit.")
    file.seek(0)
    return found.hexdigest(), size


def keep(file: IO[Any], *, organization_id: int) -> str:
    """Put the file away; its path in the storage. The uploader's name for it is no part of the path."""
    content = file if isinstance(file, File) else File(file)
    return storage().save(f"{organization_id}/{uuid.uuid4().hex}", content)


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """The file, to read. Raises ImportFileGone."""
    with open_to_send(path) as file:
        yield file


def open_to_send(path: str) -> BinaryIO:
    """As `opened`, for whoever closes it later."""
    if not path:
        raise ImportFileGone()
    try:
        return cast(BinaryIO, storage().open(path, "rb"))
    except (FileNotFoundError, ValueError) as error:
        raise ImportFileGone() from error


def forget(path: str) -> None:
    storage().delete(path)

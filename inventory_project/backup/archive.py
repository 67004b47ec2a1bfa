"""The file: a plain tar of gzipped members, so that `tar`, `gunzip` and `sha256sum -c` can read it without us.

The last member, SHA256SUMS, names every other one with its hash. A file without it was never finished.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import tarfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO

from inventory_project.backup.errors import NotABackup

SUMS = "SHA256SUMS"
LEVEL = 3  # of gzip: half as large again as 9, and five times as fast
BLOCK = tarfile.BLOCKSIZE
CHUNK = 1 << 20


@dataclass(slots=True)
class Member:
    """One member while it is written: what goes in is compressed and hashed on its way."""

    file: BinaryIO
    hash: Any = field(default_factory=hashlib.sha256)
    size: int = 0
    packer: Any = field(default_factory=lambda: zlib.compressobj(LEVEL, zlib.DEFLATED, 31))

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self._put(self.packer.compress(data))

    def end(self) -> None:
        self._put(self.packer.flush())

    def _put(self, packed: bytes) -> None:
        self.hash.update(packed)
        self.size += len(packed)
        self.file.write(packed)


@dataclass(slots=True)
class Writer:
    """Writes members one after another; the header of each is filled in when its length is known."""

    file: BinaryIO
    sums: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def member(self, name: str) -> Iterator[Member]:
        start = self.file.tell()
        self.file.write(bytes(BLOCK))
        member = Member(self.file)
        yield member
        member.end()
        self._close(name, start, member.size)
        self.sums[name] = member.hash.hexdigest()

    def finish(self) -> None:
        """The hashes, the end of the tar, and all of it on the disk."""
        sums = "".join(f"{digest}  {name}\n" for name, digest in self.sums.items()).encode()
        start = self.file.tell()
        self.file.write(bytes(BLOCK) + sums)
        self._close(SUMS, start, len(sums))
        self.file.write(bytes(2 * BLOCK))
        self.file.flush()
        os.fsync(self.file.fileno())

    def _close(self, name: str, start: int, size: int) -> None:
        self.file.write(bytes(-size % BLOCK))
        end = self.file.tell()
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, int(time.time())
        self.file.seek(start)
        self.file.write(info.tobuf(tarfile.GNU_FORMAT))
        self.file.seek(end)


class Reader:
    """A backup file whose every byte was checked before anything is made of it. Raises NotABackup, OSError."""

    def __init__(self, path: Path, report: Callable[[float], None]) -> None:
        self.path = path
        self.file = path.open("rb")
        try:
            self.tar = tarfile.open(fileobj=self.file, mode="r:")  # noqa: SIM115 - closed with the file
            self.members = {info.name: info for info in self.tar.getmembers()}
            self._check(report)
        except (tarfile.TarError, EOFError, ValueError) as error:
            self.close()
            raise NotABackup(f"{path} is no backup, or it is damaged.") from error
        except BaseException:
            self.close()
            raise

    def _check(self, report: Callable[[float], None]) -> None:
        if SUMS not in self.members or self.path.stat().st_size != self._end():
            raise NotABackup(f"{self.path} is no whole backup: it was cut short, or it is something else.")
        sums = dict(line.split("  ", 1)[::-1] for line in self._raw(SUMS).read().decode().splitlines())
        if set(sums) != set(self.members) - {SUMS}:
            raise NotABackup(f"{self.path} is damaged: it does not hold what its list of contents names.")
        whole, done = sum(info.size for info in self.members.values()) or 1, 0
        for name, digest in sums.items():
            found, stream = hashlib.sha256(), self._raw(name)
            while chunk := stream.read(CHUNK):
                found.update(chunk)
                done += len(chunk)
                report(done / whole)
            if found.hexdigest() != digest:
                raise NotABackup(f"{self.path} is damaged: the checksum of {name} is wrong.")
        self._check_filling()

    def _check_filling(self) -> None:
        """What fills members up to whole blocks is zeros: so no byte of the file is without a check."""
        for info in self.members.values():
            self.file.seek(info.offset_data + info.size)
            if any(self.file.read(-info.size % BLOCK + (2 * BLOCK if info.name == SUMS else 0))):
                raise NotABackup(f"{self.path} is damaged: there is something after {info.name} that does not belong.")

    def _end(self) -> int:
        """Where the file must end: the last member, filled up to a block, and the two that end a tar."""
        last = self.members[SUMS]
        return last.offset_data + last.size + -last.size % BLOCK + 2 * BLOCK

    def _raw(self, name: str) -> IO[bytes]:
        stream = self.tar.extractfile(self.members[name])
        assert stream is not None
        return stream

    def open(self, name: str) -> gzip.GzipFile:
        """A member's contents, unpacked on the way. Raises NotABackup when there is none of that name."""
        if name not in self.members:
            raise NotABackup(f"{self.path} holds no {name}.")
        return gzip.GzipFile(fileobj=self._raw(name))

    def close(self) -> None:
        self.file.close()

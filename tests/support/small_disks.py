"""A real file system of a few hundred megabytes that a test may fill."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MEGABYTE = 1024 * 1024


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """ext4 in a file, mounted; a tmpfs where there are no loop devices. Skips for a user who may not mount."""
    place, image = folder / "disk", folder / "disk.img"
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(megabytes * MEGABYTE)
    made = [
        [["mkfs.ext4", "-q", "-m", "0", str(image)], ["mount", "-o", "loop", str(image), str(place)]],
        [["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)]],
    ]
    if os.geteuid() != 0 or not any(all(map(_done, commands)) for commands in made):
        pytest.skip("a full disk is tested on a file system of its own, and this user may not mount one")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def _done(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def free_bytes(place: Path) -> int:
    disk = os.statvfs(place)
    return disk.f_bavail * disk.f_frsize


def fill(ballast: Path) -> int:
    """Write until nothing fits; how many bytes went in."""
    written = 0
    with ballast.open("ab", buffering=0) as file:
        for size in (MEGABYTE, 4096, 64):
            try:
                while True:
                    written += file.write(b"\0" * size)
            except OSError:
                continue
    return written

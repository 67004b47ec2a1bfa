"""Child processes that cannot outlive their parent.

Every child leads a session of its own, so a Ctrl-C at the terminal reaches only the supervisor and one signal to the
group reaches everything the child started. On Linux the kernel also signals the child when its parent dies, even by
kill -9. As root, PostgreSQL runs under an unprivileged user, because it refuses to run as root.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

_LINUX = sys.platform.startswith("linux")
_libc = ctypes.CDLL(None, use_errno=True) if _LINUX else None

MOST_FILES = 65_536

_PR_SET_PDEATHSIG = 1
_PR_SET_KEEPCAPS = 8
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_RAISE = 2
_CAP_DAC_OVERRIDE = 1
_CAP_DAC_READ_SEARCH = 2
_CAPABILITY_VERSION_3 = 0x20080522


def die_with_parent(death_signal: int = signal.SIGKILL, *, parent: int | None = None) -> None:
    """Ask the kernel to send this process `death_signal` when its parent dies. Does nothing where it cannot."""
    if _libc is None:
        return
    _libc.prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
    if parent is not None and os.getppid() != parent:  # the parent died before the request
        os._exit(1)


def _keep_file_access() -> None:
    """Keep the one capability that lets an unprivileged user pass root's private folders.

    Reading and searching is enough; a plain container has only the wider one.
    """
    assert _libc is not None
    for capability in (_CAP_DAC_READ_SEARCH, _CAP_DAC_OVERRIDE):
        bit = 1 << capability
        header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
        data = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)
        if _libc.capset(ctypes.byref(header), ctypes.byref(data)) == 0:
            _libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, capability, 0, 0)
            return


def open_more_files() -> None:
    """Let this process, and all it starts, open as many files as it may: each live connection is one.

    A shell's usual limit of 1,024 is far below what a web server keeps open for a chain's screens.
    """
    usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if most == resource.RLIM_INFINITY else min(most, MOST_FILES)
    if usual != resource.RLIM_INFINITY and usual < wanted:
        with suppress(ValueError, OSError):  # a system may hold to a limit that it does not name
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def become(uid: int, gid: int, *, pass_private_folders: bool) -> None:
    """Drop root for good; with `pass_private_folders` keep reading below folders that only root may enter."""
    if pass_private_folders and _libc is not None:
        _libc.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    if pass_private_folders and _libc is not None:
        _keep_file_access()


def unprivileged_user() -> tuple[int, int] | None:
    """The (uid, gid) services must run under that refuse root; None when we are not root."""
    if os.geteuid() != 0:
        return None
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return 65534, 65534
    return nobody.pw_uid, nobody.pw_gid


def has_private_parent(path: Path) -> bool:
    """True when others may not enter some folder above `path`."""
    return any(not parent.stat().st_mode & 0o001 for parent in path.resolve().parents)


def spawn(
    argv: Sequence[str],
    *,
    log: Path,
    env: Mapping[str, str],
    cwd: Path,
    user: tuple[int, int] | None = None,
    pass_private_folders: bool = False,
    death_signal: int = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a child in its own session, writing to `log`, bound to our life."""
    parent = os.getpid()

    def prepare() -> None:
        if user is not None:
            become(*user, pass_private_folders=pass_private_folders)
        die_with_parent(death_signal, parent=parent)  # after the change of user, which clears it

    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - our own programs
            argv,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=dict(env),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=prepare,  # noqa: PLW1509 - the supervisor has one thread
        )


def signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    """Signal the child and whatever it started."""
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        pass


def stop(process: subprocess.Popen[bytes], number: int, *, within: float) -> None:
    """Ask the child to end, and end its whole group when it has not by then."""
    if process.poll() is None:
        process.send_signal(number)
        try:
            process.wait(within)
        except subprocess.TimeoutExpired:
            pass
    signal_group(process, signal.SIGKILL)
    process.wait(5)


def wait_all(processes: Sequence[subprocess.Popen[bytes]], within: float) -> bool:
    """True when every process ended in time."""
    end = time.monotonic() + within
    while any(process.poll() is None for process in processes):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def last_line(log: Path) -> str:
    """The last line a child wrote, for the sentence that says why it did not start."""
    try:
        lines = log.read_text(errors="replace").strip().splitlines()
    except OSError:
        return ""
    return lines[-1] if lines else ""

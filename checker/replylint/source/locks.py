"""Locks, so that two runs at once do not undo each other's work.

They are the system's own: they end with the process that holds them, however it ends, and leave no file behind. What
packages for this add would take longer to import than the whole check of a draft.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from replylint.source.failures import BusyError

_PATIENCE = 20.0  # seconds; what is done under a lock takes a fraction of one
_PAUSE = 0.002


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Read and write files of a folder while no other run does both there.

    Where there is no such folder, or the file system knows no locks, nothing is waited for. Raises BusyError, OSError.
    """
    with contextlib.ExitStack() as stack:
        if folder.is_dir():
            stack.callback(os.close, _open(folder))  # which also gives the lock back
        yield


def wait_for_lock(file: int, path: Path) -> None:
    """Lock an open file until it is closed. Raises BusyError."""
    _until(lambda: _lock(file), path)


def _until(done: Callable[[], bool], path: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while not done():
        if time.monotonic() > end:
            raise BusyError(None, None, str(path))
        time.sleep(_PAUSE)


if sys.platform == "win32":
    import msvcrt

    def _open(folder: Path) -> int:
        """A folder cannot be locked, but a file in it can, which the system removes with its last handle."""
        found: list[int] = []

        def opened() -> bool:
            with contextlib.suppress(FileExistsError, PermissionError):  # somebody's, or about to be removed
                found.append(os.open(folder / ".replylint-lock", os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_TEMPORARY))
            return bool(found)

        _until(opened, folder)
        return found[0]

    def _lock(file: int) -> bool:
        os.lseek(file, 0x7FFF0000, os.SEEK_SET)  # a byte that is never written, so that readers are not kept out
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _open(folder: Path) -> int:
        handle = os.open(folder, os.O_RDONLY)
        try:
            wait_for_lock(handle, folder)
        except OSError as error:
            if isinstance(error, BusyError):
                os.close(handle)
                raise
        return handle

    def _lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

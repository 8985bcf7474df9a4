"""Files written whole or not at all.

A file is written beside its place, flushed to the disk, and moved there: whoever reads it sees what was there before or
all of what is new, also when the program is killed in between. What a killed run leaves behind is a hidden file named
`.replylint-*`, which nothing reads.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from replylint.source.failures import reason_of
from replylint.source.problems import Problem

LEFT_OVER = ".replylint-"
"""How the names of files begin that are still being written."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_file(path: Path, content: str | bytes, *, durable: bool = True) -> None:
    """Write a file, which may be there already and then keeps its permissions; a link there is replaced, not followed.

    Its folder, and those above it, are made if need be. durable: wait until the disk has it; without, a power failure
    may lose it, which caches can bear. Raises OSError.
    """
    beside = path.parent / f"{LEFT_OVER}{os.urandom(8).hex()}"
    try:
        handle = _new(beside, 0o666)
        try:
            _fill(handle, content, durable)
            _keep_permissions(path, beside)
            beside.replace(path)
        except BaseException:
            _remove(beside)
            raise
    except OSError as error:
        # What failed is the writing of this file; nobody knows of the one beside it.
        error.filename, error.filename2 = str(path), None
        raise
    if durable:
        _flush_folder(path.parent)


def create_file(path: Path, content: str | bytes, *, private: bool = False) -> None:
    """Write a file that must not be there yet. private: only its owner may read it, from its first byte on.

    Raises FileExistsError when anything is there, even a link to nothing, and OSError otherwise.
    """
    handle = _new(path, 0o600 if private else 0o666)
    try:
        _fill(handle, content, durable=True)
    except BaseException:
        _remove(path)
        raise
    _flush_folder(path.parent)


def written(path: Path, content: str | bytes) -> Problem | None:
    """Write a file as `write_file` does; what kept it from being written, to be told."""
    try:
        write_file(path, content)
    except OSError as error:
        return not_written(path, error)
    return None


def not_written(path: Path, error: OSError) -> Problem:
    """That a file could not be written, and why."""
    return Problem("source.cannot-write", values={"path": path.as_posix(), "reason": reason_of(error)})


def _new(path: Path, mode: int) -> int:
    """A new file, opened; its folder is made when it is not there."""
    try:
        return os.open(path, _NEW, mode)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, _NEW, mode)


def _keep_permissions(path: Path, successor: Path) -> None:
    """Give a file the permissions of the one that it is going to replace, if there is one."""
    with contextlib.suppress(FileNotFoundError):
        there = path.lstat()
        if stat.S_ISREG(there.st_mode):
            successor.chmod(there.st_mode & 0o777)


def _fill(handle: int, content: str | bytes, durable: bool) -> None:
    """Write all of a new file and close it."""
    with os.fdopen(handle, "wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        if durable:
            os.fsync(file.fileno())


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    """Make the new name as durable as the content, where the system lets a folder be flushed."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        with contextlib.suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)

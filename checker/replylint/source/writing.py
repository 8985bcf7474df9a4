"""Files written whole or not at all.

A file is written beside its place, flushed to the disk, and moved there: whoever reads it sees what was there before or
all of what is new, also when the program is killed in between. What a killed run leaves behind is a hidden file named
`.replylint-*`, which nothing reads.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from replylint.source.failures import ChangedError, reason_of
from replylint.source.problems import Problem

LEFT_OVER = ".replylint-"
"""How the names of files begin that are still being written."""

_DEVICES = (Path("/dev"), Path("/proc"))
_PATIENCE = 2.0 if sys.platform == "win32" else 0.0  # seconds; there, nobody can replace what somebody is just reading
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_file(path: Path, content: str | bytes, *, durable: bool = True, over: bytes | None = None) -> None:
    """Write a file, which may be there already and then keeps its permissions; a link there is replaced, not followed.

    Its folder, and those above it, are made if need be. What is no file but a device or a pipe is written to. durable:
    wait until the disk has it; without, a power failure may lose it, which caches can bear. over: what the file holds
    as far as the caller knows; where it holds something else, by an editor for example, that stays.
    Raises ChangedError and OSError.
    """
    if _is_device(path):
        with path.open("wb") as device:
            device.write(_bytes(content))
        return
    beside = _beside(path)
    with _told_as(path):
        handle = _new(beside, 0o666)
        try:
            _fill(handle, content, durable)
            _keep_permissions(path, beside)
            if over is not None and _held(path) != over:
                raise ChangedError(None, None, str(path))
            _replace(beside, path)
        except BaseException:
            _remove(beside)
            raise
    if durable:
        _flush_folder(path.parent)


def rewrite(path: Path, before: bytes, after: bytes) -> None:
    """Write what has become of a file that holds `before`, where a link leads, too. Raises ChangedError and OSError."""
    with _told_as(path):
        write_file(Path(os.path.realpath(path)), after, over=before)


def create_file(path: Path, content: str | bytes, *, private: bool = False) -> None:
    """Write a file that must not be there yet. private: only its owner may read it, from its first byte on.

    Raises FileExistsError when anything is there, even a link to nothing, and OSError otherwise.
    """
    if os.path.lexists(path):  # so that a folder that cannot be written to is no hindrance to what is there already
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    beside = _beside(path)
    with _told_as(path):
        handle = _new(beside, 0o600 if private else 0o666)
        try:
            _fill(handle, content, durable=True)
            _name(beside, path, content, private)
        finally:
            _remove(beside)
    _flush_folder(path.parent)


def not_written(path: Path, error: OSError) -> Problem:
    """That a file could not be written, and why."""
    return Problem("source.cannot-write", values={"path": path.as_posix(), "reason": reason_of(error)})


def _beside(path: Path) -> Path:
    return path.parent / f"{LEFT_OVER}{os.urandom(8).hex()}"


@contextlib.contextmanager
def _told_as(path: Path) -> Iterator[None]:
    """Errors name the file that could not be written: nobody knows of the one beside it."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def _is_device(path: Path) -> bool:
    """Whether a name stands for no file: a device, a pipe, or what the program was started with, as /dev/stdout."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    if stat.S_ISREG(mode) and path.is_symlink():
        return any(Path(os.path.realpath(path.parent)).is_relative_to(folder) for folder in _DEVICES)
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _held(path: Path) -> bytes:
    """What a file holds; nothing where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _replace(successor: Path, path: Path) -> None:
    """Give a file the name of another, which is gone then."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            successor.replace(path)
        except PermissionError:
            if time.monotonic() >= until:
                raise
            time.sleep(0.01)
        else:
            return


if sys.platform == "win32":

    def _name(new: Path, path: Path, content: str | bytes, private: bool) -> None:
        """Give a new file its name; there, this never replaces anything."""
        new.rename(path)

else:

    def _name(new: Path, path: Path, content: str | bytes, private: bool) -> None:
        """Give a new file its name, which nothing may have."""
        try:
            os.link(new, path)
        except FileExistsError:
            raise
        except OSError:  # a disk on which a file has one name only: the content follows the name
            handle = _new(path, 0o600 if private else 0o666)
            try:
                _fill(handle, content, durable=True)
            except BaseException:
                _remove(path)
                raise


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
        file.write(_bytes(content))
        file.flush()
        if durable:
            os.fsync(file.fileno())


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


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

"""The files of a run with what they hold, read once: what a verdict is kept under is what it was made of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from replylint.case.find import find_files
from replylint.case.model import Skipped, Unreadable

Taken = tuple[tuple[Path | Skipped, bytes], ...]
"""Files, each with its bytes, and what was passed over, in the order in which they were found."""

_MOST_FILES = 5_000
_MOST_BYTES = 32_000_000


def take(paths: Iterable[str | Path]) -> Taken | None:
    """What the files hold that the given files, folders and globs stand for.

    None where that is too much to be held in memory, or anything cannot be read.
    """
    taken: list[tuple[Path | Skipped, bytes]] = []
    left = _MOST_BYTES
    for found in find_files(paths):
        if isinstance(found, Unreadable) or len(taken) == _MOST_FILES:
            return None
        content = b"" if isinstance(found, Skipped) else _content(found, left)
        if content is None:
            return None
        left -= len(content)
        taken.append((found, content))
    return tuple(taken)


def _content(path: Path, most: int) -> bytes | None:
    """What a file holds; None where it holds more than so many bytes, or cannot be read."""
    try:
        with path.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError:
        return None
    return content if len(content) <= most else None


def digest_of(taken: Taken) -> str:
    """The digest of all names and contents in their order."""
    digest = hashlib.sha256()
    for found, content in taken:
        reason = found.reason.key if isinstance(found, Skipped) else ""
        path = found.path if isinstance(found, Skipped) else found.as_posix()
        for part in (path.encode("utf-8", "surrogateescape"), reason.encode(), content):
            digest.update(b"%d " % len(part))
            digest.update(part)
    return digest.hexdigest()

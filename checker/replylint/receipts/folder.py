"""Receipts in a folder: one file for each reply that was cleared, named after what it is for.

The name only helps to find a receipt; what it is for, it says inside.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from replylint.receipts.bound import Bound
from replylint.receipts.envelope import MOST_BYTES, sealed
from replylint.receipts.receipt import MalformedError, Receipt
from replylint.source.failures import reason_of
from replylint.source.problems import Problem
from replylint.source.writing import not_written, write_file

if TYPE_CHECKING:
    from replylint.receipts.keys import PrivateKey

SUFFIX = ".receipt"
_DIGITS = 16  # of a digest in a name
_MOST_OF_ID = 60


def file_name(bound: Bound) -> str:
    """The name of a draft's receipt; the same draft with the same words and actions has the same name."""
    return f"{_readable(bound.id)}-{_short(bound.reply)}-{_short(bound.digest)}{SUFFIX}"


def keep(receipt: Receipt, folder: Path, key: PrivateKey | None) -> Problem | None:
    """Write a receipt, in the place of an earlier one for the same; what kept it from being written."""
    path = folder / file_name(receipt.bound)
    try:
        # A receipt that a power failure loses or cuts is refused; waiting for the disk would gain nothing.
        write_file(path, sealed(receipt, key), durable=False)
    except OSError as error:
        return not_written(path, error)
    return None


def revoke(bound: Bound, folder: Path) -> Problem | None:
    """Remove the receipt of a draft that is no longer cleared; what kept it from being removed."""
    path = folder / file_name(bound)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        return Problem("receipts.not-removed", values={"path": path.as_posix(), "reason": reason_of(error)})
    return None


def content(path: Path) -> bytes:
    """A receipt's bytes. Raises MalformedError for what is no regular file or too large, and OSError."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise MalformedError("receipts.no-json")
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def receipts_for_text(folder: Path, reply: str) -> list[Path]:
    """The receipts that are named after a reply's digest."""
    return _named(folder, f"*-{_short(reply)}-*{SUFFIX}")


def receipts_for_draft(folder: Path, draft: str) -> list[Path]:
    """The receipts that are named after a draft's id, and those of drafts with a similar id."""
    return _named(folder, f"{_readable(draft)}-*{SUFFIX}")


def _named(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern))


def _readable(draft: str) -> str:
    """What of an id can stand in a file's name everywhere."""
    return "-".join(_words(draft))[:_MOST_OF_ID].strip("-.") or "draft"


def _words(draft: str) -> Iterator[str]:
    return (found[0] for found in re.finditer(r"[A-Za-z0-9._-]+", draft))


def _short(digest: str) -> str:
    return digest.partition(":")[2][:_DIGITS]

"""Postings that are allowed once: a log of what was verified, looked through while nobody else can add to it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import BinaryIO

from replylint.receipts import log
from replylint.receipts.chain import examine
from replylint.receipts.receipt import Receipt
from replylint.source.failures import reason_of
from replylint.source.problems import Problem


class PostedError(Exception):
    """The same reply was verified for the same draft before; `at` is when."""

    def __init__(self, at: str):
        super().__init__(at)
        self.at = at


class _BrokenError(Exception):
    """The log is not as it was written, so that a line may be missing."""


def post_once(path: Path, receipt: Receipt, now: dt.datetime) -> Problem | None:
    """Note that a reply is about to be posted for a draft; why it cannot be noted.

    What counts is the draft, its platform and review, the words and the actions: checking them again and posting them
    with the new receipt is refused all the same. Raises PostedError.
    """
    name = receipt.bound.digest
    at = now.isoformat(timespec="seconds")
    entry = {"posting": name, "draft": receipt.bound.id, "platform": receipt.bound.platform, "at": at}

    def same(line: log.Line) -> None:
        if line.entry.get("posting") == name:
            raise PostedError(str(line.entry.get("at")))

    def look(stream: BinaryIO) -> None:
        if any(problem.key != "receipts.log-cut" for problem in examine(stream, each=same).problems):
            raise _BrokenError

    values = {"path": path.as_posix()}
    try:
        log.add(path, entry, durable=True, look=look)
    except log.NoLogError:
        return Problem("receipts.no-log", values=values)
    except _BrokenError:
        return Problem("receipts.log-broken", values=values)
    except OSError as error:
        return Problem("source.cannot-write", values={**values, "reason": reason_of(error)})
    return None

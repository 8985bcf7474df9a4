"""The receipt for what is about to be posted, or the reasons why there is none that allows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from replylint.receipts import folder as files
from replylint.receipts.receipt import MalformedError, Receipt
from replylint.receipts.verify import Posting, Terms, differences, refusals
from replylint.source.failures import reason_of
from replylint.source.problems import Problem

Open = Callable[[bytes], Receipt]


@dataclass(frozen=True)
class Allowed:
    """A posting that a receipt allows, and the receipt's file."""

    receipt: Receipt
    path: Path


@dataclass(frozen=True)
class Refused:
    """A posting that no receipt allows. path: the receipt that was looked at, if there is one for this draft."""

    problems: tuple[Problem, ...]
    path: Path | None = None


@dataclass(frozen=True)
class _Seen:
    """A receipt's file, with what it says or why it cannot be believed."""

    path: Path
    receipt: Receipt | Problem


def allowed(
    posting: Posting, folder: Path, terms: Terms, read: Open, lookalikes: Mapping[str, str]
) -> Allowed | Refused:
    """The receipt that allows a posting. `read` opens a receipt's bytes, and raises MalformedError.

    lookalikes: digests of texts that differ from this one in a way that one cannot see, each with the key of the
    sentence that says in what.
    """
    seen = list(_relevant(posting, folder, read))
    good = [Allowed(each.receipt, each.path) for each in seen if isinstance(each.receipt, Receipt) and
            not refusals(each.receipt, posting, terms)]  # fmt: skip
    if good:
        return _latest(good) if len({_for(each.receipt) for each in good}) == 1 else _several(good)
    if not seen:
        return _none(posting, folder, read, lookalikes)
    return _refused(seen, posting, terms)


def _relevant(posting: Posting, folder: Path, read: Open) -> Iterator[_Seen]:
    """The receipts that could be meant: the one named after the draft, or those named after the text."""
    if posting.bound is not None:
        path = folder / files.file_name(posting.bound)
        paths = [path] if path.exists() else []
    else:
        paths = files.receipts_for_text(folder, posting.reply)
    seen = [_Seen(path, _read(path, read)) for path in paths]
    meant = [each for each in seen if isinstance(each.receipt, Problem) or _is_for(each.receipt, posting)]
    yield from meant or seen


def _is_for(receipt: Receipt, posting: Posting) -> bool:
    return not any(differences(receipt.bound, posting))


def _read(path: Path, read: Open) -> Receipt | Problem:
    try:
        return read(files.content(path))
    except MalformedError as error:
        return Problem(error.key, values=error.values)
    except OSError as error:
        return Problem("receipts.unreadable", values={"path": path.as_posix(), "reason": reason_of(error)})


def _for(receipt: Receipt) -> tuple[str, str]:
    return receipt.bound.id, receipt.bound.platform


def _latest(good: list[Allowed]) -> Allowed:
    return max(good, key=lambda each: each.receipt.now)


def _several(good: list[Allowed]) -> Refused:
    drafts = tuple(sorted({each.receipt.bound.id for each in good}))
    return Refused((Problem("receipts.several", values={"drafts": drafts}),))


def _refused(seen: list[_Seen], posting: Posting, terms: Terms) -> Refused:
    """What is wrong with the receipt that comes nearest: a whole one before a broken one, the latest of those."""
    whole = [each for each in seen if isinstance(each.receipt, Receipt)]
    nearest = max(whole or seen, key=_age)
    if isinstance(nearest.receipt, Problem):
        return Refused((nearest.receipt,), nearest.path)
    return Refused(refusals(nearest.receipt, posting, terms), nearest.path)


def _age(seen: _Seen) -> float:
    return seen.receipt.now.timestamp() if isinstance(seen.receipt, Receipt) else 0


def _none(posting: Posting, folder: Path, read: Open, lookalikes: Mapping[str, str]) -> Refused:
    """Why no receipt is named after this: the words or the actions have changed since, or nothing was ever cleared."""
    for digest, key in lookalikes.items():
        for path in files.receipts_for_text(folder, digest):
            receipt = _read(path, read)
            if isinstance(receipt, Receipt) and receipt.bound.reply == digest:
                return Refused((Problem(key, values={"id": receipt.bound.id}),), path)
    draft = posting.bound.id if posting.bound else posting.draft
    if draft is None:
        return Refused((Problem("receipts.none-for-text", values={"folder": folder.as_posix()}),))
    found = [_Seen(path, _read(path, read)) for path in files.receipts_for_draft(folder, draft)]
    same = [each for each in found if isinstance(each.receipt, Receipt) and each.receipt.bound.id == draft]
    if not same:
        return Refused((Problem("receipts.none-for-draft", values={"id": draft, "folder": folder.as_posix()}),))
    nearest = max(same, key=_age)
    assert isinstance(nearest.receipt, Receipt)
    return Refused(tuple(differences(nearest.receipt.bound, posting)), nearest.path)

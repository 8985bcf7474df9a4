"""What is about to be posted, held against the receipts in a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from replylint.case.model import Case
from replylint.receipts.bound import bound
from replylint.receipts.find import Allowed, Open, Refused, allowed
from replylint.receipts.once import PostedError, post_once
from replylint.receipts.receipt import Receipt
from replylint.receipts.relied import entries_of
from replylint.receipts.verify import NO_POLICY, Posting, Terms
from replylint.source.digests import digest, text_digest
from replylint.source.problems import Problem

LEFT_OUT = ("actions", "approvals", "waivers", "policy", "signature")
"""What a posting may have to be verified without."""


@dataclass(frozen=True)
class ToPost:
    """A posting, its text where a draft was read, and digests of texts that look the same as what was given.

    lookalikes: each with the key of the sentence that says in what that text differs.
    """

    posting: Posting
    text: str = ""
    lookalikes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What came of one posting.

    posting: what was asked about. receipt: the one that allows it; None when it is refused. problems: why it is
    refused. path: the receipt that was looked at, if any. known: whether an answer was found; without one nothing may
    be posted either.
    """

    posting: Posting
    receipt: Receipt | None
    problems: tuple[Problem, ...] = ()
    path: Path | None = None
    known: bool = True


@dataclass(frozen=True)
class Gate:
    """What every posting of a run is held against.

    folder: with the receipts. read: opens one. once: the log of postings, each of which is allowed once.
    """

    folder: Path
    terms: Terms
    read: Open
    once: Path | None = None

    def outcome(self, each: ToPost) -> Outcome:
        """Whether a posting is allowed; it is noted as posted when each is allowed once."""
        found = allowed(each.posting, self.folder, self.terms, self.read, each.lookalikes)
        if isinstance(found, Refused):
            known = any(problem.key != NO_POLICY for problem in found.problems)
            return Outcome(each.posting, None, found.problems, found.path, known)
        return self._noted(each.posting, found)

    def _noted(self, posting: Posting, found: Allowed) -> Outcome:
        good = Outcome(posting, found.receipt, (), found.path)
        if self.once is None:
            return good
        try:
            problem = post_once(self.once, found.receipt, self.terms.now)
        except PostedError as error:
            values = {"id": found.receipt.bound.id, "at": error.at, "path": str(self.once)}
            return Outcome(posting, None, (Problem("receipts.posted-before", values=values),))
        return Outcome(posting, None, (problem,), None, known=False) if problem is not None else good


def of_case(case: Case, platform: str | None = None) -> ToPost:
    """A draft as it was read from its file; platform: where it is going to be posted, if that is said."""
    whole = bound(case)
    lf = case.reply.text.replace("\r\n", "\n")
    ends = {lf: "receipts.case-has-crlf", lf.replace("\n", "\r\n"): "receipts.case-lacks-crlf"}
    alike = {text_digest(text): key for text, key in ends.items() if text != case.reply.text}
    return ToPost(Posting(whole.reply, whole, platform=platform, entries=entries_of(case)), case.reply.text, alike)


def of_text(data: bytes, draft: str | None = None, platform: str | None = None) -> ToPost:
    """The bytes of a text, for which draft and where to, if that is said."""
    # The first that fits tells most precisely what came between.
    return ToPost(Posting(digest(data), None, draft, platform), "", dict(reversed(list(_lookalikes(data)))))


def _lookalikes(data: bytes) -> Iterator[tuple[str, str]]:
    """Digests of the texts that were probably meant, with the key of the sentence that says what came between."""
    bom, ends = data.removeprefix(b"\xef\xbb\xbf"), data.replace(b"\r\n", b"\n")
    yield digest(bom), "receipts.text-has-bom"
    yield digest(data.rstrip(b"\r\n")), "receipts.text-has-end"
    yield digest(ends), "receipts.text-has-crlf"
    yield digest(data.replace(b"\n", b"\r\n")), "receipts.text-lacks-crlf"
    yield digest(bom.replace(b"\r\n", b"\n").strip()), "receipts.text-has-several"
    for codec in ("utf-16", "cp950"):
        try:
            yield text_digest(data.decode(codec).strip()), "receipts.text-other-encoding"
        except UnicodeDecodeError:
            continue


def not_compared(outcome: Outcome, terms: Terms, signed: bool) -> tuple[str, ...]:
    """What of `LEFT_OUT` a verified posting was not held against; signed: whether a signature was asked for."""
    receipt = outcome.receipt
    if receipt is None:
        return ()
    alone, blind = outcome.posting.entries is None, terms.policy is None
    stated = {waiver["stated"] for waiver in receipt.waivers}
    out = {
        "actions": alone and bool(set(receipt.bound.planned) - {"reply"}),
        "approvals": alone and bool(receipt.approvals),
        "waivers": (alone and "draft" in stated) or (blind and "policy" in stated),
        "policy": blind,
        "signature": not signed,
    }
    return tuple(name for name in LEFT_OUT if out[name])

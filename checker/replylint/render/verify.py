"""What came of verifying: for people line by line, for programs as JSON, version 1, described by `verify_schema`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from replylint.receipts.posting import Outcome
from replylint.receipts.receipt import Receipt
from replylint.render.json import dumps, problems_told
from replylint.render.options import Options
from replylint.render.visible import visible
from replylint.source.messages import Lang, describe, say
from replylint.source.problems import Problem, Said, Saying

VERSION = 1
_COUNTS = {"verified": "verified", "refused": "refused", "could-not-verify": "could_not_verify"}


@dataclass(frozen=True)
class Verified:
    """An outcome with what it was not held against, as `receipts.posting.not_compared` names it."""

    outcome: Outcome
    left_out: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """One word for it."""
        if self.outcome.receipt is not None:
            return "verified"
        return "refused" if self.outcome.known else "could-not-verify"


def verify_lines(each: Verified, lang: Lang) -> Iterator[str]:
    """One outcome as lines without line ends."""
    receipt = each.outcome.receipt
    yield from _allowed(receipt, each.left_out, lang) if receipt is not None else _refused(each.outcome, lang)


def verify_json(
    found: Sequence[Verified], errors: Sequence[Problem], now: dt.datetime, options: Options
) -> Iterator[str]:
    """All outcomes, and what kept others from being reached, as one JSON object, one posting a line."""
    tool = {"name": "replylint", "version": options.version}
    head = {"version": VERSION, "tool": tool, "now": now.isoformat()}
    yield dumps(head)[:-1] + ', "postings": ['
    yield ",".join("\n" + dumps(_posting(each, options.lang)) for each in found)
    counts = {name: sum(each.verdict == verdict for each in found) for verdict, name in _COUNTS.items()}
    yield f'\n], "errors": {dumps(problems_told(errors, options.lang))}, "summary": {dumps(counts)}}}\n'


def _posting(each: Verified, lang: Lang) -> dict[str, Any]:
    asked, receipt = each.outcome.posting, each.outcome.receipt
    wanted = receipt.bound if receipt is not None else asked.bound
    return {
        "id": wanted.id if wanted is not None else asked.draft,
        "platform": (wanted.platform or None) if wanted is not None else asked.platform,
        "reply": asked.reply,
        "verdict": each.verdict,
        "problems": problems_told(each.outcome.problems, lang),
        "not_compared": list(each.left_out),
        "receipt": each.outcome.path.as_posix() if each.outcome.path is not None else None,
        "checked": _checked(receipt) if receipt is not None else None,
    }


def _checked(receipt: Receipt) -> dict[str, Any]:
    names = ("rule", "by", "role", "until", "reason")
    return {
        "at": receipt.now.isoformat(),
        "expires": receipt.expires.isoformat(),
        "tool": receipt.tool,
        "fail_level": receipt.fail_level,
        "waived": [{name: waiver[name] for name in names} for waiver in receipt.waivers],
        "known": receipt.known,
    }


def _allowed(receipt: Receipt, left_out: Sequence[str], lang: Lang) -> Iterator[str]:
    b = receipt.bound
    where: Saying = visible(b.platform) if b.platform else Said("receipts.no-platform")
    at = receipt.now.isoformat(timespec="minutes")
    until = receipt.expires.isoformat(timespec="minutes")
    yield say("receipts.verified", lang, {"id": visible(b.id), "platform": where, "at": at, "until": until})
    if stands := tuple(_let_stand(receipt)):
        yield "  " + say("receipts.let-stand", lang, {"points": stands})
    for name in left_out:
        yield "  " + say(f"receipts.not-compared-{name}", lang, {"actions": b.planned})


def _let_stand(receipt: Receipt) -> Iterator[Saying]:
    for waiver in receipt.waivers:
        shown = {name: visible(waiver[name]) for name in ("rule", "by", "role")}
        yield Said("receipts.let-stand-waived", shown)
    if receipt.known:
        yield Said("receipts.let-stand-known", {"number": str(receipt.known)})


def _refused(outcome: Outcome, lang: Lang) -> Iterator[str]:
    asked = outcome.posting
    name = asked.bound.id if asked.bound else asked.draft
    shown: Saying = f"{visible(name)}" if name else Said("receipts.the-text")
    word = "receipts.refused" if outcome.known else "receipts.not-verified"
    for problem in outcome.problems:
        sentence, advice = describe(problem, lang)
        yield say(word, lang, {"name": shown, "why": visible(sentence)})
        if advice:
            label = say("render.help", lang)
            yield "  " + say("render.problem", lang, {"severity": label, "message": visible(advice)})
    if outcome.path is not None:
        yield "  " + say("receipts.see-receipt", lang, {"path": visible(outcome.path.as_posix())})

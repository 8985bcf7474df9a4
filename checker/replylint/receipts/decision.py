"""What the audit log says of one verdict: enough to find, repeat and contest it, and nothing that a customer wrote.

No text of the review or the reply, and no quotes, unless they are asked for: only digests and places.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from replylint.evaluate.model import CaseVerdict, CouldNotCheck, Finding, Undecided
from replylint.language.revision import Revision
from replylint.receipts.approved import Approved, approval_told
from replylint.receipts.bound import Bound
from replylint.receipts.receipt import TOOL
from replylint.receipts.relied import waiver_told
from replylint.source.digests import plain_digest
from replylint.source.messages import Lang

_MOST = 50  # points of one draft that are told one by one; the rest is counted
_ID_DIGITS = 32


@dataclass(frozen=True)
class Circumstances:
    """What all verdicts of a run have in common.

    policy: as shown to people; revision: its digests. now: the moment of the check; clock: whether that was the clock's
    time, or given. fail_level: what blocks. only: the rules that were chosen, when not all were. words: also tell the
    words at fault and the messages, these in `lang`.
    """

    policy: str
    revision: Revision
    tool: str
    now: dt.datetime
    clock: bool
    fail_level: str
    only: tuple[str, ...] = ()
    words: bool = False
    lang: Lang = "en"


def decision(
    entry: CaseVerdict | CouldNotCheck, bound: Bound | None, run: Circumstances, approved: Approved = ()
) -> dict[str, Any]:
    """One verdict, or why there is none, as plain values; `decision` is its id. `approved`: what the draft states."""
    told = {
        "at": run.now.isoformat(),
        "clock": "system" if run.clock else "given",
        "draft": {"id": entry.id, "file": entry.file} | (_draft(bound) if bound else {}),
        "fail_level": run.fail_level,
        "approvals": [approval_told(*each) for each in approved[:_MOST]],
        "policy": {
            "source": run.policy,
            "contract": run.revision.contract,
            "rules": run.revision.rules,
            "lexicon": run.revision.lexicon,
            "settings": run.revision.settings,
        },
        "tool": {"name": TOOL, "version": run.tool},
    } | (_verdict(entry, run) if isinstance(entry, CaseVerdict) else _none(entry))
    return told | {"decision": plain_digest(told).partition(":")[2][:_ID_DIGITS]}


def _draft(bound: Bound) -> dict[str, Any]:
    return {
        "platform": bound.platform,
        "reply": bound.reply,
        "review": bound.review,
        "actions": bound.actions,
        "planned": list(bound.planned),
    }


def _verdict(entry: CaseVerdict, run: Circumstances) -> dict[str, Any]:
    return {
        "verdict": entry.verdict,
        "rules_evaluated": entry.rules_evaluated,
        "only_rules": list(run.only),
        "findings": _points(entry.findings, run),
        "undecided": _points(entry.undecided, run),
        "waived": [waiver_told(waived.waiver, run.words) for waived in entry.waived[:_MOST]],
        "known": entry.known,
        "not_told": max(0, len(entry.findings) - _MOST) + max(0, len(entry.undecided) - _MOST),
    }


def _none(entry: CouldNotCheck) -> dict[str, Any]:
    return {"verdict": "could-not-check", "problems": [problem.key for problem in entry.problems[:_MOST]]}


def _points(points: Sequence[Finding | Undecided], run: Circumstances) -> list[dict[str, Any]]:
    return [_point(point, run) for point in points[:_MOST]]


def _point(point: Finding | Undecided, run: Circumstances) -> dict[str, Any]:
    first = point.labels[0].where
    told: dict[str, Any] = {
        "rule": point.rule,
        "severity": point.severity,
        "span": [first.span.start, first.span.end],
    }
    if isinstance(point, Undecided):
        told["missing"] = _keys(problem.key for problem in point.missing)
    if run.words:
        told |= {"message": point.message.said(run.lang), "words": first.words}
    return told


def _keys(keys: Iterable[str]) -> list[str]:
    return sorted(set(keys))

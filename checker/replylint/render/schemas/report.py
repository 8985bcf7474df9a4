"""The JSON Schema of the JSON report."""

from __future__ import annotations

from typing import get_args

from replylint.contract.clocks import NAMES, State
from replylint.contract.terms import LEVELS
from replylint.evaluate.model import SEVERITIES, Role, Verdict
from replylint.render.schemas.shapes import (
    COUNT,
    COUNTS,
    TEXT,
    TIME,
    YES_NO,
    Schema,
    about,
    document,
    listing,
    maybe,
    one_of,
    problem,
    record,
    ref,
    span,
)  # fmt: skip


def json_schema() -> Schema:
    """The schema of report version 1, in JSON Schema 2020-12; every key of every object is always there."""
    return document(
        "report",
        {
            "cases": listing({"oneOf": [ref("case"), ref("failure")]}),
            "policy": ref("policy"),
            "summary": ref("summary"),
        },
        _definitions(),
    )


def _definitions() -> Schema:
    return {
        "case": _case(),
        "failure": about(
            "A draft or a file on which no verdict was reached.",
            record({"id": TEXT, "file": TEXT, "error": record({"problems": listing(ref("problem"))})}),
        ),
        "finding": about(
            "The draft breaks a rule. missing: about what is not there. approvers: who may let it stand.",
            record(_finding()),
        ),
        "undecided": about(
            "A rule that could not be decided, with what would have to be known.",
            record(_undecided()),
        ),
        "waived": about(
            "A finding, or an undecided rule, that a waiver sets aside.",
            {"anyOf": [record(_finding() | _waiver()), record(_undecided() | _waiver())]},
        ),
        "problem": problem(),
        "span": span(),
        "labelled": span({"role": one_of(get_args(Role))}),
        "contact": _contact(),
        "policy": about(
            "Where the policy came from, the digest of its contents, and the moment the check was made for.",
            record({"source": TEXT, "revision": TEXT, "now": TIME}),
        ),
        "summary": _summary(),
    }


def _case() -> Schema:
    keys = {
        "id": TEXT,
        "file": TEXT,
        "verdict": one_of(get_args(Verdict)),
        "findings": listing(ref("finding")),
        "undecided": listing(ref("undecided")),
        "contact": maybe(ref("contact")),
        "level": maybe(one_of(LEVELS)),
        "why": listing(TEXT),
        "rules_evaluated": COUNT,
        "unevaluated": listing(TEXT),
        "ignored": listing(TEXT),
        "waived": listing(ref("waived")),
        "known": COUNT,
        "unwaived": COUNT,
    }
    words = (
        "A draft with its verdict. ignored: fields of the file that nothing reads. waived: what waivers set aside. "
        "known: how many findings the baseline holds already. unwaived: how many of those told here waivers would set "
        "aside, had they not been declined. unevaluated: the rules about words, of a draft that plans actions alone."
    )
    return about(words, record(keys))


def _point() -> Schema:
    severity = one_of(SEVERITIES)
    return {"rule": TEXT, "category": TEXT, "severity": severity, "message": TEXT, "words_digest": TEXT}


def _finding() -> Schema:
    advice = {"instead": maybe(TEXT), "to_do": maybe(TEXT)}
    reached = listing(record({"role": TEXT, "name": TEXT, "channel": TEXT, "on_duty": YES_NO}))
    return {**_point(), **advice, "missing": YES_NO, "approvers": reached, "spans": listing(ref("labelled"))}


def _undecided() -> Schema:
    return {**_point(), "unknown": listing(ref("problem")), "spans": listing(ref("labelled"))}


def _waiver() -> Schema:
    until = TIME
    return {"waiver": record({"reason": TEXT, "by": TEXT, "role": TEXT, "until": until, "span": ref("span")})}


def _contact() -> Schema:
    due = {"before": maybe(TIME), "before_latest": maybe(TIME), "clock": maybe(one_of(NAMES)),
           "state": one_of(get_args(State))}  # fmt: skip
    keys = {"role": TEXT, "name": TEXT, "channel": TEXT, "on_duty": YES_NO, **due}
    keys |= {"awaited": listing(record({**due, "recorded": YES_NO})), "next": maybe(ref("contact"))}
    what = (
        "Whom to ask, what is due first of all that is not known to be done, and until when; who comes next. awaited: "
        "all of that by time; before_latest: the same as before, but where of the review only the day is known; "
        "recorded: whether it would be known, had it been done."
    )
    return about(what, record(keys))


def _summary() -> Schema:
    counts = ("drafts", "cleared", "blocked", "needs_person", "could_not_check", "rules", "evaluations")
    keys = dict.fromkeys(counts, COUNT) | {"findings": COUNTS, "skipped": COUNTS, "ignored": COUNTS}
    baseline = record({"known": COUNT, "fixed": COUNT})
    keys |= {"waived": COUNT, "waivers_refused": COUNT, "unwaived": COUNT, "baseline": maybe(baseline)}
    return about("How much was looked at; skipped: what was not checked, by reason.", record(keys))

"""Waivers at work: which findings of a verdict a person has let stand, and which waivers are none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from replylint.case.model import Case
from replylint.case.waivers import ANY, Waiver
from replylint.contract.model import Contract
from replylint.evaluate.model import WAIVERS, CaseVerdict, Finding, Label, Severity, Undecided, Waived, judged_anew
from replylint.evaluate.roles import role_key
from replylint.language.near import nearest
from replylint.source.bilingual import Bilingual
from replylint.source.messages import describe
from replylint.source.moments import zoned
from replylint.source.problems import Problem, Saying
from replylint.waivers.authority import Enforcement, authority_over, latest_end
from replylint.waivers.identity import Point, words_digest


@dataclass(frozen=True)
class Waiving:
    """Everything that decides which waivers hold, besides the verdict.

    waivers: those of the policy's `waivers.yml`. rules: how strictly each rule of the policy is held.
    now: the moment of the check, with a time zone. fail_level: findings of this severity or worse block.
    """

    waivers: tuple[Waiver, ...]
    contract: Contract
    rules: Mapping[str, Enforcement]
    now: dt.datetime
    fail_level: Severity = "error"

    def apply(self, case: Case, verdict: CaseVerdict) -> CaseVerdict:
        """The verdict without what valid waivers set aside, and with a finding for each waiver that is none."""
        concerned = [w for w in (*self.waivers, *case.waivers) if not w.draft or names(w, case)]
        if not concerned:
            return verdict
        faults = {id(w): fault for w in concerned if (fault := self.fault(w, case)) is not None}
        sound = [w for w in concerned if id(w) not in faults]
        points: tuple[Point, ...] = (*verdict.findings, *verdict.undecided)
        waived = tuple(Waived(p, w) for p in points if (w := _waiver_of(p, sound)) is not None)
        gone = {id(each.point) for each in waived}
        used = {id(each.waiver) for each in waived}
        told = [self._finding(w, fault) for w in concerned if (fault := faults.get(id(w)))]
        told += [self._finding(w, *self._idle(w, points, waived)) for w in sound if id(w) not in used and not wide(w)]
        findings = (*(f for f in verdict.findings if id(f) not in gone), *told)
        undecided = tuple(u for u in verdict.undecided if id(u) not in gone)
        return replace(judged_anew(verdict, findings, undecided, self.fail_level), waived=waived)

    def decline(self, case: Case, verdict: CaseVerdict) -> CaseVerdict:
        """The verdict as if there were no waivers; `unwaived` says how much they would have set aside."""
        return replace(verdict, unwaived=len(self.apply(case, verdict).waived))

    def faults(self) -> Iterator[tuple[Problem, Severity]]:
        """What is wrong with the policy's waivers by themselves, without any draft, and how bad that is; in order."""
        met: set[tuple[str, str, str]] = set()
        for waiver in self.waivers:
            same = (waiver.rule, waiver.draft, waiver.words)
            problem = self.fault(waiver)
            if problem is None and same in met:
                problem = _problem("doubled", waiver, {"rule": waiver.rule})
            if problem is not None:
                yield problem, _severity(problem)
            else:
                met.add(same)

    def fault(self, waiver: Waiver, case: Case | None = None) -> Problem | None:
        """Why a waiver does not hold, whatever it is meant for; without a draft, as far as that can be known."""
        return next(self._faults(waiver, case), None)

    def _faults(self, waiver: Waiver, case: Case | None) -> Iterator[Problem]:
        authority = authority_over(waiver.rule, self.contract)
        who = tuple(authority.who)
        values: dict[str, Saying] = {"rule": waiver.rule, "by": waiver.by, "role": waiver.role, "who": who}
        if waiver.rule not in self.rules and waiver.rule != ANY:
            yield unknown_rule(waiver, self.rules)
        if waiver.rule == ANY or not waiver.words:
            yield _problem("blanket", waiver, values)
        if waiver.draft and not waiver.draft.strip("*?/.[]!"):
            yield _problem("too-broad", waiver, values)
        if not waiver.draft and self.contract.value("waivers.in_drafts") is False:
            yield _problem("in-draft", waiver, values)
        if self.rules.get(waiver.rule) == "mandatory":
            yield _problem("mandatory", waiver, values)
        if role_key(waiver.role, self.contract) not in authority.who:
            yield _problem("unauthorised" if who else "nobody", waiver, values)
        drafter = case.fields.get("drafter.name") if case is not None else None
        if drafter is not None and str(drafter.value).casefold() == waiver.by.casefold():
            yield _problem("own-draft", waiver, values)
        yield from self._out_of_time(waiver, values)

    def _out_of_time(self, waiver: Waiver, values: Mapping[str, Saying]) -> Iterator[Problem]:
        until = self._zoned(waiver.until)
        latest = latest_end(authority_over(waiver.rule, self.contract), self.now, self.contract)
        if until <= self.now:
            yield _problem("expired", waiver, {**values, "until": waiver.last_minute})
        elif until > latest + dt.timedelta(days=1):
            yield _problem("too-long", waiver, {**values, "latest": f"{latest:%Y-%m-%d}"})

    def _idle(self, waiver: Waiver, points: Iterable[Point], waived: Iterable[Waived]) -> tuple[Problem, Waiver | None]:
        """Why a sound waiver set nothing aside, and the one that did it in its place."""
        values = {"rule": waiver.rule}
        other = next((each.waiver for each in waived if _same(each.waiver, waiver)), None)
        if other is not None:
            return _problem("doubled", waiver, values), other
        changed = any(point.rule == waiver.rule for point in points)
        return _problem("words-changed" if changed else "unused", waiver, values), None

    def _finding(self, waiver: Waiver, problem: Problem, other: Waiver | None = None) -> Finding:
        english, chinese = describe(problem, "en"), describe(problem, "zh")
        message, advice = (Bilingual(*both) for both in zip(english, chinese, strict=True))
        name = problem.key.removeprefix("waivers.")
        labels = tuple(Label("waiver", each.where) for each in (waiver, other) if each is not None)
        return Finding(f"waiver-{name}", WAIVERS, _severity(problem), message, "", advice, labels)

    def _zoned(self, moment: dt.datetime) -> dt.datetime:
        return zoned(moment, self.contract.calendar.zone)


# Somebody waives what is not theirs to waive: that is told as loud as any breach.
_GRAVE = {"waivers.unauthorised", "waivers.nobody", "waivers.mandatory", "waivers.own-draft", "waivers.in-draft"}


def _severity(problem: Problem) -> Severity:
    return "error" if problem.key in _GRAVE else "warning"


def unknown_rule(waiver: Waiver, rules: Collection[str]) -> Problem:
    """That a waiver names a rule that the policy does not have, with the one it may mean."""
    near = nearest(waiver.rule, sorted(rules))
    return _problem("no-rule-near" if near else "no-rule", waiver, {"rule": waiver.rule, "near": near or ""})


def _problem(name: str, waiver: Waiver, values: Mapping[str, Saying]) -> Problem:
    return Problem(f"waivers.{name}", waiver.where, values)


def names(waiver: Waiver, case: Case) -> bool:
    """Whether a waiver's `draft` means this case: its id, its path or the end of it, or a glob over either."""
    path, pattern = case.source.source.path, waiver.draft
    globs = ((case.id, pattern), (path, pattern), (path, f"*/{pattern}"))
    return pattern == case.id or any(fnmatchcase(name, glob) for name, glob in globs)


def for_no_draft(waivers: Iterable[Waiver], drafts: Iterable[Case]) -> Iterator[Problem]:
    """Of a policy's waivers, those that mean none of all the drafts that there are."""
    left = [waiver for waiver in waivers if waiver.draft]
    for case in drafts:
        left = [waiver for waiver in left if not names(waiver, case)]
    return (_problem("draft-gone", waiver, {"draft": waiver.draft}) for waiver in left)


def wide(waiver: Waiver) -> bool:
    """Whether a waiver may mean several drafts: then it need not be of use in each."""
    return any(sign in waiver.draft for sign in "*?[")


def _same(one: Waiver, other: Waiver) -> bool:
    return (one.rule, one.words) == (other.rule, other.words)


def _waiver_of(point: Finding | Undecided, sound: Iterable[Waiver]) -> Waiver | None:
    candidates = [w for w in sound if w.rule == point.rule]
    return next((w for w in candidates if w.words == words_digest(point)), None) if candidates else None

"""The drafts of a run beside one another: replies that repeat, drafts in each other's way, emergencies they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from replylint.case.model import Case, Unreadable
from replylint.evaluate.check import Judge
from replylint.evaluate.conflicts import Known, Others, conflicts
from replylint.evaluate.past import first_of, went_up
from replylint.evaluate.repeats import Replies
from replylint.evaluate.severity import grade
from replylint.evaluate.signals.model import Seen
from replylint.evaluate.standing import is_open
from replylint.evaluate.watch import Watch
from replylint.source.moments import Between
from replylint.source.spans import Embedded


@dataclass(frozen=True)
class Background:
    """Replies and wishes that drafts are compared with; those of each draft are added when it is met."""

    replies: Replies
    known: Known
    watch: Watch


def background_of(judge: Judge, history: Iterable[Case] = (), beside: Iterable[Case] = ()) -> Background:
    """What drafts are compared with besides one another, all of which is read here.

    history: replies given earlier, which no draft should repeat. beside: drafts that are not judged now, which
    may want the same review or order, or have been said already.
    """
    found = Background(Replies(), Known(judge.contract), Watch(judge.contract, judge.now, partial(_look, judge)))
    for case in history:
        found.replies.meet(case, judge.reader.folded(case))
    for case in beside:
        found.replies.meet(case, judge.reader.folded(case))
        found.known.add(case)
        found.watch.add(case)
    return found


def together(
    judge: Judge, cases: Iterable[Case | Unreadable], background: Background
) -> Iterator[tuple[Case | Unreadable, Others]]:
    """Each case in the order given, with what other drafts, of the run and around it, have to do with it."""
    for case, others in conflicts(_watched(cases, background.watch), judge.contract, background.known):
        met = background.watch.met(case) if isinstance(case, Case) else ()
        others = replace(others, met=met) if met else others
        repeats = background.replies.meet(case, judge.reader.folded(case)) if isinstance(case, Case) else None
        yield case, replace(others, repeats=repeats) if repeats else others


_Either = TypeVar("_Either")


def _watched(cases: Iterable[Case | _Either], watch: Watch) -> Iterator[Case | _Either]:
    """The cases, each of which is looked at for emergencies when it is read."""
    for case in cases:
        if isinstance(case, Case):
            watch.add(case)
        yield case


def _look(judge: Judge, case: Case, since: Between, read: bool) -> Seen:
    """What of a review bears on emergencies; without reading it where its stars will do."""
    contract, now = judge.contract, judge.now
    open_ = is_open(case, contract, now)
    if not read and "review.rating" in case.fields:
        return Seen.of(case, grade(case, (), contract), (), since, None, open_, None)
    # What the reply says makes no review more severe, and reading it takes as long as reading the review.
    alone = replace(case, reply=Embedded("", case.reply.source, case.reply.location.span.start))
    situation = judge.situation(alone)
    text = judge.read(case.review.text) if case.review is not None else None
    up = first_of(went_up(case, situation.severity, contract, now))
    return Seen.of(case, situation.grade, situation.reading.review_facts, since, text, open_, up)

"""What a report needs besides the verdicts, and the shape every reporter has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from replylint.evaluate.model import CaseVerdict, CouldNotCheck, Finding, Summary, Undecided
from replylint.render.contacts import on_call
from replylint.source.messages import Lang

Entry = CaseVerdict | CouldNotCheck | Summary
Point = Finding | Undecided


@dataclass(frozen=True)
class Options:
    """How a report is written.

    version: of the tool. lang: the reader's language. colour: whether text carries terminal styles.
    quiet: text leaves out cleared drafts. width: of the reader's screen, in columns.
    now: the moment of the check; with it the text tells the time left until a contact's deadline.
    pages: a rule's page by its name, for formats that describe rules.
    """

    version: str
    lang: Lang = "en"
    colour: bool = False
    quiet: bool = False
    width: int = 110
    now: dt.datetime | None = None
    pages: Mapping[str, str] = field(default_factory=dict)


# Entries come one by one, the Summary last; pieces of the report are handed on as soon as they are known, so
# that a report on a million drafts needs the memory of one. Joined they are the report, line ends included.
Reporter = Callable[[Iterable[Entry], Options], Iterator[str]]


def way_out(finding: Finding, lang: Lang) -> Iterator[tuple[str, str]]:
    """What to write instead, what to do and who may approve it, each with the key of its label."""
    if finding.instead:
        yield "instead", finding.instead
    if finding.to_do:
        yield "to-do", finding.to_do.said(lang)
    for each in finding.approvers:
        yield "approval", on_call(each, lang)


def points(case: CaseVerdict) -> tuple[Point, ...]:
    """All that a verdict rests on: the findings, then what is undecided."""
    return (*case.findings, *case.undecided)

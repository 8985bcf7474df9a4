"""A case: a review, the drafted reply to it, and the actions planned with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from replylint.source.problems import Problem
from replylint.source.spans import Embedded, Location, Source, Span

# What reads cases takes long to load, and where their verdicts are known none is read.
if TYPE_CHECKING:
    from replylint.case.approvals import Approval
    from replylint.case.tree import Tree
    from replylint.case.waivers import Waiver
    from replylint.source.values import Value


@dataclass(frozen=True)
class Field:
    """One value of a case and where it stands in the file.

    parts: the places of each of several texts. named: where its name stands, for a parameter of an action.
    """

    value: Value
    where: Location
    parts: tuple[Location, ...] = ()
    named: Location | None = None


@dataclass(frozen=True)
class Action:
    """One planned action, or something that happened: its name, its parameters by name, and where it stands.

    As it is read, a name that is not built in, and its parameters, are as written; a value right behind it is under "".
    named: where its name stands, when that is a part of `where`.
    """

    name: str
    parameters: Mapping[str, Field]
    where: Location
    named: Location | None = None


@dataclass(frozen=True)
class Item:
    """One record of a list that a case states: its fields by name, and where it stands."""

    parameters: Mapping[str, Field]
    where: Location


@dataclass(frozen=True)
class Case:
    """One draft to be judged.

    id: as stated, else the file's stem, with the row's number where a file holds many.
    source: the whole file or row, under the path shown to people.
    reply: the drafted public text; empty where only actions are planned.
    review: the review's text; None when it has no text or none is known.
    fields: every other stated value by its dotted path (`review.rating`, `platform`, `drafter.role`, …), typed by
        the case schema. A field that is not stated is absent.
    actions: what is planned besides or with the reply, in order.
    ignored: names of the file's fields that the case schema does not know, told in the summary.
    waivers: what a person lets stand in this draft, as stated in it.
    approvals: who has approved what, as stated in it; `fields` has their roles.
    history: what happened so far, as it stands in the file: actions carried out, messages and events, each with `at`
        among its parameters. Where a file states any history, if only an empty one, `fields` has `history`.
    more: values under names that are not built in, as they stand in the file: the contract may declare them.
    records: those of them that the contract declares as lists, by their dotted path; empty before it is known.
    vague: where times of an export stand that tell no moment (「7 個月前」), by their field, which is absent.
    stars_alone: whether it is stated that the review has no text: a text left empty, or an export without one.
    """

    id: str
    source: Location
    reply: Embedded
    review: Embedded | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()
    ignored: tuple[str, ...] = ()
    history: tuple[Action, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    approvals: tuple[Approval, ...] = ()
    more: Mapping[str, Tree] = field(default_factory=dict)
    records: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    vague: Mapping[str, Location] = field(default_factory=dict)
    stars_alone: bool = False

    @property
    def wordless(self) -> bool:
        """Whether actions are planned without any words, so that what the reply says cannot be told."""
        return bool(self.actions) and not self.reply.text


@dataclass(frozen=True)
class Unreadable:
    """A file or a row that could not be read as a case: never counted as cleared.

    rows: how many drafts are left unread for these problems.
    """

    id: str
    path: str
    problems: tuple[Problem, ...]
    rows: int = 1

    @property
    def placed(self) -> tuple[Problem, ...]:
        """The problems, each with the file where neither its place nor its words tell which file is meant."""
        start = Location(Source(self.path, ""), Span(0, 0))
        named = ((problem, problem.where or self.path in problem.values.values()) for problem in self.problems)
        return tuple(problem if told else replace(problem, where=start) for problem, told in named)


@dataclass(frozen=True)
class Skipped:
    """Something that was found and is no draft: a review of an export without a reply, a file of another kind.

    Not judged and no mistake; counted and told in the summary. `reason` says why, once for all of a kind.
    review: the review that has no reply, as a case whose reply is empty.
    """

    id: str
    path: str
    reason: Problem
    review: Case | None = None


Read = Case | Unreadable | Skipped
"""What stands in one place of what is read: a draft, or why there is none."""

"""What a condition may look at: the case, what its texts say, the contract, and the moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from replylint.case.approvals import Approval
from replylint.case.fields import HISTORY
from replylint.case.model import Action, Case, Field
from replylint.case.moments import of_field
from replylint.contract.calendar import Calendar
from replylint.contract.model import Contract
from replylint.evaluate.answers import Answer
from replylint.evaluate.approvals import State, counting, states
from replylint.evaluate.attributes import amount, attribute
from replylint.evaluate.compare import aware
from replylint.evaluate.computed import COMPUTED
from replylint.evaluate.conflicts import ALONE, Others
from replylint.evaluate.holding import Holding, holding
from replylint.evaluate.not_known import OF_WORDS
from replylint.evaluate.review_read import ReviewRead
from replylint.evaluate.severity import Grade
from replylint.evaluate.timeline import Occurrence, timeline
from replylint.facts.model import Fact, Reading
from replylint.facts.names import FactName
from replylint.facts.schema import FACT_TYPES, OTHER_LANGUAGE
from replylint.language.rules import ANY, ActionName, AttributeRef, Constant, ContractValue, FieldRef, Operand
from replylint.source.moments import Between
from replylint.source.problems import Problem
from replylint.source.values import Value

Subject = Fact | Action
_Answers = dict[tuple[int, int], tuple[Answer, Subject | None]]

Name = tuple[str, str | None] | ActionName
"""A fact's type with its kind, as in `FactName`, or an action."""
_SIMPLE = (Constant, ContractValue, AttributeRef, FieldRef)


@dataclass(frozen=True)
class Situation:
    """One case with everything that is known about it.

    now: the moment of the check, with a time zone. work_out: gives the values of operands that are worked out.
    suspicious: whether the reply carries traces of disguise. others: what other drafts of the run have to do with it.
    subject: the fact or the action that attributes are read from, while a rule looks at one.
    answers: what was found out about conditions, by the identity of the condition and the subject.
    """

    case: Case
    reading: Reading
    contract: Contract
    now: dt.datetime
    work_out: Callable[[Operand, Situation], Value | Problem]
    suspicious: bool = False
    others: Others = ALONE
    subject: Subject | None = None
    answers: _Answers = field(default_factory=dict, compare=False, repr=False)

    def value(self, operand: Operand) -> Value | None:
        """The value of an operand here; None when it is not known."""
        if isinstance(operand, _SIMPLE):
            return self.simple(operand)
        found = self.work_out(operand, self)
        return None if isinstance(found, Problem) else found

    def missing(self, operand: Operand) -> Problem:
        """What is not known about an operand that has no value here, to be told to a person."""
        found = self.work_out(operand, self)
        return found if isinstance(found, Problem) else Problem("evaluate.not-stated", None, {"name": ""})

    def simple(self, operand: Operand) -> Value | None:
        """The value of an operand that is written down, or that a name stands for."""
        if isinstance(operand, FieldRef):
            return self._field(operand.path)
        if isinstance(operand, Constant | ContractValue):
            return operand.value
        return attribute(operand.name, self) if isinstance(operand, AttributeRef) else None

    @property
    def calendar(self) -> Calendar:
        """The contract's calendar."""
        return self.contract.calendar

    def aware(self, moment: dt.datetime) -> dt.datetime:
        """A moment with its time zone, the brand's when none is stated."""
        return aware(moment, self)

    @cached_property
    def review(self) -> ReviewRead:
        """What the review says, and may say besides."""
        return ReviewRead(self.case, self.reading.review_facts, self.contract)

    @property
    def grade(self) -> Grade:
        """The review's severity and why."""
        return self.review.grade

    @property
    def severity(self) -> str | None:
        """The review's severity that counts; None when it is not known."""
        return self.grade.level

    @cached_property
    def reply_elsewhere(self) -> tuple[Fact, ...]:
        """What of the reply is in a language that is not read."""
        return tuple(self.facts(FactName(OTHER_LANGUAGE)))

    @cached_property
    def timeline(self) -> tuple[tuple[Occurrence, ...], tuple[Occurrence, ...]]:
        """What happened, and what is planned, in order."""
        return timeline(self.case, self)

    @property
    def history_stated(self) -> bool:
        """Whether the case says what happened so far, if only that nothing did."""
        return HISTORY in self.case.fields

    def _field(self, path: str) -> Value | None:
        # An example in a rule may state what is otherwise computed; a case file has no fields of those names.
        if path in OF_WORDS and self.case.wordless:
            return None
        stated = self.case.fields.get(path)
        if stated is not None and path != "review.severity":
            return stated.value
        computed = COMPUTED.get(path)
        return computed(self) if computed else None

    @property
    def drafter_role(self) -> str | None:
        """The role of whoever drafts: as the draft states it, else as the contract has it for drafts that do not."""
        role = self._field("drafter.role")
        return None if role is None else str(role)

    @property
    def amount(self) -> Value | None:
        """The amount, or else the percentage, of what a rule looks at; of an action all that is planned of it."""
        return amount(self)

    def parameter(self, name: str) -> Value | None:
        """What the action that a rule looks at states; None for a fact, and where it is not stated."""
        stated = self.subject.parameters.get(name) if isinstance(self.subject, Action) else None
        return stated.value if stated else None

    def about(self, subject: Subject) -> Situation:
        """The same situation while a rule looks at one fact or action; what was worked out is shared."""
        other = object.__new__(Situation)
        other.__dict__.update(self.__dict__, subject=subject)  # in a fifth of the time that `copy` takes
        return other

    def facts(self, name: FactName) -> list[Fact]:
        """The facts of a type, or of one of its kinds, in the text that the type is read in."""
        return self._by_name.get(name, [])

    def named(self) -> set[Name]:
        """Every fact and action that is there, by type with its kind, and by type alone."""
        schemas = self.contract.actions if self.case.actions else {}
        counted = (schemas[action.name].fulfils for action in self.case.actions if action.name in schemas)
        actions = {ActionName(name) for name in (*(a.name for a in self.case.actions), *chain.from_iterable(counted))}
        return {*self._by_name, *actions, *([ActionName(ANY)] if actions else [])}

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str | None], list[Fact]]:
        """Facts under their type with their kind, and under their type alone."""
        found: dict[tuple[str, str | None], list[Fact]] = {}
        for side, facts in (("reply", self.reading.reply_facts), ("review", self.reading.review_facts)):
            for fact in (f for f in facts if FACT_TYPES[f.type].side == side):
                for kind in {None, fact.kind}:
                    found.setdefault((fact.type, kind), []).append(fact)
        return found

    def actions(self, name: ActionName) -> tuple[Action, ...]:
        """The planned actions of that name, and those of the brand's own that count as one."""
        return tuple(a for a in self.case.actions if name.name == ANY or self.is_a(a, name.name))

    def is_a(self, action: Action, name: str) -> bool:
        """Whether an action has a name, or counts as one of that name by the contract."""
        schema = self.contract.actions.get(action.name) if action.name != name else None
        return action.name == name or (schema is not None and schema.is_a(name))

    def possible(self, operand: Operand) -> tuple[Value | None, ...]:
        """Every value that an operand might have, with None where it might have none; () where nobody can list them."""
        return self.review.possible(operand.path) if isinstance(operand, FieldRef) else ()

    def moments(self, stated: Field | None) -> Between | None:
        """When a field says that something is or was: any moment of its day where only that is stated."""
        return None if stated is None else of_field(stated, self.contract.calendar.zone)

    def stated_moment(self, operand: Operand) -> Between | None:
        """The same of an operand that stands for what a case or an action states."""
        if isinstance(operand, FieldRef):
            return self.moments(self.case.fields.get(operand.path))
        if isinstance(operand, AttributeRef) and isinstance(self.subject, Action):
            return self.moments(self.subject.parameters.get(operand.name))
        return None

    @cached_property
    def holding(self) -> tuple[Holding, ...]:
        """The emergencies that bind the draft."""
        facts = self.reading.review_facts
        return tuple(holding(self.case, self.grade, facts, self.others.met, self.contract, self.now))

    @property
    def pausing(self) -> tuple[Holding, ...]:
        """Those of them in which replies wait."""
        return tuple(each for each in self.holding if each.pause)

    @cached_property
    def approvals(self) -> tuple[tuple[Approval, State], ...]:
        """Each approval of the draft, and whether it counts."""
        return states(self.case, self.contract, self.now)

    @cached_property
    def approving(self) -> frozenset[str]:
        """The roles whose approval counts; an example in a rule states roles alone."""
        stated = self.case.fields.get("approvals")
        if not self.case.approvals and stated is not None and isinstance(stated.value, tuple):
            return frozenset(stated.value)
        return counting(self.approvals, self.contract)

    def approvals_that_are(self, state: State) -> tuple[Approval, ...]:
        """The approvals of one state, in the order of the file."""
        return tuple(approval for approval, found in self.approvals if found == state)

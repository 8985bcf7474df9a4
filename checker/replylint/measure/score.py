"""Found facts and verdicts against labels: counts that add up over rows, and what they come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from replylint.evaluate.model import CaseVerdict
from replylint.facts.model import Fact
from replylint.facts.schema import FACT_TYPES
from replylint.measure.labels import LabelledFact, Labels
from replylint.source.problems import Problem

# What the labels do not name: what only brands may announce, and what is said to be done or to go up, is labelled by
# verdict alone; what a customer did by what it discloses; a replacement as the remedy that it is.
_BY_VERDICT = (
    "statement", "review_removal", "disguise", "other_language", "account", "events", "deed",
    "contact_person", "contact_by", "promise/escalate", "promise/replacement", "tenor",
)  # fmt: skip
UNLABELLED = frozenset(
    {*_BY_VERDICT, *(name for name, fact in FACT_TYPES.items() if fact.side != "reply")}
)


@dataclass
class Tally:
    """How often something was rightly found, wrongly found, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right; None when nothing was found."""
        found = self.right + self.wrong
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        """The share of what is there that was found; None when nothing is there."""
        there = self.right + self.missed
        return self.right / there if there else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None when nothing is there."""
        if self.recall is None:
            return None
        return 2 * self.right / (2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True)
class Miss:
    """One disagreement: what was there and not found, or found and not there (`instead`: what was found there)."""

    lang: str
    case: str
    name: str
    found: bool
    quote: str
    reply: str
    instead: tuple[str, ...] = ()


@dataclass
class FactScores:
    """Scores of facts by (language, type/kind): presence in the reply, and overlapping spans."""

    rows: Counter[str] = field(default_factory=Counter)
    presence: dict[tuple[str, str], Tally] = field(default_factory=dict)
    spans: dict[tuple[str, str], Tally] = field(default_factory=dict)
    confusions: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    def add(self, case_id: str, reply: str, found: Iterable[Fact], labels: Labels) -> None:
        """Count one row."""
        found = [fact for fact in found if UNLABELLED.isdisjoint((fact.type, name_of(fact)))]
        self.rows[labels.lang] += 1
        self._presence(found, labels)
        self._spans(case_id, reply, found, labels)

    def _presence(self, found: list[Fact], labels: Labels) -> None:
        there = {label.name for label in labels.facts if not label.disputed}
        open_ = {label.name for label in labels.facts if label.disputed} - there
        said = {name_of(fact) for fact in found}
        for name in (there | said) - open_:
            tally = self.presence.setdefault((labels.lang, name), Tally())
            tally.right += name in there and name in said
            tally.wrong += name not in there
            tally.missed += name not in said

    def _spans(self, case_id: str, reply: str, found: list[Fact], labels: Labels) -> None:
        for label in (label for label in labels.facts if not label.disputed):
            tally = self.spans.setdefault((labels.lang, label.name), Tally())
            if any(same(fact, label) for fact in found):
                tally.right += 1
                continue
            tally.missed += 1
            instead = tuple(sorted({name_of(f) for f in found if _overlap(f, label)}))
            self.confusions.update((labels.lang, label.name, name) for name in instead or ("",))
            self.misses.append(Miss(labels.lang, case_id, label.name, False, label.quote, reply, instead))
        for fact in found:
            if not any(same(fact, label) for label in labels.facts):
                self.spans.setdefault((labels.lang, name_of(fact)), Tally()).wrong += 1
                self.misses.append(Miss(labels.lang, case_id, name_of(fact), True, fact.quote, reply))

    def macro(self, lang: str, at_least: int) -> float | None:
        """Mean presence F1 over the types that stand at least that often in the labels; None when none does."""
        scores = [t.f1 for (of, _), t in self.presence.items() if of == lang and t.right + t.missed >= at_least]
        known = [score for score in scores if score is not None]
        return sum(known) / len(known) if known else None


@dataclass
class VerdictScores:
    """Scores of verdicts by (language, category, group), for rows that say which categories they violate."""

    caught: dict[tuple[str, str, str], Tally] = field(default_factory=dict)
    compliant: Counter[str] = field(default_factory=Counter)
    clean: Counter[str] = field(default_factory=Counter)
    undecided: Counter[str] = field(default_factory=Counter)
    disagreements: list[tuple[str, str, str, str]] = field(default_factory=list)

    def add_unjudged(self, case_id: str, labels: Labels) -> None:
        """Count one row on which no verdict was reached: nothing was caught, and it is not clean either."""
        for category in sorted(labels.violates or ()):
            self.caught.setdefault((labels.lang, category, labels.group), Tally()).missed += 1
            self.disagreements.append((labels.lang, case_id, category, ""))
        self.compliant[labels.lang] += not labels.violates

    def add(self, verdict: CaseVerdict, labels: Labels) -> None:
        """Count one row: a violation counts when a rule of its category finds an error."""
        errors = {finding.category: finding for finding in verdict.findings if finding.severity == "error"}
        violates = labels.violates or frozenset()
        for category in sorted(violates):
            tally = self.caught.setdefault((labels.lang, category, labels.group), Tally())
            tally.right += category in errors
            tally.missed += category not in errors
            if category not in errors:
                self.disagreements.append((labels.lang, verdict.id, category, ""))
        if violates:
            return
        wrong = [f for f in errors.values() if f.category not in labels.may_also]
        self.compliant[labels.lang] += 1
        self.clean[labels.lang] += not wrong
        self.undecided[labels.lang] += not wrong and verdict.verdict == "needs-person"
        self.disagreements += [(labels.lang, verdict.id, f.rule, f.labels[0].where.words) for f in wrong]


def name_of(fact: Fact) -> str:
    """A fact's type, with its kind where there is one."""
    return f"{fact.type}/{fact.kind}" if fact.kind else fact.type


def same(fact: Fact, label: LabelledFact) -> bool:
    """Type and kind agree and the words overlap."""
    return (fact.type, fact.kind) == (label.type, label.kind) and _overlap(fact, label)


def _overlap(fact: Fact, label: LabelledFact) -> bool:
    return any(fact.span.overlaps(place) for place in label.places)


@dataclass
class Scores:
    """What comes of labelled rows.

    rows: how many of each language. alarms: errors on rows labelled by facts, by language and rule. unjudged: what is
    wrong with drafts on which there is no verdict.
    """

    facts: FactScores = field(default_factory=FactScores)
    verdicts: VerdictScores = field(default_factory=VerdictScores)
    rows: Counter[str] = field(default_factory=Counter)
    alarms: Counter[tuple[str, str]] = field(default_factory=Counter)
    unjudged: tuple[Problem, ...] = ()

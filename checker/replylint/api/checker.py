"""A policy ready to check cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from replylint.api.sources import read_cases
from replylint.case.given import Given
from replylint.case.model import Case, Unreadable
from replylint.case.waivers import Waiver
from replylint.contract.terms import ENFORCEMENTS
from replylint.evaluate.beside import background_of, together
from replylint.evaluate.check import Judge
from replylint.evaluate.conflicts import ALONE, Others
from replylint.evaluate.model import SEVERITIES, CaseVerdict, CouldNotCheck, Severity
from replylint.evaluate.obstacles import obstacle
from replylint.evaluate.own import own_addresses
from replylint.evaluate.reading import Find
from replylint.facts.kept import KeptReadings
from replylint.facts.model import Fact, Reading
from replylint.language import book
from replylint.language.files import WAIVERS
from replylint.source.moments import of_check
from replylint.source.resources import starter_policy
from replylint.text.model import Text
from replylint.waivers.apply import Waiving
from replylint.waivers.authority import Enforcement, enforcements
from replylint.waivers.file import load_waivers

if TYPE_CHECKING:
    from replylint.evaluate.triage import Triage
    from replylint.facts.extract import Extractor


@dataclass(frozen=True)
class Checker:
    """A policy ready to check cases. Made by `load_policy`; safe to keep and to use for many cases.

    fail_level: findings of this severity or worse block a draft. only: names of the only rules to evaluate; empty
    means all. now: the moment of the check; None takes the clock's. components: spaCy components of installed packages
    that find further facts (see `replylint.facts.components`). enforcement: how strictly to hold rules of which the
    contract does not say it. remember: keep what was read from replies for the next run, in the user's cache folder.
    waivers: those of the policy's `waivers.yml`. waive: apply them, and those that drafts bring; without, a verdict's
    `unwaived` counts what they would have set aside.

    Raises ValueError for a severity or an enforcement that there is not, and for a rule that the policy does not have:
    each would clear drafts that nobody has looked at as they should be.
    """

    policy: book.Policy
    fail_level: Severity = "error"
    only: tuple[str, ...] = ()
    now: dt.datetime | None = None
    components: tuple[str, ...] = ()
    enforcement: Mapping[str, Enforcement] = field(default_factory=dict)
    remember: bool = False
    waivers: tuple[Waiver, ...] = ()
    waive: bool = True

    def __post_init__(self) -> None:
        if self.fail_level not in SEVERITIES:
            raise ValueError(f"no severity is called {self.fail_level!r}; there are {', '.join(SEVERITIES)}")
        if unknown := sorted({*self.only, *self.enforcement} - {rule.name for rule in self.policy.rules}):
            raise ValueError(f"the policy has no rule {', '.join(map(repr, unknown))}")
        if unknown := sorted(set(self.enforcement.values()) - set(ENFORCEMENTS)):
            raise ValueError(f"no enforcement is called {unknown[0]!r}; there are {', '.join(ENFORCEMENTS)}")

    def check(self, case: Case | Unreadable | Given) -> CaseVerdict | CouldNotCheck:
        """The verdict on one case, or why there is none: an action that is misspelt, a review that has not come yet.

        case: as `read_cases` yields it, or the fields of a draft as a mapping, which is read as `read_cases` does.
        """
        return self._entry(next(read_cases(case)) if isinstance(case, Mapping) else case)

    def check_all(
        self, cases: Iterable[Case | Unreadable], history: Iterable[Case] = ()
    ) -> Iterator[CaseVerdict | CouldNotCheck]:
        """A verdict for each case, or why there is none, one by one in the order given.

        history: replies given earlier, which none of the cases should repeat.
        """
        for case, others in together(self.judge, cases, background_of(self.judge, history)):
            yield self._entry(case, others)

    def facts(self, case: Case) -> tuple[Fact, ...]:
        """What the reply says, in order of place; offsets are code points into the reply."""
        return self.judge.situation(case).reading.reply_facts

    def triage(self, reviews: Iterable[Case | Unreadable]) -> Triage:
        """Reviews, with a reply or without, by severity and urgency, and the emergencies that they make.

        Those that `check` could not check are in its `could_not_check`.
        """
        # Loaded when it is asked for: most programs only check drafts.
        from replylint.evaluate.triage import triage

        whole: list[Case] = []
        refused: list[CouldNotCheck] = []
        for review in reviews:
            hindered = obstacle(review, self.judge.contract, self.judge.now)
            if hindered is not None:
                refused.append(hindered)
            elif isinstance(review, Case):
                whole.append(review)
        return replace(triage(whole, self.judge), could_not_check=tuple(refused))

    def narrowed(self, *rules: str) -> Checker:
        """The same checker with only these rules, with all when none is named; ValueError for one that is not there."""
        return replace(self, only=rules)

    @property
    def extractor(self) -> Extractor:
        """Reads facts with the policy's lexicon."""
        return self._made_extractor()

    @cached_property
    def _made_extractor(self) -> Callable[[], Extractor]:
        # Made with the first text that has to be read: none has, where every reading is kept.
        return cache(partial(_extractor, self.policy))

    @cached_property
    def moment(self) -> dt.datetime:
        """The moment of the check, in the brand's time zone."""
        return of_check(self.now, self.policy.contract.calendar.zone)

    @cached_property
    def enforcements(self) -> Mapping[str, Enforcement]:
        """How strictly each rule is held."""
        return enforcements((rule.name for rule in self.policy.rules), self.policy.contract, self.enforcement)

    @cached_property
    def judge(self) -> Judge:
        """The rules, the contract and the reading of texts as one function of a case."""
        held = self.enforcements
        rules = tuple(
            replace(rule, severity="advice") if held[rule.name] == "advisory" else rule
            for rule in self.policy.rules
            if not self.only or rule.name in self.only
        )
        own = own_addresses(self.policy.contract)
        more = self._more() if self.components else None
        # What the user's own components find is not known by the texts alone.
        kept = KeptReadings(self.policy.revision) if self.remember and more is None else None
        # No method of this checker: holding itself, it would stay in memory until garbage is looked for.
        extract = partial(_extract, self._made_extractor)
        return Judge(rules, self.policy.contract, _read, extract, self.moment, self.fail_level, own, more, kept)

    @cached_property
    def waiving(self) -> Waiving:
        """What the waivers do to a verdict."""
        return Waiving(self.waivers, self.policy.contract, self.enforcements, self.moment, self.fail_level)

    def _entry(self, case: Case | Unreadable, others: Others = ALONE) -> CaseVerdict | CouldNotCheck:
        entry = self.judge.entry(case, others)
        if isinstance(case, Case) and isinstance(entry, CaseVerdict):
            return self.waiving.apply(case, entry) if self.waive else self.waiving.decline(case, entry)
        return entry

    def _more(self) -> Find:
        from replylint.facts.components import component_facts

        return component_facts(self.components)


def _extractor(policy: book.Policy) -> Extractor:
    # Loaded when it is asked for: most commands read no text.
    from replylint.facts.extract import Extractor
    from replylint.facts.slots import find_slots

    find = partial(find_slots, currency=policy.contract.currency)
    return Extractor(policy.matcher, policy.weights, policy.counts, find, policy.vectors)


def _extract(
    extractor: Callable[[], Extractor], reply: Text, review: Text | None, own: frozenset[str], wary: bool
) -> Reading:
    return extractor().extract(reply, review, own, wary)


def _read(original: str) -> Text:
    from replylint.text.pipeline import read

    return read(original)


def load_policy(
    folder: str | Path | None = None, *, fail_level: Severity = "error", now: dt.datetime | None = None,
    components: tuple[str, ...] = (), enforcement: Mapping[str, Enforcement] = MappingProxyType({}),
    waivers: bool = True,
) -> Checker:  # fmt: skip
    """A checker for the policy in a folder, with its waivers; without a folder, for the starter policy.

    fail_level: findings of this severity or worse block a draft. now: the moment of the check, in the brand's time
    zone when it has none. components, enforcement: as a settings file says it, which is not looked for. waivers: apply
    those of the policy and of the drafts, as `replylint check` does unless it is told --no-waivers. Raises PolicyError
    with every mistake of every file, and ValueError as `Checker` does.
    """
    place, name = (starter_policy(), "starter policy") if folder is None else (Path(folder), None)
    policy = book.load_policy(place, name)
    checker = Checker(policy, fail_level, (), now, components, enforcement, waive=waivers)
    if folder is None:
        return checker
    return replace(checker, waivers=load_waivers(place / WAIVERS, (place / WAIVERS).as_posix(), checker.enforcements))

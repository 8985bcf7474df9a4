"""Syntax → resolved rules, bound to the fact schema, the case schema and one contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, cast

from replylint.contract.model import Contract
from replylint.facts.names import FactName
from replylint.language import rules as r
from replylint.language import syntax as s
from replylint.language.conditions import Resolver
from replylint.language.countables import side_of
from replylint.language.given import check_given
from replylint.language.mistakes import slips
from replylint.language.mistakes.counts import turned_around
from replylint.language.own_names import with_keys
from replylint.language.scope import Scope, attributes_of, every_attribute, spelled
from replylint.language.templates import template_of
from replylint.language.unknown import unknown
from replylint.language.unread import holds_unread
from replylint.language.words import dotted_fact
from replylint.source.bilingual import script_of
from replylint.source.messages import Lang
from replylint.source.names import section
from replylint.source.problems import Problem, Said, Saying
from replylint.source.spans import Location, Source, Span

_ONCE = {"category", "severity", "clause", "if_unknown"}
_SEVERITIES = ("error", "warning", "advice")


def resolve(files: Iterable[s.RuleFile], contract: Contract) -> tuple[tuple[r.Rule, ...], tuple[Problem, ...]]:
    """The rules of all files, and every mistake in them; a rule with a mistake is left out."""
    problems: list[Problem] = []
    rules: dict[str, r.Rule] = {}
    heads: dict[str, Location] = {}
    for file in (with_keys(file, contract) for file in files):
        for written in (st for st in file.statements if isinstance(st, s.Rule)):
            where = Location(file.source, written.name.span)
            name = written.name.name
            if name and name in heads:
                problems.append(Problem("language.rule-twice", where, {"name": name, "first": str(heads[name])}))
            heads.setdefault(name, where)
            rule = _RuleResolver(file, written, contract, problems).rule()
            if rule is not None:
                rules.setdefault(rule.name, rule)
    return tuple(_sharing(rules.values())), tuple(problems)


def _sharing(rules: Iterable[r.Rule]) -> Iterator[r.Rule]:
    """The rules, with one object for equal conditions: such as "the rating is at most 3" are answered once a draft.

    With it, ten times the rules cost a draft less than twice the time.
    """
    known: dict[r.Condition, r.Condition] = {}

    def one(condition: r.Condition | None) -> r.Condition | None:
        return condition and known.setdefault(condition, condition)

    for rule in rules:
        yield replace(
            rule, requirement=one(rule.requirement), when=one(rule.when), where=one(rule.where), unless=one(rule.unless)
        )


class _RuleResolver:
    """One rule on its way from syntax to meaning."""

    def __init__(self, file: s.RuleFile, written: s.Rule, contract: Contract, problems: list[Problem]):
        self._file, self._written, self._contract, self._problems = file, written, contract, problems
        self._source: Source = file.source

    def rule(self) -> r.Rule | None:
        before = len(self._problems)
        self._check_clauses()
        verb = self._verb()
        subjects, requirement = self._subjects(verb) if verb else ((), None)
        enforced = self._contract_clause()
        clause = enforced[0] if enforced else None
        outer = Resolver(self._source, Scope({}, self._contract, clause=clause), self._problems)
        # A misspelt fact is told once: its attributes are then taken to exist.
        told = verb is None or not self._written.sound or len(self._problems) > before
        named = every_attribute(self._contract) if told else attributes_of(subjects, self._contract)
        inner = Resolver(self._source, Scope(named, self._contract, clause=clause, assumed=told), self._problems)
        rule = r.Rule(
            name=self._written.name.name,
            category=self._word("category", "policy"),
            severity=self._severity(),
            verb="forbid" if verb and verb.keyword == "forbid" else "require",
            where_stated=Location(self._source, self._written.name.span),
            verb_at=Location(self._source, verb.span if verb else self._written.span),
            subjects=subjects,
            requirement=requirement if requirement is None else outer.condition(requirement),
            when=self._conditions("when", outer, r.All),
            where=self._conditions("where", inner, r.All),
            unless=self._conditions("unless", inner, r.Any),
            if_unknown=self._if_unknown(),
            because=self._texts("because", inner),
            instead=self._texts("instead", inner),
            to_do=self._texts("to_do", inner),
            clause=enforced,
            examples=tuple(self._examples()),
            page="\n".join(self._written.page),
        )
        sound = verb is not None and self._written.sound and len(self._problems) == before
        return rule if sound else None

    def _tell(self, key: str, span: Span, **values: Saying) -> None:
        self._problems.append(Problem(f"language.{key}", Location(self._source, span), values))

    def _clauses(self, *keywords: str) -> list[s.Clause]:
        return [c for c in self._written.clauses if c.keyword in keywords]

    def _check_clauses(self) -> None:
        seen: set[str] = set()
        for clause in self._written.clauses:
            if clause.keyword in _ONCE and clause.keyword in seen:
                self._tell("clause-twice", clause.keyword_span, keyword=self._spell(clause.keyword))
            seen.add(clause.keyword)

    def _spell(self, keyword: str) -> str:
        return section("keywords").spell(keyword, self._file.lang)

    def _verb(self) -> s.Clause | None:
        verbs = self._clauses("forbid", "require")
        if not verbs and self._written.sound:
            self._tell("no-verb", self._written.name.span, forbid=self._spell("forbid"), require=self._spell("require"))
        if len(verbs) > 1:
            self._tell("second-verb", verbs[1].keyword_span)
        for verb in verbs[1:]:
            self._look_into(verb)
        return verbs[0] if verbs else None

    def _subjects(self, verb: s.Clause) -> tuple[tuple[FactName | r.ActionName, ...], s.Condition | None]:
        """What the rule is about: the facts or actions named, or for `require` any other condition."""
        condition = cast(s.Condition, verb.value)
        written = condition.parts if isinstance(condition, s.AnyOf) else (condition,)
        parts = tuple(each for part in written for each in (part.each if isinstance(part, s.Happening) else (part,)))
        plain = all(_is_subject(p) for p in parts)
        if verb.keyword == "require" and (not plain or not self._clauses("where")):
            if self._clauses("where"):
                self._tell("where-without-fact", self._clauses("where")[0].keyword_span)
            return (), condition
        dotted = any(isinstance(part, s.Holds) and dotted_fact(part.path.written) for part in parts)
        if dotted or holds_unread(condition, self._source):
            self._look_into(verb)
            return (), None
        if not plain:
            self._cannot_be_forbidden(condition)
            self._look_into(verb)
            return (), None
        resolver = Resolver(self._source, Scope({}, self._contract), self._problems)
        found = [resolver.subject(p) for p in parts]
        for part in parts:
            if isinstance(part, s.Mention) and side_of(part) == "review":
                self._tell("not-in-reply", part.span, words=part.type.written, when=self._spell("when"))
        return tuple(subject for subject in found if subject is not None), None

    def _cannot_be_forbidden(self, condition: s.Condition) -> None:
        if isinstance(condition, s.Count):
            counted = Location(self._source, condition.counted.span).words
            near = f"{self._spell('require')} {turned_around(condition.bound, condition.number, counted)}"
            self._tell("count-forbidden", condition.span, near=near)
        else:
            self._tell("forbid-needs-fact", condition.span)

    def _look_into(self, verb: s.Clause) -> None:
        """Tell the mistakes inside a condition that has no place where it stands: both are mended in one go."""
        anything = Scope(every_attribute(self._contract), self._contract)
        Resolver(self._source, anything, self._problems).condition(cast(s.Condition, verb.value))

    def _conditions(self, keyword: str, resolver: Resolver, join: type[r.All] | type[r.Any]) -> r.Condition | None:
        found = [resolver.condition(cast(s.Condition, c.value)) for c in self._clauses(keyword)]
        sound = tuple(c for c in found if c is not None)
        if not sound:
            return None
        return sound[0] if len(sound) == 1 else join(sound)

    def _word(self, keyword: str, default: str) -> str:
        found = self._clauses(keyword)
        return cast(s.Word, found[0].value).name if found else default

    def _severity(self) -> r.Severity:
        words = [cast(s.Word, clause.value) for clause in self._clauses("severity")]
        self._problems += [self._no_severity(word) for word in words if word.name not in _SEVERITIES]
        return cast(r.Severity, words[0].name) if words else "error"

    def _no_severity(self, word: s.Word) -> Problem:
        if meant := slips.meant("severities").get(word.written.casefold()):
            values = {"words": word.written, "near": slips.spelt("choices", meant, word.written)}
            return Problem("language.unknown-severity-near", Location(self._source, word.span), values)
        known = tuple(section("choices").spell(name, self._file.lang) for name in _SEVERITIES)
        return unknown("severity", word, self._source, known)

    def _if_unknown(self) -> Literal["pass", "fail", "ask"] | None:
        found = self._clauses("if_unknown")
        if not found:
            return None
        return cast(Literal["pass", "fail", "ask"], cast(s.Word, found[0].value).name)

    def _contract_clause(self) -> tuple[str, Location] | None:
        found = self._clauses("clause")
        if not found:
            return None
        path = cast(s.Path, found[0].value)
        if path.name not in self._contract:
            self._problems.append(unknown("contract-path", path, self._source, spelled(self._contract.paths())))
            return None
        return path.name, self._contract.location(path.name)

    def _texts(self, keyword: str, resolver: Resolver) -> r.Texts:
        """A clause that may stand once in each language."""
        found: dict[Lang, r.Template] = {}
        for clause in self._clauses(keyword):
            quoted = cast(s.Quoted, clause.value)
            lang = script_of(quoted.value)
            template = template_of(quoted, self._source, resolver, self._contract.own_names, self._problems)
            if lang in found:
                language = Said(f"language.in-{lang}")
                self._tell("text-twice", clause.keyword_span, keyword=self._spell(keyword), lang=language)
            found.setdefault(lang, template)
        return r.Texts(**found)

    def _examples(self) -> Sequence[r.RuleExample]:
        found = []
        for clause in self._clauses("breaks", "keeps"):
            example = cast(s.Example, clause.value)
            for given in example.given:
                self._problems += check_given(given, self._source, self._contract)
            found.append(r.RuleExample(clause.keyword == "breaks", example, Location(self._source, clause.span)))
        return found


def _is_subject(node: s.Condition) -> bool:
    return isinstance(node, s.Mention) or (isinstance(node, s.Happening) and node.kind == "action" and node.bare)

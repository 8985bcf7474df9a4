"""Readings and phrases → the lexicon that the facts are read with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import cast, get_args

from replylint.facts.names import FactName
from replylint.facts.wordings import (
    Choice,
    Element,
    Expression,
    Gap,
    Lexicon,
    Pattern,
    PhraseRef,
    Slot,
    SlotKind,
    Together,
    Wording,
    Words,
)  # fmt: skip
from replylint.language import syntax as s
from replylint.language.mistakes import slips
from replylint.language.unknown import check_mention, unknown
from replylint.source.bilingual import script_of
from replylint.source.names import section
from replylint.source.problems import Problem, Said, Saying
from replylint.source.spans import Location, Source, Span

_SLOTS: frozenset[str] = frozenset(get_args(SlotKind))
_MOST_EXPRESSION = 500
# What RE2 says of an expression that it cannot read, and the piece of a sentence that tells it.
_REASONS = {
    "missing )": "group-open", "missing ]": "set-open", "unexpected )": "group-closed",
    "no argument for repetition": "nothing-repeated", "bad repetition": "repeated-twice",
    "invalid repetition size": "repeated-too-often", "invalid character class range": "set-turned",
    "invalid escape": "unknown-escape", "trailing \\": "unknown-escape", "invalid perl operator": "no-look-around",
}  # fmt: skip
_SLOT = re.compile(r"[<＜]([^<>＜＞]+)[>＞]")


@dataclass(frozen=True)
class _Context:
    source: Source
    phrases: frozenset[str]
    problems: list[Problem]

    def tell(self, key: str, span: Span, **values: Saying) -> None:
        self.problems.append(Problem(f"language.{key}", Location(self.source, span), values))


def build_lexicon(files: Iterable[s.RuleFile]) -> tuple[Lexicon, tuple[Problem, ...]]:
    """The lexicon of all files together, and every mistake in their readings and phrases."""
    files = tuple(files)
    problems: list[Problem] = []
    phrases = _collect_phrases(files, problems)
    known = frozenset(phrases)
    patterns: dict[str, tuple[Pattern, ...]] = {}
    for name, (source, phrase) in phrases.items():
        context = _Context(source, known, problems)
        patterns[name] = tuple(_pattern(line.items, context) for line in phrase.wordings)
    wordings = [w for file in files for w in _wordings(file, _Context(file.source, known, problems))]
    problems += _circles(phrases)
    return Lexicon(tuple(wordings), patterns), tuple(problems)


def _collect_phrases(
    files: Sequence[s.RuleFile], problems: list[Problem]
) -> dict[str, tuple[Source, s.Phrase]]:
    phrases: dict[str, tuple[Source, s.Phrase]] = {}
    for file in files:
        for phrase in (st for st in file.statements if isinstance(st, s.Phrase)):
            # Without a name nobody can use it, but what is in it can be looked into.
            name = phrase.name.name or str(Location(file.source, phrase.span))
            if name in phrases:
                first = Location(phrases[name][0], phrases[name][1].name.span)
                problems.append(
                    Problem("language.phrase-twice", Location(file.source, phrase.name.span),
                            {"name": name, "first": str(first)})
                )  # fmt: skip
            else:
                phrases[name] = (file.source, phrase)
    return phrases


def _wordings(file: s.RuleFile, context: _Context) -> Iterator[Wording]:
    for reading in (st for st in file.statements if isinstance(st, s.Reading)):
        names = fact_names(reading.fact, context.source, context.problems)
        for line in reading.wordings:
            pattern = _pattern(line.items, context)
            for fact in names:
                yield Wording(fact, pattern, Location(file.source, line.span), reading.excludes)


def fact_names(mention: s.Mention, source: Source, problems: list[Problem]) -> tuple[FactName, ...]:
    """The fact that a reading's head names; none when there is no such fact."""
    if not check_mention(mention, source, problems):
        return ()
    if mention.kind is None:
        return (FactName(mention.type.name),)
    return (FactName(mention.type.name, mention.kind.name),)


def _pattern(items: s.WordingItems, context: _Context) -> Pattern:
    parts: list[list[Element]] = [[]]
    items = _without_bare_text(items, context)
    absent = [False]
    for item in items:
        if isinstance(item, s.TogetherItem):
            parts.append([])
            absent.append(item.absent)
        else:
            parts[-1].append(_element(item, context))
    if len(parts) == 1:
        return tuple(parts[0])
    choices = [Choice((tuple(part),)) for part in parts]
    return (
        Together(
            tuple(choice for choice, out in zip(choices, absent, strict=True) if not out),
            tuple(choice for choice, out in zip(choices, absent, strict=True) if out),
        ),
    )


def _without_bare_text(items: s.WordingItems, context: _Context) -> s.WordingItems:
    """The items but for several words in a row that no phrase is called: a text without quotes, told as one mistake."""
    kept: list[s.Item] = []
    for unknown_, run in groupby(items, lambda i: isinstance(i, s.PhraseItem) and i.name not in context.phrases):
        found = list(run)
        if unknown_ and len(found) > 1:
            span = found[0].span.cover(found[-1].span)
            context.tell("bare-text", span, words=context.source.text[span.start : span.end])
        else:
            kept += found
    return tuple(kept)


def _element(item: s.Item, context: _Context) -> Element:
    match item:
        case s.Words(value, span):
            return _words(value, span, context)
        case s.SlotItem(kind, span):
            return _slot(kind, span, context)
        case s.GapItem(limit):
            return Gap(limit)
        case s.PhraseItem(name, span):
            return _phrase(name, span, context)
        case s.ExpressionItem(pattern, span):
            return _expression(pattern, span, context)
        case s.ChoiceItem(options):
            return Choice(tuple(_pattern(option, context) for option in options))
        case s.MaybeItem(inner):
            return Choice(((_element(inner, context),), ()))
        case s.TogetherItem():
            raise AssertionError("parted by `_pattern`")


def _words(value: str, span: Span, context: _Context) -> Words:
    if not value.strip():
        context.tell("empty-wording", span)
    for slot in _SLOT.finditer(value):
        inner = slot[1].strip()
        if name := section("slots").find(inner) or slips.meant("slots").get(inner.casefold()):
            near = f"<{section('slots').spell(name, script_of(inner))}>"
            context.tell("slot-in-quotes", span, words=slot[0], near=near)
    return Words(value)


def _slot(kind: str, span: Span, context: _Context) -> Slot:
    if kind not in _SLOTS and (meant := slips.meant("slots").get(kind.casefold())):
        near = section("slots").spell(meant, script_of(kind))
        context.tell("unknown-slot-near", span, words=Location(context.source, span).words, near=near)
    elif kind not in _SLOTS:
        told = unknown("slot", s.Word(kind, span, kind), context.source, section("slots").all_spellings())
        values = {**told.values, "words": Location(context.source, span).words}
        context.problems.append(replace(told, values=values))
    return Slot(cast(SlotKind, kind))


def _phrase(name: str, span: Span, context: _Context) -> PhraseRef:
    if name not in context.phrases:
        known = sorted(context.phrases)
        context.problems.append(unknown("phrase", s.Word(name, span, name), context.source, known))
    return PhraseRef(name)


def _expression(pattern: str, span: Span, context: _Context) -> Expression:
    unescaped = pattern.replace("\\/", "/")
    if len(unescaped) > _MOST_EXPRESSION:
        context.tell("long-expression", span, limit=str(_MOST_EXPRESSION))
        return Expression("")
    import re2  # only to refuse what it cannot read; a lexicon that is kept was read before

    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(unescaped, options)
    except re2.error as error:
        told = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error.args[0])
        reason = next((Said(f"language.{key}") for words, key in _REASONS.items() if told.startswith(words)), told)
        context.tell("bad-expression", span, reason=reason)
        return Expression("")
    if compiled.search(""):
        context.tell("empty-expression", span)
    return Expression(unescaped)


def _circles(phrases: Mapping[str, tuple[Source, s.Phrase]]) -> Iterator[Problem]:
    """Phrases that are made of themselves."""
    uses = {name: frozenset(_used(phrase)) & phrases.keys() for name, (_, phrase) in phrases.items()}
    done: set[str] = set()
    for name in phrases:
        if name not in done and name in _reach(name, uses):
            source, phrase = phrases[name]
            done |= _reach(name, uses)
            yield Problem("language.phrase-in-itself", Location(source, phrase.name.span), {"name": name})


def _reach(start: str, uses: Mapping[str, frozenset[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(uses[start])
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += uses[name]
    return seen


def _used(phrase: s.Phrase) -> Iterator[str]:
    waiting: list[s.Item] = [item for line in phrase.wordings for item in line.items]
    while waiting:
        item = waiting.pop()
        if isinstance(item, s.PhraseItem):
            yield item.name
        elif isinstance(item, s.ChoiceItem):
            waiting += [inner for option in item.options for inner in option]
        elif isinstance(item, s.MaybeItem):
            waiting.append(item.item)

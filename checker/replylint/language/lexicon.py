"""Readings and phrases → the lexicon that the facts are read with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import cast, get_args

from replylint.facts.names import FactName
from replylint.facts.schema import FACT_TYPES
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
from replylint.language.names import kinds, section
from replylint.language.near import nearest_path, spaced
from replylint.source.bilingual import script_of
from replylint.source.messages import Lang
from replylint.source.problems import Problem, Said, Saying
from replylint.source.spans import Location, Source, Span

_SLOTS: frozenset[str] = frozenset(get_args(SlotKind))
_LANGS: tuple[Lang, ...] = ("en", "zh")
_MOST_EXPRESSION = 500
# How many names a message lists before it says that there are more.
MOST_LISTED = 24

_NUMBER_BEFORE = re.compile(r"([0-9０-９]+)[ \t\u3000]*\Z")
_MOST_NUMBER = 20


@dataclass(frozen=True)
class _Context:
    source: Source
    phrases: frozenset[str]
    problems: list[Problem]

    def tell(self, key: str, span: Span, **values: str) -> None:
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
            name = phrase.name.name
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


def check_mention(mention: s.Mention, source: Source, problems: list[Problem], in_rule: bool = False) -> bool:
    """Whether the fact exists; tells what is wrong with its type or kind otherwise.

    in_rule: only what a reply says is then offered, for that is what rules are about.
    """
    fact_type, kind = mention.type, mention.kind
    if fact_type.name not in FACT_TYPES:
        known = section("facts")
        names = [n for n in known.spellings if not in_rule or FACT_TYPES[n].side == "reply"]
        if slip := _slip(mention.span, source):
            problems.append(slip)
            return False
        if meant := _meant(mention):
            at = Location(source, mention.span)
            problems.append(Problem("language.unknown-fact-meant", at, {"words": at.words, "near": meant}))
            return False
        listed = [known.spell(name, lang) for name in names for lang in _LANGS]
        problems.append(unknown("fact", fact_type, source, known.all_spellings(), listed=listed))
        return False
    if kind is not None and kind.name not in FACT_TYPES[fact_type.name].kinds:
        problems.append(_unknown_kind(fact_type, kind, source))
        return False
    return True


_SLIPS = (
    ("negated", "negation"), ("ranges", "range"), ("contains", "looks-for-words"), ("between", "no-joint"),
    ("negations", "negation"),
)  # fmt: skip


def _slip(span: Span, source: Source) -> Problem | None:
    """Words in what was read as the name of a fact that show that something else was meant."""
    number = _NUMBER_BEFORE.search(source.text, max(0, span.start - _MOST_NUMBER), span.start)
    first = source.text[span.start : span.end].split()[0]
    if number and first.casefold() in slips.listed("unitless"):
        where = Location(source, Span(span.start, span.start + len(first)))
        return Problem("language.no-unit", where, {"words": first, "number": number[1]})
    for part, key in _SLIPS:
        if found := slips.pattern(part).search(source.text, span.start, span.end):
            return Problem(f"language.{key}", Location(source, Span(*found.span())), {"words": found[0]})
    return None


def _meant(mention: s.Mention) -> tuple[Said, ...]:
    """What a kind by itself, a kind before its fact, or the name of an action can be meant for: `promise of refund`."""
    written = mention.type.written
    lang = script_of(written)
    keyword = section("keywords").spell
    found = []
    for fact in FACT_TYPES:
        kind = kinds(fact).find(written)
        if kind and (mention.kind is None or section("facts").find(mention.kind.written) == fact):
            of = "" if lang == "zh" else f"{keyword('of', lang)} "
            found.append(f"{section('facts').spell(fact, lang)} {of}{kinds(fact).spell(kind, lang)}")
    if mention.kind is None and section("actions").find(written):
        found.append(f"{keyword('action', lang)} {written}")
    return tuple(Said("language.keyword", {"en": name, "zh": name}) for name in found)


def _unknown_kind(fact_type: s.Word, kind: s.Word, source: Source) -> Problem:
    known = kinds(fact_type.name)
    if slip := _slip(kind.span, source):
        return slip
    if not known.spellings:
        values = {"words": kind.written, "fact": fact_type.written}
        return Problem("language.no-kinds", Location(source, kind.span), values)
    return unknown("kind", kind, source, known.all_spellings(), known.first_spellings(), fact=fact_type.written)


def unknown(
    sort: str, word: s.Word | s.Path, source: Source, known: Iterable[str], listed: Iterable[str] = (), **values: Saying
) -> Problem:
    """A name that does not exist, with the nearest one that does, or with where to put spaces."""
    written = word.written or word.name
    place = Location(source, word.span)
    if split := spaced(written):
        return Problem("language.missing-spaces", place, {"words": written, "suggestion": split})
    known = tuple(known)
    dotted = written.replace("．", ".")
    if near := _by_last_part(dotted, known) or nearest_path(dotted, known):
        return Problem(f"language.unknown-{sort}-near", place, {"words": written, "near": near, **values})
    shown = _beside(written, tuple(listed) or known)
    more = ("…",) if len(shown) > MOST_LISTED else ()
    offered = (*shown[:MOST_LISTED], *more)
    return Problem(f"language.unknown-{sort}", place, {"words": written, "known": offered, **values})


def _by_last_part(written: str, known: Sequence[str]) -> str | None:
    """`rating` → `review.rating`."""
    return next((k for k in known if k.count(".") == 1 and k.endswith(f".{written}")), None)


def _beside(written: str, known: Sequence[str]) -> Sequence[str]:
    """The names to offer: in the writer's language, and under the part of a dotted name that does exist."""
    same = [k for k in known if k.isascii() == written.isascii()] or known
    parts = written.split(".")
    for depth in range(len(parts) - 1, 0, -1):
        start = ".".join(parts[:depth]) + "."
        if under := [k for k in same if k.startswith(start) and k.count(".") == depth]:
            return under
    return same if len(parts) == 1 else [k for k in same if "." not in k] or same


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
            if not value.strip():
                context.tell("empty-wording", span)
            return Words(value)
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


def _slot(kind: str, span: Span, context: _Context) -> Slot:
    if kind not in _SLOTS:
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
        reason = error.args[0]
        context.tell("bad-expression", span, reason=reason.decode() if isinstance(reason, bytes) else str(reason))
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

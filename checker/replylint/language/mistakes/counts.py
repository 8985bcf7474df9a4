"""How many there are, said in other words than the language has: `3 or more apologies`, 「道歉 3 次以上」."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, takewhile
from typing import Literal

from replylint.language.in_digits import whole_number
from replylint.language.mistakes import slips
from replylint.language.mistakes.stop import WORD, Mistake, Stop, line_at
from replylint.source.bilingual import script_of
from replylint.source.names import section
from replylint.source.problems import Said, Saying
from replylint.source.resources import grammar_table
from replylint.source.spans import Span

Bound = Literal["at_most", "at_least", "exactly"]
_BOUNDS: tuple[Bound, ...] = ("at_least", "at_most", "exactly")
_CONDITIONS = ("forbid", "require", "when", "where", "unless")
_COMPARED = ("at_most", "at_least", "more_than", "less_than", "equals")
# What is counted is a fact, or begins with one of these; `of` can stand inside it.
_HAPPENINGS = ("action", "event", "message")
_INSIDE = (None, "of", *_HAPPENINGS)
_MOST_WORDS = 6
_RIGHT = tuple(f"count_{bound}" for bound in _BOUNDS)
_SPACE = r"[ \t\u3000]*"
# What parts one condition from the next.
_PARTED = re.compile(r"\n|\b(?:and|or|not)\b|[且或非（(:：]")


@dataclass(frozen=True)
class _Count:
    """A number of something. words: what says how many; bound: None where only the number is said."""

    words: Span
    bound: Bound | None
    number: int
    counted: Span


def count(stop: Stop) -> Mistake | None:
    """A number of facts or actions that is not written as `at most 2 promises` is."""
    clause = stop.clause
    if clause is None or clause[0] not in _CONDITIONS:
        return None
    start = max(clause[1].end, stop.around.start)
    for match in _pattern().finditer(stop.text, start, stop.around.end):
        found = _count(stop.text, start, match)
        if found and found.words.cover(found.counted).contains(stop.word):
            return _told(stop.text, found, clause[0])
    return None


def turned_around(bound: Bound, number: int, counted: str) -> str:
    """What there has to be, where some number of something is forbidden: `at most 2 promises` for 3 and more."""
    keyword, lang = section("keywords").spell, script_of(counted)
    if bound == "at_least":
        return _written("at_most", number - 1, counted) if number > 1 else f"{keyword('no', lang)} {counted}"
    if bound == "at_most":
        return _written("at_least", number + 1, counted)
    return f"{keyword('not', lang)} {_written(bound, number, counted)}" if number else counted


def _told(text: str, found: _Count, clause: str) -> Mistake:
    counted = text[found.counted.start : found.counted.end]
    if clause == "forbid":
        verb = section("keywords").spell("require", script_of(counted))
        near = f"{verb} {turned_around(found.bound or 'at_least', found.number, counted)}"
        return Mistake("language.count-forbidden", found.words, found.words.start, {"near": near})
    whole = found.words.cover(found.counted)
    written = [_written(bound, found.number, counted) for bound in _BOUNDS if found.bound in (bound, None)]
    near_ = tuple(Said("language.keyword", {"en": each, "zh": each}) for each in written)
    words = text[whole.start : whole.end]
    values: dict[str, Saying] = {"words": words, "near": written[0] if found.bound else near_}
    return Mistake(f"language.{'unexpected-near' if found.bound else 'bare-count'}", whole, whole.start, values)


def _written(bound: Bound, number: int, counted: str) -> str:
    return f"{section('keywords').spell(f'count_{bound}', script_of(counted))} {number} {counted}"


def _count(text: str, start: int, match: re.Match[str]) -> _Count | None:
    """A number and what it counts: what stands behind it, or before it where a word for how often follows."""
    words = Span(*match.span())
    before = _PARTED.split(text[start : words.start])[-1]
    if before.strip():
        counted = Span(words.start - len(before.lstrip()), words.start - len(before) + len(before.rstrip()))
        often = (match["unit"] or "").casefold() in slips.listed("occasions")
    else:
        counted = _behind(text, words.end)
        often = not _is_right(match)
    if not often or not _is_counted(text[counted.start : counted.end].split()):
        return None
    bound, number = _bound(match, whole_number(match["number"]))
    return _Count(words, bound, number, counted)


def _bound(match: re.Match[str], number: int) -> tuple[Bound | None, int]:
    """Which way a number is meant, and the number that is the last one to count."""
    front = re.sub(r"\s+", " ", match["front"] or "").casefold()
    name = _fronts().get(front) or slips.meant("behind").get(re.sub(r"\s+", " ", match["behind"] or "").casefold())
    if match["plus"] or name in ("at_least", "more_than"):
        return "at_least", number + (name == "more_than")
    if name in ("at_most", "less_than"):
        return "at_most", number - (name == "less_than")
    return ("exactly" if name else None), number


def _is_right(match: re.Match[str]) -> bool:
    """Whether a number is written as the language wants it, so that what is wrong is something else."""
    name = section("keywords").find(re.sub(r"\s+", " ", match["front"] or ""))
    return name in _RIGHT and match["number"].isdecimal() and not (match["unit"] or match["behind"] or match["plus"])


def _behind(text: str, at: int) -> Span:
    """The words behind a place that can name what is counted."""
    words = [Span(*m.span()) for m in islice(WORD.finditer(text, at, line_at(text, at).end), _MOST_WORDS)]
    kept: list[Span] = []
    for word in takewhile(lambda w: section("keywords").find(text[w.start : w.end]) in _INSIDE, words):
        if text[kept[-1].end if kept else at : word.start].strip():
            break
        kept.append(word)
    return kept[0].cover(kept[-1]) if kept else Span(at, at)


def _is_counted(words: Sequence[str]) -> bool:
    """Whether words name a fact, or begin with the keyword of what happens or is planned."""
    facts = (section("facts").find(" ".join(words[:count])) for count in range(1, len(words) + 1))
    return bool(words) and (section("keywords").find(words[0]) in _HAPPENINGS or any(facts))


@cache
def _fronts() -> Mapping[str, str]:
    """Words before a number that say which way it is meant: words → `at_most`, `more_than` and so on."""
    keywords = section("keywords").spellings
    own = {form: name for name in _COMPARED for forms in keywords[name].values() for form in forms}
    bare = {form.removeprefix("is "): name for form, name in own.items()}
    counts = {form: bound for bound in _BOUNDS for forms in keywords[f"count_{bound}"].values() for form in forms}
    others = {form: name for form, name in slips.meant("inside").items() if name in _COMPARED}
    return {**own, **bare, **counts, **others}


@cache
def _pattern() -> re.Pattern[str]:
    """Matches a number with what may stand around it."""
    numerals = slips.alternatives(grammar_table("values.yml")["numerals"])
    units = slips.alternatives(slips.listed("unitless") | slips.listed("occasions"))
    return re.compile(
        rf"(?:(?P<front>{slips.alternatives(_fronts())}){_SPACE})?"
        rf"(?<![0-9.,])(?P<number>[0-9０-９]{{1,4}}|[一二兩三四五六七八九十]{{1,3}}|{numerals})"
        rf"(?:(?P<plus>[+＋])|{_SPACE}(?P<unit>{units}))?"
        rf"(?:{_SPACE}(?P<behind>{slips.alternatives(slips.meant('behind'))}))?",
        re.IGNORECASE,
    )

"""Persons named with a title (王先生, 陳小美小姐, Mr. Wang), and words that may be Latin names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from replylint.facts.slots.model import Found
from replylint.facts.slots.reading import Hit, Reading
from replylint.facts.slots.table import any_of, word_table
from replylint.source.spans import Span
from replylint.text.characters import CJK
from replylint.text.chinese import is_word

_SURNAMED = "姓"
_MASKED = "*○〇x某o"
_LATIN_NAME = re.compile(r"\.? ([a-z][a-z'-]*)(?: ([a-z][a-z'-]+))?")

_WORD = re.compile(rf"(?:(?<=[a-z0-9,{CJK}] )|(?<=[{CJK}]))[a-z][a-z'-]+")
# One capital and then small letters: an acronym, or a text that shouts, names nobody.
# The whole run is taken and cut behind: a run that has no small letter would be tried from each of its capitals.
_CAPITALISED = re.compile(r"[A-Z][A-Za-z'’-]*")
_NO_SMALL_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ'’-"
_NO_NAMES = frozenset({"month", "weekday"})


class _Patterns(NamedTuple):
    named: re.Pattern[str]
    courtesy: frozenset[str]


@cache
def _patterns() -> _Patterns:
    table = word_table()
    surname = f"(?:{any_of(table['compound_surnames'])}|[{''.join(table['surnames'])}])"
    return _Patterns(
        re.compile(rf"({surname})([{CJK}]{{1,2}}|[{_MASKED}]{{1,2}}[{CJK}]?)?$"), frozenset(table["courtesy_titles"])
    )


def find_people(reading: Reading) -> Iterator[Found]:
    """Persons by surname, or full name, and title, and of them colleagues by the title; the value is as written."""
    for hit in reading.hits:
        if hit.topic == "title" and (found := _chinese_name(reading, hit)):
            yield from (Found(kind, found, reading.written(found)) for kind in hit.value)
        elif hit.topic == "latin_title" and (found := _latin_name(reading, hit)):
            yield Found("person", found, reading.written(found))


def find_names(reading: Reading) -> Iterator[Found]:
    """Latin words that may be names: capitalised in mid-sentence, and neither a month nor a day of the week.

    Brands and places are among them, so a wording should say what stands beside the name (`"our driver" <name>`).
    """
    calendar = {hit.start for hit in reading.hits if hit.topic in _NO_NAMES}
    origin = reading.text.origin
    # Capitals are few, so they are looked for in the text as written; folding leaves none.
    for capitalised in _CAPITALISED.finditer(reading.text.original):
        written = capitalised[0].rstrip(_NO_SMALL_LETTERS)
        if not written:
            continue
        start = bisect_left(origin, capitalised.start())
        match = _WORD.match(reading.folded, start)
        end = bisect_left(origin, capitalised.start() + len(written))
        if match and start not in calendar and match.end() == end:
            yield Found("name", Span(*match.span()), written)


def _chinese_name(reading: Reading, title: Hit) -> Span | None:
    """The longest name before a title; a surname that is part of another word (感謝店長, 高級經理) is none."""
    folded = reading.folded
    for length in (4, 3, 2, 1):
        start = title.start - length
        match = _patterns().named.match(folded[start : title.start]) if start >= 0 else None
        if match is None:
            continue
        # 王姓店員 is as much a name as 王店員.
        if match[2] not in (None, _SURNAMED) and folded[title.start : title.end] not in _patterns().courtesy:
            continue
        if len(match[1]) == 1 and _is_in_a_word(folded, start, title.start):
            continue
        return Span(start, title.end)
    return None


def _is_in_a_word(folded: str, start: int, end: int) -> bool:
    name = folded[start:end].removesuffix(_SURNAMED)
    return (start > 0 and is_word(folded[start - 1 : start + 1])) or (
        len(name) > 1 and (is_word(name[:2]) or is_word(name[1:]))
    )


def _latin_name(reading: Reading, title: Hit) -> Span | None:
    """The capitalised words after a title: case is read in the text as written."""
    match = _LATIN_NAME.match(reading.folded, title.end)
    if match is None or not _is_capital(reading, match.start(1)):
        return None
    with_last = match[2] and _is_capital(reading, match.start(2))
    return Span(title.start, match.end(2) if with_last else match.end(1))


def _is_capital(reading: Reading, at: int) -> bool:
    return reading.text.original[reading.text.origin[at]].isupper()

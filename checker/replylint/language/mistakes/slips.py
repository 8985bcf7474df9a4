"""The table of what people write where the language has another word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from replylint.source.bilingual import script_of
from replylint.source.names import section
from replylint.source.resources import grammar_table

_TABLE = "slips.yml"


@cache
def meant(part: str) -> Mapping[str, str]:
    """A part of the table that goes by names: what is written, without case → the canonical name that is meant."""
    return {form.casefold(): name for name, forms in grammar_table(_TABLE)[part].items() for form in forms}


@cache
def listed(part: str) -> frozenset[str]:
    """A part of the table that is a list, without case."""
    return frozenset(form.casefold() for form in grammar_table(_TABLE)[part])


@cache
def signs(sort: str) -> tuple[str, ...]:
    """The signs of other notations of one sort, the longest first."""
    return tuple(sorted(grammar_table(_TABLE)["signs"][sort], key=len, reverse=True))


def spelt(sort: str, name: str, written: str) -> str:
    """A canonical name in the language of what was written for it."""
    return section(sort).spell(name, script_of(written))


def line_word(words: Sequence[str]) -> tuple[int, str] | None:
    """How many of a line's first words stand for a keyword, and for which; Chinese words may run into the next."""
    known = meant("lines")
    for count in range(min(len(words), 3), 0, -1):
        if name := known.get(" ".join(words[:count]).casefold()):
            return count, name
    return None


def run_on(word: str) -> tuple[str, str] | None:
    """The words at the beginning of a Chinese word that stand for a keyword, and for which: 「不得承諾」."""
    found = [form for form in meant("lines") if len(form) > 1 and not form.isascii() and word.startswith(form)]
    longest = max(found, key=len, default=None)
    return (longest, meant("lines")[longest]) if longest else None


def alternatives(forms: Iterable[str]) -> str:
    """A pattern of any of some words, the longest first; Latin words are whole, others may touch their neighbours."""
    ordered = sorted(forms, key=len, reverse=True)
    return "|".join(_bounded(form) if form.isascii() else re.escape(form) for form in ordered)


@cache
def pattern(part: str) -> re.Pattern[str]:
    """Matches what a part of the table lists, as whole words."""
    table = grammar_table(_TABLE)[part]
    forms = [f for forms in table.values() for f in forms] if isinstance(table, dict) else table
    ordered = sorted(forms, key=len, reverse=True)
    return re.compile("|".join(map(_bounded, ordered)), re.IGNORECASE)


def _bounded(form: str) -> str:
    pattern = r"[ \t\u3000]+".join(re.escape(word) for word in form.split())
    if re.match(r"\w", form):
        return rf"(?<![\w.]){pattern}(?![\w.])"
    # A sign that is doubled is another sign.
    return rf"(?<!{pattern}){pattern}(?!{pattern})" if len(form) == 1 else pattern

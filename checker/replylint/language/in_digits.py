"""Numbers that are written in words, or in a way that only people read: 五百元, 1.5萬, three days."""

from __future__ import annotations

import re
from decimal import Decimal

from replylint.language.mistakes import slips
from replylint.language.show import show
from replylint.source.bilingual import script_of
from replylint.source.resources import grammar_table
from replylint.source.values import Duration, Money, Percent

# Of readings of the same words, the one that says most.
_TOLD = ("money", "percent", "duration", "number")
# Longer words state no single value.
_MOST_LENGTH = 40
_NO_TEXT = re.compile(r"[\ud800-\udfff]")


def in_digits(written: str) -> str | None:
    """The value that all of some words state, as a rule file has it: 五百元 is `500 元`; None when they state none."""
    if len(written) > _MOST_LENGTH or _NO_TEXT.search(written):
        return None
    bare = _without_measure(written)
    # Loaded late: reading texts is only needed where there is a mistake to explain.
    from replylint.facts.slots.finding import find_slots
    from replylint.text.pipeline import read

    text = read(bare)
    whole = {found.kind: found.value for found in find_slots(text) if found.span.length == len(text.folded)}
    value = next((whole[kind] for kind in _TOLD if kind in whole), None)
    return show(value, script_of(written)) if isinstance(value, Money | Percent | Duration | Decimal) else None


def _without_measure(written: str) -> str:
    """The number alone, of words that end in a unit which rules do without: 「三顆星」, 「兩個」."""
    longest = max((unit for unit in slips.listed("unitless") if written.casefold().endswith(unit)), key=len, default="")
    return written[: len(written) - len(longest)].rstrip()


def whole_number(written: str) -> int:
    """The value of a whole number in digits, or in one English or Chinese numeral: `2`, two, 兩."""
    if written.isdecimal():
        return int(written)
    if written.isascii():
        return int(grammar_table("values.yml")["numerals"][written.casefold()])
    from replylint.facts.slots.numerals import value_of
    from replylint.text.fold import fold_words

    return int(value_of(fold_words(written)))

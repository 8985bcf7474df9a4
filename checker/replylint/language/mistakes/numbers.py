"""What goes wrong with numbers: units, currencies, words instead of digits, dates without quotes."""

from __future__ import annotations

import re
from functools import cache

from replylint.language.in_digits import in_digits
from replylint.language.mistakes import slips
from replylint.language.mistakes.stop import TAIL, Mistake, Stop, line_at
from replylint.language.near import nearest
from replylint.source.names import section
from replylint.source.problems import Saying
from replylint.source.resources import grammar_table
from replylint.source.spans import Span

_AFTER_NUMBER = re.compile(r"[0-9０-９][ \t\u3000]*\Z")
_MOMENT = re.compile(
    r"[0-9０-９]{1,4}(?:[:：/年月][0-9０-９]{1,2}){1,2}[日號]?|[0-9０-９]{4}-[0-9]{1,2}(?:-[0-9]{1,2})?"
)
# A number and its unit, just before a place.
_MEASURED = re.compile(r"[0-9０-９][ \t\u3000]*[%％]?(?:[^\W\d]+[ \t\u3000]*){0,2}\Z")
# The one word for "how often" that is a keyword, too.
_TIMES = "times"
# Digits with signs between them, and those of them that are one number.
_DIGITS = re.compile(r"[0-9０-９](?:[0-9０-９,.．]*[0-9０-９])?")
_WHOLE = re.compile(r"(?:[0-9０-９]{1,3}(?:,[0-9０-９]{3})+|[0-9０-９]+)(?:[.．][0-9０-９]+)?")


def money_sign(stop: Stop) -> Mistake | None:
    """`$500`: money of which nobody knows the currency."""
    found = re.compile(r"[$＄][ \t\u3000]*([0-9０-９][0-9０-９,.]*)?").match(stop.text, stop.word.start, stop.line.end)
    if found is None or stop.text[stop.word.start - 1 : stop.word.start].isalpha():
        return None
    return Mistake("language.which-money", Span(*found.span()), stop.word.start,
                   {"words": found[0].strip(), "number": found[1] or "500"})  # fmt: skip


def unit(stop: Stop) -> Mistake | None:
    """A unit after a number that is misspelt, another word for one, or none."""
    if stop.at_end and (last := stop.before(1)) and stop.text[last[0].start : last[0].end].casefold() == _TIMES:
        return _unit(stop, last[0], _TIMES) if _AFTER_NUMBER.search(stop.text[: last[0].start][-TAIL:]) else None
    if not _AFTER_NUMBER.search(stop.text[: stop.word.start][-TAIL:]):
        return None
    for word in (*reversed(stop.after(1)), stop.word):
        span = stop.word.cover(word)
        if mistake := _unit(stop, span, stop.text[span.start : span.end]):
            return mistake
    return None


def _unit(stop: Stop, span: Span, written: str) -> Mistake | None:
    words = re.sub(r"\s+", " ", written).casefold()
    if meant := slips.meant("units").get(words):
        near = slips.spelt("units", meant, written)
        return Mistake("language.unexpected-near", span, span.start, {"words": written, "near": near})
    for sort, key in (("unitless", "no-unit"), ("discounts", "discount-unit"), ("moneys", "which-money")):
        if words in slips.listed(sort):
            number = re.search(r"[0-9０-９,.]+[ \t\u3000]*\Z", stop.text[: span.start][-TAIL:])
            values: dict[str, Saying] = {"words": written, "number": number[0].strip() if number else "500"}
            return Mistake(f"language.{key}", span, span.start, values)
    if not written.strip() or section("keywords").find(written.split()[0]) is not None:
        return None
    near_ = nearest(written, [u for u in section("units").all_spellings() if u[:1].lower() == written[0].lower()])
    values = {"words": written, "near": near_ or ""}
    return Mistake("language.unexpected-near", span, span.start, values) if near_ else None


def in_words(stop: Stop) -> Mistake | None:
    """`three days`, 「五百 元」, `5k TWD`: a value of which a part is not in digits."""
    starts = [stop.word, *reversed(stop.before(2))]
    ends = [*reversed(stop.after(2)), stop.word, *stop.before(1)]
    for first in reversed(starts):
        for last in ends:
            if first.start > last.start:
                continue
            span = first.cover(last)
            written = stop.text[span.start : span.end]
            near = in_digits(written)
            if near is None or near.replace(",", "") == written:
                continue
            if written.split()[-1].casefold() in slips.listed("moneys"):
                values: dict[str, Saying] = {"words": written, "number": near.split()[0]}
                return Mistake("language.which-money", span, span.start, values)
            return Mistake("language.not-in-digits", span, span.start, {"words": written, "near": near})
    return None


def moment(stop: Stop) -> Mistake | None:
    """`18:00`, `2026/11/01`, 「11月1日」: a date or a time without quotes."""
    for found in (*_MOMENT.finditer(stop.text, *stop.around), *_month_names().finditer(stop.text, *stop.around)):
        if found.start() < stop.word.start < found.end():
            return Mistake("language.bare-moment", Span(*found.span()), found.start(), {"words": found[0]})
    return None


@cache
def _month_names() -> re.Pattern[str]:
    """Matches `1 November` and `November 1, 2026`."""
    month = "(?:" + "|".join(grammar_table("values.yml")["months"]) + ")"
    return re.compile(rf"\b(?:[0-9]{{1,2}} {month}|{month} [0-9]{{1,2}})\b(?:,? [0-9]{{4}})?", re.IGNORECASE)


def no_number(stop: Stop) -> Mistake | None:
    """`5,00`, `500.50.1`: digits with signs that no number has."""
    for found in _DIGITS.finditer(stop.text, *stop.around):
        if found.start() < stop.word.start < found.end() and not _WHOLE.fullmatch(found[0]):
            return Mistake("language.no-number", Span(*found.span()), found.start(), {"words": found[0]})
    return None


def behind_number(stop: Stop) -> Mistake | None:
    """「在 500 元 以內」, `4 or more`: a comparison behind the number instead of before it."""
    before = len(stop.text[: stop.word.start].rstrip())
    line = line_at(stop.text, max(before - 1, 0))
    for found in _behind().finditer(stop.text, max(line.start, before - TAIL), stop.around.end):
        reached = found.start() >= stop.word.start or found.end() in (before, stop.word.end)
        if reached and _MEASURED.search(stop.text[max(line.start, found.start() - TAIL) : found.start()]):
            meant = slips.meant("behind")[re.sub(r"\s+", " ", found[0]).casefold()]
            near = slips.spelt("keywords", meant, found[0])
            return Mistake("language.behind-number", Span(*found.span()), found.start(),
                           {"words": found[0], "near": near})  # fmt: skip
    return None


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(slips.alternatives(slips.meant("behind")), re.IGNORECASE)

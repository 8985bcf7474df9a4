"""Phone numbers, e-mail addresses, URLs, and the numbers that identify a person, a firm, a card or an order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from replylint.facts.slots.model import Found
from replylint.facts.slots.reading import Hit, Reading
from replylint.facts.slots.table import any_of, word_table
from replylint.source.spans import Span

_EMAIL = re.compile(r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{0,62}[a-z0-9]){1,5}")
_URL = re.compile(
    r"(?:https?://|(?<![a-z0-9.])www\.)[!-~]*[a-z0-9/=_]"
    r"|(?<![a-z0-9.@-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3}"
    r"\.(?:com|net|org|tw|io|me|cn|hk|gov|edu|co|app|shop|info|link|example)(?![a-z0-9.@-])(?:/[!-~]*[a-z0-9/=_])?"
)
# Taiwan mobile and land lines, toll-free numbers, +country, and the North American form.
_PHONE = re.compile(
    r"(?<![0-9a-z.,$-])(?:"
    r"\+[0-9]{1,3}(?:[ .-]?(?:\([0-9]{1,4}\)|[0-9]{1,4})){2,5}"
    r"|(?:\(0[0-9]{1,3}\)|0[0-9]{1,3})[ .-]?[0-9]{3,4}[ .-]?[0-9]{3,4}"
    r"|(?:\([2-9][0-9]{2}\)|[2-9][0-9]{2})[ .-][0-9]{3}[.-][0-9]{4}"
    r")(?![0-9])"
)
_LONG_NUMBER = re.compile(r"(?<![0-9a-z])(?:[a-z][a-d1289][0-9]{8}|[0-9]{4}(?:[ -]?[0-9]){9,15})(?![0-9a-z])")
_GIVEN_NUMBER = re.compile(r"(?: ?(?:为|是|:|#|no\.?|\(|「))*\s?(?:is )?([a-z]{0,5}-?[0-9][0-9a-z-]{2,24})(?![0-9a-z])")
_HAS_DIGIT = re.compile("[0-9]")
_MAYBE_ADDRESS = re.compile(r"@|://|\.[a-z]")
_LETTER_CODES = dict(zip("abcdefghjklmnpqrstuvxywzio", range(10, 36), strict=True))


def find_identifiers(reading: Reading) -> Iterator[Found]:
    """Identifiers, none overlapping another, in no particular order."""
    found: list[Found] = []
    if _MAYBE_ADDRESS.search(reading.folded):
        found += _addresses(reading.folded)
    if _HAS_DIGIT.search(reading.folded):
        found += _numbers(reading)
    taken: set[int] = set()
    for value in found:
        places = range(value.span.start, value.span.end)
        if taken.isdisjoint(places):
            taken.update(places)
            yield value if value.kind == "phone" else value._replace(value=reading.written(value.span))


def _addresses(folded: str) -> Iterator[Found]:
    for match in _EMAIL.finditer(folded) if "@" in folded else ():
        yield Found("email", Span(*match.span()), match[0])
    for match in _URL.finditer(folded):
        yield Found("url", Span(*match.span()), match[0])


def _numbers(reading: Reading) -> Iterator[Found]:
    folded = reading.folded
    for hit in reading.hits:
        if hit.topic == "numbered":
            yield from _given(folded, hit)
    for match in _LONG_NUMBER.finditer(folded):
        if _is_national_id(match[0]) or _is_card(match[0]):
            yield Found("id_number", Span(*match.span()), match[0])
    for match in _PHONE.finditer(folded):
        number = _dialled(match[0])
        if number:
            extension = _extension().match(folded, match.end())
            end = extension.end() if extension else match.end()
            yield Found("phone", Span(match.start(), end), number + (f";ext={extension[1]}" if extension else ""))


def _given(folded: str, hit: Hit) -> Iterator[Found]:
    """The number after the words that say what it is the number of: 訂單編號 A12345."""
    match = _GIVEN_NUMBER.match(folded, hit.end)
    if match and sum(map(str.isdigit, match[1])) >= 3:
        yield Found("id_number", Span(*match.span(1)), match[1])


def _is_national_id(number: str) -> bool:
    """Taiwan's national ID and resident certificate numbers, by their check digit.

    Source: the published rule of the Ministry of the Interior; letters count as two digits, weights 1, 9, 8, … 1.
    """
    if not number[0].isalpha():
        return False
    second = _LETTER_CODES[number[1]] % 10 if number[1].isalpha() else int(number[1])
    first = _LETTER_CODES[number[0]]
    digits = [first // 10, first % 10, second, *map(int, number[2:])]
    return sum(d * w for d, w in zip(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True)) % 10 == 0


def _is_card(number: str) -> bool:
    from stdnum import luhn

    digits = re.sub("[ -]", "", number)
    return digits.isdigit() and 13 <= len(digits) <= 19 and bool(luhn.is_valid(digits))


@lru_cache(maxsize=1024)  # a business gives the same numbers in reply after reply
def _dialled(written: str) -> str | None:
    """The number in E.164 form, if it can be one."""
    import phonenumbers

    region = "TW" if written.lstrip("(").startswith(("0", "+")) else "US"
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@cache
def _extension() -> re.Pattern[str]:
    return re.compile(rf" ?{any_of(word_table()['extensions'])} ?:?([0-9]{{1,6}})")

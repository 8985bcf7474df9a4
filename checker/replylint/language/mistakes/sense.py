"""What nobody can mean by the words beside the place: a fact compared, a field in words, a name in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product, takewhile

from replylint.case.fields import COMPUTED, FIELD_TYPES
from replylint.language.lexemes import TEXT
from replylint.language.mistakes import slips
from replylint.language.mistakes.stop import BLANK, TAIL, Mistake, Stop
from replylint.language.mistakes.wanted import COMPARISONS
from replylint.source.bilingual import script_of
from replylint.source.names import section
from replylint.source.spans import Span

_PLAIN = re.compile(r"\w+(?:['’]s\b)?")
_POSSESSIVE = re.compile(r"['’]s\b")
_WHEN = ("when", "where", "unless")
_SIZES = ("at_most", "at_least", "more_than", "less_than", "equals")
# In quotes of any sort, of which only some are those of texts.
_QUOTED = re.compile(rf"{TEXT}|['‘][^'’\n]+['’]")
_VALUED = ("is", "is_not", "equals", "one_of", "approved_by", "action")
_NAMING = ("rule", "phrase", "category", "severity", "action", "event", "history", "approved_by")


def field_in_words(stop: Stop) -> Mistake | None:
    """`review rating is …`, `rating of the review`, 「評論 的 星等」: a field is one name with a full stop."""
    words = [Span(*m.span()) for m in _PLAIN.finditer(stop.text, *stop.around)]
    for size, at in product((2, 3, 4), range(len(words))):
        some = words[at : at + size]
        span = some[0].cover(some[-1])
        if len(some) < size or span.end < stop.word.start - 2 or span.start >= stop.word.end:
            continue
        if re.search(r"[.,，]", stop.text[span.start : span.end]):
            continue
        near = _field([_POSSESSIVE.sub("", stop.text[w.start : w.end]) for w in some])
        if near is not None:
            written = stop.text[span.start : span.end]
            return Mistake("language.field-in-words", span, span.start, {"words": written, "near": near})
    return None


def _field(words: list[str]) -> str | None:
    """The field that some words name, such as `review rating` or `rating of review`, in their language."""
    bare = [w for w in words if w.lower() not in ("of", "the", "的")]
    if len(bare) != 2:
        return None
    names = [section("fields").find(word) for word in bare]
    for one, other in (names, names[::-1]):
        if one and other and f"{one}.{other}" in {**FIELD_TYPES, **COMPUTED}:
            return ".".join(section("fields").spell(part, script_of(bare[0])) for part in (one, other))
    return None


def compared_fact(stop: Stop) -> Mistake | None:
    """`forbid promise of refund above 500 TWD`: a comparison behind a fact, or behind nothing at all."""
    clause = stop.clause
    if clause is None or clause[0] not in ("forbid", "require", "when", "where", "unless"):
        return None
    for found in _comparisons(stop):
        before = stop.text[clause[1].end : found.start].strip(f"{BLANK}:：\r\n")
        last = re.split(r"\b(?:and|or|not)\b|[且或非（(]", before)[-1].split()
        if not last or _is_fact(last):
            return Mistake("language.fact-compared", found, found.start, {"words": stop.text[found.start : found.end]})
    return None


def condition_on_line(stop: Stop) -> Mistake | None:
    """`forbid promise of refund if amount is …`: a condition behind a fact, with another word for its clause."""
    clause = stop.clause
    if clause is None or clause[0] not in ("forbid", "require"):
        return None
    words = [Span(*m.span()) for m in _PLAIN.finditer(stop.text, clause[1].end, stop.word.end)]
    for at, word in enumerate(words[1:], 1):
        meant = slips.meant("lines").get(stop.text[word.start : word.end].casefold())
        if meant in _WHEN and _is_fact([stop.text[w.start : w.end] for w in words[:at]]):
            written = stop.text[word.start : word.end]
            near = slips.spelt("keywords", "where" if meant == "when" else meant, written)
            return Mistake("language.condition-on-line", word, word.start, {"words": written, "near": near})
    return None


def fact_within(stop: Stop) -> Mistake | None:
    """`require promise of contact within 2 days`: a time behind a fact."""
    clause = stop.clause
    if clause is None or section("keywords").find(stop.written) != "within":
        return None
    before = stop.text[clause[1].end : stop.word.start].strip(f"{BLANK}:：\r\n")
    last = re.split(r"\b(?:and|or|not)\b|[且或非（(]", before)[-1].split()
    if not _is_fact(last):
        return None
    return Mistake("language.fact-within", stop.word, stop.word.start, {"words": stop.written})


def _comparisons(stop: Stop) -> Iterator[Span]:
    """The words at the place that compare, in the language's own words or in others for them."""
    own = {s for name in _SIZES for forms in section("keywords").spellings[name].values() for s in forms}
    known = own | {form for form, name in slips.meant("inside").items() if name in _SIZES}
    for first in (stop.word, *reversed(stop.before(2))):
        for last in (*reversed(stop.after(2)), stop.word, *stop.before(2)):
            written = re.sub(r"\s+", " ", stop.text[first.start : last.end]).casefold()
            bare = f"is {written}" in known and section("keywords").find(written) in (None, "over")
            if first.start <= last.start and (written in known or bare):
                yield first.cover(last)


def _is_fact(words: list[str]) -> bool:
    return any(section("facts").find(" ".join(words[:count])) for count in range(len(words), 0, -1))


def keyword_for_field(stop: Stop) -> Mistake | None:
    """`when severity is serious`: a keyword where the field of that name is meant."""
    name = section("keywords").find(stop.written)
    known = [f for f in {**FIELD_TYPES, **COMPUTED} if name and f.endswith(f".{name}")]
    if not known or "PATH" not in stop.expected or stop.first:
        return None
    near = ".".join(section("fields").spell(part, script_of(stop.written)) for part in known[0].split("."))
    return Mistake("language.unexpected-near", stop.word, stop.word.start, {"words": stop.written, "near": near})


def value_after_or(stop: Stop) -> Mistake | None:
    """`review.rating is 1 or 2`: a value behind `or` that nothing is compared with."""
    if not stop.expected & COMPARISONS:
        return None
    end = len(stop.text[: stop.word.start].rstrip())
    start = stop.text.rfind("\n", 0, end) + 1
    line = stop.text[start:end]
    joints = [s for forms in section("keywords").spellings["or"].values() for s in forms]
    found = re.search(rf"(?:(?<!\w)(?:{'|'.join(joints)})(?!\w))[ \t\u3000]+([\w.,%％]+(?:[ \t\u3000]+\w+)?)\Z", line)
    if found is None or not re.match(r"[0-9０-９]", found[1]) or not re.search(r"\w", line[: found.start()]):
        return None
    span = Span(start + found.start(1), end)
    return Mistake("language.value-after-or", span, span.start, {"words": found[1]})


def kinds_in_parentheses(stop: Stop) -> Mistake | None:
    """`promise of (refund or compensation)`: parentheses behind a fact."""
    if stop.rest[:1] not in ("(", "（"):
        return None
    before = [stop.text[w.start : w.end] for w in stop.before(3)]
    bare = [w for w in before if w.lower() not in ("of", "的")]
    if not any(_is_fact(bare[-count:]) for count in (1, 2) if len(bare) >= count):
        return None
    return Mistake("language.kinds-in-parentheses", Span(stop.word.start, stop.word.start + 1), stop.word.start)


def quoted_name(stop: Stop) -> Mistake | None:
    """`rule "no refunds"`, `forbid action "refund"`, `severity 'error'`: names stand without quotes."""
    found = _QUOTED.match(stop.text, stop.word.start, stop.line.end)
    if not found or "NAME" not in stop.expected or "STRING" in stop.expected:
        return None
    head = re.search(r"(\S+)[ \t\u3000]*\Z", stop.text[: stop.word.start][-TAIL:])
    if head is None or section("keywords").find(head[1].rstrip(":：")) not in _NAMING:
        return None
    inner = found[0][1:-1]
    name = re.sub(r"\s+", "-", inner.strip())
    return Mistake("language.quoted-name", Span(*found.span()), stop.word.start, {"words": inner, "name": name})


def value_of_many_words(stop: Stop) -> Mistake | None:
    """`platform is Google Maps`, `approved by brand manager`: a value, or a role, is one word."""
    first = stop.before(1)
    if not first or not {"AND", "CATEGORY"} <= stop.expected or not re.match(r"[^\W\d]", stop.written):
        return None
    start = first[0].start
    lead = stop.text[stop.line.start : start][-TAIL:].split()
    keywords = {section("keywords").find(" ".join(lead[-count:])) for count in (1, 2, 3)}
    if keywords.isdisjoint(_VALUED):
        return None
    words = [stop.text[w.start : w.end] for w in (*first, stop.word, *stop.after(2))]
    one = list(takewhile(lambda word: word[0].isalpha() and section("keywords").find(word) is None, words))
    if len(one) < 2 or ("approved_by" not in keywords and section("choices").find(one[0])):
        return None
    if keywords & {"action"} and section("actions").find("_".join(one[:2])) is None:
        return None
    span = first[0].cover((stop.word, *stop.after(2))[len(one) - 2])
    latin = [word for word in one if word.isascii()]
    name = "_".join(latin or one).lower()
    return Mistake("language.value-of-many-words", span, span.start, {"words": " ".join(one), "near": name})


def nameless_value(stop: Stop) -> Mistake | None:
    """`given action refund 800 TWD`: a parameter without its name."""
    clause = stop.clause
    if clause is None or clause[0] != "given" or "NAME" not in stop.expected:
        return None
    found = re.compile(r"[0-9０-９][0-9０-９,.]*[ \t\u3000]*\w*").match(stop.text, stop.word.start, stop.line.end)
    words = stop.text[clause[1].end : stop.word.start].split()
    if found is None or len(words) < 2 or section("keywords").find(words[0]) not in ("action", "history"):
        return None
    return Mistake("language.nameless-value", Span(*found.span()), stop.word.start, {"words": found[0].strip()})

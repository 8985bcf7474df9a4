"""What goes wrong inside a condition: other words for comparisons, units, signs, run-together words, parentheses."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import pairwise, takewhile

from replylint.language.lexemes import COMMENT, LEXEME
from replylint.language.mistakes import slips
from replylint.language.mistakes.lines import keyword_run_on, spellings, statements
from replylint.language.mistakes.quotes import CLOSING
from replylint.language.mistakes.stop import BLANK, TAIL, Mistake, Stop
from replylint.language.mistakes.wanted import COMPARISONS, wanted
from replylint.language.naming import ARTICLES
from replylint.language.near import nearest, spaced
from replylint.source.names import section
from replylint.source.problems import Saying
from replylint.source.spans import Span

_WIDE = re.compile("[\uff01-\uff5e]+")
# What is read in half width only: letters, and signs that a name, a number or a currency has.
_COUNTS_NARROW = re.compile(r"[A-Za-z_$\-]|[0-9],[0-9]")
_NUMBER = re.compile(r"\s*[0-9０-９][0-9０-９.,]*\s*[%％]?\s*")
_EXPRESSION = re.compile(r"/[^/\n]+/\w*")
_FORMULA = re.compile(r"=[A-Za-z]+[(（][^\n]*")
_NUMBERED = re.compile(r"[0-9０-９]+[.)、．）]")


def article(stop: Stop) -> Mistake | None:
    """`unless the amount is …`, `approved by the manager`: a name in a comparison or a role stands alone."""
    before = stop.before(2)
    written = [stop.text[w.start : w.end] for w in before]
    if written and written[-1].lower() in ARTICLES and _approval_before(stop, before[-1]):
        role = list(takewhile(lambda w: not _is_keyword(stop, w), (stop.word, *stop.after(2))))
        if len(role) > 1:
            span = before[-1].cover(role[-1])
            near = "_".join(stop.text[w.start : w.end] for w in role).lower()
            values: dict[str, Saying] = {"words": stop.text[span.start : span.end], "near": near}
            return Mistake("language.value-of-many-words", span, span.start, values)
        return Mistake("language.article", before[-1], before[-1].start, {"words": written[-1], "name": stop.written})
    if len(before) < 2 or written[0].lower() not in ARTICLES or not re.match("is|equals", stop.written, re.IGNORECASE):
        return None
    return Mistake("language.article", before[0], before[0].start, {"words": written[0], "name": written[1]})


def _is_keyword(stop: Stop, word: Span) -> bool:
    return section("keywords").find(stop.text[word.start : word.end]) is not None


def _approval_before(stop: Stop, article: Span) -> bool:
    words = stop.text[stop.line.start : article.start].split()[-2:]
    return section("keywords").find(" ".join(words)) == "approved_by"


def spaces(stop: Stop) -> Mistake | None:
    """Chinese words run together, at the place itself or just before it."""
    for word in (stop.word, *stop.before(1)):
        written = stop.text[word.start : word.end]
        begins = not stop.text[stop.line.start : word.start].strip(BLANK)
        if written[:1].isdigit():
            continue  # 「800元」 needs no space
        if split := spaced(written) or (keyword_run_on(written) if begins else None):
            values: dict[str, Saying] = {"words": written, "suggestion": split}
            statement = written.startswith(statements())
            return Mistake("language.missing-spaces", word, word.start, values, begins, statement)
    return None


def other_word(stop: Stop) -> Mistake | None:
    """`is under 3`, `A and/or B`, 「A 與 B」: another word for a comparison or a joint, at the place or beside it."""
    if found := _beside(stop, "inside"):
        written = stop.text[found.start : found.end]
        meant = slips.meant("inside")[re.sub(r"\s+", " ", written).casefold()]
        if stop.clause and stop.clause[0] == "forbid" and meant.upper() in COMPARISONS:
            whole = Span(stop.clause[1].end, stop.line.end)
            start = whole.end - len(stop.text[whole.start : whole.end].lstrip(f"{BLANK}:："))
            return Mistake("language.forbid-needs-fact", Span(start, whole.end), found.start)
        # A sign belongs to no language; the words around it do.
        around = written if any(c.isalpha() for c in written) else stop.text[stop.line.start : stop.line.end]
        near = slips.spelt("keywords", meant, around)
        return Mistake("language.unexpected-near", found, found.start, {"words": written, "near": near})
    if found := _between_numbers(stop) or _between_digits(stop):
        return Mistake("language.range", found, found.start, {"words": stop.text[found.start : found.end]})
    for part, key in (("negated", "negation"), ("ranges", "range")):
        if found := _beside(stop, part):
            return Mistake(f"language.{key}", found, found.start, {"words": stop.text[found.start : found.end]})
    if "AND" in stop.expected and (found := _beside(stop, "between")):
        words = stop.text[found.start : found.end]
        return Mistake("language.no-joint", found, found.start, {"words": words})
    return None


def expression(stop: Stop) -> Mistake | None:
    """`forbid /refund|voucher/`: an expression where only a fact can stand."""
    found = _EXPRESSION.match(stop.text, stop.word.start, stop.line.end)
    if found is None or stop.clause is None or stop.clause[0] not in ("forbid", "require", "when", "unless", "where"):
        return None
    return Mistake("language.looks-for-words", Span(*found.span()), found.start(), {"words": found[0]})


def _between_numbers(stop: Stop) -> Span | None:
    """The sign or word of a range, where the place is its first number: `10% ~ 20%`."""
    first = _NUMBER.match(stop.text, stop.word.start, stop.line.end)
    found = slips.pattern("ranges").match(stop.text, first.end(), stop.line.end) if first else None
    return Span(*found.span()) if found and _NUMBER.match(stop.text, found.end(), stop.line.end) else None


def _between_digits(stop: Stop) -> Span | None:
    """The word of a range that touches its numbers: 「1到3」."""
    joined = re.compile(rf"(?<=[0-9０-９])({slips.alternatives(slips.listed('ranges'))})(?=[0-9０-９])", re.IGNORECASE)
    found = joined.match(stop.text, stop.word.start, stop.line.end)
    return Span(*found.span()) if found else None


def negation(stop: Stop) -> Mistake | None:
    """「承諾 不 退款 是」: a word that turns something around, where none can stand."""
    if found := _beside(stop, "negations"):
        return Mistake("language.negation", found, found.start, {"words": stop.text[found.start : found.end]})
    return None


def _beside(stop: Stop, part: str) -> Span | None:
    """Words of a part of the table at the place, or beside it."""
    start = min((w.start for w in stop.before(3)), default=stop.word.start)
    found = (Span(*m.span()) for m in slips.pattern(part).finditer(stop.text, start, stop.around.end))
    return next((span for span in found if _touches(stop, span)), None)


def _touches(stop: Stop, span: Span) -> bool:
    """Whether words are at the place, or have only space between it and them."""
    if span.start <= stop.word.start:
        return span.end > stop.word.start or not stop.text[span.end : stop.word.start].strip()
    return not stop.text[stop.word.end : span.start].strip()


def near_joint(stop: Stop) -> Mistake | None:
    """A misspelt comparison: `is less then`, `at most` without `is`."""
    known = [s for name in COMPARISONS | {"APPROVED_BY", "WITHIN"} for s in spellings(name.lower()) if len(s) > 2]
    before, after = stop.before(3), stop.after(2)
    windows = [(a, b) for a in (*reversed(before), stop.word) for b in (stop.word, *after)]
    windows += [(w, w) for w in before[-1:]]
    for first, last in (*pairwise(before), *windows):
        span = first.cover(last)
        written = stop.text[span.start : span.end]
        if re.search(r"[0-9０-９]|[^\w\s.\-]", written) or _begins_condition(stop, span):
            continue
        joined = bool(re.search(r"\bis\s+\Z", stop.text[: span.start][-TAIL:], re.IGNORECASE))
        if joined and f"is {written}".lower() in known:
            continue
        near = f"is {written}" if f"is {written}" in known and not joined else nearest(written, known)
        between = span.end < stop.word.start and first is not last
        if near and written.lower() not in known and not (between and near != f"is {written}"):
            return Mistake("language.unexpected-near", span, span.start, {"words": written, "near": near})
    return None


def _begins_condition(stop: Stop, span: Span) -> bool:
    """Whether the keyword of the clause stands just before, so that there is nothing to compare."""
    return stop.clause is not None and not stop.text[stop.clause[1].end : span.start].strip(f"{BLANK}:：")


def full_width(stop: Stop) -> Mistake | None:
    """「ｆｏｒｂｉｄ」, 「１，０００」: letters and signs that count only in half width."""
    for found in _WIDE.finditer(stop.text, *stop.around):
        folded = unicodedata.normalize("NFKC", found[0])
        touches = found.start() <= stop.word.start <= found.end()
        if touches and _COUNTS_NARROW.search(folded):
            values: dict[str, Saying] = {"words": found[0], "near": folded}
            return Mistake("language.full-width", Span(*found.span()), found.start(), values, stop.first)
    return None


def sign(stop: Stop) -> Mistake | None:
    """A sign of another notation: `;`, `{`, `//`, a dash before a clause, `=IF(…)`."""
    if formula := _FORMULA.match(stop.text, stop.word.start, stop.line.end):
        return Mistake("language.formula", Span(*formula.span()), formula.start(), {"words": formula[0]}, stop.first)
    for sort in ("emphasis", "comment", "bullet", "end", "other"):
        if sort == "bullet" and not stop.first:
            continue
        # The first dash of two was read as a minus.
        at = stop.word.start - (sort == "comment" and stop.text[stop.word.start - 1 : stop.word.start] == "-")
        found = next((s for s in slips.signs(sort) if stop.text.startswith(s, at)), None)
        if found and not (sort == "end" and len(stop.rest) > len(found) and stop.rest[len(found)].isalnum()):
            key = "comment-sign" if sort == "comment" else "stray-sign"
            return Mistake(f"language.{key}", Span(at, at + len(found)), at, {"words": found})
    if stop.first and (number := _NUMBERED.match(stop.text, stop.word.start)):
        return Mistake("language.stray-sign", Span(*number.span()), stop.word.start, {"words": number[0]})
    return None


def summed(stop: Stop) -> Mistake | None:
    """`with amount is more than sum of …`: a sum has a `with` of its own, so parentheses say where it ends."""
    spans = (stop.word, *stop.after(1))
    for last in reversed(spans):
        words = stop.text[stop.word.start : last.end]
        if section("keywords").find(" ".join(words.split())) in ("sum_of", "count_of") and "NUMBER" in stop.expected:
            return Mistake("language.sum-without-parentheses", stop.word.cover(last), stop.word.start, {"words": words})
    return None


def parenthesis(stop: Stop) -> Mistake | None:
    """A parenthesis that closes nothing."""
    if stop.rest[:1] in tuple(")）") and _unclosed(stop) is None:
        return Mistake("language.stray-parenthesis", Span(stop.word.start, stop.word.start + 1), stop.word.start)
    return None


def _unclosed(stop: Stop) -> Span | None:
    """The last parenthesis opened before the place and not closed."""
    opened: list[Span] = []
    for match in LEXEME.finditer(stop.text, stop.chunk.start, stop.word.start):
        if match["sign"] in ("(", "（"):
            opened.append(Span(*match.span()))
        elif match["sign"] and opened:
            opened.pop()
    return opened[-1] if opened else None


def ended(stop: Stop) -> Mistake | None:
    """The words before the place end too early."""
    if not stop.at_end:
        return None
    if (opened := _unclosed(stop)) is not None:
        return Mistake("language.open-parenthesis", opened, opened.start)
    before = re.sub(COMMENT, lambda m: " " * len(m[0]), stop.text[stop.chunk.start : stop.word.start]).rstrip()
    if not before.strip():
        return None
    end = stop.chunk.start + len(before)
    start, after = _last(before[-TAIL:], end)
    values: dict[str, Saying] = {"words": stop.text[start:end], "expected": wanted(stop.expected, after)}
    return Mistake("language.incomplete", Span(start, end), max(end - 1, stop.chunk.start), values)


def _last(before: str, end: int) -> tuple[int, str | None]:
    """Where the last keyword of a text begins, or else its last word, and the keyword."""
    for count in (3, 2, 1):
        words = re.search(rf"(?:\S+[ \t\u3000]+){{{count - 1}}}\S+\Z", before)
        found = section("keywords").find(words[0].rstrip(":：")) if words else None
        if words and (found or count == 1):
            return end - len(words[0]), found
    return end, None


def quoted(stop: Stop) -> Mistake | None:
    """Quoted text where none belongs is underlined whole."""
    opening = stop.rest[:1]
    if opening not in CLOSING:
        return None
    span = Span(stop.word.start, stop.text.index(CLOSING[opening], stop.word.start + 1) + 1)
    told = unexpected(stop, span)
    return replace(told, values={**told.values, "words": stop.text[span.start + 1 : span.end - 1]})


def unexpected(stop: Stop, span: Span) -> Mistake:
    """What is sure in any case: these words do not fit, and others would."""
    values: dict[str, Saying] = {"words": stop.text[span.start : span.end], "expected": wanted(stop.expected)}
    return Mistake("language.unexpected", span, span.start, values)

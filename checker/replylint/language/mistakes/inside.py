"""Words that do not fit inside a condition: articles, words run together, expressions, quoted texts, any others."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from replylint.language.mistakes.lines import keyword_run_on, statements
from replylint.language.mistakes.quotes import CLOSING
from replylint.language.mistakes.stop import BLANK, Mistake, Stop
from replylint.language.mistakes.wanted import wanted
from replylint.language.naming import ARTICLES
from replylint.language.near import spaced
from replylint.source.names import section
from replylint.source.problems import Saying
from replylint.source.spans import Span

_EXPRESSION = re.compile(r"/[^/\n]+/\w*")


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


def expression(stop: Stop) -> Mistake | None:
    """`forbid /refund|voucher/`: an expression where only a fact can stand."""
    found = _EXPRESSION.match(stop.text, stop.word.start, stop.line.end)
    if found is None or stop.clause is None or stop.clause[0] not in ("forbid", "require", "when", "unless", "where"):
        return None
    return Mistake("language.looks-for-words", Span(*found.span()), found.start(), {"words": found[0]})


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

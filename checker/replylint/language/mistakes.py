"""What a writer most likely did wrong where the parser stopped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from replylint.language.names import section
from replylint.language.naming import ARTICLES
from replylint.language.near import nearest, spaced
from replylint.language.terminals import CLAUSES, STATEMENTS, clause_start, statement_start
from replylint.language.tokens import MisreadError
from replylint.language.wanted import COMPARISONS, wanted
from replylint.source.problems import Saying
from replylint.source.spans import Span

_WORD = re.compile(r"[\w\-.]+")
_CLOSING = {'"': '"', "“": "”", "「": "」", "『": "』"}
_OTHER_QUOTES = "'‘’”」』"
_TAIL = 200
# A fact and its kind have no more words than this.
_MOST_HEAD = 8
_FORBIDDEN = re.compile(
    r"^[ \t\u3000]*(?P<keyword>\w+)[:：]?[ \t\u3000]*"
    r'(?P<words>"[^"\n]*"|“[^”\n]*”|「[^」\n]*」|『[^』\n]*』)', re.MULTILINE
)  # fmt: skip
_BLANK = " \t\u3000\ufeff"
# Quotes, expressions and comments hold no parentheses that count.
_PARENTHESIS = re.compile(
    r'"(?:[^"\\\n]|\\[^\n])*"|“[^“”\n]*”|「[^「」\n]*」|『[^『』\n]*』|/(?:[^/\\\n]|\\[^\n])+/|[#＃][^\n]*|(?P<sign>[()（）])'
)


@dataclass(frozen=True)
class Mistake:
    """One mistake: its sentence, the words at fault, and the offset whose clause has to be left out.

    own_line: the line itself begins what could not be read, such as a misspelt keyword. statement: it was meant to
    begin a statement, so that what follows belongs to it.
    """

    key: str
    span: Span
    culprit: int
    values: dict[str, Saying] = field(default_factory=dict)
    own_line: bool = False
    statement: bool = False


@dataclass(frozen=True)
class _Stop:
    """Where the parser stopped: the word there, what could have followed, and the line."""

    text: str
    chunk: Span
    word: Span
    line: Span
    expected: frozenset[str]

    @property
    def written(self) -> str:
        return self.text[self.word.start : self.word.end]

    @property
    def first(self) -> bool:
        """Whether nothing stands before it on its line."""
        return not self.text[self.line.start : self.word.start].strip(_BLANK)

    @property
    def at_end(self) -> bool:
        """Whether the words before it simply end: at the end of the statement, or where the next clause begins."""
        begins = any(start().match(self.text, self.line.start) for start in (clause_start, statement_start))
        return self.word.start >= len(self.text[: self.chunk.end].rstrip()) or (self.first and begins)


def mistake_at(text: str, chunk: Span, place: tuple[Span, frozenset[str]]) -> Mistake:
    """What to tell about the place where the parser stopped and what it could have gone on with."""
    at, expected = place
    found = _WORD.match(text, at.start, chunk.end)
    word = Span(at.start, found.end() if found else max(at.end, at.start))
    stop = _Stop(text, chunk, word, _line(text, at.start), expected)
    for guess in _GUESSES:
        mistake = guess(stop)
        if mistake is not None:
            return mistake
    return _unexpected(stop, stop.word)


def _line(text: str, at: int) -> Span:
    end = text.find("\n", at)
    return Span(text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end)


def misread(text: str, chunk: Span, error: MisreadError) -> Mistake:
    """What to tell about words that the grammar allows but nobody means."""
    if error.own_line:
        line = _line(text, error.span.start)
        stop = _Stop(text, chunk, error.span, line, frozenset())
        return _keyword(stop) or Mistake(error.key, error.span, error.span.start, {"words": stop.written}, True)
    return Mistake(error.key, error.span, error.span.start, dict(error.values))


def _quote(stop: _Stop) -> Mistake | None:
    """A quote that is not closed, or of a sort that does not count."""
    sign = stop.text[stop.word.start : stop.word.start + 1]
    rest = stop.text[stop.word.start : stop.line.end].rstrip()
    if sign in _CLOSING and _CLOSING[sign] not in rest[1:]:
        span = Span(stop.word.start, stop.word.start + len(rest))
        return Mistake("language.open-quote", span, span.start, {"quote": _CLOSING[sign]})
    if sign and sign in _OTHER_QUOTES and "STRING" in stop.expected:
        span = Span(stop.word.start, stop.word.start + 1)
        return Mistake("language.other-quotes", span, span.start, {"quote": sign})
    return None


def _article(stop: _Stop) -> Mistake | None:
    """`unless the amount is …`: a name in a comparison stands alone."""
    before = _before(stop, 2)
    written = [stop.text[w.start : w.end] for w in before]
    if len(before) < 2 or written[0].lower() not in ARTICLES or not re.match("is|equals", stop.written, re.IGNORECASE):
        return None
    return Mistake("language.article", before[0], before[0].start, {"words": written[0], "name": written[1]})


def _words_forbidden(stop: _Stop) -> Mistake | None:
    """`forbid "dear"`: words where only a fact can stand."""
    found = _FORBIDDEN.search(stop.text, stop.chunk.start, stop.word.start)
    if found is None or section("keywords").find(found["keyword"]) not in ("forbid", "require"):
        return None
    if not (stop.at_end or stop.line.start <= found.start("words")):
        return None
    span = Span(*found.span("words"))
    return Mistake("language.words-forbidden", span, span.start, {"words": found["words"][1:-1]})


def _unit(stop: _Stop) -> Mistake | None:
    """A misspelt unit after a number."""
    if not re.search(r"[0-9０-９][ \t\u3000]*\Z", stop.text[: stop.word.start][-_TAIL:]):
        return None
    for word in (*reversed(_after(stop, 1)), stop.word):
        span = stop.word.cover(word)
        written = stop.text[span.start : span.end]
        if written.strip() and section("keywords").find(written.split()[0]) is None and (
            near := nearest(written, [u for u in section("units").all_spellings() if u[:1] == written[0].lower()])
        ):
            return Mistake("language.unexpected-near", span, span.start, {"words": written, "near": near})
    return None


def _spaces(stop: _Stop) -> Mistake | None:
    """Chinese words run together, at the place itself or just before it."""
    for word in (stop.word, *_before(stop, 1)):
        written = stop.text[word.start : word.end]
        begins = not stop.text[stop.line.start : word.start].strip(_BLANK)
        if split := spaced(written) or (_keyword_run_on(written) if begins else None):
            values: dict[str, Saying] = {"words": written, "suggestion": split}
            statement = written.startswith(_statements())
            return Mistake("language.missing-spaces", word, word.start, values, begins, statement)
    return None


def _keyword_run_on(written: str) -> str | None:
    """「規則甲」 → 「規則 甲」."""
    keywords = [s for name in STATEMENTS + CLAUSES for s in section("keywords").spellings[name]["zh"] if len(s) > 1]
    found = next((k for k in keywords if written.startswith(k) and written != k), None)
    return f"{found} {written[len(found) :]}" if found else None


def _last(before: str, end: int) -> tuple[int, str | None]:
    """Where the last keyword of a text begins, or else its last word, and the keyword."""
    for count in (3, 2, 1):
        words = re.search(rf"(?:\S+[ \t\u3000]+){{{count - 1}}}\S+\Z", before)
        keyword = section("keywords").find(words[0].rstrip(":：")) if words else None
        if words and (keyword or count == 1):
            return end - len(words[0]), keyword
    return end, None


def _given(stop: _Stop) -> Mistake | None:
    """`given` outside an example."""
    if stop.first and section("keywords").find(stop.written) == "given":
        return Mistake("language.given-alone", stop.word, stop.word.start, {"words": stop.written}, True)
    return None


def _ended(stop: _Stop) -> Mistake | None:
    """The words before the place end too early."""
    if not stop.at_end:
        return None
    if (opened := _unclosed(stop)) is not None:
        return Mistake("language.open-parenthesis", opened, opened.start)
    before = re.sub(r"[#＃][^\n]*", lambda m: " " * len(m[0]), stop.text[stop.chunk.start : stop.word.start]).rstrip()
    end = stop.chunk.start + len(before)
    start, after = _last(before[-_TAIL:], end)
    values: dict[str, Saying] = {"words": stop.text[start:end], "expected": wanted(stop.expected, after)}
    return Mistake("language.incomplete", Span(start, end), max(end - 1, stop.chunk.start), values)


def _parenthesis(stop: _Stop) -> Mistake | None:
    if stop.text[stop.word.start : stop.word.start + 1] in tuple(")）") and _unclosed(stop) is None:
        return Mistake("language.stray-parenthesis", Span(stop.word.start, stop.word.start + 1), stop.word.start)
    return None


def _unclosed(stop: _Stop) -> Span | None:
    """The last parenthesis opened before the place and not closed."""
    opened: list[Span] = []
    for match in _PARENTHESIS.finditer(stop.text, stop.chunk.start, stop.word.start):
        if match["sign"] in ("(", "（"):
            opened.append(Span(*match.span()))
        elif match["sign"] and opened:
            opened.pop()
    return opened[-1] if opened else None


def _name_of_many_words(stop: _Stop) -> Mistake | None:
    """`rule refund too high`: a name is one word."""
    head = statement_start().match(stop.text, stop.line.start)
    if head is None or stop.first or not re.match(r"[^\W\d]", stop.written) or "NAME" in stop.expected:
        return None
    words = [Span(*m.span()) for m in _WORD.finditer(stop.text, head.end(), stop.line.end)]
    if not words or stop.word not in words[1:2]:
        return None
    span = Span(words[0].start, words[-1].end if "READS" not in stop.expected else stop.word.end)
    name = stop.text[span.start : span.end]
    values: dict[str, Saying] = {"words": name, "name": re.sub(r"\s+", "-", name)}
    return Mistake("language.name-of-many-words", span, stop.word.start, values)


def _reserved(stop: _Stop) -> Mistake | None:
    """A keyword where only a name can stand."""
    if stop.expected == {"NAME"} and section("keywords").find(stop.written):
        return Mistake("language.keyword-as-name", stop.word, stop.word.start, {"words": stop.written})
    return None


def _keyword(stop: _Stop) -> Mistake | None:
    """The line begins with no keyword: a misspelt one, or a fact."""
    words = [Span(*m.span()) for m in _WORD.finditer(stop.text, stop.line.start, stop.line.end)][:3]
    start = _WORD.search(stop.text, stop.line.start, stop.line.end)
    if start is None or not words or clause_start().match(stop.text, stop.line.start) or _is_joint(stop.text, words[0]):
        return None
    near = _near_keyword(stop.text, words)
    if near is not None:
        return near
    first = stop.text[words[0].start : words[0].end]
    if section("facts").find(first) and (verb := _near_reading(stop)):
        return verb
    if section("facts").find(first) and not _goes_on(stop.text[: stop.line.start]):
        return Mistake("language.fact-line", words[0], words[0].start, {"words": first}, True)
    if not stop.first or not re.match(r"[^\W\d]", stop.written):
        return None
    return Mistake("language.unknown-keyword", stop.word, stop.word.start, {"words": stop.written}, True)


def _near_keyword(text: str, words: list[Span]) -> Mistake | None:
    for name, count in (("if_unknown", 2), (None, 1)):
        span = words[0].cover(words[min(count, len(words)) - 1])
        known = [s for k in ([name] if name else STATEMENTS + CLAUSES) for s in _spellings(k)]
        written = text[span.start : span.end]
        if near := nearest(written, known):
            values: dict[str, Saying] = {"words": written, "near": near}
            return Mistake("language.unknown-keyword-near", span, span.start, values, True, near in _statements())
    return None


def _near_reading(stop: _Stop) -> Mistake | None:
    """「承諾 補償 也讀做 …」: the fact is right, the verb is misspelt."""
    words = [Span(*m.span()) for m in _WORD.finditer(stop.text, stop.line.start, stop.line.end)][1:_MOST_HEAD]
    known = [s for name in ("also_reads", "never_reads") for s in _spellings(name)]
    for first, last in (*pairwise(words), *((w, w) for w in words)):
        span = first.cover(last)
        written = stop.text[span.start : span.end]
        if near := nearest(written, known):
            values: dict[str, Saying] = {"words": written, "near": near}
            return Mistake("language.unknown-keyword-near", span, stop.line.start, values, True, True)
    return None


def _goes_on(before: str) -> bool:
    """Whether the lines before cannot have ended yet."""
    last = re.search(r"[\w\-]+\s*\Z|\S\s*\Z", before[-_TAIL:])
    word = last[0].strip() if last else ""
    return word in tuple("(（,，、") or section("keywords").find(word) is not None


def _is_joint(text: str, word: Span) -> bool:
    return section("keywords").find(text[word.start : word.end]) is not None


def _near_joint(stop: _Stop) -> Mistake | None:
    """A misspelt comparison: `is less then`, `at most` without `is`."""
    known = [s for name in COMPARISONS | {"APPROVED_BY", "WITHIN"} for s in _spellings(name.lower()) if len(s) > 2]
    before, after = _before(stop, 3), _after(stop, 2)
    windows = [(a, b) for a in (*reversed(before), stop.word) for b in (stop.word, *after)]
    windows += [(w, w) for w in before[-1:]]
    windows = [*pairwise(before), *windows]
    for first, last in windows:
        span = first.cover(last)
        written = stop.text[span.start : span.end]
        joined = bool(re.search(r"\bis\s+\Z", stop.text[: span.start][-_TAIL:], re.IGNORECASE))
        near = f"is {written}" if f"is {written}" in known and not joined else nearest(written, known)
        between = span.end < stop.word.start and first is not last
        if near and written.lower() not in known and not (between and near != f"is {written}"):
            return Mistake("language.unexpected-near", span, span.start, {"words": written, "near": near})
    return None


def _before(stop: _Stop, count: int) -> list[Span]:
    """The words just before the place on its line, with nothing but space between."""
    found = [Span(*m.span()) for m in re.finditer(r"[\w\-.]+", stop.text[stop.line.start : stop.word.start])][-count:]
    spans = [Span(stop.line.start + w.start, stop.line.start + w.end) for w in found]
    return [w for w in spans if re.fullmatch(r"[\w\-.\s]*", stop.text[w.start : stop.word.start])]


def _after(stop: _Stop, count: int) -> list[Span]:
    rest = re.compile(r"[ \t\u3000]+([\w\-.]+)")
    spans: list[Span] = []
    at = stop.word.end
    while len(spans) < count and (match := rest.match(stop.text, at, stop.line.end)):
        spans.append(Span(*match.span(1)))
        at = match.end()
    return spans


def _quoted(stop: _Stop) -> Mistake | None:
    """Quoted text where none belongs is underlined whole."""
    sign = stop.text[stop.word.start : stop.word.start + 1]
    if sign not in _CLOSING:
        return None
    end = stop.text.index(_CLOSING[sign], stop.word.start + 1)
    return _unexpected(stop, Span(stop.word.start, end + 1))


def _unexpected(stop: _Stop, span: Span) -> Mistake:
    values: dict[str, Saying] = {"words": stop.text[span.start : span.end], "expected": wanted(stop.expected)}
    return Mistake("language.unexpected", span, span.start, values)


def _spellings(keyword: str) -> Iterator[str]:
    forms = section("keywords").spellings[keyword]
    yield from (*forms["en"], *forms["zh"])


def _statements() -> tuple[str, ...]:
    return tuple(s for name in STATEMENTS for s in _spellings(name))


# The first that applies is told; what is surest comes first.
_GUESSES = (
    _quote, _words_forbidden, _article, _unit, _spaces, _given, _ended, _parenthesis, _name_of_many_words, _reserved,
    _keyword, _near_joint, _quoted,
)  # fmt: skip

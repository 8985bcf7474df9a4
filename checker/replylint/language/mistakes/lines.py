"""What a line begins with: a misspelt keyword, another word for one, a fact, a name of several words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from replylint.case.fields import COMPUTED, FIELD_TYPES
from replylint.language.lexemes import COMMENT, LEXEME
from replylint.language.mistakes import slips
from replylint.language.mistakes.stop import BLANK, TAIL, WORD, Mistake, Stop
from replylint.language.near import nearest
from replylint.language.terminals import CLAUSES, STATEMENTS, clause_start, statement_start
from replylint.source.names import section
from replylint.source.problems import Saying
from replylint.source.spans import Span

# A fact and its kind have no more words than this.
_MOST_HEAD = 8
# Whoever writes a condition and a clause on one line needs no more words than this.
_MOST_ON_LINE = 24
# Lines that hold nothing but space or a comment.
_NOTHING = re.compile(rf"(?:[ \t\u3000\ufeff\r]*(?:{COMMENT})?\n)*")
# The turn of a Chinese sentence from its condition to what follows.
_CONSEQUENCE = re.compile(r"[，,][ \t\u3000]*[就則便即那]")
_READINGS = ("also_reads", "never_reads")


def outside_rule(text: str, chunk: Span) -> Mistake | None:
    """A clause before any rule has begun."""
    skipped = _NOTHING.match(text, chunk.start, chunk.end)
    start = skipped.end() if skipped else chunk.start
    if statement_start().match(text, start) or not (found := clause_start().match(text, start)):
        return None
    written = found["word"].rstrip(":： \t\u3000")
    span = Span(found.start("word"), found.start("word") + len(written))
    return Mistake("language.outside-rule", span, span.start, {"words": written})


def other_word(stop: Stop) -> Mistake | None:
    """`prohibit …`, 「不准 …」: a line begins with another word for a keyword."""
    words = _words(stop, 3)
    if not words or _begins_clause(stop) or goes_on(stop.text[: stop.line.start]):
        return None
    written = [stop.text[w.start : w.end] for w in words]
    if written[0].casefold() in slips.listed("else"):
        return Mistake("language.no-else", words[0], words[0].start, {"words": written[0]}, True)
    if nearest(" ".join(written[:2]), _of_two_words()):
        return None
    if then := condition_and_then(stop):
        return then
    if found := slips.line_word(written):
        return _no_keyword(stop, words[0].cover(words[found[0] - 1]), found[1])
    if run := slips.run_on(written[0]):
        return _no_keyword(stop, Span(words[0].start, words[0].start + len(run[0])), run[1])
    return None


def condition_and_then(stop: Stop) -> Mistake | None:
    """`if … then require …`, 「如果 … 就 禁止 …」: a condition with the clause that depends on it, on one line."""
    if stop.first and (run := slips.run_on(stop.written)) and run[1] == "when" and _CONSEQUENCE.search(stop.rest):
        sentence = Span(stop.word.start, stop.word.start + len(stop.rest))
        return Mistake("language.then", sentence, stop.word.start, {}, True)
    words = _words(stop, _MOST_ON_LINE)
    written = [stop.text[w.start : w.end] for w in words]
    if not words or _meant_clause(written[:2]) not in ("when", "unless"):
        return None
    turns = [at for at, word in enumerate(written) if at and word.casefold() in slips.listed("then")]
    if turns and words[turns[-1]].end == len(stop.text[: stop.line.end].rstrip(" \t:：,，")):
        return Mistake("language.then-behind", words[turns[-1]], stop.word.start, {"words": written[turns[-1]]}, True)
    then = next((at for at in turns if _meant_clause(written[at + 1 : at + 3]) in ("forbid", "require")), None)
    if then is None:
        return None
    span = words[0].cover(words[min(then + 1, len(words) - 1)])
    return Mistake("language.then", span, stop.word.start, {}, True)


def _meant_clause(words: Sequence[str]) -> str | None:
    """The keyword that words begin with, or that they stand for."""
    found = slips.line_word(words)
    return section("keywords").find(words[0]) or (found[1] if found else None) if words else None


def _no_keyword(stop: Stop, span: Span, meant: str) -> Mistake:
    written = stop.text[span.start : span.end]
    values: dict[str, Saying] = {"words": written, "near": slips.spelt("keywords", meant, written)}
    return Mistake("language.unknown-keyword-near", span, span.start, values, True, meant in STATEMENTS)


def keyword(stop: Stop) -> Mistake | None:
    """The line begins with no keyword: a misspelt one, or a fact."""
    words = _words(stop, 3)
    begun = _begins_clause(stop) or statement_start().match(stop.text, stop.line.start)
    if not words or begun or _is_keyword(stop.text[words[0].start : words[0].end]):
        return None
    if near := _near_keyword(stop.text, words):
        return near
    first = stop.text[words[0].start : words[0].end]
    if section("facts").find(first) and (verb := _near_reading(stop)):
        return verb
    if section("facts").find(first) and not goes_on(stop.text[: stop.line.start]):
        return Mistake("language.fact-line", words[0], words[0].start, {"words": first}, True)
    if stop.first and "PATH" not in stop.expected and _is_field(first):
        return Mistake("language.field-line", words[0], words[0].start, {"words": first}, True)
    greeting = stop.rest[:1] in (",", "，") and not goes_on(stop.text[: stop.line.start])
    if not (stop.first or greeting) or not re.match(r"[^\W\d]", first):
        return None
    return Mistake("language.unknown-keyword", words[0], words[0].start, {"words": first}, True)


def _is_field(written: str) -> bool:
    name = ".".join(section("fields").find(part) or part for part in written.split("."))
    return any(known == name or known.startswith(f"{name}.") for known in (*FIELD_TYPES, *COMPUTED))


def _near_keyword(text: str, words: list[Span]) -> Mistake | None:
    for known, count in ((_of_two_words(), 2), ([s for k in STATEMENTS + CLAUSES for s in spellings(k)], 1)):
        span = words[0].cover(words[min(count, len(words)) - 1])
        written = text[span.start : span.end]
        if near := nearest(written, known):
            values: dict[str, Saying] = {"words": written, "near": near}
            return Mistake("language.unknown-keyword-near", span, span.start, values, True, near in statements())
    return None


def _near_reading(stop: Stop) -> Mistake | None:
    """「承諾 補償 也讀做 …」: the fact is right, the verb is misspelt."""
    words = _words(stop, _MOST_HEAD)[1:]
    known = [s for name in _READINGS for s in spellings(name)]
    for first, last in (*pairwise(words), *((w, w) for w in words)):
        span = first.cover(last)
        written = stop.text[span.start : span.end]
        if (near := nearest(written, known)) and near.casefold() != written.casefold():
            values: dict[str, Saying] = {"words": written, "near": near}
            return Mistake("language.unknown-keyword-near", span, stop.line.start, values, True, True)
    return None


def reading_in_clause(stop: Stop) -> Mistake | None:
    """`forbid hostility also reads …`: a reading is a statement of its own."""
    known = {s for name in _READINGS for s in spellings(name)}
    near = [*stop.before(2), stop.word, *stop.after(1)] if stop.clause else []
    for first, last in (*pairwise(near), *((w, w) for w in near)):
        written = stop.text[first.start : last.end]
        if re.sub(r"\s+", " ", written).lower() in known and not stop.first:
            return Mistake("language.reading-in-clause", first.cover(last), first.start, {"words": written})
    return None


def given(stop: Stop) -> Mistake | None:
    """`given` outside an example."""
    if stop.first and section("keywords").find(stop.written) == "given":
        return Mistake("language.given-alone", stop.word, stop.word.start, {"words": stop.written}, True)
    return None


def name_of_many_words(stop: Stop) -> Mistake | None:
    """`rule refund too high`, `category promise scope`: a name is one word."""
    head = statement_start().match(stop.text, stop.line.start) or _category(stop)
    if head is None or stop.first or not re.match(r"[^\W\d]", stop.written):
        return None
    words = [Span(*m.span()) for m in WORD.finditer(stop.text, head.end(), _end_of_words(stop))]
    # `rule no refunds` stops at the first word, which is a keyword.
    place = 0 if stop.expected == {"NAME"} and _is_keyword(stop.written) else 1
    if len(words) < 2 or stop.word != words[place]:
        return None
    span = Span(words[0].start, words[-1].end if "READS" not in stop.expected else stop.word.end)
    name = stop.text[span.start : span.end]
    values: dict[str, Saying] = {"words": name, "name": re.sub(r"\s+", "-", name)}
    return Mistake("language.name-of-many-words", span, stop.word.start, values)


def _end_of_words(stop: Stop) -> int:
    """Where the first text behind the place stands on its line."""
    found = LEXEME.search(stop.text, stop.word.start, stop.line.end)
    return found.start() if found else stop.line.end


def _category(stop: Stop) -> re.Match[str] | None:
    found = clause_start().match(stop.text, stop.line.start)
    return found if found and section("keywords").find(found["word"].rstrip(":： \t\u3000")) == "category" else None


def reserved(stop: Stop) -> Mistake | None:
    """A keyword where only a name can stand."""
    if stop.expected == {"NAME"} and _is_keyword(stop.written):
        return Mistake("language.keyword-as-name", stop.word, stop.word.start, {"words": stop.written})
    return None


def keyword_run_on(written: str) -> str | None:
    """「規則甲」 → 「規則 甲」."""
    keywords = [s for name in STATEMENTS + CLAUSES for s in section("keywords").spellings[name]["zh"] if len(s) > 1]
    found = next((k for k in keywords if written.startswith(k) and written != k), None)
    return f"{found} {written[len(found) :]}" if found else None


def goes_on(before: str) -> bool:
    """Whether the lines before cannot have ended yet."""
    last = re.search(r"[\w\-]+\s*\Z|\S\s*\Z", before[-TAIL:])
    word = last[0].strip() if last else ""
    return word in tuple("(（,，、") or section("keywords").find(word) is not None


def _of_two_words() -> list[str]:
    """How the keywords of clauses are written that are two words in English."""
    return [s for name in CLAUSES if "_" in name for s in spellings(name)]


def spellings(name: str) -> Iterator[str]:
    """How a keyword is written, in both languages."""
    forms = section("keywords").spellings[name]
    yield from (*forms["en"], *forms["zh"])


def statements() -> tuple[str, ...]:
    """The words that begin a statement."""
    return tuple(s for name in STATEMENTS for s in spellings(name))


def _words(stop: Stop, count: int) -> list[Span]:
    """The first words of the place's line, when it begins with one."""
    found = [Span(*m.span()) for m in islice(WORD.finditer(stop.text, stop.line.start, stop.line.end), count)]
    return found if found and not stop.text[stop.line.start : found[0].start].strip(BLANK) else []


def misbegun(stop: Stop) -> bool:
    """Whether the place's line begins with a word that is no keyword."""
    words = _words(stop, 1)
    return bool(words) and not _begins_clause(stop) and not _is_keyword(stop.text[words[0].start : words[0].end])


def _begins_clause(stop: Stop) -> bool:
    return clause_start().match(stop.text, stop.line.start) is not None


def _is_keyword(written: str) -> bool:
    return section("keywords").find(written) is not None

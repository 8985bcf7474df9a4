"""Names become canonical: what a word can be depends on where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from replylint.language import syntax as s
from replylint.language.tokens import Token, cover, span_of
from replylint.source.names import kinds, section
from replylint.source.spans import Span

# No name of a fact has more words than this.
_MOST_WORDS = 8
APPROVER = "approver"
"""In place of a role: whoever has to approve it by the contract."""
ARTICLES = {"the", "a", "an"}
OPERAND_SECTIONS = ("attributes", "parameters", "choices")


def word(token: Token, sort: str | None = None) -> s.Word:
    """A name, canonical when the section of the table knows it."""
    written = str(token)
    found = section(sort).find(written) if sort else None
    return s.Word(found or written, span_of(token), written)


def operand_word(token: Token) -> s.Word:
    """A name inside a condition: an attribute, an action's parameter, or one of a field's choices."""
    written = str(token)
    found = next((name for sort in OPERAND_SECTIONS if (name := section(sort).find(written))), written)
    return s.Word(found, span_of(token), written)


def field(operand: s.Operand) -> s.Operand:
    """What a condition speaks about; unlike a value, it can be a field of one word, such as 「平台」."""
    if isinstance(operand, s.Word) and (found := section("fields").find(operand.name)):
        known = any(operand.name in section(sort).spellings for sort in OPERAND_SECTIONS)
        return operand if known else s.Word(found, operand.span, operand.written)
    return operand


def path(token: Token) -> s.Path:
    """A dotted name; each segment is canonical when the table knows it."""
    written = str(token)
    return s.Path(canonical_name(written), span_of(token), written)


def canonical_name(written: str) -> str:
    """A dotted or bare name with each of its parts canonical where the table knows it."""
    parts = written.replace("．", ".").split(".")
    if len(parts) == 1:
        return next((name for sort in OPERAND_SECTIONS if (name := section(sort).find(parts[0]))), None) or (
            section("fields").find(parts[0]) or parts[0]
        )
    return ".".join(section("fields").find(part) or part for part in parts)


def _without_article(words: Sequence[s.Word]) -> Sequence[s.Word]:
    begins = len(words) > 1 and words[0].written.lower() in ARTICLES
    return words[1:] if begins and section("keywords").find(words[1].written) != "of" else words


def mention(words: Sequence[s.Word]) -> s.Mention:
    """A fact from its words: the longest spelling of a type that they begin with; the rest is its kind."""
    span = cover(words)
    words = _without_article(words)
    whole = _join(words)
    if name := section("facts").find(whole):
        return s.Mention(s.Word(name, span, whole), None, span)
    head, rest = _split(words)
    rest = _without_article(rest)
    return s.Mention(_name(head, section("facts").find(_join(head))), _kind(head, rest), span)


def _split(words: Sequence[s.Word]) -> tuple[Sequence[s.Word], Sequence[s.Word]]:
    """The words of a type and those of its kind: at `of`, else after the longest type that they begin with."""
    of = section("keywords").spellings["of"]
    at = next((i for i, w in enumerate(words) if i and w.written.lower() in (*of["en"], *of["zh"])), None)
    if at is not None:
        return words[:at], words[at + 1 :]
    lengths = range(min(len(words) - 1, _MOST_WORDS), 0, -1)
    length = next((n for n in lengths if section("facts").find(_join(words[:n]))), 1)
    return words[:length], words[length:]


def _kind(head: Sequence[s.Word], rest: Sequence[s.Word]) -> s.Word | None:
    if not rest:
        return None
    fact_type = section("facts").find(_join(head))
    return _name(rest, kinds(fact_type).find(_join(rest)) if fact_type else None)


def _join(words: Sequence[s.Word]) -> str:
    return " ".join(word.written for word in words)


def _name(words: Sequence[s.Word], found: str | None) -> s.Word:
    return s.Word(found or _join(words), cover(words), _join(words))


def happening(token: Token) -> s.Word:
    """The name of something that can have happened: an event, or an action that was carried out."""
    written = str(token)
    found = section("events").find(written) or section("actions").find(written)
    return s.Word(found or written, span_of(token), written)


def words_of(head: Token) -> list[s.Word]:
    """The words of a reading's head, each with its place."""
    return [s.Word(m[0], Span(head.start_pos + m.start(), head.start_pos + m.end()), m[0])
            for m in re.finditer(r"\S+", str(head))]  # fmt: skip

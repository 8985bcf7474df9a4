# ruff: noqa: D102 - the methods mirror the grammar's rules by name and need no sentence each
"""Builds the syntax tree from what the parser reduces; one method for each rule of the grammar.

The parser calls these as it goes, so no intermediate tree is made. Names become canonical here: what a word can be
depends on where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal, Protocol, cast

from replylint.language import syntax as s
from replylint.language.names import kinds, section
from replylint.source.spans import Span

# No name of a fact has more words than this.
_MOST_WORDS = 8
# More digits than any amount or number of facts has.
_MOST_DIGITS = 18
# Deeper parentheses than anyone can read.
MOST_DEPTH = 40
# More terms than anyone adds up in a rule.
MOST_TERMS = 30
ARTICLES = {"the", "a", "an"}
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t"}
OPERAND_SECTIONS = ("attributes", "parameters", "choices")
_SIGNS: dict[str, s.Sign] = {"PLUS": "plus", "MINUS": "minus", "TIMES": "times"}
_COUNTS = {"COUNT_AT_MOST": "at_most", "COUNT_AT_LEAST": "at_least", "COUNT_EXACTLY": "exactly"}


class MisreadError(Exception):
    """What the grammar allows but nobody means: the key of its sentence, its place, and the sentence's values.

    own_line: the line itself begins what could not be read.
    """

    def __init__(self, key: str, span: Span, own_line: bool = False, **values: str):
        self.key, self.span, self.own_line, self.values = key, span, own_line, values
        super().__init__(key)


class Token(Protocol):
    """A piece of the text as the lexer cut it."""

    type: str
    start_pos: int
    end_pos: int
    line: int

    def __str__(self) -> str: ...


def span_of(node: Any) -> Span:
    """The span of a token or of a node."""
    return Span(node.start_pos, node.end_pos) if hasattr(node, "start_pos") else node.span


def _cover(children: Sequence[Any]) -> Span:
    return span_of(children[0]).cover(span_of(children[-1]))


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


def _field(operand: s.Operand) -> s.Operand:
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
    span = _cover(words)
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
    return s.Word(found or _join(words), _cover(words), _join(words))


def _words_of(head: Token) -> list[s.Word]:
    """The words of a reading's head, each with its place."""
    return [s.Word(m[0], Span(head.start_pos + m.start(), head.start_pos + m.end()), m[0])
            for m in re.finditer(r"\S+", str(head))]  # fmt: skip


def _unquote(token: Token) -> str:
    inner = str(token)[1:-1]
    if "\\" not in inner:
        return inner
    return _ESCAPE.sub(lambda m: _ESCAPES.get(m[1], m[1]), inner)


def _decimal(token: Token) -> Decimal:
    if sum(c.isdecimal() for c in str(token)) > _MOST_DIGITS:
        raise MisreadError("language.long-number", span_of(token), limit=str(_MOST_DIGITS))
    return Decimal(unicodedata.normalize("NFKC", str(token)).replace(",", ""))


def _check_depth(nodes: Sequence[Any]) -> None:
    """Conditions and wordings are walked by recursion from here on, so that their depth has to be bounded."""
    waiting = [(node, 1) for node in nodes]
    while waiting:
        node, depth = waiting.pop()
        inner = _inner(node)
        if inner and depth > MOST_DEPTH:
            raise MisreadError("language.too-deep", span_of(nodes[0]), limit=str(MOST_DEPTH))
        waiting.extend((each, depth + 1) for each in inner)


def _inner(node: Any) -> Sequence[Any]:
    match node:
        case s.AllOf(parts) | s.AnyOf(parts):
            return parts
        case s.Not(inner) | s.MaybeItem(inner):
            return (inner,)
        case s.ChoiceItem(options):
            return [item for option in options for item in option]
        case s.Compare(left, _, right):
            return [o for o in (left, right) if _inner(o)]
        case s.OneOf(left) | s.Presence(left):
            return [left] if _inner(left) else ()
        case s.Arithmetic(first, rest):
            return (first, *(operand for _, operand in rest))
        case s.Lookup(_, inner) | s.Weekday(inner):
            return (inner,)
    return _inner_happening(node)


def _inner_happening(node: Any) -> Sequence[Any]:
    match node:
        case s.Total(_, over) | s.NumberOf(over):
            return (over,)
        case s.Count(_, _, counted):
            return [counted] if _inner(counted) else ()
        case s.Order(first, _, second):
            return [h for h in (first, second) if _inner(h)]
        case s.Records(_, filters):
            return [f.value for f in filters if f.value]
        case s.Happening(filters=filters, within=within, since=since, since_last=last):
            return [o for o in (*(f.value for f in filters), within, since, last) if o]
    return ()


def _tokens(children: Sequence[Any]) -> list[Any]:
    return [c for c in children if hasattr(c, "start_pos")]


def _nodes(children: Sequence[Any]) -> list[Any]:
    return [c for c in children if not hasattr(c, "start_pos")]


def happening(token: Token) -> s.Word:
    """The name of something that can have happened: an event, or an action that was carried out."""
    written = str(token)
    found = section("events").find(written) or section("actions").find(written)
    return s.Word(found or written, span_of(token), written)


def _parameters(c: Sequence[Any]) -> tuple[tuple[s.Word, s.Operand], ...]:
    """The parameters behind the name of a given action or event."""
    for token, _ in c[3:]:
        # A line that goes on with an unknown word was meant to begin a clause.
        if token.line > c[0].line and section("parameters").find(str(token)) is None:
            raise MisreadError("language.unknown-keyword", span_of(token), True)
    return tuple((word(token, "parameters"), value) for token, value in c[3:])


def _given_span(c: Sequence[Any]) -> Span:
    return _cover([c[0], c[-1][1] if len(c) > 3 else c[2]])


@dataclass(frozen=True)
class _Window:
    """When happenings count, on its way into their node."""

    when: dict[str, Any]
    span: Span


class Builder:
    """The callbacks of the parser. Stateless; method names are the grammar's rule names."""

    def start(self, children: list[s.Statement]) -> tuple[s.Statement, ...]:
        return tuple(children)

    def rule(self, c: list[Any]) -> s.Rule:
        return s.Rule(word(c[1]), tuple(c[2:]), _cover(c))

    def _clause(self, keyword: str, c: list[Any], value: Any) -> s.Clause:
        if not isinstance(value, s.Word | s.Path | s.Quoted | s.Example):
            _check_depth([value])
        return s.Clause(keyword, value, _cover(c), span_of(c[0]))

    def category(self, c: list[Any]) -> s.Clause:
        return self._clause("category", c, word(c[1]))

    def severity(self, c: list[Any]) -> s.Clause:
        return self._clause("severity", c, word(c[1], "choices"))

    def contract_clause(self, c: list[Any]) -> s.Clause:
        return self._clause("clause", c, c[1])

    def when(self, c: list[Any]) -> s.Clause:
        return self._clause("when", c, c[1])

    def forbid(self, c: list[Any]) -> s.Clause:
        return self._clause("forbid", c, c[1])

    def require(self, c: list[Any]) -> s.Clause:
        return self._clause("require", c, c[1])

    def where(self, c: list[Any]) -> s.Clause:
        return self._clause("where", c, c[1])

    def unless(self, c: list[Any]) -> s.Clause:
        return self._clause("unless", c, c[1])

    def if_unknown(self, c: list[Any]) -> s.Clause:
        return self._clause("if_unknown", c, s.Word(c[1].type.lower(), span_of(c[1]), str(c[1])))

    def because(self, c: list[Any]) -> s.Clause:
        return self._clause("because", c, c[1])

    def instead(self, c: list[Any]) -> s.Clause:
        return self._clause("instead", c, c[1])

    def breaks(self, c: list[Any]) -> s.Clause:
        return self._clause("breaks", c, c[1])

    def keeps(self, c: list[Any]) -> s.Clause:
        return self._clause("keeps", c, c[1])

    def example(self, c: list[Any]) -> s.Example:
        reply = c[0] if isinstance(c[0], s.Quoted) else None
        return s.Example(reply, tuple(c[1:] if reply else c), _cover(c))

    def given_field(self, c: list[Any]) -> s.GivenField:
        return s.GivenField(c[1], tuple(c[-1]), _cover([c[0], c[-1][-1]]))

    def given_action(self, c: list[Any]) -> s.GivenAction:
        return s.GivenAction(word(c[2], "actions"), _parameters(c), _given_span(c))

    def given_record(self, c: list[Any]) -> s.GivenRecord:
        named = tuple((word(token, "parameters"), value) for token, value in c[2:])
        return s.GivenRecord(c[1], named, _cover([c[0], c[-1][1]]))

    def given_history(self, c: list[Any]) -> s.GivenHistory:
        return s.GivenHistory(happening(c[2]), _parameters(c), _given_span(c))

    def given_no_history(self, c: list[Any]) -> s.GivenHistory:
        return s.GivenHistory(None, (), _cover(c))

    def parameter(self, c: list[Any]) -> tuple[Token, s.Operand]:
        return c[0], c[1]

    def any_of(self, c: list[Any]) -> s.Condition:
        parts = _nodes(c)
        return parts[0] if len(parts) == 1 else s.AnyOf(tuple(parts), _cover(parts))

    def all_of(self, c: list[Any]) -> s.Condition:
        parts = _nodes(c)
        return parts[0] if len(parts) == 1 else s.AllOf(tuple(parts), _cover(parts))

    def negation(self, c: list[Any]) -> s.Not:
        return s.Not(c[1], _cover(c))

    def compare(self, c: list[Any]) -> s.Compare:
        return s.Compare(_field(c[0]), c[1], c[2], _cover([c[0], c[2]]))

    def comparison(self, c: list[Any]) -> str:
        return str(c[0].type.lower())

    def one_of(self, c: list[Any]) -> s.OneOf:
        return s.OneOf(_field(c[0]), tuple(c[2]), _cover([c[0], c[2][-1]]))

    def is_present(self, c: list[Any]) -> s.Presence:
        return s.Presence(_field(c[0]), True, _cover(c))

    def is_missing(self, c: list[Any]) -> s.Presence:
        return s.Presence(_field(c[0]), False, _cover(c))

    def mention(self, c: list[Any]) -> s.Mention:
        # A line that goes on with a bare word was meant to begin a clause.
        for before, after in pairwise(c):
            if before.type == after.type == "NAME" and after.line > before.line:
                raise MisreadError("language.unknown-keyword", span_of(after), True)
        return mention([word(t) for t in c])

    def holds(self, c: list[Any]) -> s.Holds:
        return s.Holds(c[0], span_of(c[0]))

    def happening(self, c: list[Any]) -> s.Happening:
        filters = tuple(_nodes(c))
        if c[0].type == "MESSAGE":
            name = s.Word("message", span_of(c[0]), str(c[0]))
            return s.Happening("event", name, filters, _cover(c))
        kind: Literal["action", "event"] = "action" if c[0].type == "ACTION" else "event"
        return s.Happening(kind, word(c[1], f"{kind}s"), filters, _cover(c))

    def with_value(self, c: list[Any]) -> s.Filter:
        return s.Filter(word(c[1], "parameters"), c[2], c[3], _cover([c[0], c[3]]))

    def with_same(self, c: list[Any]) -> s.Filter:
        return s.Filter(word(c[1], "parameters"), "same", None, _cover(c))

    def from_side(self, c: list[Any]) -> s.Filter:
        return s.Filter(s.Word("from", span_of(c[0]), str(c[0])), "is", operand_word(c[1]), _cover(c))

    def occurrence(self, c: list[Any]) -> s.Happening:
        found: s.Happening = c[0]
        for part in c[1:]:
            when = part.when if isinstance(part, _Window) else {"scope": "happened"}
            found = replace(found, **when, span=_cover([found, part]))
        return found

    def within(self, c: list[Any]) -> _Window:
        length, *since = _nodes(c)
        return _Window({"within": length, "since": since[0] if since else None}, _cover(c))

    def since_last(self, c: list[Any]) -> _Window:
        return _Window({"since_last": c[1]}, _cover(c))

    def in_all(self, c: list[Any]) -> s.Happening:
        happening: s.Happening = c[0]
        return replace(happening, scope="in_all", span=_cover(c))

    def records(self, c: list[Any]) -> s.Records:
        return s.Records(c[0], tuple(c[1:]), _cover(c))

    def order(self, c: list[Any]) -> s.Order:
        return s.Order(c[0], c[1].type.lower(), c[2], _cover(c))

    def never(self, c: list[Any]) -> s.Count:
        happening: s.Happening = c[1]
        scope = happening.scope or "happened"
        return s.Count("exactly", 0, replace(happening, scope=scope), _cover(c))

    def once(self, c: list[Any]) -> s.Count:
        happening: s.Happening = c[1]
        scope = happening.scope or ("" if happening.when else "in_all")
        return s.Count("exactly", 1, replace(happening, scope=scope), _cover(c))

    def count(self, c: list[Any]) -> s.Count:
        bound, number, start = c[0]
        return s.Count(bound, number, c[1], start.cover(span_of(c[1])))

    def quantity(self, c: list[Any]) -> tuple[str, int, Span]:
        if c[0].type == "NO":
            return "exactly", 0, span_of(c[0])
        number = _decimal(c[1])
        if number != int(number):
            raise MisreadError("language.not-whole", span_of(c[1]), words=str(c[1]))
        return _COUNTS[c[0].type], int(number), _cover(c)

    def approved_by(self, c: list[Any]) -> s.ApprovedBy:
        return s.ApprovedBy(word(c[1]), _cover(c))

    def arithmetic(self, c: list[Any]) -> s.Operand:
        parts = [p for p in c if not hasattr(p, "start_pos") or p.type in _SIGNS]
        if len(parts) == 1:
            return cast(s.Operand, parts[0])
        if len(parts) > 2 * MOST_TERMS:
            raise MisreadError("language.many-terms", _cover(parts), limit=str(MOST_TERMS))
        rest = tuple((_SIGNS[sign.type], operand) for sign, operand in zip(parts[1::2], parts[2::2], strict=True))
        return s.Arithmetic(_field(parts[0]), tuple((sign, _field(o)) for sign, o in rest), _cover(c))

    def lookup(self, c: list[Any]) -> s.Lookup:
        return s.Lookup(c[0], _field(c[2]), _cover(c))

    def share(self, c: list[Any]) -> s.Arithmetic:
        return s.Arithmetic(c[0], (("times", _field(c[2])),), _cover(c))

    def total(self, c: list[Any]) -> s.Total:
        return s.Total(word(c[1], "attributes"), c[3], _cover(c))

    def total_of_field(self, c: list[Any]) -> s.Total:
        return s.Total(None, c[1], _cover(c))

    def number_of(self, c: list[Any]) -> s.NumberOf:
        return s.NumberOf(c[1], _cover(c))

    def weekday(self, c: list[Any]) -> s.Weekday:
        return s.Weekday(_field(c[1]), _cover(c))

    def name_operand(self, c: list[Any]) -> s.Word:
        return operand_word(c[0])

    def path_operand(self, c: list[Any]) -> s.Path:
        return path(c[0])

    def path(self, c: list[Any]) -> s.Path:
        return path(c[0])

    def truth(self, c: list[Any]) -> s.Truth:
        return s.Truth(c[0].type == "YES", span_of(c[0]))

    def number(self, c: list[Any]) -> s.Number:
        amount = next(t for t in c if getattr(t, "type", "") == "NUMBER")
        units = [t if isinstance(t, s.Word) else word(t, "units") for t in c if t is not amount]
        return s.Number(_decimal(amount), units[0].name if units else None, _cover(c))

    def unit(self, c: list[Any]) -> s.Word:
        found = word(c[0], "units")
        return s.Word(section("units").find(" ".join(found.name.split())) or found.name, found.span, found.written)

    def value_list(self, c: list[Any]) -> list[s.Operand]:
        return _nodes(c)

    def string(self, c: list[Any]) -> s.Quoted:
        return s.Quoted("\n".join(_unquote(t) for t in c), _cover(c))

    def phrase(self, c: list[Any]) -> s.Phrase:
        return s.Phrase(word(c[1]), tuple(c[3]), _cover([c[0], c[3][-1]]))

    def reading(self, c: list[Any]) -> s.Reading:
        head, verb, lines = c
        return s.Reading(mention(_words_of(head)), tuple(lines), verb.type == "NEVER_READS", _cover([c[0], lines[-1]]))

    def wordings(self, c: list[Any]) -> list[s.WordingLine]:
        return _nodes(c)

    def wording(self, c: list[Any]) -> s.WordingLine:
        _check_depth(c)
        return s.WordingLine(tuple(c), _cover(c))

    def words(self, c: list[Any]) -> s.Words:
        return s.Words(_unquote(c[0]), span_of(c[0]))

    def slot(self, c: list[Any]) -> s.SlotItem:
        inner = str(c[0])[1:-1].strip()
        return s.SlotItem(section("slots").find(inner) or inner, span_of(c[0]))

    def gap(self, c: list[Any]) -> s.GapItem:
        if len(c) == 1:
            return s.GapItem(span=span_of(c[0]))
        return s.GapItem(int(_decimal(c[1])), _cover(c))

    def phrase_ref(self, c: list[Any]) -> s.PhraseItem:
        return s.PhraseItem(str(c[0]), span_of(c[0]))

    def expression(self, c: list[Any]) -> s.ExpressionItem:
        return s.ExpressionItem(str(c[0])[1:-1], span_of(c[0]))

    def choice(self, c: list[Any]) -> s.ChoiceItem:
        lines: list[s.WordingLine] = c[0]
        return s.ChoiceItem(tuple(line.items for line in lines), _cover(lines))

    def together(self, c: list[Any]) -> s.TogetherItem:
        return s.TogetherItem(span_of(c[0]))

    def maybe(self, c: list[Any]) -> s.MaybeItem:
        return s.MaybeItem(c[1], _cover(c))


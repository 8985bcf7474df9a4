# ruff: noqa: D102 - the methods mirror the grammar's rules by name and need no sentence each
"""Builds rules, their clauses and examples; one method for each rule of the grammar.

The parser calls these as it goes, so no intermediate tree is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from replylint.language import syntax as s
from replylint.language.build.conditions import ConditionBuilder
from replylint.language.build.wordings import WordingBuilder
from replylint.language.depth import check_depth
from replylint.language.mistakes.lines import keyword_run_on
from replylint.language.naming import happening, word
from replylint.language.tokens import MisreadError, Token, cover, span_of, unquote
from replylint.source.names import section
from replylint.source.spans import Span


def _parameters(c: Sequence[Any]) -> tuple[tuple[s.Word, s.Operand], ...]:
    """The parameters behind the name of a given action or event."""
    for token, _ in c[3:]:
        # A line that goes on with an unknown word was meant to begin a clause.
        if token.line > c[0].line and section("parameters").find(str(token)) is None:
            raise MisreadError("language.unknown-keyword", span_of(token), True)
    return tuple((word(token, "parameters"), value) for token, value in c[3:])


def _given_span(c: Sequence[Any]) -> Span:
    return cover([c[0], c[-1][1] if len(c) > 3 else c[2]])


class Builder(ConditionBuilder, WordingBuilder):
    """The callbacks of the parser. Stateless; method names are the grammar's rule names."""

    def start(self, children: list[s.Statement]) -> tuple[s.Statement, ...]:
        return tuple(children)

    def rule(self, c: list[Any]) -> s.Rule:
        head, name, clauses = c
        # 「禁止承諾」 below 「規則」 is a clause without its space, and no name.
        if name.line > head.line and keyword_run_on(str(name)):
            raise MisreadError("language.nameless-rule", span_of(head), words=str(head).rstrip(":： \t\u3000"))
        return s.Rule(word(name), clauses, cover([head, clauses[-1] if clauses else name]))

    def clauses(self, c: list[s.Clause]) -> tuple[s.Clause, ...]:
        return tuple(c)

    def _clause(self, keyword: str, c: list[Any], value: Any) -> s.Clause:
        if not isinstance(value, s.Word | s.Path | s.Quoted | s.Example):
            check_depth([value])
        return s.Clause(keyword, value, cover(c), span_of(c[0]))

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

    def to_do(self, c: list[Any]) -> s.Clause:
        return self._clause("to_do", c, c[1])

    def breaks(self, c: list[Any]) -> s.Clause:
        return self._clause("breaks", c, c[1])

    def keeps(self, c: list[Any]) -> s.Clause:
        return self._clause("keeps", c, c[1])

    def example(self, c: list[Any]) -> s.Example:
        reply = c[0] if isinstance(c[0], s.Quoted) else None
        return s.Example(reply, tuple(c[1:] if reply else c), cover(c))

    def given_field(self, c: list[Any]) -> s.GivenField:
        return s.GivenField(c[1], tuple(c[-1]), cover([c[0], c[-1][-1]]))

    def given_action(self, c: list[Any]) -> s.GivenAction:
        return s.GivenAction(word(c[2], "actions"), _parameters(c), _given_span(c))

    def given_record(self, c: list[Any]) -> s.GivenRecord:
        named = tuple((word(token, "parameters"), value) for token, value in c[2:])
        return s.GivenRecord(c[1], named, cover([c[0], c[-1][1]]))

    def given_history(self, c: list[Any]) -> s.GivenHistory:
        return s.GivenHistory(happening(c[2]), _parameters(c), _given_span(c))

    def given_no_history(self, c: list[Any]) -> s.GivenHistory:
        return s.GivenHistory(None, (), cover(c))

    def parameter(self, c: list[Any]) -> tuple[Token, s.Operand]:
        return c[0], c[1]

    def string(self, c: list[Any]) -> s.Quoted:
        for one, other in pairwise(c):
            if one.line == other.line:
                raise MisreadError("language.texts-on-one-line", span_of(other))
        return s.Quoted("\n".join(unquote(t) for t in c), cover(c))

# ruff: noqa: D102 - the methods mirror the grammar's rules by name and need no sentence each
"""Builds the wordings of the lexicon: phrases, readings and the items of their lines."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from replylint.language import syntax as s
from replylint.language.depth import check_depth
from replylint.language.naming import mention, word, words_of
from replylint.language.tokens import MisreadError, cover, decimal, nodes, span_of, unquote
from replylint.source.names import section


class WordingBuilder:
    """The callbacks for what stands in wordings. Stateless; method names are the grammar's rule names."""

    def phrase(self, c: list[Any]) -> s.Phrase:
        return s.Phrase(word(c[1]), tuple(c[3]), cover([c[0], c[3][-1]]))

    def reading(self, c: list[Any]) -> s.Reading:
        head, verb, lines = c
        return s.Reading(mention(words_of(head)), tuple(lines), verb.type == "NEVER_READS", cover([c[0], lines[-1]]))

    def wordings(self, c: list[Any]) -> list[s.WordingLine]:
        return nodes(c)

    def wording(self, c: list[Any]) -> s.WordingLine:
        check_depth(c)
        # One behind the other they would be read as one text; whoever writes them so means one or the other.
        for one, other in pairwise(c):
            if isinstance(one, s.Words) and isinstance(other, s.Words) and not one.value.endswith("*"):
                span = one.span.cover(other.span)
                raise MisreadError("language.texts-side-by-side", span, words=f'"{one.value}" "{other.value}"')
        return s.WordingLine(tuple(c), cover(c))

    def words(self, c: list[Any]) -> s.Words:
        return s.Words(unquote(c[0]), span_of(c[0]))

    def slot(self, c: list[Any]) -> s.SlotItem:
        inner = str(c[0])[1:-1].strip()
        return s.SlotItem(section("slots").find(inner) or inner, span_of(c[0]))

    def gap(self, c: list[Any]) -> s.GapItem:
        if len(c) == 1:
            return s.GapItem(span=span_of(c[0]))
        return s.GapItem(int(decimal(c[1])), cover(c))

    def phrase_ref(self, c: list[Any]) -> s.PhraseItem:
        return s.PhraseItem(str(c[0]), span_of(c[0]))

    def expression(self, c: list[Any]) -> s.ExpressionItem:
        return s.ExpressionItem(str(c[0])[1:-1], span_of(c[0]))

    def choice(self, c: list[Any]) -> s.ChoiceItem:
        lines: list[s.WordingLine] = c[0]
        return s.ChoiceItem(tuple(line.items for line in lines), cover(lines))

    def together(self, c: list[Any]) -> s.TogetherItem:
        return s.TogetherItem(c[0].type == "WITHOUT", span_of(c[0]))

    def maybe(self, c: list[Any]) -> s.MaybeItem:
        return s.MaybeItem(c[1], cover(c))

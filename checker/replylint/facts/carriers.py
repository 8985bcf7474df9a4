"""The facts that a value can belong to, and which of them it belongs to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from replylint.facts.layout import Layout
from replylint.facts.names import FactName
from replylint.facts.said import Said
from replylint.facts.schema import meaning_of
from replylint.facts.slots.table import any_of, word_table
from replylint.source.spans import Span

_DELIVERED = frozenset(FactName("promise", kind) for kind in ("refund", "compensation", "remedy", "replacement"))
_DUE = _DELIVERED | {FactName("promise", "contact"), FactName("promise", "escalate")}
_NEIGHBOURS = 6
_SOON = 6
"""Within how many characters behind a fact's words another one is joined to it: 退款給您並致電."""
_ONLY_WHEN = 8
"""How many more characters a clause has that says no more than until when: 最慢三天內，…."""


class Carriers:
    """The facts that may carry an attribute.

    name: the attribute. said: in order of place. values: the words that state it, wherever in the text. arriving: the
    clauses that say how what was promised reaches the customer.
    """

    def __init__(
        self, name: str, said: Sequence[Said], values: Sequence[Span], layout: Layout, arriving: Collection[int]
    ):
        self._name = name
        self._arriving = arriving
        self._facts = [(i, fact) for i, fact in enumerate(said) if name in meaning_of(fact.name).attributes]
        self._starts = [fact.mention.start for _, fact in self._facts]
        self._each_its_own = dict(self._in_turn(values, layout))

    def _in_turn(self, values: Sequence[Span], layout: Layout) -> Iterator[tuple[Span, list[int]]]:
        """Values that facts are followed by, or hold, in turn: refund $15 and send $10.

        The words of a later fact may begin before those of an earlier one and so hold the values of both; those that
        end at one place have one turn.
        """
        facts: defaultdict[int, dict[int, list[int]]] = defaultdict(dict)
        found: defaultdict[int, list[Span]] = defaultdict(list)
        starts: dict[int, int] = {}
        for index, fact in self._facts:
            if not _is_deed(fact):
                facts[fact.sentence].setdefault(fact.mention.end, []).append(index)
                starts.setdefault(fact.mention.end, fact.mention.start)
        for value in values:
            found[layout.sentence_of(value.start)].append(value)
        for sentence, own in facts.items():
            told = sorted(found[sentence])
            turns = sorted((Span(starts[end], end), indexes) for end, indexes in own.items())
            ends = [0, *(span.end for span, _ in turns), told[-1].end] if told else []
            if len(told) == len(turns) > 1 and all(
                before <= value.start and value.end <= after and (end <= value.start or span.contains(value))
                for before, end, after, (span, _), value in zip(ends, ends[1:], ends[2:], turns, told, strict=False)
            ):
                yield from ((value, indexes) for value, (_, indexes) in zip(told, turns, strict=True))

    def owners(self, span: Span, layout: Layout, implied: bool = False) -> list[int]:
        """The indexes of the facts that a value belongs to; several where the words of each hold it, or join them."""
        if not self._facts:
            return []
        at = bisect_left(self._starts, span.end)
        near = self._facts[max(at - _NEIGHBOURS, 0) : at + _NEIGHBOURS]
        follows = self._each_its_own.get(span)
        if follows is not None:
            return _with_counterparts(follows, near)
        holders = [index for index, fact in near if fact.mention.span.contains(span)]
        if holders:
            owners = _followed(span, holders, near, layout) or self._holding(span, holders, near, layout)
            return _with_counterparts(owners, near)
        clause = layout.clause_of(span.start)
        beside = [
            (distance(span, fact), index)
            for index, fact in near
            if fact.clause == clause or distance(span, fact) == 0
        ]
        if beside:
            owners = [min(beside)[1], *self._led(span, min(beside)[1], near, layout)]
        else:
            owners = self._arrived(span, clause, near)
            if not owners and (implied or self._name != "deadline" or not _told_before(span, near, layout)):
                owners = _alone(span, near, layout)
        return _with_counterparts(owners, near)

    def _led(self, span: Span, first: int, near: Sequence[tuple[int, Said]], layout: Layout) -> Iterator[int]:
        """What is joined to the first that a deadline stands before: within 3 days we will refund you and call you."""
        (led,) = (fact for index, fact in near if index == first)
        if self._name == "deadline" and span.end <= led.mention.start:
            end = led.mention.end
            behind = (f for f in near if f[1].clause == led.clause and f[1].mention.start >= end)
            yield from _going_on([(end, first), *sorted((fact.mention.end, index) for index, fact in behind)], layout)

    def _holding(
        self, span: Span, holders: Sequence[int], near: Sequence[tuple[int, Said]], layout: Layout
    ) -> list[int]:
        """The facts whose words hold a value; a deadline is that of the first to be done, and of those joined to it.

        Within 24 hours we will refund you and call you. But: within 24 hours we will call you about a refund, where
        the refund's words hold the deadline, too.
        """
        if self._name != "deadline":
            return list(holders)
        clause = layout.clause_of(span.start)
        due = {index: fact for index, fact in near if fact.name in _DUE}
        claim = sorted(
            (fact.mention.end, index)
            for index, fact in due.items()
            if index in holders or (fact.clause == clause and fact.mention.start >= span.end)
        )
        if not claim:
            return list(holders)
        end, first = claim[0]
        kept = [index for index in holders if index not in due or _key_of(due[index]) < end]
        return sorted({first, *kept, *(_going_on(claim, layout) if span.end < end else ())})

    def _arrived(self, span: Span, clause: int, near: Sequence[tuple[int, Said]]) -> list[int]:
        """What was promised before a clause that says until when it arrives: 換一件給您，三天內寄到."""
        if self._name != "deadline" or clause not in self._arriving:
            return []
        promised = ((fact.mention.end, index) for index, fact in near if fact.name in _DELIVERED)
        before = [(end, index) for end, index in promised if end <= span.start]
        return [max(before)[1]] if before else []


def _key_of(fact: Said) -> int:
    """Where the last words of a mention begin that are not a gap: those that say what is done."""
    return max(start for start, _ in fact.mention.solids())


def _alone(span: Span, near: Sequence[tuple[int, Said]], layout: Layout) -> list[int]:
    """What is said in a sentence that says one thing alone, a replacement being a remedy as well."""
    inside = _in_sentence(span, near, layout)
    one = all(_goes_along(f, inside[0][1]) and f.mention.span.overlaps(inside[0][1].mention.span) for _, f in inside)
    return [index for index, _ in inside] if one else []


def _told_before(span: Span, near: Sequence[tuple[int, Said]], layout: Layout) -> bool:
    """Whether a time stands before the promise, in a clause that says more than until when: 等三天才到，我們會退款."""
    inside = _in_sentence(span, near, layout)
    clause = layout.text.clauses[layout.clause_of(span.start)]
    return bool(inside) and span.end <= inside[0][1].mention.start and clause.length - span.length > _ONLY_WHEN


def _in_sentence(span: Span, near: Sequence[tuple[int, Said]], layout: Layout) -> list[tuple[int, Said]]:
    sentence = layout.sentence_of(span.start)
    return [(index, fact) for index, fact in near if fact.sentence == sentence]


def _going_on(claim: Sequence[tuple[int, int]], layout: Layout) -> Iterator[int]:
    """Of facts, by where their words end, those that are joined to the first: 退款給您並致電, not 致電為您退款."""
    at = claim[0][0]
    for end, index in claim:
        if end > at:
            if not _joining().search(layout.text.folded, at, min(at + _SOON, end)):
                return
            yield index
            at = end


def _followed(span: Span, holders: Sequence[int], near: Sequence[tuple[int, Said]], layout: Layout) -> list[int]:
    """The fact that a value follows within the words of a longer one: refund you $15 and send a voucher."""
    around = [(_is_deed(fact), fact.mention.span) for index, fact in near if index in holders]
    inside = [
        (fact.mention.end, index)
        for index, fact in near
        if index not in holders
        and fact.mention.end <= span.start
        and any(deed is _is_deed(fact) and words.contains(fact.mention.span) for deed, words in around)
        and not _joining().search(layout.text.folded, fact.mention.end, span.start)
    ]
    return [max(inside)[1]] if inside else []


@cache
def _joining() -> re.Pattern[str]:
    """What begins another promise between one and an amount: refund you and send $15."""
    table = word_table()
    return re.compile(any_of([*table["joining"], *table["going_on"], *table["choosing"]]))


def _with_counterparts(owners: list[int], near: Sequence[tuple[int, Said]]) -> list[int]:
    """With each fact what the same words say besides: "we have refunded you" is a refund that is promised and done."""
    held = [fact for index, fact in near if index in owners]
    more = [
        index
        for index, fact in near
        if index not in owners
        and any(_goes_along(fact, o) and fact.mention.span.overlaps(o.mention.span) for o in held)
    ]
    return sorted((*owners, *more))


def _goes_along(one: Said, other: Said) -> bool:
    """Whether two facts of the same words are one matter: promised and done, or a replacement, which is a remedy."""
    if _is_deed(one) is not _is_deed(other):
        return True
    return one.name in (meaning_of(other.name).also, other.name) or other.name == meaning_of(one.name).also


def _is_deed(fact: Said) -> bool:
    return fact.name.type == "deed"


def distance(span: Span, fact: Said) -> int:
    """How many characters lie between a value and the words of a fact; 0 where they touch or overlap."""
    return max(fact.mention.start - span.end, span.start - fact.mention.end, 0)

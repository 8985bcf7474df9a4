"""Where the wordings of a lexicon occur in a text.

One pass finds all literals; with them it is known which atoms may occur at all, and a pattern is joined from hits only
when all that it needs is among those. Nothing backtracks: for each place that a pattern may have got to, one way to
have come there is kept, the leftmost, and of several of these the one whose words cover most.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import ahocorasick_rs

from replylint.facts.compile import continues_word
from replylint.facts.expressions import Expressions
from replylint.facts.matcher import (
    ADJACENT,
    ALWAYS,
    LEFT,
    PREFIX,
    RIGHT,
    Decoded,
    Group,
    Joined,
    Matcher,
    Step,
    group_of,
    joined_of,
    numbers,
)
from replylint.source.spans import Span
from replylint.text.model import Text

_BRIDGE = -1
_START = "start"
_MEETINGS = 16
"""How many hits of an atom are tried on each side: the work stays in proportion to the text."""
Hole = tuple[int, int]
Hit = tuple[int, int, tuple[Hole, ...]]
"""Start, end, and the gaps in between: what the wording's words do not cover."""


class Mention(NamedTuple):
    """A wording found in the folded text; `wording` is its index in the lexicon."""

    wording: int
    start: int
    end: int
    holes: tuple[Hole, ...] = ()

    @property
    def span(self) -> Span:
        """The whole mention, gaps included."""
        return Span(self.start, self.end)

    def moved(self, by: int) -> Mention:
        """The same mention, so much later."""
        holes = tuple((start + by, end + by) for start, end in self.holes) if self.holes else ()
        return Mention(self.wording, self.start + by, self.end + by, holes)

    def solids(self) -> Iterable[Hole]:
        """The stretches that the wording's own words cover."""
        at = self.start
        for start, end in self.holes:
            yield at, start
            at = end
        yield at, self.end


class Scanner:
    """A matcher with its automata built for replies or for reviews (`where`); made once, used for many texts."""

    def __init__(self, matcher: Matcher, where: int):
        self._plan = _Plan(matcher, where)
        self._atoms = [atom for atom, mark in enumerate(matcher.literal_marks) if mark & where]
        self._marks = matcher.literal_marks
        self._automaton: Any = ahocorasick_rs.AhoCorasick([matcher.literals[atom] for atom in self._atoms])
        self._expressions = Expressions((atom, pattern) for pattern, atom, _ in matcher.expressions)
        wanted = [(atom, mark) for _, atom, mark in matcher.expressions if mark & where]
        self._always = frozenset(atom for atom, mark in wanted if mark & ALWAYS)
        self._slots = matcher.slots

    def mentions(self, text: Text, places: Iterable[tuple[str, int, int]] = ()) -> list[Mention]:
        """All mentions, those of `never reads` wordings too, in no particular order.

        places: kind, start and end of the typed values in the text.
        """
        hits = self._literal_hits(text.folded)
        for kind, start, end in places:
            atom = self._slots.get(kind)
            if atom is not None:
                _add(hits, atom, (start, end, ()))
        if _START in self._slots:
            hits[self._slots[_START]] = [(clause.start, clause.start, ()) for clause in text.clauses]
        return _Join(self._plan, text, hits, self._expressions, self._always).mentions()

    def _literal_hits(self, folded: str) -> dict[int, list[Hit]]:
        hits: dict[int, list[Hit]] = {}
        atoms, marks = self._atoms, self._marks
        padded = folded + " "
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            atom = atoms[index]
            mark = marks[atom]
            # The most frequent lines of all: `continues_word` written out.
            if mark & LEFT and start and (char := folded[start - 1]) < "\u2e80" and char.isalnum():
                continue
            if mark & RIGHT and (char := padded[end]) < "\u2e80":
                if mark & PREFIX:
                    while continues_word(padded[end]):
                        end += 1
                elif char.isalnum() or (char == "'" and padded[end + 1] == "t"):
                    continue
            if atom in hits:
                hits[atom].append((start, end, ()))
            else:
                hits[atom] = [(start, end, ())]
        return hits


def _add(hits: dict[int, list[Hit]], atom: int, hit: Hit) -> None:
    held = hits.get(atom)
    if held is None:
        hits[atom] = [hit]
    else:
        held.append(hit)


class _Plan:
    """Which wordings wait for which atoms.

    alone: atom → wordings that are nothing else. waiting: atom → longer wordings anchored on it.
    stirs, groups, patterns: what the matcher's rows stand for.
    """

    def __init__(self, matcher: Matcher, where: int):
        self.alone: dict[int, list[int]] = {}
        self.waiting: dict[int, list[int]] = {}
        for index in matcher.heard_in(where):
            table = self.waiting if index in matcher.patterns else self.alone
            table.setdefault(matcher.anchors[index], []).append(index)
        self.of_alone, self.of_waiting = frozenset(self.alone), frozenset(self.waiting)
        self.stirs = Decoded(matcher.stirs, numbers)
        self.groups = Decoded(matcher.groups, group_of, first=len(matcher.stirs))
        self.patterns = Decoded(matcher.patterns, joined_of)
        self.first_group = len(matcher.stirs)
        self.first_expression = self.first_group - len(matcher.expressions)


class _Join:
    """The patterns of one text: hits of atoms go in, mentions come out."""

    def __init__(
        self, plan: _Plan, text: Text, hits: dict[int, list[Hit]], expressions: Expressions, always: frozenset[int]
    ):
        self.plan = plan
        self.expressions = expressions
        self.text = text
        self.hits = hits
        # All atoms that may occur: asking of each pattern whether all it needs is here is much quicker than joining it.
        basic = always.union(hits)
        self.possible = basic.union(*map(plan.stirs.__getitem__, basic))
        self.ordered: dict[int, tuple[list[int], Sequence[Hit]]] = {}
        self.masks: dict[int, int] = {}
        self.clause_starts = [clause.start for clause in text.clauses]
        self.clause_ends = [clause.end for clause in text.clauses]

    def mentions(self) -> list[Mention]:
        plan, possible = self.plan, self.possible
        mentions = [
            Mention(index, *hit) for atom in possible & plan.of_alone for hit in self._hits_of(atom)
            for index in plan.alone[atom]
        ]  # fmt: skip
        for atom in possible & plan.of_waiting:
            for index in plan.waiting[atom]:
                joined = plan.patterns[index]
                if joined.needs <= possible:
                    mentions += [Mention(index, *hit) for hit in self._match(joined)]
        return mentions

    def _hits_of(self, atom: int) -> list[Hit]:
        """Where an atom occurs; groups and expressions are worked out when they are first asked for."""
        found = self.hits.get(atom)
        if found is None:
            found = self.hits[atom] = self._worked_out(atom)
        return found

    def _clauses(self, atom: int) -> int:
        """The clauses that an atom occurs in, as bits: where its atoms have none in common a pattern cannot match.

        _BRIDGE when a hit reaches from one clause into the next, as a literal with a comma does: then it can.
        """
        mask = self.masks.get(atom)
        if mask is None:
            mask = 0
            for start, end, _ in self._hits_of(atom):
                clause = bisect_right(self.clause_starts, start)
                if self._reaches(clause, end):
                    mask = _BRIDGE
                    break
                mask |= 1 << clause
            self.masks[atom] = mask
        return mask

    def _reaches(self, clause: int, end: int) -> bool:
        """Whether what comes adjacent to a hit may stand in the clause after the given one (counted from 1)."""
        if clause >= len(self.clause_starts):
            return False
        following = self.clause_starts[clause]
        return following <= end or (following == end + 1 and self.text.folded[end] == " ")

    def _worked_out(self, atom: int) -> list[Hit]:
        if atom >= self.plan.first_group:
            group = self.plan.groups[atom]
            return self._meeting(group.meets) if group.meets else self._union(group)
        if atom >= self.plan.first_expression and atom in self.possible:
            return [(start, end, ()) for start, end in self.expressions.find(atom, self.text.folded)]
        return []

    def _union(self, group: Group) -> list[Hit]:
        parts = [self._hits_of(atom) for atom in group.singles & self.possible]
        parts += [found for joined in group.longer if (found := self._match(joined, True))]
        if len(parts) < 2:
            return parts[0] if parts else []
        return _one_each(hit for found in parts for hit in found)

    def _meeting(self, atoms: Sequence[int]) -> list[Hit]:
        """The closest that one hit of each atom come together, none overlapping another; at most one place."""
        if not self.possible.issuperset(atoms):
            return []
        best: Hit | None = None
        for hit in self._hits_of(atoms[0])[:_MEETINGS]:
            met = [hit]
            for atom in atoms[1:]:
                near = self._nearest(atom, met)
                if near is None:
                    break
                met.append(near)
            else:
                whole = _cover(met)
                if best is None or whole[1] - whole[0] < best[1] - best[0]:
                    best = whole
        return [best] if best else []

    def _nearest(self, atom: int, met: Sequence[Hit]) -> Hit | None:
        """The hit of an atom that is nearest to what has been met, and overlaps none of it."""
        starts, hits = self._in_order(atom)
        start, end = min(hit[0] for hit in met), max(hit[1] for hit in met)
        after = bisect_left(starts, start)
        near = hits[max(after - _MEETINGS, 0) : after + _MEETINGS]
        free = [hit for hit in near if not any(hit[0] < other[1] and other[0] < hit[1] for other in met)]
        return min(free, key=lambda hit: max(hit[1] - start, end - hit[0]), default=None)

    def _match(self, joined: Joined, inner: bool = False) -> list[Hit]:
        """Where a pattern occurs. For an inner one all ways are kept, for a wording the leftmost to each end."""
        if not joined.needs <= self.possible:
            return []
        if len(joined.steps) == 1:
            return self._hits_of(joined.anchor)
        if not self._may_join(joined):
            return []
        steps = joined.steps if len(joined.needs) == len(joined.steps) else self._present(joined.steps)
        return self._sequence(steps, inner) if len(steps) > 1 else self._hits_of(steps[0].atom)

    def _may_join(self, joined: Joined) -> bool:
        """Whether some clause holds all that a pattern needs, or some hit leads from clause to clause."""
        common = -1
        for atom in joined.needs:
            clauses = self._clauses(atom)
            if not clauses:
                return False
            common &= clauses
        return bool(common) or any(self._clauses(step.atom) == _BRIDGE for step in joined.steps)

    def _present(self, steps: Sequence[Step]) -> list[Step]:
        """The steps without the optional ones that do not occur in the text; their gaps go to the next."""
        present: list[Step] = []
        open_gap = ADJACENT
        for step in steps:
            gap = _sum(open_gap, step.gap)
            if step.optional and not (step.atom in self.possible and self._hits_of(step.atom)):
                open_gap = gap
                continue
            present.append(step if gap == step.gap else Step(step.atom, gap, step.optional))
            open_gap = ADJACENT
        return present

    def _sequence(self, steps: Sequence[Step], inner: bool) -> list[Hit]:
        states: _States = {}
        begin = True
        for step in steps:
            following: _States = {}
            for (_, _, open_gap), hit in states.items():
                gap = _sum(open_gap, step.gap)
                if step.optional:
                    _keep(following, hit, gap, inner)
                for extended in self._extended(hit, step.atom, gap):
                    _keep(following, extended, ADJACENT, inner)
            if begin:
                for hit in self._hits_of(step.atom):
                    _keep(following, hit, ADJACENT, inner)
                begin = step.optional
            elif not following:
                return []
            states = following
        return _one_each(states.values())

    def _extended(self, hit: Hit, atom: int, gap: int) -> list[Hit]:
        """The hit, followed by each hit of the atom that may come next."""
        starts, candidates = self._in_order(atom)
        begin, end, holes = hit
        index = bisect_left(starts, end)
        if index == len(starts):
            return []
        blank = end + self.text.folded.startswith(" ", end)
        stop = blank if gap == ADJACENT else self._clause_end(end)
        most = self.text.units[end] + max(gap, 0)
        found = []
        for at in range(index, len(starts)):
            start, to, inside = candidates[at]
            if start > blank and (start > stop or self.text.units[start] > most):
                break
            between = () if start <= blank else ((end, start),)
            found.append((begin, to, holes + between + inside))
        return found

    def _in_order(self, atom: int) -> tuple[list[int], Sequence[Hit]]:
        """An atom's hits by their starts."""
        held = self.ordered.get(atom)
        if held is None:
            hits = sorted(self._hits_of(atom))
            held = self.ordered[atom] = [hit[0] for hit in hits], hits
        return held

    def _clause_end(self, offset: int) -> int:
        index = bisect_left(self.clause_ends, offset)
        return self.clause_ends[index] if index < len(self.clause_ends) else len(self.text.folded)


def _cover(hits: Iterable[Hit]) -> Hit:
    """From the first of some hits to the last; what lies between them are gaps."""
    ordered = sorted(hits)
    holes: list[Hole] = []
    for (_, end, inside), (start, _, _) in zip(ordered, [*ordered[1:], ordered[-1]], strict=True):
        holes += [*inside, (end, start)] if start > end else inside
    return ordered[0][0], ordered[-1][1], tuple(holes)


_States = dict[tuple[int, int, int], Hit]
"""Start (or 0 where only the leftmost is kept), end, and the gap still open → how it got there."""


def _sum(one: int, other: int) -> int:
    if one == ADJACENT or other == ADJACENT:
        return max(one, other)
    return one + other


def _keep(states: _States, hit: Hit, gap: int, inner: bool) -> None:
    key = (hit[0] if inner else 0, hit[1], gap)
    held = states.get(key)
    if held is None or hit[0] < held[0] or (hit[0] == held[0] and _left_open(hit) < _left_open(held)):
        states[key] = hit


def _one_each(hits: Iterable[Hit]) -> list[Hit]:
    """One hit for each place: of several ways to have come there the one whose words cover most of it."""
    found: dict[Hole, Hit] = {}
    for hit in hits:
        held = found.get(hit[:2])
        if held is None or _left_open(hit) < _left_open(held):
            found[hit[:2]] = hit
    return list(found.values())


def _left_open(hit: Hit) -> tuple[int, tuple[Hole, ...]]:
    """How much a hit's words do not cover; where that is the same, the order of the gaps decides, never chance."""
    return sum(end - start for start, end in hit[2]), hit[2]

"""Where the wordings of a lexicon occur in a text.

One pass finds all literals; the patterns that they wake are then joined from hits. Nothing backtracks: for each place
that a pattern may have got to, one way to have come there is kept, the leftmost.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import ahocorasick_rs

from replylint.facts.compile import ADJACENT, Group, Joined, Matcher, Step, continues_word
from replylint.facts.expressions import Expressions
from replylint.source.spans import Span
from replylint.text.model import Text

_BRIDGE = -1
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
    """A matcher with its automata built for some wordings, by index; made once, used for many texts."""

    def __init__(self, matcher: Matcher, wanted: Iterable[int]):
        self._plan = _Plan(matcher, wanted)
        needed = self._plan.basic_atoms()
        literals = [x for x in matcher.literals if x.whole in needed or x.prefix in needed]
        self._automaton: Any = ahocorasick_rs.AhoCorasick([literal.text for literal in literals])
        self._ends = [(literal.whole, literal.prefix, literal.left, literal.right) for literal in literals]
        self._expressions = Expressions([entry for entry in matcher.expressions if entry[1] in needed])
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
        return _Join(self._plan, text, hits, self._expressions.possible(text.folded)).mentions()

    def _literal_hits(self, folded: str) -> dict[int, list[Hit]]:
        hits: dict[int, list[Hit]] = {}
        ends = self._ends
        padded = folded + " "
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            whole, prefix, left, right = ends[index]
            # The most frequent lines of all: `continues_word` written out.
            if left and start and (char := folded[start - 1]) < "\u2e80" and char.isalnum():
                continue
            inside = right and (char := padded[end]) < "\u2e80" and char.isalnum()
            if whole is not None and not inside and not (right and char == "'" and padded[end + 1] == "t"):
                _add(hits, whole, (start, end, ()))
            if prefix is not None:
                while inside and continues_word(padded[end]):
                    end += 1
                _add(hits, prefix, (start, end, ()))
        return hits


def _add(hits: dict[int, list[Hit]], atom: int, hit: Hit) -> None:
    held = hits.get(atom)
    if held is None:
        hits[atom] = [hit]
    else:
        held.append(hit)


class _Plan:
    """Which wordings wait for which atoms.

    alone: atom → wordings that are nothing else. waiting: atom → longer wordings anchored on it. stirs: basic atom →
    groups with wordings that it may make occur.
    """

    def __init__(self, matcher: Matcher, wanted: Iterable[int]):
        self.groups = matcher.groups
        self.alone: dict[int, list[int]] = {}
        self.waiting: dict[int, list[tuple[int, Joined]]] = {}
        for index in wanted:
            joined = matcher.wordings[index]
            if joined is None:
                continue
            if len(joined.steps) == 1:
                self.alone.setdefault(joined.anchor, []).append(index)
            else:
                self.waiting.setdefault(joined.anchor, []).append((index, joined))
        self.stirs: dict[int, list[int]] = {}
        for atom in {*self.alone, *self.waiting} & self.groups.keys():
            for trigger in self.groups[atom].triggers:
                self.stirs.setdefault(trigger, []).append(atom)

    def basic_atoms(self) -> set[int]:
        """All atoms that have to be looked for in a text."""
        met: set[int] = set()
        todo = [step.atom for waiting in self.waiting.values() for _, joined in waiting for step in joined.steps]
        todo += self.alone
        while todo:
            atom = todo.pop()
            if atom in met:
                continue
            met.add(atom)
            if group := self.groups.get(atom):
                todo += group.singles
                inside = [*group.loose, *(joined for held in group.joined.values() for joined in held)]
                todo += [step.atom for joined in inside for step in joined.steps]
        return met - self.groups.keys()


class _Join:
    """The patterns of one text: hits of atoms go in, mentions come out."""

    def __init__(self, plan: _Plan, text: Text, hits: dict[int, list[Hit]], expressions: Mapping[int, Any]):
        self.plan = plan
        self.expressions = expressions
        self.text = text
        self.hits = hits
        self.basic = frozenset(hits) | expressions.keys()
        self.known: dict[int, bool] = {}
        self.ordered: dict[int, tuple[list[int], Sequence[Hit]]] = {}
        self.masks: dict[int, int] = {}
        self.clause_starts = [clause.start for clause in text.clauses]
        self.clause_ends = [clause.end for clause in text.clauses]

    def mentions(self) -> list[Mention]:
        alone, waiting, stirs = self.plan.alone, self.plan.waiting, self.plan.stirs
        stirred = {group for atom in self.basic if atom in stirs for group in stirs[atom]}
        occurring = (*self.basic, *stirred)
        mentions = [
            Mention(index, *hit)
            for atom in occurring
            if atom in alone
            for hit in self._hits_of(atom)
            for index in alone[atom]
        ]
        mentions += [
            Mention(index, *hit)
            for atom in occurring
            if atom in waiting
            for index, joined in waiting[atom]
            for hit in self._match(joined)
        ]
        return mentions

    def _hits_of(self, atom: int) -> list[Hit]:
        """Where an atom occurs; groups and expressions are worked out when they are first asked for."""
        found = self.hits.get(atom)
        if found is None:
            found = self.hits[atom] = self._worked_out(atom)
        return found

    def _possible(self, atom: int) -> bool:
        """Whether anything that an atom is made of occurs; much quicker to know than where."""
        known = self.known.get(atom)
        if known is None:
            group = self.plan.groups.get(atom)
            known = not group.triggers.isdisjoint(self.basic) if group else atom in self.basic
            self.known[atom] = known
        return known

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
        if group := self.plan.groups.get(atom):
            return self._union(group)
        if expression := self.expressions.get(atom):
            spans = (match.span() for match in expression.finditer(self.text.folded))
            return [(start, end, ()) for start, end in spans if end > start]
        return []

    def _union(self, group: Group) -> list[Hit]:
        basic = self.basic
        parts = [self._hits_of(atom) for atom in group.singles & basic]
        if group.joined:
            for anchor in group.joined.keys() & basic:
                parts += [found for joined in group.joined[anchor] if (found := self._match(joined, True))]
        parts += [found for joined in group.loose if (found := self._match(joined, True))]
        if len(parts) < 2:
            return parts[0] if parts else []
        return list({hit[:2]: hit for found in parts for hit in found}.values())

    def _match(self, joined: Joined, inner: bool = False) -> list[Hit]:
        """Where a pattern occurs. For an inner one all ways are kept, for a wording the leftmost to each end."""
        if len(joined.steps) == 1:
            return self._hits_of(joined.anchor)
        for atom in joined.needs:
            if not self._possible(atom):
                return []
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
            if step.optional and not (self._possible(step.atom) and self._hits_of(step.atom)):
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
        return [*{hit[:2]: hit for hit in states.values()}.values()]

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


_States = dict[tuple[int, int, int], Hit]
"""Start (or 0 where only the leftmost is kept), end, and the gap still open → how it got there."""


def _sum(one: int, other: int) -> int:
    if one == ADJACENT or other == ADJACENT:
        return max(one, other)
    return one + other


def _keep(states: _States, hit: Hit, gap: int, inner: bool) -> None:
    key = (hit[0] if inner else 0, hit[1], gap)
    held = states.get(key)
    if held is None or hit[0] < held[0]:
        states[key] = hit

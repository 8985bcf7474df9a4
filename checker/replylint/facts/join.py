"""The patterns of a text, joined from the hits of their parts.

Nothing backtracks: for each place that a pattern may have got to, one way to have come there is kept, the leftmost, and
of several of these the one whose words cover most.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial

from replylint.facts.expressions import Expressions
from replylint.facts.hits import Hit, Hole, Mention, cover, left_open, one_each
from replylint.facts.matcher import ADJACENT, Group, Step, set_bits
from replylint.facts.plan import Plan
from replylint.text.model import Text

# `Mention(*fields)` without a step in Python.
_mention: Callable[[tuple[int, int, int, tuple[Hole, ...]]], Mention] = partial(tuple.__new__, Mention)
_MEETINGS = 16
"""How many hits of an atom are tried on each side: the work stays in proportion to the text."""


class Join:
    """The patterns of one text: hits of atoms go in, mentions come out."""

    def __init__(self, plan: Plan, text: Text, hits: dict[int, list[Hit]], expressions: Expressions):
        self.plan = plan
        self.expressions = expressions
        self.folded, self.units = text.folded, text.units
        self.hits = hits
        self.present = {*plan.always, *hits}
        first = second = third = 0
        for one, two, three, woken in map(plan.stirred.__getitem__, hits):
            if one:
                first |= one
            if two:
                second |= two
            if three:
                third |= three
            if woken:
                self.present.update(woken)
        # Asking of all patterns at once whether all they need is here is much quicker than joining them.
        self.live = plan.live((first, second, third))
        self.live_alternatives = self.live & plan.alternatives
        self.ordered: dict[int, tuple[list[int], Sequence[Hit]]] = {}
        self.clause_ends = [clause.end for clause in text.clauses]

    def mentions(self) -> list[Mention]:
        """The mentions of all wordings, in no particular order."""
        alone, first = self.plan.alone, self.plan.first_wording
        if not self.live & self.plan.telling and self.plan.telling_alone.isdisjoint(self.present):
            return []
        mentions = [
            _mention((wording, *hit))
            for atom in self.plan.of_alone & self.present for hit in self._hits_of(atom) for wording in alone[atom]
        ]  # fmt: skip
        for number in set_bits(self.live >> first):
            wording = self.plan.wordings[number]
            mentions += [_mention((wording, *hit)) for hit in self._match(first + number)]
        return mentions

    def _hits_of(self, atom: int) -> list[Hit]:
        """Where an atom occurs; groups and expressions are worked out when they are first asked for."""
        found = self.hits.get(atom)
        if found is None:
            found = self.hits[atom] = self._worked_out(atom)
        return found

    def _worked_out(self, atom: int) -> list[Hit]:
        if atom >= self.plan.first_group:
            group = self.plan.groups[atom]
            return self._meeting(group) if group.meets else self._union(group)
        if atom >= self.plan.first_expression and atom in self.present:
            return self.expressions.find(atom, self.folded)
        return []

    def _union(self, group: Group) -> list[Hit]:
        hits = self.hits
        parts = [hits[atom] if atom in hits else self._hits_of(atom) for atom in group.singles & self.present]
        if longer := group.longer & self.live_alternatives:
            parts += [self._match(number, inner=True) for number in set_bits(longer)]
        if len(parts) < 2:
            return parts[0] if parts else []
        return one_each(hit for found in parts for hit in found)

    def _meeting(self, group: Group) -> list[Hit]:
        """The closest that one hit of each atom come together, none overlapping another; at most one place."""
        atoms = group.meets
        if not all(map(self._hits_of, atoms)) or any(map(self._hits_of, group.absent)):
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
                whole = cover(met)
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

    def _match(self, number: int, inner: bool = False) -> list[Hit]:
        """Where a live pattern occurs. For an inner one all ways are kept, for a wording the leftmost to each end."""
        joined = self.plan.patterns[number]
        rarest = self._hits_of(joined.needs[0])
        return self._sequence(joined.steps, inner) if rarest and len(joined.steps) > 1 else rarest

    def _sequence(self, steps: Sequence[Step], inner: bool) -> list[Hit]:
        """Where steps come one after another; none is looked for once those before it lead nowhere.

        Optional ones that do not occur in the text are passed over, and their gaps go to the next.
        """
        states: _States = {}
        begin = True
        met: list[list[Hit]] = []
        passed_over = ADJACENT
        for atom, before, optional in steps:
            if passed_over != ADJACENT:
                before = _sum(passed_over, before)
            hits = self._hits_of(atom)
            if optional and not hits:
                passed_over = before
                continue
            met.append(hits)
            passed_over = ADJACENT
            following: _States = {}
            for (_, _, open_gap), hit in states.items():
                gap = before if open_gap == ADJACENT else _sum(open_gap, before)
                if optional:
                    _keep(following, hit, gap, inner)
                for extended in self._extended(hit, atom, gap):
                    _keep(following, extended, ADJACENT, inner)
            if begin:
                for hit in hits:
                    _keep(following, hit, ADJACENT, inner)
                begin = optional
            elif not following:
                return []
            states = following
        return met[0] if len(met) == 1 else one_each(states.values())

    def _extended(self, hit: Hit, atom: int, gap: int) -> list[Hit]:
        """The hit, followed by each hit of the atom that may come next."""
        starts, candidates = self._in_order(atom)
        begin, end, holes = hit
        index = bisect_left(starts, end)
        if index == len(starts):
            return []
        blank = end + self.folded.startswith(" ", end)
        stop = blank if gap == ADJACENT else self._clause_end(end)
        most = self.units[end] + max(gap, 0)
        found = []
        for at in range(index, len(starts)):
            start, to, inside = candidates[at]
            if start > blank and (start > stop or self.units[start] > most):
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
        return self.clause_ends[index] if index < len(self.clause_ends) else len(self.folded)


_States = dict[tuple[int, int, int], Hit]
"""Start (or 0 where only the leftmost is kept), end, and the gap still open → how it got there."""


def _sum(one: int, other: int) -> int:
    if one == ADJACENT or other == ADJACENT:
        return max(one, other)
    return one + other


def _keep(states: _States, hit: Hit, gap: int, inner: bool) -> None:
    key = (hit[0] if inner else 0, hit[1], gap)
    held = states.get(key)
    if held is None or hit[0] < held[0] or (hit[0] == held[0] and left_open(hit) < left_open(held)):
        states[key] = hit

"""Which patterns a text may hold, worked out for all of them at once from the atoms that occur in it."""

from __future__ import annotations

from typing import NamedTuple

from replylint.facts.matcher import NEEDED, NOTHING, Decoded, Matcher, group_of, joined_of, numbers


class Stirred(NamedTuple):
    """What an atom may make occur. bits: of patterns, as a number, see `matcher`."""

    bits: int
    expressions: tuple[int, ...]


class Stirring(dict[int, Stirred]):
    """What each atom that is no group stirs, made when it is first asked for."""

    def __init__(self, matcher: Matcher):
        super().__init__()
        self._matcher = matcher
        self._bits = Decoded(matcher.wakes, lambda row: sum(1 << bit for bit in numbers(row)))

    def __missing__(self, atom: int) -> Stirred:
        others = numbers(self._matcher.stirs[atom])
        bits = 0
        for waking in (atom, *others):
            if waking in self._matcher.wakes:
                bits |= self._bits[waking]
        made = self[atom] = Stirred(bits, tuple(other for other in others if other < len(self._matcher.stirs)))
        return made


class Plan:
    """Which wordings are looked for, and what each atom may make occur.

    alone: atom → wordings that are nothing else. wordings: those of the patterns from `first_wording` on.
    stirred, groups, patterns: what the matcher's rows stand for.
    """

    def __init__(self, matcher: Matcher, where: int):
        self._matcher = matcher
        self.alone: dict[int, list[int]] = {}
        for index, (atom, mark) in enumerate(zip(matcher.alone, matcher.marks, strict=True)):
            if mark & where and atom != NOTHING:
                self.alone.setdefault(atom, []).append(index)
        self.of_alone = frozenset(self.alone)
        self.wordings = matcher.wordings
        self.first_wording = len(matcher.patterns) - len(matcher.wordings)
        self.first_group = len(matcher.stirs)
        self.first_expression = self.first_group - len(matcher.expressions)
        self.stirred = Stirring(matcher)
        self.groups = Decoded(matcher.groups, group_of, first=self.first_group)
        self.patterns = Decoded(matcher.patterns, joined_of)
        self._free = int(matcher.free, 16)
        self._heard = self._read_in(where)

    def live(self, bits: int) -> int:
        """The patterns all of whose bits are set, as bits."""
        bits |= self._free
        live = self._heard
        for place in range(NEEDED):
            live &= bits >> place * len(self._matcher.patterns)
        return live

    def _read_in(self, where: int) -> int:
        """The patterns of the wordings that are looked for, and all that belong to groups, as bits."""
        marks = self._matcher.marks
        of_wordings = ["1" if marks[wording] & where else "0" for wording in self.wordings]
        return int("".join(reversed(of_wordings)) + "1" * self.first_wording or "0", 2)

"""Which patterns a text may hold, worked out for all of them at once from the atoms that occur in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from replylint.facts.matcher import ALWAYS, NEEDED, NOTHING, REVIEWS, Decoded, Matcher, group_of, joined_of, numbers

Bits = tuple[int, int, int]
"""Bits of patterns, see `matcher`: a number for each of the NEEDED places, as most atoms set bits in one alone."""


Stirred = tuple[int, int, int, tuple[int, ...]]
"""What an atom may make occur: bits of patterns, likewise, and expressions."""


class Stirring(dict[int, Stirred]):
    """What each atom that is no group stirs, made when it is first asked for; many atoms stir the same.

    heard: how many of the patterns are looked for, the first ones; the bits of the others are left out, because
    numbers are worked with the more quickly the shorter they are.
    """

    def __init__(self, matcher: Matcher, heard: int):
        super().__init__()
        self._matcher, self._heard = matcher, heard
        self._made: dict[tuple[str, str], Stirred] = {}

    def __missing__(self, atom: int) -> Stirred:
        alike = self._matcher.stirs[atom], self._matcher.wakes.get(atom, "")
        if alike not in self._made:
            self._made[alike] = self._stirred(atom)
        self[atom] = self._made[alike]
        return self[atom]

    def _stirred(self, atom: int) -> Stirred:
        others = numbers(self._matcher.stirs[atom])
        first, second, third = self._bits((atom, *others))
        return first, second, third, tuple(other for other in others if other < len(self._matcher.stirs))

    def _bits(self, atoms: Iterable[int]) -> Sequence[int]:
        """The bits that some atoms set, for each place."""
        wakes, patterns = self._matcher.wakes, len(self._matcher.patterns)
        bits = [0] * NEEDED
        # Few each: nine atoms of ten set one.
        for bit in {bit for atom in atoms if atom in wakes for bit in numbers(wakes[atom])}:
            place, number = divmod(bit, patterns)
            if number < self._heard:
                bits[place] |= 1 << number
        return bits


class Plan:
    """Which wordings are looked for, and what each atom may make occur.

    alone: atom → wordings that are nothing else. wordings: those of the patterns from `first_wording` on.
    telling, telling_alone: the patterns and atoms of wordings that find something by themselves. In reviews cues do
    not: where there is nothing that they could bear on, they are not looked for.
    stirred, groups, patterns: what the matcher's rows stand for.
    always: the expressions of which it is not known where they may occur. alternatives: the patterns that belong to
    groups, as bits.
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
        self.alternatives = (1 << self.first_wording) - 1
        self.first_group = len(matcher.stirs)
        self.first_expression = self.first_group - len(matcher.expressions)
        self._heard = self._read_in(where)
        self.telling, self.telling_alone = self._heard, self.of_alone
        if where == REVIEWS:
            names = matcher.names
            self.telling = _as_bits(names[w].type != "cue" for w in self.wordings) << self.first_wording
            alone = self.alone.items()
            self.telling_alone = frozenset(atom for atom, own in alone if any(names[w].type != "cue" for w in own))
        self.stirred = Stirring(matcher, self._heard.bit_length())
        self.groups = Decoded(matcher.groups, group_of, first=self.first_group)
        self.patterns = Decoded(matcher.patterns, joined_of)
        self.always = {atom for _, atom, mark in matcher.expressions if mark & where and mark & ALWAYS}
        free = int(matcher.free, 16)
        self._free = [free >> place * len(matcher.patterns) & self._heard for place in range(NEEDED)]
        for first, second, third, woken in map(self.stirred.__getitem__, tuple(self.always)):
            self._free = [one | other for one, other in zip(self._free, (first, second, third), strict=True)]
            self.always.update(woken)

    def live(self, bits: Bits) -> int:
        """The patterns all of whose bits are set, as bits."""
        live = self._heard
        for set_, free in zip(bits, self._free, strict=True):
            live &= set_ | free
        return live

    def _read_in(self, where: int) -> int:
        """The patterns of the wordings that are looked for, and all that belong to groups, as bits."""
        of_wordings = _as_bits(self._matcher.marks[wording] & where for wording in self.wordings)
        return of_wordings << self.first_wording | self.alternatives


def _as_bits(flags: Iterable[object]) -> int:
    """The number whose bits are set where the flags are true, the lowest first."""
    return int("".join("1" if flag else "0" for flag in flags)[::-1] or "0", 2)

"""Which patterns a text may hold, worked out for all of them at once from the atoms that occur in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from replylint.facts.matcher import NEEDED, NOTHING, REVIEWS, Decoded, Matcher, group_of, joined_of, numbers


class Stirred(NamedTuple):
    """What an atom may make occur. bits: of patterns, as a number, see `matcher`."""

    bits: int
    expressions: tuple[int, ...]


class Stirring(dict[int, Stirred]):
    """What each atom that is no group stirs, made when it is first asked for; many atoms stir the same.

    heard: how many of the patterns are looked for, the first ones; the bits of the others are left out, because
    numbers are worked with the more quickly the shorter they are.
    """

    def __init__(self, matcher: Matcher, heard: int):
        super().__init__()
        self._matcher = matcher
        self._heard = heard
        self._rows: dict[tuple[str, str], Stirred] = {}

    def __missing__(self, atom: int) -> Stirred:
        row = self._matcher.stirs[atom], self._matcher.wakes.get(atom, "")
        if row not in self._rows:
            self._rows[row] = self._made(*map(numbers, row))
        self[atom] = self._rows[row]
        return self[atom]

    def _made(self, stirs: Sequence[int], own: Sequence[int]) -> Stirred:
        wakes, patterns = self._matcher.wakes, len(self._matcher.patterns)
        flags = bytearray((NEEDED * self._heard >> 3) + 1)
        for bit in chain(own, *(numbers(wakes[other]) for other in stirs if other in wakes)):
            place, number = divmod(bit, patterns)
            if number < self._heard:
                at = place * self._heard + number
                flags[at >> 3] |= 1 << (at & 7)
        expressions = tuple(other for other in stirs if other < len(self._matcher.stirs))
        return Stirred(int.from_bytes(flags, "little"), expressions)


class Plan:
    """Which wordings are looked for, and what each atom may make occur.

    alone: atom → wordings that are nothing else. wordings: those of the patterns from `first_wording` on.
    telling, telling_alone: the patterns and atoms of wordings that find something by themselves. In reviews cues do
    not: where there is nothing that they could bear on, they are not looked for.
    stirred, groups, patterns: what the matcher's rows stand for.
    """

    def __init__(self, matcher: Matcher, where: int):
        self._matcher = matcher
        self.alone: dict[int, list[int]] = {}
        for index, (atom, mark) in enumerate(zip(matcher.alone, matcher.marks, strict=True)):
            if mark & where and atom != NOTHING:
                self.alone.setdefault(atom, []).append(index)
        self.of_alone = frozenset(self.alone)
        telling = [where != REVIEWS or name.type != "cue" for name in matcher.names]
        self.telling_alone = frozenset(atom for atom, own in self.alone.items() if any(telling[w] for w in own))
        self.wordings = matcher.wordings
        self.first_wording = len(matcher.patterns) - len(matcher.wordings)
        self.first_group = len(matcher.stirs)
        self.first_expression = self.first_group - len(matcher.expressions)
        self._heard = self._read_in(where)
        self._patterns = self._heard.bit_length()
        self.telling = _as_bits(telling[wording] for wording in self.wordings) << self.first_wording
        self.stirred = Stirring(matcher, self._patterns)
        self.groups = Decoded(matcher.groups, group_of, first=self.first_group)
        self.patterns = Decoded(matcher.patterns, joined_of)
        self._free = self._shortened(int(matcher.free, 16))

    def live(self, bits: int) -> int:
        """The patterns all of whose bits are set, as bits."""
        bits |= self._free
        live = self._heard
        for place in range(NEEDED):
            live &= bits >> place * self._patterns
        return live

    def _shortened(self, bits: int) -> int:
        """Bits of the matcher as those of the patterns that are heard."""
        wanted = (1 << self._patterns) - 1
        places = (bits >> place * len(self._matcher.patterns) & wanted for place in range(NEEDED))
        return sum(there << place * self._patterns for place, there in enumerate(places))

    def _read_in(self, where: int) -> int:
        """The patterns of the wordings that are looked for, and all that belong to groups, as bits."""
        of_wordings = _as_bits(self._matcher.marks[wording] & where for wording in self.wordings)
        return of_wordings << self.first_wording | (1 << self.first_wording) - 1


def _as_bits(flags: Iterable[object]) -> int:
    """The number whose bits are set where the flags are true, the lowest first."""
    return int("".join("1" if flag else "0" for flag in flags)[::-1] or "0", 2)

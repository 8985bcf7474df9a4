"""Where the wordings of a lexicon occur in a text.

One pass finds all literals; with them it is known which atoms may occur at all, and a pattern is joined from hits only
when all that it needs is among those (see `join`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import ahocorasick_rs

from replylint.facts.expressions import Expressions
from replylint.facts.hits import Hit, Mention
from replylint.facts.join import Join
from replylint.facts.matcher import LEFT, PREFIX, RIGHT, Matcher, continues_word
from replylint.facts.plan import Plan
from replylint.text.model import Text

_START = "start"


class Scanner:
    """A matcher with its automata built for replies or for reviews (`where`); made once, used for many texts.

    kinds: of the typed values that wordings look for there.
    """

    def __init__(self, matcher: Matcher, where: int):
        self._plan = Plan(matcher, where)
        self._atoms = [atom for atom, mark in enumerate(matcher.literal_marks) if mark & where]
        self._marks = matcher.literal_marks
        # Made as quickly as the smallest kind, and searched in half its time.
        compact = ahocorasick_rs.Implementation.ContiguousNFA
        literals = [matcher.literals[atom] for atom in self._atoms]
        self._automaton: Any = ahocorasick_rs.AhoCorasick(literals, implementation=compact)
        self._expressions = Expressions((atom, pattern) for pattern, atom, _ in matcher.expressions)
        self._slots = {kind: atom for kind, atom in matcher.slots.items() if matcher.slot_marks[kind] & where}
        self.kinds = frozenset(self._slots) - {_START}

    def mentions(self, text: Text, places: Iterable[tuple[str, int, int]] = ()) -> list[Mention]:
        """All mentions, those of `never reads` wordings too, in no particular order.

        places: kind, start and end of the typed values in the text.
        """
        hits = self._literal_hits(text.folded)
        for kind, start, end in places:
            atom = self._slots.get(kind)
            if atom is not None:
                hits.setdefault(atom, []).append((start, end, ()))
        if _START in self._slots:
            hits[self._slots[_START]] = [(clause.start, clause.start, ()) for clause in text.clauses]
        return Join(self._plan, text, hits, self._expressions).mentions()

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

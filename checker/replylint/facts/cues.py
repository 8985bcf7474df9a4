"""Cues, and which of those in a mention's own clause reach it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from replylint.facts.hits import Hole, Mention
from replylint.text.model import Text

_REACH = 8
"""How many units a negation reaches forward; NegEx has 5 words, Chinese characters need a little more."""
_REACH_BACK = 12

_AGENTS = frozenset({"business", "customer", "third_party", "instruction"})
_ENDS = frozenset({"business", "contrast"})


class Cue(NamedTuple):
    """A cue in the folded text."""

    kind: str
    start: int
    end: int


class ClauseView:
    """The cues of a mention's own clause, seen from the mention.

    outside: those that are no part of its words. near: all of them.
    """

    def __init__(self, text: Text, mention: Mention, outside: Sequence[Cue], near: Sequence[Cue]):
        self.units = text.units
        self.mention = mention
        self.outside = outside
        self.blocks = [cue for cue in near if cue.kind in _ENDS]
        self.solids = list(mention.solids())
        agents = [cue for cue in outside if cue.kind in _AGENTS and cue.start < self.solids[-1][0]]
        agents += [c for c in self.blocks if c.kind == "business" and mention.start <= c.start < mention.end]
        self.agent = max(agents, key=lambda cue: (cue.start, cue.end), default=None)

    @property
    def ours(self) -> bool:
        """Whether the business is said to act."""
        return self.agent is not None and self.agent.kind == "business"

    def cues(self) -> dict[str, Hole]:
        """The cues that bear on the mention, by kind; of each kind the first, but of who acts the last."""
        found: dict[str, Hole] = {}
        for cue in self.outside:
            if cue.kind not in _AGENTS and self._acts(cue):
                found.setdefault(cue.kind, (cue.start, cue.end))
        if self.agent is not None and self.agent.kind != "business":
            found[self.agent.kind] = (self.agent.start, self.agent.end)
        return found

    def _acts(self, cue: Cue) -> bool:
        match cue.kind:
            case "negation":
                return self._reaches(cue)
            case "negation_after":
                return self._reaches_back(cue)
            case "report":
                return cue.start < self.mention.start
            case "past":
                return cue.start < self.mention.end
            case "question" | "condition" | "hedge":
                return True
        return False

    def _reaches(self, cue: Cue) -> bool:
        """Whether a negation reaches the next words of the mention."""
        target = next((start for start, _ in self.solids if start >= cue.start), None)
        if target is None:
            return False
        distance = self.units[target] - self.units[cue.end] if target > cue.end else 0
        # Directly before the mention nothing can have ended it: 「無法為您退款」, although 「為您」 also says who acts.
        return distance == 0 or (distance <= _REACH and not self._ended(cue.end, target))

    def _reaches_back(self, cue: Cue) -> bool:
        end = self.mention.end
        if cue.end < end:
            return False
        distance = self.units[cue.start] - self.units[end] if cue.start > end else 0
        return distance <= _REACH_BACK and not self._ended(end, cue.start)

    def _ended(self, start: int, end: int) -> bool:
        return any(start <= cue.start <= end for cue in self.blocks)

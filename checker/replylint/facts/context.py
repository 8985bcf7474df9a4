"""What the words around a mention make of it: denied, asked, reported, past, someone else's, conditional, hedged.

After NegEx (Chapman et al. 2001) and ConText (Harkema et al. 2009): cues act inside the mention's clause, conditions
inside its sentence, forwards or backwards, and end where a contrast or a new subject begins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from replylint.facts.cues import ClauseView, Cue
from replylint.facts.hits import Hole, Mention
from replylint.facts.layout import Layout
from replylint.facts.model import Certainty

_BESIDE = 3
"""How many characters beside a quotation a cue of quoting may stand: 聽到那句「…」, 「…」這種話."""
_MANY = 40

_UNCERTAIN = frozenset({"condition", "hedge"})
_QUOTES = {"「": "」", "『": "』", "“": "”"}


@dataclass(frozen=True)
class Context:
    """The cues that bear on a mention, by kind, and how certain they leave it."""

    cues: Mapping[str, Hole] = field(default_factory=dict)
    certainty: Certainty = "definite"

    def moved(self, by: int) -> Context:
        """The same context, so much later in the text."""
        if not self.cues:
            return self
        cues = {kind: (start + by, end + by) for kind, (start, end) in self.cues.items()}
        return Context(cues, self.certainty)


_BARE = Context()


class Surroundings:
    """The cues of one text, ready to be asked about mentions."""

    def __init__(self, layout: Layout, cues: Sequence[Cue]):
        self.layout = layout
        self.text = layout.text
        self._by_clause: dict[int, list[Cue]] = {}
        self._conditions: dict[int, list[Cue]] = {}
        for cue in sorted(cues, key=lambda c: c.start):
            self._by_clause.setdefault(self.layout.clause_of(cue.start), []).append(cue)
            if cue.kind == "condition":
                self._conditions.setdefault(self.layout.sentence_of(cue.start), []).append(cue)
        self._quoted = quotations(self.text.folded)

    def judge(self, mention: Mention, cancels: frozenset[str], offered: bool = False) -> Context | None:
        """The mention's context, or None when a cue cancels it; `offered` when it may be an offer to everybody."""
        clause, sentence = self.layout.clause_of(mention.start), self.layout.sentence_of(mention.start)
        if not cancels:
            return self._unless_certain(mention, clause, sentence)
        near = self._near(clause, mention)
        condition = self._condition(sentence, mention)
        if not near and not condition and not self._quoted and not self._asks(clause):
            return _BARE if clause == 0 or not self._carried_report(clause) else self._reported(cancels, clause)
        found = self._found(mention, clause, sentence, near)
        if offered:
            found |= {cue.kind: (cue.start, cue.end) for cue in near if cue.kind == "standing"}
        if any(kind in cancels for kind in found if kind != "condition"):
            return None
        if "condition" in cancels and "condition" in found and found["condition"][0] < mention.end:
            return None
        if condition:
            found.setdefault("condition", (condition.start, condition.end))
        return Context(found, _certainty(found))

    def _found(self, mention: Mention, clause: int, sentence: int, near: Sequence[Cue]) -> dict[str, Hole]:
        """The cues that bear on a mention, but for a condition in another clause."""
        view = ClauseView(self.text, mention, [cue for cue in near if not _inside(cue, mention)], near)
        found = view.cues()
        if self._asks(clause):
            found.setdefault("question", (self.text.clauses[clause].end, self.text.clauses[clause].end + 1))
        if report := self._report_elsewhere(mention, clause, sentence):
            found.setdefault("report", report)
        if quoting := self._quoting(mention, clause):
            found.setdefault("report", quoting)
            found["quoting"] = quoting
        if self._asks_to_act(mention, clause, sentence, view):
            found.setdefault("instruction", (mention.start, mention.end))
        return found

    def _unless_certain(self, mention: Mention, clause: int, sentence: int) -> Context:
        """The context of a mention that nothing cancels."""
        found = {
            cue.kind: (cue.start, cue.end)
            for cue in self._near(clause, mention)
            if cue.kind in _UNCERTAIN and not _inside(cue, mention)
        }
        if condition := self._condition(sentence, mention):
            found.setdefault("condition", (condition.start, condition.end))
        return Context(found, _certainty(found)) if found else _BARE

    def _near(self, clause: int, mention: Mention) -> Sequence[Cue]:
        """The cues of a clause, as far as they can matter in a clause of any length."""
        cues = self._by_clause.get(clause, [])
        if len(cues) <= _MANY:
            return cues
        first = bisect_left(cues, mention.start, key=lambda cue: cue.start)
        return cues[max(first - _MANY // 2, 0) : first + _MANY]

    def _condition(self, sentence: int, mention: Mention) -> Cue | None:
        """The last condition of the sentence before the mention."""
        cues = self._conditions.get(sentence, [])
        index = bisect_left(cues, mention.start, key=lambda cue: cue.start)
        return cues[index - 1] if index else None

    def _asks(self, clause: int) -> bool:
        """Whether the clause ends in a question mark, and the question is not how an offer is made: "…, shall we?"."""
        if any(cue.kind == "offer" for cue in self._by_clause.get(clause, ())):
            return False
        clauses = self.text.clauses
        if not 0 <= clause < len(clauses):
            return False
        stop = clauses[clause + 1].start if clause + 1 < len(clauses) else len(self.text.folded)
        return "?" in self.text.folded[clauses[clause].end : stop]

    def _carried_report(self, clause: int) -> Cue | None:
        """A report at the end of the clause before, as in `you said: …`."""
        before = self._by_clause.get(clause - 1, ())
        for cue in before:
            if cue.kind == "report" and cue.end == self.text.clauses[clause - 1].end:
                return cue
        return None

    def _reported(self, cancels: frozenset[str], clause: int) -> Context | None:
        cue = self._carried_report(clause)
        if cue is None:
            return _BARE
        return None if "report" in cancels else Context({"report": (cue.start, cue.end)})

    def _report_elsewhere(self, mention: Mention, clause: int, sentence: int) -> Hole | None:
        if clause > 0 and (cue := self._carried_report(clause)):
            return cue.start, cue.end
        before = bisect_left(self._quoted, (mention.start + 1, 0))
        for start, end in self._quoted[max(before - 3, 0) : before]:
            if mention.end <= end:
                first = self.layout.clause_of(self.text.sentences[sentence].start)
                for index in range(max(first, 0), clause + 1):
                    for cue in self._by_clause.get(index, ()):
                        if cue.kind == "report" and cue.end <= start:
                            return cue.start, cue.end
        return None

    def _quoting(self, mention: Mention, clause: int) -> Hole | None:
        """A cue just before or behind the quotation in which the mention begins or ends: somebody else's words."""
        at = bisect_left(self._quoted, (mention.end, 0))
        for start, end in self._quoted[max(at - 3, 0) : at]:
            if mention.start < end and (mention.start >= start or mention.end <= end):
                last = self.layout.clause_of(end)
                for index in range(max(clause - 1, 0), last + 2):
                    for cue in self._by_clause.get(index, ()):
                        if cue.kind == "quoting" and (
                            0 <= start - cue.end <= _BESIDE or 0 < cue.start - end <= _BESIDE
                        ):
                            return cue.start, cue.end
        return None

    def _asks_to_act(self, mention: Mention, clause: int, sentence: int, view: ClauseView) -> bool:
        """Whether the mention is what a customer may want: "if you want a refund, please write to us"."""
        if view.ours or not any(c.kind == "condition" and c.start < mention.start for c in view.outside):
            return False
        end = self.text.sentences[sentence].end
        for index in range(clause, len(self.text.clauses)):
            if self.text.clauses[index].start >= end:
                return False
            for cue in self._by_clause.get(index, ()):
                if cue.kind in ("instruction", "customer") and cue.start >= mention.end:
                    return True
        return False


def _inside(cue: Cue, mention: Mention) -> bool:
    """Whether a cue is part of the mention's own words."""
    if cue.end <= mention.start or cue.start >= mention.end:
        return False
    return any(start <= cue.start and cue.end <= end for start, end in mention.solids())


def _certainty(found: Mapping[str, Hole]) -> Certainty:
    # What is said to everybody is promised to whom it concerns: 瑕疵品一律換新.
    if "condition" in found or "standing" in found:
        return "conditional"
    return "hedged" if "hedge" in found else "definite"


def quotations(folded: str) -> list[Hole]:
    """The insides of quotation marks; straight ones open and close by turns."""
    found: list[Hole] = []
    straight = -1
    opened: dict[str, int] = {}
    if not any(mark in folded for mark in ('"', *_QUOTES)):
        return found
    for offset, char in enumerate(folded):
        if char == '"':
            if straight >= 0:
                found.append((straight, offset))
            straight = -1 if straight >= 0 else offset + 1
        elif char in _QUOTES:
            opened[_QUOTES[char]] = offset + 1
        elif char in opened:
            found.append((opened.pop(char), offset))
    return sorted(found)

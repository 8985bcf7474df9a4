"""What a sentence says, and a text: facts in order of place, and what else is told by words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

from replylint.facts.context import Context
from replylint.facts.hits import Mention
from replylint.facts.implied import Implied
from replylint.facts.names import FactName
from replylint.source.spans import Span


class Said(NamedTuple):
    """A fact in the folded text; clause and sentence are indexes."""

    name: FactName
    mention: Mention
    context: Context
    clause: int
    sentence: int = 0

    def moved(self, by: int, clause: int, sentence: int) -> Said:
        """The same in the whole text, where its sentence begins at `by` and its clauses count from `clause`."""
        return Said(self.name, self.mention.moved(by), self.context.moved(by), self.clause + clause, sentence)


class Thing(NamedTuple):
    """Something spoken of, and where: texts that name it in different words speak of the same.

    wording: the number of the line that gives its names.
    """

    wording: int
    start: int
    end: int

    def moved(self, by: int) -> Thing:
        """The same in the whole text, where its sentence begins at `by`."""
        return Thing(self.wording, self.start + by, self.end + by)


class Mood(NamedTuple):
    """A word of being pleased, or of not being, and where."""

    pleased: bool
    start: int
    end: int

    def moved(self, by: int) -> Mood:
        """The same in the whole text, where its sentence begins at `by`."""
        return Mood(self.pleased, self.start + by, self.end + by)


class Understood(NamedTuple):
    """What was found in one sentence, or in a whole text: facts, and words that fit any reply, in order of place.

    implied: values that words other than numbers stand for. things: what is spoken of, by any of its names. subjects:
        words before which such is named ("sorry about the …"). moods: words of being pleased or displeased; of those
        that overlap, the longest. verdicts: what only says how good something was. These four only where texts are
        compared.
    terms: what others set ("you have 14 days to …"), or the customer is to do: values there belong to nothing that is
        promised. letters: with what a letter greets or is signed. arrivals: words for how what was promised before
        reaches the customer. houses: where the business calls itself by its name.
    """

    said: tuple[Said, ...] = ()
    generic: tuple[Span, ...] = ()
    implied: tuple[Implied, ...] = ()
    things: tuple[Thing, ...] = ()
    subjects: tuple[Span, ...] = ()
    terms: tuple[Span, ...] = ()
    letters: tuple[Span, ...] = ()
    moods: tuple[Mood, ...] = ()
    verdicts: tuple[Span, ...] = ()
    arrivals: tuple[Span, ...] = ()
    houses: tuple[Span, ...] = ()

    def moved(self, by: int, clause: int, sentence: int) -> Understood:
        """The same in the whole text, where its sentence begins at `by` and its clauses count from `clause`."""
        if not (by or clause or sentence):
            return self
        return Understood(
            tuple([said.moved(by, clause, sentence) for said in self.said]),
            _moved(self.generic, by), _moved(self.implied, by), _moved(self.things, by), _moved(self.subjects, by),
            _moved(self.terms, by), _moved(self.letters, by), _moved(self.moods, by), _moved(self.verdicts, by),
            _moved(self.arrivals, by), _moved(self.houses, by),
        )  # fmt: skip


NOTHING = Understood()
_Moved = TypeVar("_Moved", Span, Implied, Thing, Mood)


def _moved(parts: tuple[_Moved, ...], by: int) -> tuple[_Moved, ...]:
    return tuple([part.moved(by) for part in parts]) if parts else ()


def together(parts: Sequence[Understood]) -> Understood:
    """What several sentences of a text say, one after another."""
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    return Understood(*(tuple(chain.from_iterable(alike)) for alike in zip(*parts, strict=True)))

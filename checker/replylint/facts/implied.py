"""Values that words without a number stand for: no limit, at once.

Phrases such as 「來幾次都不收錢」 or "leave your wallet at home" say how much, and 「喝杯茶的時間」 says how soon.
A lexicon lists them as cues; here they become values, which facts carry where nothing more exact is stated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from replylint.facts.cues import Cue
from replylint.source.spans import Span
from replylint.source.values import Deadline, Duration, Stated, Value

_MEANS: dict[str, tuple[str, Value]] = {
    "unlimited": ("money", Stated.UNLIMITED),
    "at_once": ("deadline", Deadline(within=Duration(Decimal(0), "minute"))),
}


class Implied(NamedTuple):
    """A value found in the folded text by its meaning; has the shape of a `Place`."""

    kind: str
    span: Span
    value: Value

    def moved(self, by: int) -> Implied:
        """The same value, so much later in the text."""
        return Implied(self.kind, Span(self.span.start + by, self.span.end + by), self.value)


def implied(cues: Iterable[Cue]) -> Iterator[Implied]:
    """The values that cues stand for, in order."""
    for cue in cues:
        if cue.kind in _MEANS:
            kind, value = _MEANS[cue.kind]
            yield Implied(kind, Span(cue.start, cue.end), value)

"""What a labelled row says the right answer is.

A row is a case with `facts` (each with `type`, `kind` where the type has kinds, `quote`, other readers' words in
`also`, `disputed` when readers differ), `not_facts` (what must not be read), `canned`, and for verdicts `violates`,
`may_also` and `group`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from replylint.case.model import Case
from replylint.source.spans import Span


@dataclass(frozen=True)
class LabelledFact:
    """A fact as a reader marked it; `places` are all places of its words, or of another reader's, in the reply."""

    type: str
    kind: str | None
    quote: str
    places: tuple[Span, ...]
    disputed: bool = False

    @property
    def name(self) -> str:
        """The type, with the kind where there is one."""
        return f"{self.type}/{self.kind}" if self.kind else self.type


@dataclass(frozen=True)
class Labels:
    """The labels of one case; `violates` is None when the row is about facts alone."""

    lang: str
    facts: tuple[LabelledFact, ...] = ()
    not_facts: tuple[LabelledFact, ...] = ()
    canned: bool | None = None
    violates: frozenset[str] | None = None
    may_also: frozenset[str] = frozenset()
    group: str = ""


def labels_of(case: Case) -> Labels | None:
    """The labels in the row that a case was read from; None when it holds none. The row must be JSON."""
    try:
        row = json.loads(case.source.source.text)
    except json.JSONDecodeError:
        return None
    if not isinstance(row, dict) or not ({"facts", "violates"} & row.keys()):
        return None
    violates = row.get("violates")
    return Labels(
        lang=str(row.get("lang", "")),
        facts=tuple(_facts(row.get("facts"), case)),
        not_facts=tuple(_facts(row.get("not_facts"), case)),
        canned=row.get("canned"),
        violates=None if violates is None else frozenset(violates),
        may_also=frozenset(row.get("may_also", ())),
        group=str(row.get("group", "")),
    )


def _facts(rows: Any, case: Case) -> Iterator[LabelledFact]:
    for row in rows or ():
        spoken = (row["quote"], *row.get("also", ()))
        places = tuple(place for words in spoken for place in _places(words, case.reply.text))
        yield LabelledFact(row["type"], row.get("kind"), row["quote"], places, _disputed(row))


def _disputed(row: Mapping[str, Any]) -> bool:
    return bool(row.get("disputed", False))


def _places(words: str, text: str) -> Iterator[Span]:
    start = text.find(words)
    while words and start >= 0:
        yield Span(start, start + len(words))
        start = text.find(words, start + 1)

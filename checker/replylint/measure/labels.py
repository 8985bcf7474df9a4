"""What a labelled row says the right answer is.

A row is a case with `facts` (each with `type`, `kind` where the type has kinds, `quote`, other readers' words in
`also`, `disputed` when readers differ), `not_facts` (what must not be read), `canned`, and for verdicts `violates`,
`may_also` and `group`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from replylint.case.json_files import read_json
from replylint.case.model import Case
from replylint.case.tree import Tree
from replylint.measure.mistakes import mistakes_of
from replylint.source.problems import Problem
from replylint.source.spans import Span

Categories = Mapping[str, frozenset[str]]
"""Every category of the policy with the names of its rules."""


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
    """The labels of one case.

    violates: None when the row is about facts alone. source: where the row comes from.
    """

    lang: str
    facts: tuple[LabelledFact, ...] = ()
    not_facts: tuple[LabelledFact, ...] = ()
    canned: bool | None = None
    violates: frozenset[str] | None = None
    may_also: frozenset[str] = frozenset()
    group: str = ""
    source: str = ""


def labels_of(case: Case, categories: Categories | None = None) -> Labels | tuple[Problem, ...] | None:
    """The labels in the JSON row that a case was read from, or all that is wrong with them; None when it holds none.

    categories: those that `violates` and `may_also` may name; None when they are not to be checked.
    """
    row = read_json(case.source.source)
    if not isinstance(row, Tree) or not isinstance(row.value, dict) or not ({"facts", "violates"} & row.value.keys()):
        return None
    mistakes = tuple(mistakes_of(row, case.reply.text, categories))
    return mistakes or _labels(row.value, case)


def _labels(row: Mapping[str, Any], case: Case) -> Labels:
    violates = row.get("violates")
    return Labels(
        lang=str(row.get("lang") or ""),
        facts=tuple(_facts(row.get("facts"), case)),
        not_facts=tuple(_facts(row.get("not_facts"), case)),
        canned=row.get("canned"),
        violates=None if violates is None else frozenset(violates),
        may_also=frozenset(row.get("may_also") or ()),
        group=str(row.get("group") or ""),
        source=str(row.get("source") or ""),
    )


def _facts(rows: Any, case: Case) -> Iterator[LabelledFact]:
    for row in rows or ():
        spoken = (row["quote"], *(row.get("also") or ()))
        places = tuple(place for words in spoken for place in _places(words, case.reply.text))
        yield LabelledFact(row["type"], row.get("kind"), row["quote"], places, row.get("disputed") is True)


def _places(words: str, text: str) -> Iterator[Span]:
    start = text.find(words)
    while words and start >= 0:
        yield Span(start, start + len(words))
        start = text.find(words, start + 1)

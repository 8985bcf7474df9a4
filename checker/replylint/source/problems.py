"""What keeps a file from being read, or a verdict from being reached.

A problem is data: the key of its sentence in `messages/`, the place, and the values that the sentence names.
It is turned into words only where it is shown, in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from replylint.source.spans import Location

if TYPE_CHECKING:
    from replylint.source.messages import Lang


@dataclass(frozen=True)
class Said:
    """A piece of a sentence that is itself to be said in the reader's language: a key and its values."""

    key: str
    values: Mapping[str, Saying] = field(default_factory=dict)


# What a sentence's `{name}` can stand for: text as it is, something to be said, or a list of either.
Saying = str | Said | tuple["Saying", ...]


@dataclass(frozen=True)
class Problem:
    """One mistake, told once.

    key: `<layer>.<name>`; the sentence stands in `messages/<layer>.yml` under `<name>`.
    where: the words at fault; None when there is no text to show, as for a missing file.
    values: what the sentence's `{names}` stand for.
    """

    key: str
    where: Location | None = None
    values: Mapping[str, Saying] = field(default_factory=dict)

    def said(self, lang: Lang) -> str:
        """Its place, its sentence and its help in one line, in a language."""
        # The sentences are built on problems, so they are reached for only here.
        from replylint.source.messages import describe

        sentence, advice = describe(self, lang)
        between = "; " if lang == "en" else "；"
        return (f"{self.where}: " if self.where else "") + sentence + (between + advice if advice else "")

    def __str__(self) -> str:
        return self.said("en")


class PolicyError(Exception):
    """The policy or the contract cannot be used; carries every problem found. Its text is one a line, in English."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))

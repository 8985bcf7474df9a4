"""The parts of a text that are read by themselves, and texts that something else was put into."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Literal

from replylint.language import syntax as s
from replylint.language.chunks import line_starts
from replylint.language.mistakes.stop import BLANK, Mistake
from replylint.language.terminals import clause_start
from replylint.source.names import section
from replylint.source.spans import Span


@dataclass(frozen=True)
class Piece:
    """A part of a text that is read by itself, and what it holds.

    clauses, wordings: of a rule or phrase whose head could not be read; `name` is the phrase's, as far as it is known.
    guessed: where words stand that were most likely meant, in place of those that were told.
    """

    text: str
    span: Span
    holds: Literal["start", "clauses", "wordings"] = "start"
    name: str = ""
    guessed: tuple[Span, ...] = ()

    def follows_guess(self, mistake: Mistake) -> bool:
        """Whether a mistake may be one of the guess before it, not of the writer; it is not to be told."""
        at = min(mistake.span.start, mistake.culprit)
        return any(g.start <= at <= g.end for g in self.guessed)

    def begun(self, pattern: re.Pattern[str]) -> list[int]:
        """The lines that begin as a pattern says."""
        return [start for start in line_starts(self.text, self.span) if pattern.match(self.text, start)]

    def keyword(self, line: int) -> str | None:
        """The canonical name of the keyword of the clause that begins at a line."""
        found = clause_start().match(self.text, line)
        return section("keywords").find(found["word"].rstrip(":：" + BLANK)) if found else None


def spellings(written: str) -> tuple[str, ...]:
    """A word of the language, and how else it can be written."""
    for sort in ("keywords", "units"):
        if name := section(sort).find(written):
            return (written, *(form for some in section(sort).spellings[name].values() for form in some))
    return (written,)


def filled(piece: Piece, part: Span, stand_in: str) -> Piece | None:
    """With a stand-in for a part; None when there is no room for it, or it is there already."""
    start = part.end - len(piece.text[part.start : part.end].lstrip())
    if part.end - start < len(stand_in):
        return None
    made = put(piece, Span(start, part.end), stand_in)
    return made if made.text != piece.text else None


def put(piece: Piece, span: Span, words: str) -> Piece:
    """With other words, no longer than these, in the place of some; lines stay where they are."""
    rest = "".join("\n" if c == "\n" else " " for c in piece.text[span.start + len(words) : span.end])
    return replace(piece, text=piece.text[: span.start] + words + rest + piece.text[span.end :])


def statements_of(piece: Piece, read: Any) -> tuple[s.Statement, ...]:
    """The statements that the reading of a piece has made; they stand without a head where it could not be read."""
    if piece.holds == "start":
        return tuple(read)
    name = s.Word(piece.name, Span(piece.span.start, piece.span.start))
    if piece.holds == "clauses":
        return (s.Rule(name, read, piece.span),)
    return (s.Phrase(name, tuple(read), piece.span),)

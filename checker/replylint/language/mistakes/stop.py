"""Where the parser stopped in a statement, and what stands around that place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from replylint.language.terminals import clause_start, statement_start
from replylint.source.names import section
from replylint.source.problems import Saying
from replylint.source.spans import Span

WORD = re.compile(r"[\w\-.]+")
BLANK = " \t\u3000\ufeff"
# The last words before a place need no more text than this.
TAIL = 200
# How far around a place a long line is looked at: mistakes on one line cost no more than on lines of their own.
_REACH = 400


@dataclass(frozen=True)
class Mistake:
    """One mistake: its sentence, the words at fault, and the offset whose clause has to be left out.

    own_line: the line itself begins what could not be read, such as a misspelt keyword. statement: it was meant to
    begin a statement, so that what follows belongs to it.
    """

    key: str
    span: Span
    culprit: int
    values: dict[str, Saying] = field(default_factory=dict)
    own_line: bool = False
    statement: bool = False


@dataclass(frozen=True)
class Stop:
    """Where the parser stopped: the word there, what could have followed, and the line."""

    text: str
    chunk: Span
    word: Span
    line: Span
    expected: frozenset[str]

    @property
    def written(self) -> str:
        """The word itself; a sign is a word of one character."""
        return self.text[self.word.start : self.word.end]

    @property
    def around(self) -> Span:
        """The part of the line that words which belong together with the place can stand in."""
        return Span(max(self.line.start, self.word.start - _REACH), min(self.line.end, self.word.end + _REACH))

    @property
    def first(self) -> bool:
        """Whether nothing stands before it on its line."""
        return not self.text[self.line.start : self.word.start].strip(BLANK)

    @property
    def rest(self) -> str:
        """The line from the word on, without the space at its end."""
        return self.text[self.word.start : self.line.end].rstrip()

    @property
    def at_end(self) -> bool:
        """Whether the words before it simply end: at the end of the statement, at the next clause, or at a joint."""
        begins = any(start().match(self.text, self.line.start) for start in (clause_start, statement_start))
        if self.expected == {"NAME"} and section("keywords").find(self.written) == "reads":
            return True
        if self.clause is not None and is_joint(self.written):
            return not any(is_joint(self.text[w.start : w.end]) for w in (*self.before(1), *self.after(1)))
        return self.word.start >= len(self.text[: self.chunk.end].rstrip()) or (self.first and begins)

    @property
    def clause(self) -> tuple[str, Span] | None:
        """The clause that the place is in: its keyword's canonical name, and where the keyword stands."""
        line = self.line.start
        while line >= self.chunk.start:
            found = clause_start().match(self.text, line, self.chunk.end)
            if found and found.start("word") < self.word.start:
                span = Span(found.start("word"), found.start("word") + len(found["word"].rstrip(":： \t\u3000")))
                name = section("keywords").find(re.sub(r"\s+", " ", self.text[span.start : span.end]))
                return (name, span) if name else None
            line = self.text.rfind("\n", 0, max(line - 1, 0)) + 1 if line else -1
        return None

    def before(self, count: int) -> list[Span]:
        """The words just before the place on its line, with nothing but space between."""
        found = [Span(*m.span()) for m in WORD.finditer(self.text, self.around.start, self.word.start)]
        return [w for w in found[-count:] if re.fullmatch(r"[\w\-.\s]*", self.text[w.start : self.word.start])]

    def after(self, count: int) -> list[Span]:
        """The words just after it."""
        rest = re.compile(r"[ \t\u3000]+([\w\-.]+)")
        spans: list[Span] = []
        at = self.word.end
        while len(spans) < count and (match := rest.match(self.text, at, self.line.end)):
            spans.append(Span(*match.span(1)))
            at = match.end()
        return spans


def is_joint(written: str) -> bool:
    """Whether a word joins conditions."""
    return section("keywords").find(written) in ("and", "or")


def line_at(text: str, at: int) -> Span:
    """The line that a place is on, without its end."""
    end = text.find("\n", at)
    return Span(text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end)

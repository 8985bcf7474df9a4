"""Which clause and which sentence a place of the folded text lies in."""

from __future__ import annotations

from bisect import bisect_right

from replylint.text.model import Text


class Layout:
    """The clauses and sentences of one text, by offset; a place between two belongs to the one before."""

    def __init__(self, text: Text):
        self.text = text
        self._clause_starts = [clause.start for clause in text.clauses]
        self._sentence_starts = [sentence.start for sentence in text.sentences]

    def clause_of(self, offset: int) -> int:
        """The index of the clause that an offset lies in."""
        return max(bisect_right(self._clause_starts, offset) - 1, 0)

    def sentence_of(self, offset: int) -> int:
        """The index of the sentence that an offset lies in."""
        return max(bisect_right(self._sentence_starts, offset) - 1, 0)

"""By what a finding is known again: the words, in the line that they stand in."""

from __future__ import annotations

from functools import lru_cache

from replylint.evaluate.model import Finding, Undecided
from replylint.source.digests import text_digest
from replylint.source.spans import Source, Span

Point = Finding | Undecided


def words_digest(point: Point) -> str:
    """The digest of a finding's words and of the line around them, `sha256:<hex>`.

    It does not change when the line moves in its file, and changes with every edit of the line: `保證` in another
    sentence is another finding.
    """
    if not point.labels:
        return text_digest("")
    where = point.labels[0].where
    source = where.source
    start, end = source.line_at(where.span.start).start, source.line_at(max(where.span.end - 1, where.span.start)).end
    return text_digest(f"{where.words}\n{_line_digest(source, Span(start, end))}")


@lru_cache(maxsize=8)
def _line_digest(source: Source, line: Span) -> str:
    # A reply without line breaks is one line: digested once, however many findings stand in it.
    return text_digest(source.text[line.start : line.end])

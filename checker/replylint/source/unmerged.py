"""Files in which git left two versions beside each other: whoever reads one of them reads what nobody meant."""

from __future__ import annotations

import re

from replylint.source.problems import Problem
from replylint.source.spans import Location, Source, Span

# The signs that git writes at the beginning of a line, and a name after them.
_SIGNS = ("<<<<<<< ", ">>>>>>> ", "||||||| ")
_LINE = re.compile(r"^(?:<<<<<<<|>>>>>>>|\|\|\|\|\|\|\|) .*", re.MULTILINE)


def unmerged(source: Source) -> Problem | None:
    """That a text holds a merge that was not finished, at the first sign of it."""
    if not any(sign in source.text for sign in _SIGNS):
        return None
    found = _LINE.search(source.text)
    return None if found is None else Problem("source.unmerged", Location(source, Span(found.start(), found.end())))


def unmerged_line(line: str, path: str, number: int) -> Problem | None:
    """The same for one line of a file that is read line by line; `number` counts from 1."""
    return unmerged(Source(path, line.rstrip("\r\n"), number)) if line.startswith(_SIGNS) else None

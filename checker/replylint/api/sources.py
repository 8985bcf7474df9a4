"""Cases and reviews from files, folders, globs, and what a program holds itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from replylint.case.given import Given, read_given
from replylint.case.ids import Ids, unique
from replylint.case.model import Case, Read, Skipped, Unreadable
from replylint.case.read import read_all


def read_reviews(*sources: str | Path | Given) -> Iterator[Case | Unreadable]:
    """The reviews of what `read_cases` takes, one by one; the reply of one that has none is empty."""
    for each in _read_sources(sources, reviews=True):
        found = each.review if isinstance(each, Skipped) else each
        if found is not None:
            yield found


def read_cases(*sources: str | Path | Given) -> Iterator[Case | Unreadable]:
    """The cases of files, folders and globs, one by one; what cannot be read is told as `Unreadable`.

    A mapping is a draft that stands in no file, with the fields that a file would state: {"reply": …, "review": {…}}.
    It is read after the files. Places in it name the field and count within its text: `reply:1:14`. Raises TypeError
    for values that no file could hold.
    """
    return (case for case in _read_sources(sources) if not isinstance(case, Skipped))


def _read_sources(sources: tuple[str | Path | Given, ...], reviews: bool = False) -> Iterator[Read]:
    ids = Ids()
    yield from read_all([each for each in sources if not isinstance(each, Mapping)], reviews=reviews, ids=ids)
    yield from unique(read_given([each for each in sources if isinstance(each, Mapping)], reviews), ids)

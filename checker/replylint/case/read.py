"""Reading drafts: any supported file, one case at a time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

from replylint.case.csv_files import Accepts
from replylint.case.find import EMPTY, find_files, regular_file
from replylint.case.formats import cases_in, trees_in
from replylint.case.ids import Ids, unique
from replylint.case.limits import UNSTATED_CURRENCY
from replylint.case.model import Case, Read, Skipped, Unreadable
from replylint.case.taken import Taken
from replylint.case.tree import Tree
from replylint.source.failures import reason_of
from replylint.source.problems import Problem

_Row = TypeVar("_Row")


def read_all(
    paths: Iterable[str | Path], currency: str = UNSTATED_CURRENCY, wanted: Callable[[Path], bool] | None = None,
    reviews: bool = False, ids: Ids | None = None, taken: Taken | None = None,
) -> Iterator[Read]:  # fmt: skip
    """Every case of the given files, folders and globs, lazily and in a stable order; ids are told when they repeat.

    currency: ISO 4217 code of amounts that state none, from the contract. wanted: which of the files to read; the
    others are `Skipped`. reviews: whether a case without a reply is a review that awaits one, which is `Skipped` with
    the review as a case, instead of a mistake. ids: those of cases that were read before. taken: what the files that
    the paths stand for have been found to hold.
    """
    found = _read_found(paths, currency, wanted, reviews) if taken is None else _read_taken(taken, currency, reviews)
    return unique(found, ids or Ids())


def read_beside(paths: Iterable[str | Path], wanted: Callable[[Path], bool], ids: Ids) -> Iterator[Case]:
    """The cases of those files that are not wanted, where there is one that is; their ids are noted.

    What cannot be read among them is left out: it is not judged, and `read_all` tells that its file is skipped.
    """
    files = [found for found in find_files(paths) if isinstance(found, Path)]
    others = [file for file in files if not wanted(file)]
    for file in others if len(others) < len(files) else ():
        for case in read_path(file):
            if isinstance(case, Case):
                ids.first(case)
                yield case


def _read_found(
    paths: Iterable[str | Path], currency: str, wanted: Callable[[Path], bool] | None, reviews: bool
) -> Iterator[Read]:
    for found in find_files(paths):
        if isinstance(found, Skipped) and found.reason.key == EMPTY and wanted is not None:
            yield _not_fetched(found) if wanted(Path(found.path)) else found
        elif not isinstance(found, Path):
            yield found
        elif wanted is None or wanted(found):
            yield from read_path(found, currency, reviews)
        else:
            yield Skipped(found.name, found.as_posix(), Problem("case.skipped-unchanged"))


def _not_fetched(folder: Skipped) -> Unreadable:
    """An empty folder that has changed is a repository in the repository whose files are not here."""
    return Unreadable(folder.id, folder.path, (Problem("case.not-fetched", values={"name": folder.path}),))


def _read_taken(taken: Taken, currency: str, reviews: bool) -> Iterator[Read]:
    for found, content in taken:
        if isinstance(found, Skipped):
            yield found
        else:
            yield from cases_in(io.BytesIO(content), found.as_posix(), currency, reviews)


def read_path(path: str | Path, currency: str = UNSTATED_CURRENCY, reviews: bool = False) -> Iterator[Read]:
    """The cases of one file; JSON Lines and CSV are read row by row. A file that cannot be read is `Unreadable`."""
    path = Path(path)
    yield from _opened(path, lambda stream: cases_in(stream, path.as_posix(), currency, reviews))


def read_trees(path: Path, accepts: Accepts) -> Iterator[Tree | Unreadable]:
    """The rows of a file before the case schema looks at them, for those who read something else from them.

    accepts: whether a table with these columns is one of theirs. Markdown has no rows, so none is read from it.
    """
    yield from _opened(path, lambda stream: trees_in(stream, path.as_posix(), accepts))


def _opened(path: Path, read: Callable[[BinaryIO], Iterator[_Row]]) -> Iterator[_Row | Unreadable]:
    """What is read from a file, or why it cannot be."""
    found = regular_file(path)
    if isinstance(found, Unreadable):
        yield found
        return
    try:
        with path.open("rb") as stream:
            yield from read(stream)
    except OSError as error:
        problem = Problem("case.cannot-open", values={"name": path.as_posix(), "reason": reason_of(error)})
        yield Unreadable(path.name, path.as_posix(), (problem,))


def read_text(
    text: str | bytes, name: str, currency: str = UNSTATED_CURRENCY, reviews: bool = False
) -> Iterator[Read]:
    """The cases of a text; the ending of `name` says which format it has."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return cases_in(io.BytesIO(data), name, currency, reviews)


def read_input(stream: BinaryIO, name: str, reviews: bool = False) -> Iterator[Read]:
    """The cases of a stream, such as standard input, as those of a file of this name; ids are told when they repeat."""
    return unique(cases_in(stream, name, UNSTATED_CURRENCY, reviews), Ids())

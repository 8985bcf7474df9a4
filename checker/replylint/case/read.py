"""Reading drafts: any supported file, one case at a time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from typing import BinaryIO, TypeVar

from replylint.case.bind import bind
from replylint.case.csv_files import read_csv
from replylint.case.encoding import Line, decode, lines
from replylint.case.exports import reviews_of
from replylint.case.find import SUFFIXES, find_files, regular_file
from replylint.case.ids import Ids, unique
from replylint.case.json_files import read_json
from replylint.case.limits import LIMIT, MAX_DOCUMENT_BYTES, UNSTATED_CURRENCY
from replylint.case.markdown import Draft, read_markdown
from replylint.case.model import Case, Read, Skipped, Unreadable
from replylint.case.stated import states_draft, wrong_names
from replylint.case.taken import Taken
from replylint.case.tree import Tree
from replylint.case.yaml_files import read_yaml
from replylint.source.failures import reason_of
from replylint.source.problems import Problem
from replylint.source.spans import Source

_Problems = tuple[Problem, ...]
_Bind = partial[Read]
_Row = TypeVar("_Row")

_ROWS = (".jsonl", ".ndjson")
_YAML = (".yml", ".yaml")
_OFFICE = (".docx", ".doc", ".odt", ".rtf", ".pages", ".pdf")
_SHEETS = (".xlsx", ".xls", ".ods", ".numbers")


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
        if not isinstance(found, Path):
            yield found
        elif wanted is None or wanted(found):
            yield from read_path(found, currency, reviews)
        else:
            yield Skipped(found.name, found.as_posix(), Problem("case.skipped-unchanged"))


def _read_taken(taken: Taken, currency: str, reviews: bool) -> Iterator[Read]:
    for found, content in taken:
        if isinstance(found, Skipped):
            yield found
        else:
            yield from _read(io.BytesIO(content), found.as_posix(), currency, reviews)


def read_path(path: str | Path, currency: str = UNSTATED_CURRENCY, reviews: bool = False) -> Iterator[Read]:
    """The cases of one file; JSON Lines and CSV are read row by row. A file that cannot be read is `Unreadable`."""
    path = Path(path)
    yield from _opened(path, lambda stream: _read(stream, path.as_posix(), currency, reviews))


def read_trees(path: Path, accepts: Callable[[tuple[str, ...]], bool]) -> Iterator[Tree | Unreadable]:
    """The rows of a file before the case schema looks at them, for those who read something else from them.

    accepts: whether a table with these columns is one of theirs. Markdown has no rows, so none is read from it.
    """
    shown = path.as_posix()

    def read(stream: BinaryIO) -> Iterator[Tree | Unreadable]:
        for number, row in enumerate(_trees(stream, shown, accepts), 1):
            yield row if isinstance(row, Tree) else _unread(row, f"{path.stem}#{number}", shown)

    yield from _opened(path, read)


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


def _trees(
    stream: BinaryIO, path: str, accepts: Callable[[tuple[str, ...]], bool]
) -> Iterator[Tree | tuple[Problem, ...]]:
    suffix = PurePath(path).suffix.lower()
    if suffix == ".csv":
        yield from read_csv(lines(stream, path), path, accepts)
    elif suffix in _ROWS:
        yield from _json_rows(lines(stream, path), path)
    else:
        source = decode(stream.read(MAX_DOCUMENT_BYTES + 1), path)
        if isinstance(source, Problem):
            yield (source,)
            return
        found = read_yaml(source) if suffix in _YAML else (read_json(source),)
        for tree in found:
            if isinstance(tree, Tree):
                yield from _cases_in(tree)
            else:
                yield tree if isinstance(tree, tuple) else (tree,)


def read_text(
    text: str | bytes, name: str, currency: str = UNSTATED_CURRENCY, reviews: bool = False
) -> Iterator[Read]:
    """The cases of a text, such as standard input; the ending of `name` says which format it has."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return _read(io.BytesIO(data), name, currency, reviews)


def read_input(stream: BinaryIO, name: str, reviews: bool = False) -> Iterator[Read]:
    """The cases of a stream that may never end; no more is read of it than a document may hold."""
    data = stream.read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        return iter((_whole(name, (Problem("case.input-too-large", values={"limit": LIMIT}),)),))
    return read_text(data, name, reviews=reviews)


def _read(stream: BinaryIO, path: str, currency: str, reviews: bool) -> Iterator[Read]:
    made = partial(bind, currency=currency, reviews=reviews)
    suffix = PurePath(path).suffix.lower()
    if suffix not in SUFFIXES:
        return iter((_whole(path, (_other_format(suffix),)),))
    if suffix in (*_ROWS, ".csv"):
        accepts = _any_columns if reviews else states_draft
        names = partial(wrong_names, reviews=reviews)
        rows = read_csv(lines(stream, path), path, accepts, names) if suffix == ".csv" else _json_rows(
            lines(stream, path), path
        )  # fmt: skip
        return _bind_rows(rows, path, made)
    source = decode(stream.read(MAX_DOCUMENT_BYTES + 1), path)
    if isinstance(source, Problem):
        return iter((_whole(path, (source,)),))
    return _DOCUMENTS[suffix](source, made)


def _any_columns(_: tuple[str, ...]) -> bool:
    return True


def _other_format(suffix: str) -> Problem:
    """What to do with a file that holds no text, or none that is read."""
    if suffix in _OFFICE:
        return Problem("case.office-document", values={"kind": suffix})
    if suffix in _SHEETS:
        return Problem("case.spreadsheet", values={"kind": suffix})
    return Problem("case.format-unknown", values={"known": " ".join(SUFFIXES)})


def _whole(path: str, problems: _Problems) -> Unreadable:
    return Unreadable(PurePath(path).stem, path, problems)


def _json_rows(rows: Iterable[Line | Problem], path: str) -> Iterator[Tree | _Problems]:
    for row in rows:
        if isinstance(row, Problem):
            yield (row,)
        elif text := row.text.strip("\r\n \t"):
            start = row.text.index(text[0])
            yield read_json(Source(path, row.text[: start + len(text)], row.number))


def _bind_rows(rows: Iterable[Tree | _Problems], path: str, made: _Bind) -> Iterator[Read]:
    stem = PurePath(path).stem
    number = 0
    for number, row in enumerate(rows, 1):
        name = f"{stem}#{number}"
        yield made(row, name) if isinstance(row, Tree) else _unread(row, name, path)
    if number == 0:
        yield _whole(path, (Problem("case.empty"),))


def _unread(problems: _Problems, name: str, path: str) -> Unreadable:
    """The row, or with a mistake in the header the file, that problems leave unread."""
    below = next((int(str(p.values["rows"])) for p in problems if "rows" in p.values), None)
    return Unreadable(name, path, problems) if below is None else replace(_whole(path, problems), rows=max(below, 1))


def _markdown(source: Source, made: _Bind) -> Iterator[Read]:
    draft = read_markdown(source)
    if not isinstance(draft, Draft):
        yield _whole(source.path, draft)
        return
    yield made(draft.front, PurePath(source.path).stem, body=draft.body)


def _json(source: Source, made: _Bind) -> Iterator[Read]:
    tree = read_json(source)
    return _bind_trees((tree,), source, made) if isinstance(tree, Tree) else iter((_whole(source.path, tree),))


def _yaml(source: Source, made: _Bind) -> Iterator[Read]:
    return _bind_trees(read_yaml(source), source, made)


def _bind_trees(found: tuple[Tree, ...] | _Problems, source: Source, made: _Bind) -> Iterator[Read]:
    """The cases of whole documents: each is a case, a list of cases, or an answer that wraps such a list."""
    problems = tuple(each for each in found if isinstance(each, Problem))
    if problems:
        yield _whole(source.path, problems)
        return
    stem = PurePath(source.path).stem
    cases = [case for tree in found if isinstance(tree, Tree) for case in _cases_in(tree)]
    if not cases:
        yield _whole(source.path, (Problem("case.empty"),))
    for number, case in enumerate(cases, 1):
        yield made(case, stem if len(cases) == 1 else f"{stem}#{number}")


def _cases_in(tree: Tree) -> Iterator[Tree]:
    wrapped = reviews_of(tree)
    if wrapped is not None:
        yield from wrapped
    elif isinstance(tree.value, list):
        for index in range(len(tree.value)):
            yield tree.child(index)
    elif tree.value is not None:
        yield tree


_DOCUMENTS: dict[str, Callable[[Source, _Bind], Iterator[Read]]] = {
    ".md": _markdown,
    ".txt": _markdown,
    ".yml": _yaml,
    ".yaml": _yaml,
    ".json": _json,
}

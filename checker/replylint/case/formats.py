"""From the bytes of one file to its cases: which format its name says, and what a file of that format holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import BinaryIO

from replylint.case.bind import bind
from replylint.case.csv_files import Accepts, Names, any_names, read_csv
from replylint.case.encoding import Line, decode, lines
from replylint.case.exports import reviews_of
from replylint.case.find import SUFFIXES
from replylint.case.json_files import read_json
from replylint.case.limits import MAX_DOCUMENT_BYTES
from replylint.case.markdown import Draft, read_markdown
from replylint.case.model import Read, Unreadable
from replylint.case.stated import states_draft, wrong_names
from replylint.case.tree import Tree
from replylint.case.yaml_files import read_yaml
from replylint.source.problems import Problem
from replylint.source.spans import Source

_Problems = tuple[Problem, ...]
_Bind = partial[Read]

_ROWS = (".jsonl", ".ndjson", ".csv")
_YAML = (".yml", ".yaml")
_OFFICE = (".docx", ".doc", ".odt", ".rtf", ".pages", ".pdf")
_SHEETS = (".xlsx", ".xls", ".ods", ".numbers")


def cases_in(stream: BinaryIO, path: str, currency: str, reviews: bool) -> Iterator[Read]:
    """The cases of a file; of JSON Lines and CSV row by row, so that one row is in memory at a time.

    currency, reviews: as `bind` has them.
    """
    made = partial(bind, currency=currency, reviews=reviews)
    suffix = PurePath(path).suffix.lower()
    if suffix not in SUFFIXES:
        return iter((_whole(path, (_other_format(suffix),)),))
    if suffix in _ROWS:
        accepts = _any_columns if reviews else states_draft
        return _bind_rows(_rows(stream, path, accepts, partial(wrong_names, reviews=reviews)), path, made)
    source = decode(stream.read(MAX_DOCUMENT_BYTES + 1), path)
    if isinstance(source, Problem):
        return iter((_whole(path, (source,)),))
    return _DOCUMENTS[suffix](source, made)


def trees_in(stream: BinaryIO, path: str, accepts: Accepts) -> Iterator[Tree | Unreadable]:
    """The rows of a file before the case schema looks at them, as `read_trees` has them."""
    for number, row in enumerate(_trees(stream, path, accepts), 1):
        yield row if isinstance(row, Tree) else _unread(row, f"{PurePath(path).stem}#{number}", path)


def _trees(stream: BinaryIO, path: str, accepts: Accepts) -> Iterator[Tree | _Problems]:
    suffix = PurePath(path).suffix.lower()
    if suffix in _ROWS:
        yield from _rows(stream, path, accepts, any_names)
        return
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


def _rows(stream: BinaryIO, path: str, accepts: Accepts, names: Names) -> Iterator[Tree | _Problems]:
    found = lines(stream, path)
    is_table = PurePath(path).suffix.lower() == ".csv"
    return read_csv(found, path, accepts, names) if is_table else _json_rows(found, path)


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

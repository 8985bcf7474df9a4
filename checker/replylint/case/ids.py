"""Ids of cases are stated once, however many files they stand in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from replylint.case.model import Case, Read, Unreadable
from replylint.source.problems import Problem

# A file and a line of it are kept as one number.
_MOST_LINES = 2**32


class Ids:
    """Stated ids and where they were first stated; two numbers for each, so that memory stays small for large files."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}
        self._paths: list[str] = []

    def first(self, case: Case) -> str | None:
        """Note the id that a case states; where another case stated it before."""
        if "id" not in case.fields:
            return None
        digest = int.from_bytes(hashlib.blake2b(case.id.encode(), digest_size=8).digest())
        source = case.source.source
        if digest in self._seen:
            file, line = divmod(self._seen[digest], _MOST_LINES)
            return f"{self._paths[file]}:{line}"
        if not self._paths or self._paths[-1] != source.path:
            self._paths.append(source.path)
        self._seen[digest] = (len(self._paths) - 1) * _MOST_LINES + source.first_line
        return None


def unique(stream: Iterable[Read], ids: Ids) -> Iterator[Read]:
    """The stream, with each case whose stated id an earlier case has stated made `Unreadable`."""
    for each in stream:
        first = ids.first(each) if isinstance(each, Case) else None
        if first is not None and isinstance(each, Case):
            where = each.fields["id"].where
            problem = Problem("case.duplicate-id", where, {"id": each.id, "first": first})
            yield Unreadable(each.id, each.source.source.path, (problem,))
        else:
            yield each

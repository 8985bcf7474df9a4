"""Which drafts a run looks at."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from replylint.case.ids import Ids
from replylint.case.model import Case, Read, Unreadable
from replylint.case.read import read_all, read_beside, read_input
from replylint.case.taken import Taken
from replylint.cli.check.changed import Changes
from replylint.cli.usage import WrongUsage
from replylint.source.problems import Said


@dataclass(frozen=True)
class Drafts:
    """The drafts of a run.

    paths: files, folders and globs. stdin_filename: the name of the file that standard input is read as.
    changes: what has changed in the repository, when only changed drafts are looked at. taken: what the files hold,
    where they have been read already. ids: those met so far.
    """

    paths: tuple[str, ...]
    stdin_filename: str | None = None
    changes: Changes | None = None
    taken: Taken | None = None
    ids: Ids = field(default_factory=Ids)

    def beside(self) -> Iterator[Case]:
        """The drafts that have not changed: they are not judged, but those that are may repeat them, or want the same.

        To be read before the others, so that an id is told where it is stated for the second time.
        """
        return read_beside(self.paths, self.changes.has, self.ids) if self.changes else iter(())

    def read(self) -> Iterator[Read]:
        """The drafts one by one."""
        if self.stdin_filename is not None:
            return read_input(sys.stdin.buffer, self.stdin_filename)
        wanted = self.changes.has if self.changes else None
        return read_all(self.paths, wanted=wanted, ids=self.ids, taken=self.taken)


def earlier(paths: tuple[str, ...]) -> Iterator[Case]:
    """The replies of files given with --history; one that cannot be read would let a repeated reply pass."""
    for case in read_all(paths) if paths else ():
        if isinstance(case, Unreadable):
            first = case.problems[0]
            raise WrongUsage("usage.history", {"path": case.path, "what": Said(first.key, first.values)})
        if isinstance(case, Case):
            yield case


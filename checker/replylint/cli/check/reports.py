"""Where reports go: one to standard output, others to files, all from one run over the drafts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import tee
from pathlib import Path, PurePath

from replylint.cli import printing
from replylint.cli.screen import for_programs
from replylint.cli.usage import WrongUsage
from replylint.render.formats import FORMATS, SUFFIXES, reporter
from replylint.render.options import Entry, Options
from replylint.source.writing import write_file


@dataclass(frozen=True)
class Report:
    """A report asked for: its format, and the file it goes to; None for standard output."""

    format: str
    path: Path | None = None


def reports_for(format_: str, outputs: Sequence[str]) -> tuple[Report, ...]:
    """The report on standard output, then those of each --output: `report.sarif`, or `sarif=any.name`.

    Raises WrongUsage for a file whose format neither a word before it nor its name's ending tells.
    """
    return (Report(format_), *(_report(output) for output in outputs))


def _report(output: str) -> Report:
    format_, equals, path = output.partition("=")
    if equals and format_ in FORMATS and path:
        return Report(format_, Path(path))
    by_name = SUFFIXES.get(PurePath(output).suffix.lower())
    if by_name is None:
        raise WrongUsage("usage.output-format", {"name": output, "known": FORMATS})
    return Report(by_name, Path(output))


def write(reports: Sequence[Report], entries: Iterable[Entry], options: Options) -> None:
    """Write every report; a file is written whole, and only when the run came to its end. Raises OSError."""
    for_programs(reports[0].format)
    pens = [_Pen(report, each, options) for report, each in zip(reports, tee(entries, len(reports)), strict=True)]
    writing = list(pens)
    while writing:
        # The pen that is behind goes on, so that few entries wait for it.
        pen = min(writing, key=lambda pen: pen.taken)
        if not pen.move():
            writing.remove(pen)
    for pen in pens:
        pen.finish()


class _Pen:
    """A report being written."""

    def __init__(self, report: Report, entries: Iterator[Entry], options: Options):
        self.taken = 0
        self._path = report.path
        self._kept: list[str] = []
        plain = options if report.path is None else replace(options, colour=False, quiet=False)
        self._pieces = reporter(report.format)(self._counted(entries), plain)

    def move(self) -> bool:
        """Write the next piece; False when there is none."""
        piece = next(self._pieces, None)
        if piece is None:
            return False
        if self._path is None:
            printing.piece(piece)
        else:
            self._kept.append(piece)
        return True

    def finish(self) -> None:
        """Put a file in its place."""
        if self._path is not None:
            write_file(self._path, "".join(self._kept))

    def _counted(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        for entry in entries:
            self.taken += 1
            yield entry

"""In which format a report is written: as chosen, else as the ending of its file says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from replylint.cli.usage import WrongUsage


def format_of(chosen: str | None, output: str | None, endings: Mapping[str, str]) -> str:
    """The format of a report; text where neither says.

    endings: of file names, with the format that each stands for. Raises WrongUsage for a file whose ending says
    nothing: a report in another format than its reader expects is none.
    """
    if chosen is not None or output is None:
        return chosen or "text"
    found = endings.get(Path(output).suffix.lower())
    if found is None:
        raise WrongUsage("usage.output-ending", {"name": output, "known": tuple(endings)})
    return found

"""Rule files parsed, their lexicon built, and the weights beside it read."""

from __future__ import annotations

from collections.abc import Iterable

from replylint.language import syntax as s
from replylint.source.problems import Problem
from replylint.source.spans import Source


def parse_files(sources: Iterable[Source | Problem]) -> tuple[tuple[s.RuleFile, ...], tuple[Problem, ...]]:
    """The trees of all readable files and the mistakes of all files."""
    # Loaded late: most runs find their trees kept from an earlier one, and making the parser takes a while.
    from replylint.language.parse import parse

    files: list[s.RuleFile] = []
    problems: list[Problem] = []
    for source in sources:
        if isinstance(source, Problem):
            problems.append(source)
            continue
        parsed = parse(source)
        files.append(parsed.file)
        problems += parsed.problems
    return tuple(files), tuple(problems)

"""Rule files parsed, their lexicon built, and the weights beside it read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from replylint.facts.wordings import Lexicon
from replylint.language import syntax as s
from replylint.language.files import read_source, rule_files
from replylint.language.lexicon import build_lexicon
from replylint.source.problems import PolicyError, Problem
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


def load_lexicon(folder: Path) -> Lexicon:
    """The lexicon of a folder of rule files. Raises PolicyError with every mistake found."""
    files, problems = parse_files(_sources(folder))
    lexicon, more = build_lexicon(files)
    if problems or more:
        raise PolicyError((*problems, *more))
    return lexicon


def _sources(folder: Path) -> Iterator[Source | Problem]:
    return (read_source(path) for path in rule_files(folder))

"""Every format a report can be written in."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType

from replylint.evaluate.model import CouldNotCheck, Summary
from replylint.render.options import Entry, Reporter
from replylint.source.problems import PolicyError, Problem

FORMATS = ("text", "json", "sarif", "github", "markdown", "junit")
"""Each is a function in the module of its name."""


def reporter(form: str) -> Reporter:
    """What writes a format; only the one that is asked for is loaded."""
    found: Reporter = getattr(import_module(f"replylint.render.{form}"), form)
    return found


SUFFIXES: Mapping[str, str] = MappingProxyType(
    {".txt": "text", ".json": "json", ".sarif": "sarif", ".md": "markdown", ".xml": "junit"},
)
"""The format that the ending of a report's file name stands for."""


def not_started(error: PolicyError, policy: str, now: dt.datetime) -> Iterator[Entry]:
    """What a reporter is given when the policy cannot be used: problems by file, and a summary of nothing."""
    files: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in error.problems:
        files[problem.where.source.path if problem.where else policy].append(problem)
    yield from (CouldNotCheck("", file, tuple(problems)) for file, problems in files.items())
    yield Summary(0, 0, 0, 0, len(files), 0, 0, {}, policy, "", now)

"""Every format a report can be written in."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from replylint.evaluate.model import CouldNotCheck, Summary
from replylint.render.github import github
from replylint.render.json import json
from replylint.render.junit import junit
from replylint.render.markdown import markdown
from replylint.render.options import Entry, Reporter
from replylint.render.sarif import sarif
from replylint.render.text import text
from replylint.source.problems import PolicyError, Problem

FORMATS: Mapping[str, Reporter] = MappingProxyType(
    {"text": text, "json": json, "sarif": sarif, "github": github, "markdown": markdown, "junit": junit},
)

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

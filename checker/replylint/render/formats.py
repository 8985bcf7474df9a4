"""Every format a report can be written in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import groupby
from types import MappingProxyType

from replylint.evaluate.model import CouldNotCheck, Summary
from replylint.render.github import github
from replylint.render.json import json
from replylint.render.options import Entry, Reporter
from replylint.render.sarif import sarif
from replylint.render.text import text
from replylint.source.problems import PolicyError, Problem

FORMATS: Mapping[str, Reporter] = MappingProxyType(
    {"text": text, "json": json, "sarif": sarif, "github": github},
)


def not_started(error: PolicyError, policy: str, now: dt.datetime) -> Iterator[Entry]:
    """What a reporter is given when the policy cannot be used: problems by file, and a summary of nothing."""
    files = [CouldNotCheck("", file, tuple(ps)) for file, ps in groupby(error.problems, lambda p: _file(p, policy))]
    yield from files
    yield Summary(0, 0, 0, 0, len(files), 0, 0, {}, policy, "", now)


def _file(problem: Problem, policy: str) -> str:
    return problem.where.source.path if problem.where else policy

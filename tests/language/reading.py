"""Rule texts read as a policy would read them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from replylint.contract.load import load
from replylint.contract.model import Contract
from replylint.language.lexicon import build_lexicon
from replylint.language.load import parse_files
from replylint.language.parse import parse
from replylint.language.resolve import resolve
from replylint.language.rules import Rule
from replylint.language.syntax import RuleFile
from replylint.source.problems import Problem
from replylint.source.resources import starter_policy
from replylint.source.spans import Source

HERE = Path(__file__).parent


def table(name: str) -> Any:
    """A table of cases that stands beside the tests."""
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


@cache
def starter_contract() -> Contract:
    """The contract of the starter policy."""
    return load(starter_policy() / "contract.yml")


def sound(text: str) -> RuleFile:
    """The tree of a text that has no mistakes."""
    parsed = parse(Source("sound.rules", text))
    assert parsed.problems == ()
    return parsed.file


def resolved(**texts: str) -> tuple[tuple[Rule, ...], tuple[Problem, ...]]:
    """The rules of some files, given as name=text, and every mistake in them in the order of places."""
    files, problems = parse_files(Source(f"{name}.rules", text) for name, text in texts.items())
    _, wrong = build_lexicon(files)
    rules, unresolved = resolve(files, starter_contract())
    return rules, tuple(sorted((*problems, *wrong, *unresolved), key=_place))


def _place(problem: Problem) -> tuple[str, int]:
    return (problem.where.source.path, problem.where.span.start) if problem.where else ("", 0)

"""The one draft that a command is about."""

from __future__ import annotations

from replylint.case.model import Case, Unreadable
from replylint.case.read import read_all
from replylint.cli.usage import WrongUsage
from replylint.source.problems import Said


def only_case(draft: str) -> Case:
    """The one draft of a file. Raises WrongUsage when it is not one."""
    cases = list(read_all([draft]))
    if len(cases) != 1 or not isinstance(cases[0], Case):
        wrong = next((c for c in cases if isinstance(c, Unreadable)), None)
        what = Said(wrong.problems[0].key, wrong.problems[0].values) if wrong else Said("cli.one-draft")
        raise WrongUsage("usage.no-draft", {"path": draft, "what": what})
    return cases[0]

"""What the tests of this folder share."""

from __future__ import annotations

from replylint.case.model import Case, Skipped, Unreadable
from replylint.case.read import read_text
from replylint.source.spans import Span


def read(text: str | bytes, name: str) -> list[Case | Unreadable | Skipped]:
    return list(read_text(text, name))


def read_case(text: str | bytes, name: str) -> Case:
    (found,) = read(text, name)
    assert isinstance(found, Case), found
    return found


def pieces(case: Case) -> list[str]:
    """The words of the source at which each character of the reply stands."""
    return [case.reply.locate(Span(i, i + 1)).words for i in range(len(case.reply.text))]


def keys(found: Case | Unreadable | Skipped) -> list[str]:
    assert isinstance(found, Unreadable), found
    return [problem.key for problem in found.problems]

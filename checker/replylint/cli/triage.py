"""`replylint triage`: which reviews to work on first, until when, and whom to reach."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import click

from replylint import __version__
from replylint.case.model import Case, Read, Skipped, Unreadable
from replylint.case.read import read_all, read_input
from replylint.cli import printing
from replylint.cli.exits import Exit
from replylint.cli.ground import ground
from replylint.cli.options import colour_option, format_option, lang_option, now_option, policy_option
from replylint.cli.progress import counted
from replylint.cli.screen import coloured, for_programs, width
from replylint.cli.settings import moment
from replylint.cli.telling import tell
from replylint.cli.usage import WrongUsage
from replylint.evaluate.obstacles import refused
from replylint.evaluate.triage import triage as order
from replylint.render.options import Options
from replylint.render.triage.json import triage_json
from replylint.render.triage.text import triage_text
from replylint.source.messages import Lang, describe
from replylint.source.problems import Problem

if TYPE_CHECKING:
    from replylint.evaluate.check import Judge


_MOST_TOLD = 20
"""Of an archive looked at for an earlier moment every later review would be told of; JSON has them all."""


@click.command()
@click.argument("paths", nargs=-1, metavar="REVIEWS...")
@policy_option
@format_option()
@now_option("The moment to look at, as 2026-11-20T10:00+08:00.")
@click.option("--all", "everything", is_flag=True, help="Show also reviews that are neither serious nor due soon.")
@click.option("--stdin-filename", metavar="NAME", help="Read reviews from standard input as if they had this name.")
@colour_option
@lang_option
def triage(
    paths: tuple[str, ...], policy_dir: str | None, format_: str, now: str | None, everything: bool,
    stdin_filename: str | None, color: str, lang: str | None,
) -> int:  # fmt: skip
    """List reviews by severity with their clocks and whom to reach, emergencies first.

    Reads the same files as check; reviews need no reply yet. Exit code 1 when something is overdue or an emergency
    holds.

    \b
    replylint triage reviews.csv drafts/
    replylint triage reviews.jsonl --now 2026-11-21T23:40 --lang zh
    """
    if bool(paths) == (stdin_filename is not None):
        raise WrongUsage("usage.files-or-stdin" if paths else "usage.nothing-named")
    here = ground(policy_dir, lang, paths or (stdin_filename or ".",))
    checker = here.checker_or_tell(moment(now))
    if checker is None:
        return Exit.COULD_NOT_CHECK
    reviews = _Reviews(checker.judge, here.lang)
    cases = list(counted(reviews.of(_read(paths, stdin_filename))))
    found = replace(order(cases, checker.judge), skipped=dict(reviews.skipped))
    options = Options(__version__, here.lang, coloured(color), width=width(), now=found.now)
    problems = reviews.problems if cases or reviews.problems else [Problem("render.triage-nothing")]
    for_programs(format_)
    if format_ == "json":
        printing.pieces(triage_json(found, options, [_told(problem, here.lang) for problem in problems]))
    else:
        printing.pieces(triage_text(found, options, everything) if cases else ())
        if problems:
            tell(problems, lang, here.lang, "cli.reviews-unread", most=_MOST_TOLD)
    return Exit.COULD_NOT_CHECK if problems else Exit.NOT_CLEARED if found.alarms else Exit.CLEARED


def _read(paths: tuple[str, ...], stdin_filename: str | None) -> Iterator[Read]:
    """What stands in the files, or on standard input when it is named."""
    if stdin_filename is None:
        return read_all(paths, reviews=True)
    return read_input(sys.stdin.buffer, stdin_filename, reviews=True)


@dataclass
class _Reviews:
    """Sorts out what is read: reviews, with a reply or without; what is wrong; what is no review, by the reason."""

    judge: Judge
    lang: Lang
    problems: list[Problem] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)

    def of(self, read: Iterable[Read]) -> Iterator[Case]:
        """The reviews without mistakes, one by one."""
        for each in read:
            match each:
                case Unreadable():
                    self.problems += each.placed
                case Skipped(reason=reason, review=None):
                    self.skipped[describe(reason, self.lang)[0]] += 1
                case Skipped(review=Case() as review) | (Case() as review):
                    mistakes = refused(review, self.judge.contract, self.judge.now)
                    self.problems += mistakes
                    yield from () if mistakes else (review,)


def _told(problem: Problem, lang: Lang) -> dict[str, Any]:
    message, help_text = describe(problem, lang)
    return {"key": problem.key, "message": message, "help": help_text or None,
            "where": str(problem.where) if problem.where else None}  # fmt: skip



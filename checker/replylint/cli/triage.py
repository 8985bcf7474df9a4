"""`replylint triage`: which reviews to work on first, until when, and whom to reach."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from replylint import __version__
from replylint.api import Checker
from replylint.case.model import Case, Skipped, Unreadable
from replylint.case.read import read_all, read_text
from replylint.cli.exits import Exit
from replylint.cli.load import load_or_tell
from replylint.cli.policy import tell
from replylint.cli.progress import counted
from replylint.cli.screen import coloured, for_programs, width
from replylint.cli.settings import lang_option, language, moment, policy_option, settings_for
from replylint.cli.usage import WrongUsage
from replylint.evaluate.triage import triage as order
from replylint.render.options import Options
from replylint.render.triage import triage_json, triage_text
from replylint.source.messages import Lang, describe
from replylint.source.problems import Problem


@click.command()
@click.argument("paths", nargs=-1, metavar="REVIEWS...")
@policy_option
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="[default: text]")
@click.option("--now", metavar="TIME", help="The moment to look at, as 2026-11-20T10:00+08:00. [default: the clock]")
@click.option("--all", "everything", is_flag=True, help="Show also reviews that are neither serious nor due soon.")
@click.option("--stdin-filename", metavar="NAME", help="Read reviews from standard input as if they had this name.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="[default: auto]")
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
    if not paths and stdin_filename is None:
        raise WrongUsage("usage.nothing-named")
    if paths and stdin_filename is not None:
        raise WrongUsage("usage.files-or-stdin")
    at = moment(now)
    loaded = load_or_tell(policy_dir, lang, paths or (stdin_filename or ".",))
    if loaded is None:
        return Exit.COULD_NOT_CHECK
    spoken = language(lang, settings_for(Path.cwd())[0])
    checker = Checker(loaded, now=at)
    problems: list[Problem] = []
    skipped: Counter[str] = Counter()
    cases = list(counted(_reviews(paths, stdin_filename, checker, problems, skipped, spoken)))
    found = replace(order(cases, checker.judge), skipped=dict(skipped))
    options = Options(__version__, spoken, coloured(color), width=width(), now=found.now)
    if not cases and not problems:
        problems.append(Problem("render.triage-nothing"))
    told = [_told(problem, spoken) for problem in problems]
    for_programs(format_)
    pieces = triage_json(found, options, told) if format_ == "json" else triage_text(found, options, everything)
    for piece in pieces if cases or format_ == "json" else ():
        click.echo(piece, nl=False, color=True)
    if problems and format_ == "text":
        tell(problems, lang, spoken, "cli.reviews-unread")
    if problems:
        return Exit.COULD_NOT_CHECK
    return Exit.NOT_CLEARED if found.alarms else Exit.CLEARED


def _reviews(
    paths: tuple[str, ...], stdin_filename: str | None, checker: Checker, problems: list[Problem],
    skipped: Counter[str], lang: Lang,
) -> Iterator[Case]:  # fmt: skip
    """The reviews of the files, with a reply or without; what cannot be read, and what is no review, is noted."""
    read = (
        read_all(paths, reviews=True)
        if stdin_filename is None
        else read_text(sys.stdin.buffer.read(), stdin_filename, reviews=True)
    )
    for each in read:
        if isinstance(each, Unreadable):
            problems += each.placed
        elif isinstance(each, Skipped) and each.review is None:
            skipped[describe(each.reason, lang)[0]] += 1
        else:
            case = each.review if isinstance(each, Skipped) else each
            mistakes = checker.judge.mistakes(case) if case is not None else ()
            problems += mistakes
            if case is not None and not mistakes:
                yield case


def _told(problem: Problem, lang: Lang) -> dict[str, Any]:
    message, help_text = describe(problem, lang)
    return {"key": problem.key, "message": message, "help": help_text or None,
            "where": str(problem.where) if problem.where else None}  # fmt: skip



"""`replylint check`: verdicts on drafts."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import click

from replylint import __version__
from replylint.api import Checker
from replylint.case.model import Case, Skipped, Unreadable
from replylint.case.read import Read, read_all, read_text
from replylint.cli.exits import Exit
from replylint.cli.jobs import judge_all, processors
from replylint.cli.progress import counted
from replylint.cli.settings import (
    FAIL_LEVELS,
    PolicyFolder,
    find_policy,
    lang_option,
    language,
    moment,
    policy_option,
    settings_for,
)  # fmt: skip
from replylint.cli.usage import WrongUsage, near
from replylint.evaluate.model import CaseVerdict, CouldNotCheck, Severity, Summary
from replylint.facts.components import UnknownFactError
from replylint.language.book import load_policy
from replylint.render.formats import FORMATS, not_started
from replylint.render.options import Entry, Options
from replylint.source.messages import Lang, describe, say
from replylint.source.problems import PolicyError, Problem, Said
from replylint.text.pipeline import UnknownComponentError


@click.command(
    epilog="The policy is --policy, else `policy` in replylint.toml or [tool.replylint] of pyproject.toml, else a "
    "policy/ folder found upward from the drafts, else the starter policy."
)
@click.argument("paths", nargs=-1)
@policy_option
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="text", help="[default: text]")
@click.option("--fail-level", type=click.Choice(FAIL_LEVELS), help="Findings this bad or worse block. [default: error]")
@click.option("--rule", "only", multiple=True, metavar="NAME", help="Evaluate only this rule; may be repeated.")
@click.option("--now", metavar="TIME", help="The moment of the check, as 2026-11-20T10:00+08:00. [default: the clock]")
@click.option("--stdin-filename", metavar="NAME", help="Read one draft from standard input as if it had this name.")
@click.option("--history", multiple=True, metavar="FILE", help="Earlier replies that no draft should repeat.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes to use for many drafts. [default: the processors]")
@click.option("--quiet", "-q", is_flag=True, help="Show only drafts that are not cleared, and the summary.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="[default: auto]")
@lang_option
def check(
    paths: tuple[str, ...], policy_dir: str | None, format_: str, fail_level: str | None, only: tuple[str, ...],
    now: str | None, stdin_filename: str | None, history: tuple[str, ...], jobs: int | None,
    quiet: bool, color: str, lang: str | None,
) -> int:  # fmt: skip
    """Check drafts: files, folders or globs.

    \b
    replylint check drafts/
    replylint check drafts/0042.md --lang zh
    replylint check reviews.jsonl --format json
    """
    if not paths and stdin_filename is None:
        raise WrongUsage("usage.nothing-named")
    settings, file = settings_for(Path.cwd())
    folder = find_policy(policy_dir, paths or (stdin_filename or "",), settings, file)
    spoken = language(lang, settings)
    options = Options(__version__, spoken, _colour(color), quiet, now=moment(now))
    level = cast(Severity, fail_level or settings.get("fail-level", "error"))
    try:
        loaded = load_policy(folder.path, folder.shown)
        checker = Checker(loaded, level, only, moment(now), tuple(settings.get("components", ())))
        _known_rules(checker)
    except PolicyError as error:
        _write(FORMATS[format_](not_started(error, folder.shown, _now(options)), options))
        return Exit.COULD_NOT_CHECK
    try:
        run = _Run(checker, folder, spoken, tuple(_earlier(history)), jobs or processors())
        run.checker.judge  # noqa: B018 - made now, so that a missing component is told before any draft is read
    except UnknownComponentError as error:
        raise WrongUsage("usage.no-component", {"name": error.name}) from error
    options = Options(__version__, spoken, _colour(color), quiet, now=checker.moment, pages=_pages(checker))
    try:
        _write(FORMATS[format_](run.entries(counted(_read(paths, stdin_filename))), options))
    except UnknownFactError as error:
        raise WrongUsage("usage.component-fact", {"name": error.label}) from error
    return run.exit


def _pages(checker: Checker) -> dict[str, str]:
    return {rule.name: rule.page for rule in checker.policy.rules}


def _now(options: Options) -> dt.datetime:
    return options.now or dt.datetime.now(dt.UTC)


def _colour(choice: str) -> bool:
    return choice == "always" or (choice == "auto" and sys.stdout.isatty())


def _known_rules(checker: Checker) -> None:
    known = [rule.name for rule in checker.policy.rules]
    for name in checker.only:
        if name not in known:
            raise WrongUsage("usage.no-rule", {"name": name, "near": near(name, known)})


def _read(paths: tuple[str, ...], stdin_filename: str | None) -> Iterator[Read]:
    if stdin_filename is None:
        return read_all(paths)
    return read_text(sys.stdin.buffer.read(), stdin_filename)


def _earlier(paths: tuple[str, ...]) -> Iterator[Case]:
    """The replies of files given with --history; one that cannot be read would let a repeated reply pass."""
    for case in read_all(paths) if paths else ():
        if isinstance(case, Unreadable):
            first = case.problems[0]
            raise WrongUsage("usage.history", {"path": case.path, "what": Said(first.key, first.values)})
        if isinstance(case, Case):
            yield case


def _write(pieces: Iterable[str]) -> None:
    for piece in pieces:
        click.echo(piece, nl=False, color=True)


@dataclass
class _Run:
    """One run's entries with what is counted on the way."""

    checker: Checker
    folder: PolicyFolder
    lang: Lang
    history: tuple[Case, ...]
    jobs: int
    verdicts: Counter[str] = field(default_factory=Counter)
    severities: Counter[Severity] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)
    evaluations: int = 0

    def entries(self, cases: Iterable[Read]) -> Iterator[Entry]:
        """The verdicts one by one, the summary last."""
        for entry in judge_all(self.checker.judge, self._kept(cases), self.history, self.jobs):
            self._count(entry)
            yield entry
        if not self.verdicts:
            nothing = CouldNotCheck("", "", (Problem("cli.nothing-to-check"),))
            self._count(nothing)
            yield nothing
        left_out = len(self.checker.policy.rules) - len(self.checker.judge.rules)
        if left_out:
            self.skipped[say("cli.rules-left-out", self.lang)] += left_out
        yield self._summary()

    @property
    def exit(self) -> Exit:
        """The worst that happened."""
        if self.verdicts["could-not-check"]:
            return Exit.COULD_NOT_CHECK
        return Exit.NOT_CLEARED if self.verdicts["blocked"] or self.verdicts["needs-person"] else Exit.CLEARED

    def _kept(self, cases: Iterable[Read]) -> Iterator[Case | Unreadable]:
        for case in cases:
            if isinstance(case, Skipped):
                self.skipped[describe(case.reason, self.lang)[0]] += 1
            else:
                yield case

    def _count(self, entry: CaseVerdict | CouldNotCheck) -> None:
        if isinstance(entry, CouldNotCheck):
            self.verdicts["could-not-check"] += 1
            return
        self.verdicts[entry.verdict] += 1
        self.evaluations += entry.rules_evaluated
        self.severities.update(f.severity for f in entry.findings)
        self.ignored.update(entry.ignored)

    def _summary(self) -> Summary:
        v, policy = self.verdicts, self.checker.policy
        judged = v["cleared"] + v["blocked"] + v["needs-person"]
        return Summary(
            judged, v["cleared"], v["blocked"], v["needs-person"], v["could-not-check"], len(self.checker.judge.rules),
            self.evaluations, dict(self.severities), self.folder.shown, policy.revision, self.checker.moment,
            dict(self.skipped), dict(self.ignored),
        )  # fmt: skip

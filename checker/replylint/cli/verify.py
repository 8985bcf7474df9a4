"""`replylint verify`: may this be posted? Called by whatever posts, right before it does."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import click

from replylint import __version__
from replylint.case.model import Skipped, Unreadable
from replylint.case.read import read_path
from replylint.cli import printing
from replylint.cli.exits import Exit
from replylint.cli.keys import verifying_keys
from replylint.cli.lengths import length
from replylint.cli.options import format_option, lang_option, now_option, policy_option
from replylint.cli.screen import for_programs
from replylint.cli.settings import FAIL_LEVELS, find_policy, language, moment, settings_for
from replylint.cli.telling import could_not, tell
from replylint.cli.usage import WrongUsage
from replylint.receipts.envelope import opened, opened_unsigned
from replylint.receipts.find import Open
from replylint.receipts.posting import Gate, ToPost, not_compared, of_case, of_text
from replylint.receipts.standing import Standing, read_standing
from replylint.receipts.verify import Terms
from replylint.render.options import Options
from replylint.render.verify import Verified, verify_json, verify_lines
from replylint.source.failures import reason_of
from replylint.source.messages import Lang
from replylint.source.problems import PolicyError, Problem

MOST_BYTES = 20_000_000
"""Of a text; no platform takes as much."""


@dataclass(frozen=True)
class Asked:
    """The words of one call of `verify`."""

    receipts: str
    case: str | None
    text: str | None
    draft: str | None
    platform: str | None
    key: tuple[str, ...]
    unsigned: bool
    policy_dir: str | None
    any_policy: bool
    fail_level: str | None
    max_age: str | None
    once: str | None
    print_: bool
    format_: str
    now: str | None
    lang: str | None


@click.command()
@click.option("--receipts", metavar="DIR", required=True, help="The folder that `check --receipts` wrote to.")
@click.option("--case", metavar="FILE", help="The draft that is about to be posted, as a file that `check` reads.")
@click.option("--text", metavar="FILE", help="Only the text that is about to be posted, byte by byte; - for "
              "standard input. The planned actions are not compared.")
@click.option("--draft", metavar="ID", help="With --text: the draft that the text must belong to. With --case: which "
              "draft of the file.")
@click.option("--platform", metavar="NAME", help="Where it is about to be posted; the receipt must be for there.")
@click.option("--key", metavar="FILE", multiple=True, help="Public key whose signature counts; may be repeated. "
              "[default: what REPLYLINT_PUBLIC_KEY holds]")
@click.option("--unsigned", is_flag=True, help="Take receipts that nobody signed, and only those: their origin must "
              "then be known otherwise.")
@policy_option
@click.option("--any-policy", is_flag=True, help="Do not compare the policy with the one that was checked against.")
@click.option("--fail-level", type=click.Choice(FAIL_LEVELS), help="Findings this bad or worse must have blocked.")
@click.option("--max-age", metavar="TIME", help="How old the check may be, as 30m, 24h or 7d.")
@click.option("--once", metavar="FILE", help="Note in this log what was verified, and refuse it the next time.")
@click.option("--print", "print_", is_flag=True, help="With --case: print the verified text, exactly, and nothing "
              "else on standard output.")
@format_option()
@now_option("The moment of posting.")
@lang_option
def verify(**words: Any) -> int:
    """Refuse to post what is not exactly what was checked and cleared.

    \b
    replylint verify --receipts receipts/ --case drafts/0042.md --key replies.key.pub
    replylint verify --receipts receipts/ --text reply.txt --draft 0042 --key replies.key.pub
    replylint verify --receipts receipts/ --case drafts/0042.md --key replies.key.pub --print > reply.txt

    \b
    Exit codes: 0 verified · 1 refused · 2 wrong usage · 3 could not be verified
    """  # fmt: skip
    asked = Asked(**words)
    _together(asked)
    settings, file = settings_for(Path.cwd())
    report = _Report(asked, language(asked.lang, settings), _moment(asked))
    keys = verifying_keys(asked.key, asked.unsigned)
    read: Open = opened_unsigned if asked.unsigned else partial(opened, keys=keys)
    folder = Path(asked.receipts)
    if not folder.is_dir():
        return report.nothing((Problem("receipts.no-folder", values={"folder": asked.receipts}),))
    try:
        terms = _terms(asked, settings, file, report.now)
    except PolicyError as error:
        return report.nothing(error.problems, "receipts.policy-unread")
    gate = Gate(folder, terms, read, Path(asked.once) if asked.once is not None else None)
    return _posted(list(_texts(asked)), gate, report)


def _posted(texts: Sequence[ToPost | Unreadable | Problem], gate: Gate, report: _Report) -> Exit:
    """Whether each may be posted; nothing is, when one of them cannot be read."""
    for each in texts:
        if isinstance(each, Problem):
            return report.nothing((each,))
        if isinstance(each, Unreadable):
            return report.nothing(each.problems, "receipts.case-unread")
    return report.all((each for each in texts if isinstance(each, ToPost)), gate)


@dataclass
class _Report:
    """What is told of a run: line by line as it is known, or as one JSON object at the end."""

    asked: Asked
    lang: Lang
    now: dt.datetime
    found: list[Verified] = field(default_factory=list)

    def nothing(self, problems: tuple[Problem, ...], ending: str = "") -> Exit:
        """Nothing could be verified; ending: the key of the sentence that says how much is wrong."""
        if self.asked.format_ == "json":
            self._json(problems)
        elif ending:
            tell(problems, self.asked.lang, self.lang, ending)
        else:
            for problem in problems:
                could_not(problem, self.lang)
        return Exit.COULD_NOT_CHECK

    def all(self, texts: Iterable[ToPost], gate: Gate) -> Exit:
        """Every posting, the worst of which is the exit code; nothing is printed of a text that is not verified."""
        worst = Exit.CLEARED
        for each in texts:
            outcome = gate.outcome(each)
            self.found.append(Verified(outcome, not_compared(outcome, gate.terms, not self.asked.unsigned)))
            worst = max(worst, _EXITS[self.found[-1].verdict])
            if self.asked.format_ == "text":
                for line in verify_lines(self.found[-1], self.lang):
                    printing.line(line, aside=self.asked.print_ or not outcome.known)
            if self.asked.print_ and outcome.receipt is not None:
                sys.stdout.buffer.write(each.text.encode("utf-8", "surrogatepass"))
            if worst == Exit.COULD_NOT_CHECK:
                break
        if self.asked.format_ == "json":
            self._json(())
        return worst

    def _json(self, errors: tuple[Problem, ...]) -> None:
        for_programs("json")
        for piece in verify_json(self.found, errors, self.now, Options(__version__, self.lang)):
            printing.piece(piece)


_EXITS = {"verified": Exit.CLEARED, "refused": Exit.NOT_CLEARED, "could-not-verify": Exit.COULD_NOT_CHECK}


def _together(asked: Asked) -> None:
    if (asked.case is None) == (asked.text is None):
        raise WrongUsage("usage.case-or-text")
    if asked.print_ and asked.case is None:
        raise WrongUsage("usage.print-needs-case")
    if asked.print_ and asked.format_ != "text":
        raise WrongUsage("usage.print-and-format")
    if asked.any_policy and asked.policy_dir is not None:
        raise WrongUsage("usage.policy-and-any")


def _moment(asked: Asked) -> dt.datetime:
    stated = moment(asked.now) or dt.datetime.now(dt.UTC)
    if stated.tzinfo is None:
        # Which zone is meant only a contract tells, and none is needed here; clocks may have changed since the check.
        raise WrongUsage("usage.moment-without-zone", {"text": asked.now or ""})
    return stated


def _terms(asked: Asked, settings: Mapping[str, Any], file: Path | None, now: dt.datetime) -> Terms:
    """What receipts are asked for. Raises PolicyError when the policy cannot be read."""
    policy = None if asked.any_policy else _policy(asked, settings, file)
    level = asked.fail_level or str(settings.get("fail-level", "error"))
    return Terms(now, policy, level, length(asked.max_age, "--max-age") if asked.max_age is not None else None)


def _policy(asked: Asked, settings: Mapping[str, Any], file: Path | None) -> Standing:
    near = asked.case if asked.case is not None else "."
    found = find_policy(asked.policy_dir, (near,), settings, file)
    bearing = settings.get("components", ()), settings.get("enforcement", {})
    return read_standing(found.path, found.shown, *bearing, own=not found.starter)


def _texts(asked: Asked) -> Iterator[ToPost | Unreadable | Problem]:
    """What is about to be posted: a text, or every draft of a file."""
    if asked.text is not None:
        yield _text(asked, asked.text)
        return
    assert asked.case is not None
    number = 0
    for case in read_path(asked.case):
        if isinstance(case, Unreadable):
            number += 1
            yield case
        elif not isinstance(case, Skipped) and asked.draft in (None, case.id):
            number += 1
            yield of_case(case, asked.platform)
    if number == 0:
        yield Problem("receipts.no-such-draft", values={"path": asked.case, "id": asked.draft or ""})
    elif number > 1 and asked.print_:
        raise WrongUsage("usage.print-one")


def _text(asked: Asked, path: str) -> ToPost | Problem:
    try:
        if path == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
    except OSError as error:
        return Problem("receipts.unreadable", values={"path": path, "reason": reason_of(error)})
    if len(data) > MOST_BYTES:
        return Problem("receipts.text-too-large", values={"path": path})
    return of_text(data, asked.draft, asked.platform)

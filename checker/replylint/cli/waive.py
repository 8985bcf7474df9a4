"""`replylint waive`: writes down that somebody lets a finding stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
import yaml

from replylint.api import Checker
from replylint.case.model import Case, Unreadable
from replylint.case.read import read_all
from replylint.case.waivers import Waiver
from replylint.cli.completion import rule_names
from replylint.cli.exits import Exit
from replylint.cli.load import load_or_tell
from replylint.cli.policy import tell
from replylint.cli.settings import find_policy, lang_option, language, moment, policy_option, settings_for
from replylint.cli.usage import WrongUsage, near
from replylint.render.visible import visible
from replylint.source.messages import Lang, describe, say
from replylint.source.problems import PolicyError, Said
from replylint.source.writing import write_file
from replylint.waivers.apply import Waiving
from replylint.waivers.authority import authority_over, latest_end
from replylint.waivers.file import WAIVERS, load_waivers
from replylint.waivers.identity import Point, words_digest


@click.command()
@click.argument("draft", metavar="DRAFT")
@click.option("--rule", required=True, metavar="NAME", shell_complete=rule_names,
              help="The rule whose findings are let stand.")
@click.option("--words", metavar="TEXT", help="Only the finding of these words. [default: all of the rule]")
@click.option("--by", required=True, metavar="NAME", help="Who lets them stand.")
@click.option("--role", required=True, metavar="ROLE", help="The role in the contract under which they do.")
@click.option("--reason", required=True, metavar="TEXT", help="Why.")
@click.option("--until", metavar="DATE", help="The last day on which it holds. [default: the latest allowed]")
@policy_option
@click.option("--now", metavar="TIME", help="The moment of writing. [default: the clock]")
@lang_option
def waive(
    draft: str, rule: str, words: str | None, by: str, role: str, reason: str, until: str | None,
    policy_dir: str | None, now: str | None, lang: str | None,
) -> int:  # fmt: skip
    """Let a draft's findings of one rule stand: adds to the policy's waivers.yml.

    \b
    replylint waive drafts/0042.md --rule no-guarantees --by 林經理 --role brand_manager \\
      --reason 活動文案經法務確認 --until 2026-12-10
    """
    settings, file = settings_for(Path.cwd())
    folder = find_policy(policy_dir, (draft,), settings, file)
    spoken = language(lang, settings)
    policy = load_or_tell(policy_dir, lang, (draft,))
    if policy is None:
        return Exit.COULD_NOT_CHECK
    checker = Checker(policy, now=moment(now), enforcement=settings.get("enforcement", {}))
    if rule not in checker.enforcements:
        raise WrongUsage("usage.no-rule", {"name": rule, "near": near(rule, sorted(checker.enforcements))})
    case = only_case(draft)
    points = _points(checker, case, rule, words)
    path = folder.path / WAIVERS
    try:
        load_waivers(path, f"{folder.shown}/{WAIVERS}", checker.enforcements)
    except PolicyError as error:  # a broken file is told, not added to
        tell(error.problems, lang, spoken, "cli.mistakes-found")
        return Exit.COULD_NOT_CHECK
    plan = Waiver(rule, case.id, "", reason, by, role, _until(checker, rule, until), case.source)
    waivers = [replace(plan, words=words_digest(point)) for point in points]
    _refuse(checker, case, waivers, spoken)
    _add(path, waivers, points)
    told = {"number": str(len(points)), "rule": rule, "path": f"{folder.shown}/{WAIVERS}", "until": _day(plan.until)}
    click.echo(say("cli.waived", spoken, told))
    return Exit.CLEARED


def only_case(draft: str) -> Case:
    """The one draft of a file. Raises WrongUsage when it is not one."""
    cases = list(read_all([draft]))
    if len(cases) != 1 or not isinstance(cases[0], Case):
        wrong = next((c for c in cases if isinstance(c, Unreadable)), None)
        what = Said(wrong.problems[0].key, wrong.problems[0].values) if wrong else Said("cli.one-draft")
        raise WrongUsage("usage.no-draft", {"path": draft, "what": what})
    return cases[0]


def _points(checker: Checker, case: Case, rule: str, words: str | None) -> Sequence[Point]:
    """What the rule finds in the draft, one for each waiver to be written."""
    verdict = checker.check(case)
    everything: tuple[Point, ...] = (*verdict.findings, *verdict.undecided)
    points = [p for p in everything if p.rule == rule]
    found = [p for p in points if words is None or (p.labels and p.labels[0].where.words == words)]
    if not found:
        known = tuple(visible(p.labels[0].where.words) for p in points if p.labels)
        raise WrongUsage("usage.nothing-to-waive" + ("-words" if known else ""), {"rule": rule, "known": known})
    return list({words_digest(p): p for p in found}.values())


def _until(checker: Checker, rule: str, until: str | None) -> dt.datetime:
    """The moment at which the waiver ends: when the day that was named is over, else as late as the contract allows."""
    contract = checker.policy.contract
    if until is None:
        end = latest_end(authority_over(rule, contract), checker.moment, contract)
        return end.replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        day = dt.date.fromisoformat(until)
    except ValueError as error:
        raise WrongUsage("usage.no-day", {"text": until}) from error
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), contract.calendar.zone)


def _refuse(checker: Checker, case: Case, waivers: Sequence[Waiver], lang: Lang) -> None:
    """Raises WrongUsage when the contract would not take a waiver: written, it would only be refused later."""
    work = Waiving((), checker.policy.contract, checker.enforcements, checker.moment, lang=lang)
    for waiver in waivers:
        fault = work.fault(waiver, case)
        if fault is not None:
            sentence, help_text = describe(fault, lang)
            raise WrongUsage("usage.waiver-refused", {"why": sentence, "help": help_text})


def _add(path: Path, waivers: Sequence[Waiver], points: Sequence[Point]) -> None:
    """Put waivers at the end of the file; what is there already stays as it is. Raises OSError."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if before and not before.endswith("\n"):
        before += "\n"
    write_file(path, before + "".join(map(_entry, waivers, points)))


def _entry(waiver: Waiver, point: Point) -> str:
    words = visible(" ".join(point.labels[0].where.words.split()))[:60] if point.labels else ""
    plain = {
        "rule": waiver.rule, "draft": waiver.draft, "words": waiver.words, "reason": waiver.reason,
        "by": waiver.by, "role": waiver.role, "until": _day(waiver.until),
    }  # fmt: skip
    entry: str = yaml.safe_dump([plain], allow_unicode=True, sort_keys=False, width=1000)
    return f"# {words}\n{entry}"


def _day(until: dt.datetime) -> str:
    """The last day on which a waiver holds."""
    return f"{until - dt.timedelta(seconds=1):%Y-%m-%d}"

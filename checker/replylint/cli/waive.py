"""`replylint waive`: writes down that somebody lets a finding stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from replylint.case.encoding import decode, encoded_like
from replylint.case.model import Case
from replylint.case.waivers import Waiver
from replylint.cli import printing
from replylint.cli.completion import rule_names
from replylint.cli.draft import only_case
from replylint.cli.exits import Exit
from replylint.cli.ground import ground
from replylint.cli.options import lang_option, now_option, policy_option
from replylint.cli.rules import rule_of
from replylint.cli.settings import moment
from replylint.cli.usage import WrongUsage
from replylint.language.files import WAIVERS
from replylint.render.visible import visible
from replylint.source.locks import alone
from replylint.source.messages import Lang, describe, say
from replylint.source.problems import PolicyError
from replylint.source.spans import Source
from replylint.source.writing import rewrite
from replylint.waivers.apply import Waiving, names, wide
from replylint.waivers.authority import authority_over, latest_end
from replylint.waivers.file import load_waivers
from replylint.waivers.identity import Point, words_digest
from replylint.waivers.write import Entry, with_waivers

if TYPE_CHECKING:
    from replylint.api import Checker


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
@now_option("The moment of writing.")
@lang_option
def waive(
    draft: str, rule: str, words: str | None, by: str, role: str, reason: str, until: str | None,
    policy_dir: str | None, now: str | None, lang: str | None,
) -> int:  # fmt: skip
    """Let a draft's findings of one rule stand: adds to the policy's waivers.yml.

    A waiver of the same words that stands there already is replaced, so that it can be renewed.

    \b
    replylint waive drafts/0042.md --rule no-guarantees --by 林經理 --role brand_manager \\
      --reason 活動文案經法務確認 --until 2026-12-10
    """
    here = ground(policy_dir, lang, (draft,))
    if here.folder.starter:
        raise WrongUsage("usage.no-policy-here")
    checker = here.checker_or_tell(moment(now))
    if checker is None:
        return Exit.COULD_NOT_CHECK
    case = only_case(draft)
    points = _points(checker, case, rule, words)
    ends = _until(checker, rule, until)
    plan = Waiver(rule, case.id, "", reason.strip(), by.strip(), role.strip(), ends, case.source)
    _refuse(checker, case, [_for(plan, point) for point in points], here.lang)
    target = WaiversFile(here.folder.path / WAIVERS, f"{here.folder.shown}/{WAIVERS}")
    try:
        entries = _written(target, plan, points, case, checker)
    except PolicyError as error:  # a broken file is told, not added to
        here.tell(error, "cli.mistakes-found")
        return Exit.COULD_NOT_CHECK
    printing.lines(_told(entries, target.shown, here.lang))
    return Exit.CLEARED


def _written(
    target: WaiversFile, plan: Waiver, points: Sequence[Point], case: Case, checker: Checker
) -> Sequence[Entry]:
    """Write a waiver for each point that nothing else waives; what was written. Raises like all that it calls."""
    with alone(target.path.parent):
        there = load_waivers(target.path, target.shown, checker.enforcements)
        points = _not_yet(checker, case, there, points)
        waivers = [_for(plan, point) for point in points]
        entries = [Entry(w, _shown(p), _older(w, case, there)) for w, p in zip(waivers, points, strict=True)]
        target.add(there, entries)
    return entries


def _for(plan: Waiver, point: Point) -> Waiver:
    """The waiver that is planned, for the words of one point."""
    return replace(plan, words=words_digest(point))


@dataclass(frozen=True)
class WaiversFile:
    """The file of waivers, and its name as shown to people."""

    path: Path
    shown: str

    def add(self, there: Sequence[Waiver], entries: Sequence[Entry]) -> None:
        """Write waivers into it. Raises WrongUsage where there is no safe place for them, and OSError."""
        data = self.path.read_bytes() if self.path.exists() else b""
        source = decode(data, self.shown) if data.strip() else Source(self.shown, "")
        text = with_waivers(source, there, entries) if isinstance(source, Source) else None
        if text is None:
            raise WrongUsage("usage.waiver-by-hand", {"path": self.shown})
        try:
            rewrite(self.path, data, encoded_like(text, data))
        except OSError as error:
            error.filename = self.shown
            raise


def _points(checker: Checker, case: Case, rule: str, words: str | None) -> Sequence[Point]:
    """What the rule finds in the draft, one for each waiver to be written. Raises WrongUsage where it finds nothing."""
    rule_of(checker.policy, rule)
    verdict = checker.judge.judge(case)
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
        end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), contract.calendar.zone)
    except (ValueError, OverflowError) as error:
        raise WrongUsage("usage.no-day", {"text": until}) from error
    if end <= checker.moment:
        raise WrongUsage("usage.day-over", {"day": day.isoformat()})
    return end


def _refuse(checker: Checker, case: Case, waivers: Sequence[Waiver], lang: Lang) -> None:
    """Raises WrongUsage when the contract would not take a waiver: written, it would only be refused later."""
    work = Waiving((), checker.policy.contract, checker.enforcements, checker.moment)
    for waiver in waivers:
        fault = work.fault(waiver, case)
        if fault is not None:
            sentence, help_text = describe(fault, lang)
            raise WrongUsage("usage.waiver-refused", {"why": sentence, "help": help_text})


def _not_yet(checker: Checker, case: Case, there: Sequence[Waiver], points: Sequence[Point]) -> Sequence[Point]:
    """The points that nothing waives yet which would stay beside a new waiver: the draft's own waivers, or a pattern.

    Raises WrongUsage when there are none.
    """
    staying = tuple(w for w in there if wide(w))
    work = Waiving(staying, checker.policy.contract, checker.enforcements, checker.moment)
    waived = {words_digest(each.point): each.waiver for each in work.apply(case, checker.judge.judge(case)).waived}
    left = [point for point in points if words_digest(point) not in waived]
    if not left:
        first = waived[words_digest(points[0])]
        values = {"by": first.by, "until": first.last_minute, "place": str(first.where)}
        raise WrongUsage("usage.waived-already", values)
    return left


def _older(waiver: Waiver, case: Case, there: Sequence[Waiver]) -> Waiver | None:
    """The waiver of the same words in the same draft that is in the file already, valid or not."""
    same = (w for w in there if (w.rule, w.words) == (waiver.rule, waiver.words))
    return next((w for w in same if names(w, case) and not wide(w)), None)


def _shown(point: Point) -> str:
    return visible(" ".join(point.labels[0].where.words.split()))[:60] if point.labels else ""


def _told(entries: Sequence[Entry], path: str, lang: Lang) -> Iterator[str]:
    first = entries[0].waiver
    values = {"number": str(len(entries)), "rule": first.rule, "path": path, "until": first.last_day}
    yield say("cli.waived" if len(entries) == 1 else "cli.waived-several", lang, values)
    for old in (each.instead_of for each in entries if each.instead_of is not None):
        values = {"by": visible(old.by), "role": visible(old.role), "until": old.last_minute}
        yield "  " + say("cli.waived-instead", lang, {**values, "reason": visible(old.reason)})

"""`replylint sla`: was the contract kept? Figures and breaches from event logs and from cases with times."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from replylint import __version__
from replylint.case.find import find_files
from replylint.case.limits import UNSTATED_CURRENCY
from replylint.case.model import Case
from replylint.cli import printing
from replylint.cli.endings import format_of
from replylint.cli.exits import Exit
from replylint.cli.ground import Ground, ground
from replylint.cli.options import colour_option, lang_option, now_option, policy_option, written_format_option
from replylint.cli.progress import counted
from replylint.cli.screen import WIDEST, coloured, for_programs, width
from replylint.cli.settings import moment
from replylint.cli.telling import could_not
from replylint.contract.actions import spellings
from replylint.contract.clocks import NAMES, aware
from replylint.contract.model import Contract
from replylint.render.options import Options
from replylint.render.sla.html import sla_html
from replylint.render.sla.json import sla_json
from replylint.render.sla.text import sla_text
from replylint.sla.model import Report
from replylint.sla.read import JudgeCase, Known, read_events
from replylint.sla.report import Intake, Notes, report_on
from replylint.sla.rows import Context
from replylint.sla.store import Store
from replylint.source.messages import say
from replylint.source.problems import PolicyError, Problem
from replylint.source.writing import not_written, write_file

if TYPE_CHECKING:
    from replylint.evaluate.check import Judge

_BY_ROW = (".jsonl", ".ndjson", ".csv")
_FORMATS = ("text", "json", "html")
_ENDINGS = {".txt": "text", ".json": "json", ".html": "html", ".htm": "html"}


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="LOG...")
@policy_option
@written_format_option(_FORMATS)
@click.option("--output", metavar="FILE", help="Write the report to this file instead of showing it.")
@click.option("--clock", "only", multiple=True, type=click.Choice(NAMES), help="Look only at this clock; repeatable.")
@now_option("The moment of the report, as 2026-11-20T10:00+08:00.")
@colour_option
@lang_option
def sla(
    paths: tuple[str, ...], policy_dir: str | None, format_: str | None, output: str | None, only: tuple[str, ...],
    now: str | None, color: str, lang: str | None,
) -> int:  # fmt: skip
    """Say whether the contract's clocks were kept: event logs (JSON Lines, CSV), or cases with times.

    A row of a log names a case, an event (arrived, acknowledged, started, replied, updated, escalated, resolved, …)
    and when it happened. Exit code 0 when every clock was kept, 1 when one was breached or cannot be told.

    \b
    replylint sla events.jsonl
    replylint sla log/ --clock first_reply --lang zh
    replylint sla events.csv --output sla.html
    """
    form = format_of(format_, output, _ENDINGS)
    here = ground(policy_dir, lang, paths)
    contract = here.contract_or_tell()
    if contract is None:
        return Exit.COULD_NOT_CHECK
    colour = coloured(color if output is None or color != "auto" else "never")
    at, store = aware(moment(now) or dt.datetime.now(dt.UTC), contract), Store()
    try:
        report = _measured(paths, contract, _judged(here), at, only, store)
        options = Options(__version__, here.lang, colour, width=width() if output is None else WIDEST, now=at)
        return _told(report, form, _WRITERS[form](report, store, options), output, options)
    except PolicyError as error:
        here.tell(error)
        return Exit.COULD_NOT_CHECK
    finally:
        store.close()


def _measured(
    paths: tuple[str, ...], contract: Contract, judged: JudgeCase, now: dt.datetime,
    only: tuple[str, ...], store: Store,
) -> Report:  # fmt: skip
    notes = Notes()
    context = Context(
        contract.calendar.zone,
        lambda stars: contract.severity_for(stars) or "",
        spellings(contract.actions.values()),
        notes.told,
    )
    intake = Intake(store, notes)
    intake.take(counted(read_events(paths, context, judged, UNSTATED_CURRENCY), _rows(paths)))
    return report_on(intake, contract, now, only, lambda number, cases: counted(cases, number))


def _rows(paths: tuple[str, ...]) -> int:
    """How many rows there are to read, for the bar; only counted where somebody may be waiting for it."""
    if not sys.stderr.isatty():
        return 0
    files = [path for path in find_files(paths) if isinstance(path, Path) and path.suffix.lower() in _BY_ROW]
    return sum(_lines(path) for path in files)


def _lines(path: Path) -> int:
    with contextlib.suppress(OSError), path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    return 0


def _judged(here: Ground) -> JudgeCase:
    """What the policy makes of cases; it is read when the first case is met."""

    @cache
    def judge() -> Judge:
        return here.checker().judge  # made late: logs of events need neither rules nor words

    def known(case: Case) -> Known | tuple[Problem, ...]:
        from replylint.evaluate.obstacles import mistakes

        if found := mistakes(case, judge().contract):
            return found
        situation = judge().situation(case)
        return Known(situation.case, situation.severity or "")

    return known


def _text(report: Report, store: Store, options: Options) -> Iterator[str]:
    return sla_text(report, options)


def _json(report: Report, store: Store, options: Options) -> Iterator[str]:
    return sla_json(report, store.breaches(), options)


def _html(report: Report, store: Store, options: Options) -> Iterator[str]:
    return sla_html(report, options)


_WRITERS: dict[str, Callable[[Report, Store, Options], Iterator[str]]] = {
    "text": _text,
    "json": _json,
    "html": _html,
}


def _told(report: Report, form: str, pieces: Iterator[str], output: str | None, options: Options) -> Exit:
    """Write the report and say how it ends."""
    if output is None:
        for_programs(form)
        printing.pieces(pieces)
    else:
        path = Path(output)
        try:
            write_file(path, "".join(pieces))
        except OSError as error:
            return could_not(not_written(path, error), options.lang)
        printing.line(say("sla.written", options.lang, {"path": path.as_posix()}), aside=True)
    total = report.total
    if report.unread or not (total.kept + total.breached + total.unknown + total.running):
        return Exit.COULD_NOT_CHECK
    return Exit.NOT_CLEARED if total.breached or total.unknown else Exit.CLEARED



"""`replylint drill`: emergency drills held against the contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from replylint import __version__
from replylint.case.model import Unreadable
from replylint.cli import printing
from replylint.cli.endings import format_of
from replylint.cli.exits import Exit
from replylint.cli.ground import ground
from replylint.cli.options import colour_option, lang_option, now_option, policy_option, written_format_option
from replylint.cli.screen import WIDEST, coloured, for_programs, width
from replylint.cli.settings import moment
from replylint.cli.telling import could_not, tell
from replylint.cli.usage import WrongUsage
from replylint.contract.clocks import aware
from replylint.contract.model import Contract
from replylint.contract.terms import EMERGENCIES
from replylint.render.options import Options
from replylint.render.sla.drill import drill_json, drill_text
from replylint.sla.drills.model import Drill, Played
from replylint.sla.drills.play import play
from replylint.sla.drills.read import read_drill
from replylint.sla.drills.template import template
from replylint.source.messages import Lang, say
from replylint.source.moments import shown
from replylint.source.problems import Problem
from replylint.source.writing import create_file, not_written, write_file

_SUFFIXES = (".yml", ".yaml")
_ENDINGS = {".txt": "text", ".json": "json"}


@click.command()
@click.argument("paths", nargs=-1, metavar="SCENARIO...")
@policy_option
@click.option("--template", "wanted", type=click.Choice(EMERGENCIES), help="Write a first drill for this emergency.")
@click.option("--output", metavar="FILE", help="Write to this file instead of showing it.")
@click.option("--force", is_flag=True, help="With --output: replace a file that is there.")
@written_format_option()
@now_option("With --template: when the drill begins.")
@colour_option
@lang_option
def drill(
    paths: tuple[str, ...], policy_dir: str | None, wanted: str | None, output: str | None, force: bool,
    format_: str | None, now: str | None, color: str, lang: str | None,
) -> int:  # fmt: skip
    """Play emergency drills: what the contract asks for in an emergency, and whether it was done.

    A scenario is a YAML file with a timeline of reviews, messages and the team's actions. Exit code 0 when everything
    asked for was done, 1 when something was missed or cannot be told.

    \b
    replylint drill drills/
    replylint drill drills/surge-at-night.yml --lang zh
    replylint drill --template surge --output drills/my-surge.yml
    """
    if bool(paths) == bool(wanted):
        raise WrongUsage("usage.drill-or-template")
    if wanted is not None and output is not None and Path(output).suffix not in _SUFFIXES:
        raise WrongUsage("usage.output-drill", {"name": output, "known": _SUFFIXES})
    form = format_of(format_, output, _ENDINGS) if paths else ""
    here = ground(policy_dir, lang, paths or (".",))
    contract = here.contract_or_tell()
    if contract is None:
        return Exit.COULD_NOT_CHECK
    if wanted is not None:
        return _template(wanted, contract, moment(now), output, force, here.lang)
    colour = coloured(color if output is None or color != "auto" else "never")
    options = Options(__version__, here.lang, colour, width=width() if output is None else WIDEST)
    return _play(_scenarios(paths), contract, form, output, force, options)


def _template(
    emergency: str, contract: Contract, now: dt.datetime | None, output: str | None, force: bool, lang: Lang
) -> Exit:
    if f"emergencies.{emergency}" not in contract:
        raise WrongUsage("usage.no-emergency", {"name": emergency})
    start = shown(aware(now or dt.datetime.now(dt.UTC), contract), contract.calendar.zone)
    text = template(emergency, contract, lang, start.replace(second=0, microsecond=0))
    return _written(text, "yaml", output, force, lang)


def _written(text: str, form: str, output: str | None, force: bool, lang: Lang) -> Exit:
    """Show a text, or write it to a file that is not there yet unless it may be replaced."""
    if output is None:
        for_programs(form)
        printing.piece(text)
        return Exit.CLEARED
    path = Path(output)
    try:
        (write_file if force else create_file)(path, text)
    except FileExistsError:
        raise WrongUsage("usage.exists-force", {"path": path.as_posix()}) from None
    except OSError as error:
        return could_not(not_written(path, error), lang)
    printing.line(say("sla.written", lang, {"path": path.as_posix()}), aside=True)
    return Exit.CLEARED


def _scenarios(paths: Sequence[str]) -> Iterator[Path]:
    """The files named, and those of the folders named, in the order of names."""
    for path in map(Path, paths):
        inside = sorted(p for p in path.iterdir() if p.suffix in _SUFFIXES) if path.is_dir() else [path]
        if not inside:
            raise WrongUsage("usage.no-drills", {"name": path.as_posix()})
        yield from inside


def _play(
    paths: Iterator[Path], contract: Contract, format_: str, output: str | None, force: bool, options: Options
) -> Exit:
    played: list[Played] = []
    problems: list[Problem] = []
    for path in paths:
        found = read_drill(path, contract)
        if isinstance(found, Drill):
            played.append(play(found, contract))
        else:
            problems += Unreadable(path.stem, path.as_posix(), found).placed
    if problems:
        tell(problems, None, options.lang, "sla.drill-mistakes")
        return Exit.COULD_NOT_CHECK
    if format_ == "json":
        text = drill_json(played, contract, options)
    else:
        text = "\n".join("".join(drill_text(each, contract, options)) for each in played)
    ended = _written(text, format_, output, force, options.lang)
    if ended != Exit.CLEARED:
        return ended
    return Exit.NOT_CLEARED if any(each.count("missed") or each.count("unknown") for each in played) else Exit.CLEARED

"""`replylint policy check`: is the policy sound, and does it mean what its owner thinks?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from replylint import __version__
from replylint.case.model import Case, Unreadable
from replylint.cli.exits import Exit
from replylint.cli.screen import coloured, width
from replylint.cli.settings import PolicyFolder, drafts_in, find_policy, lang_option, language, moment, settings_for
from replylint.cli.usage import Group, WrongUsage
from replylint.contract.open_points import open_points
from replylint.language.book import Policy, load_policy
from replylint.language.describe.rule import describe_rule
from replylint.language.files import LEXICON, RULES, WAIVERS, unread_files
from replylint.language.parse import language_of
from replylint.language.rules import Rule
from replylint.language.unused import unused
from replylint.render.options import Options
from replylint.render.problems import problem_lines, problems_text
from replylint.render.style import paint
from replylint.source.messages import Lang, say
from replylint.source.problems import PolicyError, Problem, Said, Saying
from replylint.source.spans import Source

if TYPE_CHECKING:
    from replylint.api import Checker
    from replylint.case.waivers import Waiver
    from replylint.contract.model import Contract


@click.group(cls=Group)
def policy() -> None:
    """Look at a policy: its contract, rules and lexicon."""


@policy.command()
@click.argument("directory", metavar="[DIR]", required=False)
@click.option("--quiet", "-q", is_flag=True, help="Do not say what each rule means.")
@click.option("--now", metavar="TIME", help="The moment at which waivers have to hold. [default: the clock]")
@lang_option
def check(directory: str | None, quiet: bool, now: str | None, lang: str | None) -> int:
    """Validate a policy folder, its waivers too, and say in plain words what each rule means.

    Of a rule file, the folder that it lies in is validated, because rules depend on each other and on the contract.

    \b
    replylint policy check
    replylint policy check policy/rules/no-blame.rules
    replylint policy check policy/ --lang zh
    """
    from replylint.api import Checker

    settings, file = settings_for(Path.cwd())
    folder = find_policy(directory, (".",), settings, file)
    spoken, at = language(lang, settings), moment(now)
    try:
        loaded, waivers = _read(folder)
    except PolicyError as error:
        tell(error.problems, lang, spoken, "cli.mistakes-found")
        return Exit.COULD_NOT_CHECK
    rules = asked_rules(loaded, folder.rule_file)
    if not quiet:
        for line in _meanings(rules, loaded.contract, spoken):
            click.echo(line)
    for line in _left_out(folder.path, loaded, spoken):
        click.echo(line)
    click.echo(_sound(loaded, spoken))
    if not quiet:
        for line in _open_points(loaded.contract, spoken):
            click.echo(line)
    idle = unused(loaded.contract, loaded.rules)
    if idle and not quiet:
        click.echo(_unused(idle, spoken))
    checker = Checker(loaded, now=at, enforcement=settings.get("enforcement", {}), waivers=waivers)
    return _waivers_told(checker, drafts_in(settings, (file or folder.path).parent), spoken)


def _read(folder: PolicyFolder) -> tuple[Policy, tuple[Waiver, ...]]:
    """The policy and its waivers. Raises PolicyError with the mistakes of both."""
    # Loaded here: most commands need of this module only how mistakes are told.
    from replylint.waivers.file import load_waivers

    path, shown = folder.path / WAIVERS, f"{folder.shown}/{WAIVERS}"
    try:
        loaded = load_policy(folder.path, folder.shown)
    except PolicyError as error:
        try:
            load_waivers(path, shown, None)
        except PolicyError as more:
            raise PolicyError((*error.problems, *more.problems)) from more
        raise
    return loaded, load_waivers(path, shown, [rule.name for rule in loaded.rules])


def _waivers_told(checker: Checker, drafts: tuple[str, ...], lang: Lang) -> Exit:
    """How many waivers there are and which of them do not hold; found is one that somebody else should have written."""
    if not checker.waivers:
        return Exit.CLEARED
    faults = list(checker.waiving.faults())
    number, moment_ = len(checker.waivers), checker.moment.isoformat(sep=" ", timespec="minutes")
    values = {"number": str(number), "holding": str(number - len(faults)), "now": moment_}
    click.echo(say("cli.waivers-hold", lang, values))
    for problem, severity in (*faults, *((gone, "warning") for gone in _for_no_draft(checker.waivers, drafts))):
        click.echo()
        click.echo("\n".join(problem_lines(problem, Options(__version__, lang, coloured(), width=width()), severity)))
    return Exit.NOT_CLEARED if any(severity == "error" for _, severity in faults) else Exit.CLEARED


def _for_no_draft(waivers: tuple[Waiver, ...], drafts: tuple[str, ...]) -> Iterable[Problem]:
    """The waivers that mean none of the drafts; none where there are no drafts, or one cannot be read."""
    from replylint.case.read import read_all
    from replylint.waivers.apply import for_no_draft

    cases: list[Case] = []
    for read in read_all(drafts) if drafts else ():
        if isinstance(read, Unreadable):
            return ()
        cases += [read] if isinstance(read, Case) else [read.review] if read.review is not None else []
    return for_no_draft(waivers, cases) if cases else ()


def _open_points(contract: Contract, lang: Lang) -> Iterator[str]:
    """What the contract leaves open, each with its line."""
    points = list(open_points(contract))
    if points:
        yield say("cli.open-points", lang)
    for what, path, level in points:
        place = str(contract.location(path) if path in contract else contract.source.path)
        values: dict[str, Saying] = {"what": Said(f"cli.open-{what}", {"level": level}), "place": place}
        yield "  " + say("cli.open-point", lang, values)


def _unused(idle: Iterable[tuple[str, int]], lang: Lang) -> str:
    places = tuple(Said("cli.unused-place", {"path": path, "line": str(line)}) for path, line in idle)
    return say("cli.unused", lang, {"number": str(len(places)), "places": places})


def tell(
    problems: Iterable[Problem], chosen: str | None, default: Lang, ending: str = "cli.problems-found",
    aside: bool = False,
) -> None:
    """Print problems, each in the language of its own file's keywords unless one was chosen.

    ending: the key of the sentence that says how many there are, and what that means for the command.
    aside: on standard error, beside a report on standard output.
    """
    problems = tuple(problems)
    for source, group in groupby(problems, key=lambda p: p.where.source if p.where else None):
        spoken = _language(source, chosen, default)
        options = Options(__version__, spoken, not aside and coloured(), width=width())
        for piece in problems_text(tuple(group), options):
            click.echo(piece, nl=False, err=aside)
    click.echo(say(ending, default, {"number": str(len(problems))}), err=aside)


def _language(source: Source | None, chosen: str | None, default: Lang) -> Lang:
    if chosen is None and source is not None and source.path.endswith(".rules"):
        return language_of(source.text)
    return default


def asked_rules(policy: Policy, file: str | None) -> tuple[Rule, ...]:
    """The rules of one file of a policy, by its path as places show it; all of them without one.

    Raises WrongUsage where no rule stands in the file.
    """
    found = tuple(rule for rule in policy.rules if file is None or rule.where_stated.source.path == file)
    if not found and file is not None:
        raise WrongUsage("usage.not-in-file", {"name": file})
    return found


def _meanings(rules: Iterable[Rule], contract: Contract, lang: Lang) -> Iterator[str]:
    for rule in rules:
        yield paint(rule.name, "strong", coloured())
        yield from (f"  {sentence}" for sentence in describe_rule(rule, lang, contract))
        yield ""


def _left_out(folder: Path, loaded: Policy, lang: Lang) -> Iterator[str]:
    """Files of the policy from which nothing is read, so that nobody counts on them."""
    for path in (p for part in (RULES, LEXICON) for p in unread_files(folder / part)):
        yield say("cli.not-read", lang, {"path": f"{loaded.folder}/{path.relative_to(folder).as_posix()}"})
    for file in loaded.files:
        if not file.statements:
            yield say("cli.empty-file", lang, {"path": file.source.path})


def _sound(loaded: Policy, lang: Lang) -> str:
    numbers = {"rules": str(len(loaded.rules)), "wordings": f"{len(loaded.matcher.names):,}"}
    return say("cli.policy-sound", lang, {"folder": loaded.folder, **numbers})

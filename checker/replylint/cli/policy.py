"""`replylint policy check`: is the policy sound, and does it mean what its owner thinks?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import click

from replylint import __version__
from replylint.cli.exits import Exit
from replylint.cli.settings import find_policy, lang_option, language, settings_for
from replylint.cli.usage import Group
from replylint.language.book import LEXICON, RULES, Policy, load_policy
from replylint.language.describe import describe_rule
from replylint.language.load import unread_files
from replylint.language.parse import language_of
from replylint.language.unused import unused
from replylint.render.options import Options
from replylint.render.problems import problems_text
from replylint.source.messages import Lang, say
from replylint.source.problems import PolicyError, Problem, Said


@click.group(cls=Group)
def policy() -> None:
    """Look at a policy: its contract, rules and lexicon."""


@policy.command()
@click.argument("directory", metavar="[DIR]", required=False)
@click.option("--quiet", "-q", is_flag=True, help="Do not say what each rule means.")
@lang_option
def check(directory: str | None, quiet: bool, lang: str | None) -> int:
    """Validate a policy folder and say in plain words what each rule means.

    \b
    replylint policy check
    replylint policy check policy/ --lang zh
    """
    settings, file = settings_for(Path.cwd())
    folder = find_policy(directory, (".",), settings, file)
    try:
        loaded = load_policy(folder.path, folder.shown)
    except PolicyError as error:
        tell(error.problems, lang, language(lang, settings), "cli.mistakes-found")
        return Exit.COULD_NOT_CHECK
    spoken = language(lang, settings)
    if not quiet:
        for line in _meanings(loaded, spoken):
            click.echo(line)
    for line in _left_out(folder.path, loaded, spoken):
        click.echo(line)
    click.echo(_sound(loaded, spoken))
    idle = unused(loaded.contract, loaded.rules)
    if idle and not quiet:
        click.echo(_unused(idle, spoken))
    return Exit.CLEARED


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
    for path, group in groupby(problems, key=lambda p: p.where.source.path if p.where else ""):
        for problem in group:
            spoken = _language(problem, path, chosen, default)
            for piece in problems_text((problem,), Options(__version__, spoken)):
                click.echo(piece, nl=False, err=aside)
    click.echo(say(ending, default, {"number": str(len(problems))}), err=aside)


def _language(problem: Problem, path: str, chosen: str | None, default: Lang) -> Lang:
    if chosen is None and problem.where is not None and path.endswith(".rules"):
        return language_of(problem.where.source.text)
    return default


def _meanings(loaded: Policy, lang: Lang) -> Iterator[str]:
    for rule in loaded.rules:
        yield click.style(rule.name, bold=True)
        yield from (f"  {sentence}" for sentence in describe_rule(rule, lang, loaded.contract.actions))
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

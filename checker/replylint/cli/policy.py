"""`replylint policy check`: is the policy sound, and does it mean what its owner thinks?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from replylint import __version__
from replylint.case.model import Case, Unreadable
from replylint.cli import printing
from replylint.cli.exits import Exit
from replylint.cli.ground import ground
from replylint.cli.options import lang_option, now_option
from replylint.cli.rules import asked_rules
from replylint.cli.screen import coloured, width
from replylint.cli.settings import PolicyFolder, drafts_in, moment
from replylint.cli.usage import Group
from replylint.contract.open_points import open_points
from replylint.language.book import Policy, load_policy
from replylint.language.describe.rule import describe_rule, in_plain_text
from replylint.language.files import LEXICON, RULES, WAIVERS, unread_files
from replylint.language.rules import Rule
from replylint.language.unused import unused
from replylint.render.options import Options
from replylint.render.problems import problem_lines
from replylint.render.style import paint
from replylint.render.visible import visible
from replylint.source.messages import Lang, say
from replylint.source.problems import PolicyError, Problem, Said, Saying

if TYPE_CHECKING:
    from replylint.api import Checker
    from replylint.case.waivers import Waiver
    from replylint.contract.model import Contract


@click.group(cls=Group)
def policy() -> None:
    """Look at a policy: its contract, rules and lexicon."""


@policy.command()
@click.argument("directory", metavar="[POLICY]", required=False)
@click.option("--quiet", "-q", is_flag=True, help="Do not say what each rule means.")
@now_option("The moment at which waivers have to hold.")
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

    here, at = ground(directory, lang), moment(now)
    try:
        loaded, waivers = _read(here.folder)
    except PolicyError as error:
        here.tell(error, "cli.mistakes-found")
        return Exit.COULD_NOT_CHECK
    printing.pieces(f"{line}\n" for line in _told(loaded, here.folder, quiet, here.lang))
    checker = Checker(loaded, now=at, enforcement=here.enforcement(loaded), waivers=waivers)
    drafts = drafts_in(here.settings, (here.file or here.folder.path).parent)
    return _waivers_told(checker, drafts, here.lang)


def _told(loaded: Policy, folder: PolicyFolder, quiet: bool, lang: Lang) -> Iterator[str]:
    """What a policy without mistakes means, leaves out and leaves open; quiet: only what is left out of it."""
    rules = asked_rules(loaded, folder.rule_file)
    yield from () if quiet else _meanings(rules, loaded.contract, lang)
    yield from _left_out(folder.path, loaded, lang)
    if bare := tuple(rule.name for rule in rules if not rule.examples):
        yield say("cli.no-examples", lang, {"rules": bare})
    yield _sound(loaded, lang)
    if not quiet:
        yield from _open_points(loaded.contract, lang)
        yield from _unused(unused(loaded.contract, loaded.rules), lang)


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
    printing.line(say("cli.waivers-hold", lang, values))
    for problem, severity in (*faults, *((gone, "warning") for gone in _for_no_draft(checker.waivers, drafts))):
        printing.line("")
        options = Options(__version__, lang, coloured(), width=width())
        printing.pieces(f"{line}\n" for line in problem_lines(problem, options, severity))
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


def _unused(idle: Iterable[tuple[str, int]], lang: Lang) -> Iterator[str]:
    """What the contract states and no rule asks for."""
    places = tuple(Said("cli.unused-place", {"path": path, "line": str(line)}) for path, line in idle)
    if places:
        yield say("cli.unused", lang, {"number": str(len(places)), "places": places})


def _meanings(rules: Iterable[Rule], contract: Contract, lang: Lang) -> Iterator[str]:
    for rule in rules:
        yield paint(rule.name, "strong", coloured())
        yield from (f"  {visible(line)}" for line in in_plain_text(describe_rule(rule, lang, contract)))
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

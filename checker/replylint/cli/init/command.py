"""`replylint init`: a repository of drafts that works at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from replylint.cli import printing
from replylint.cli.exits import Exit
from replylint.cli.init.contract import QUESTIONS, ask_about_contract, contract_with
from replylint.cli.init.files import MARKER, make_files, unfinished
from replylint.cli.init.github import ask_about_github, check_github
from replylint.cli.options import lang_option
from replylint.cli.settings import language_here
from replylint.cli.telling import tell
from replylint.language.files import CONTRACT
from replylint.source.messages import Lang, say
from replylint.source.problems import PolicyError, Said, Saying


@click.command()
@click.argument("folder", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--brand", metavar="NAME", help="The brand in whose name replies are written.")
@click.option("--legal-name", metavar="NAME", help="The company behind it.")
@click.option("--agency", metavar="NAME", help="The team that writes them.")
@click.option("--time-zone", metavar="ZONE", help="Such as Asia/Taipei.")
@click.option("--country", metavar="CODE", help="Whose public holidays count, such as TW.")
@click.option("--refund-limit", metavar="MONEY", help="The most that a reply may promise back, such as 'TWD 500'.")
@click.option("--voucher-limit", metavar="MONEY", help="The same for vouchers.")
@click.option("--manager", metavar="NAME", help="Who decides for the brand.")
@click.option("--manager-channel", metavar="TEXT", help="How to reach that person.")
@click.option("--owners", metavar="NAMES", help="GitHub users or teams of the brand's side, such as @acme/brand; only "
              "they may then change the policy.")
@click.option("--action", metavar="OWNER/REPO@COMMIT", help="Let the workflow use this action; without it, it installs "
              "the package.")
@click.option("--yes", "-y", is_flag=True, help="Ask nothing: what no option says stays as in the starter contract.")
@lang_option
def init(
    folder: Path, owners: str | None, action: str | None, yes: bool, lang: str | None, **stated: str | None
) -> int:
    """Make a repository of drafts: policy, example drafts, hook, workflow, CODEOWNERS.

    Files that are there already are left as they are, so that it can be run again.

    \b
    replylint init replies --brand 青禾茶食 --refund-limit "TWD 500"
    """
    spoken = language_here(lang)
    answers = {name: value for name, value in stated.items() if value}
    github = {name: value for name, value in (("owners", owners), ("action", action)) if value}
    if not yes and not (folder / "policy" / CONTRACT).exists():
        if sys.stdin.isatty():
            answers |= ask_about_contract(answers, spoken)
            github |= ask_about_github(github, spoken)
        elif len(answers) < len(QUESTIONS):
            printing.line(say("cli.init-not-asked", spoken), aside=True)
    check_github(github)
    try:
        contract = contract_with(answers)
    except PolicyError as error:
        tell(error.problems, lang, spoken, "cli.mistakes-found")
        return Exit.USAGE
    made = make_files(folder, contract, github, spoken)
    printing.lines(_next(folder, made, spoken))
    return Exit.CLEARED


def _next(folder: Path, made: int, lang: Lang) -> Iterator[str]:
    """What is to be done with the files: tried, and finished where only the reader knows what belongs there."""
    if made:
        where: Saying = Said("cli.init-here" if folder == Path() else "cli.init-in", {"folder": folder.as_posix()})
        yield from say("cli.init-done", lang, {"where": where}).split("\n")
    else:
        yield say("cli.init-nothing", lang)
    for path in unfinished(folder):
        yield say("cli.init-replace", lang, {"path": path, "marker": MARKER})

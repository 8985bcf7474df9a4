"""`replylint fmt`: rule files in canonical form."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import click

from replylint.cli.exits import Exit
from replylint.cli.policy import tell
from replylint.cli.settings import lang_option, language
from replylint.cli.usage import WrongUsage
from replylint.language.format import format_file
from replylint.language.load import read_source, rule_files
from replylint.language.parse import parse
from replylint.source.messages import Lang, say
from replylint.source.problems import Problem, Said
from replylint.source.writing import written


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 when a file would change.")
@click.option("--diff", "show_diff", is_flag=True, help="Change nothing; show what would change.")
@click.option("--keywords", type=click.Choice(["en", "zh"]), help="Turn keywords and names into this language.")
@lang_option
def fmt(paths: tuple[str, ...], only_check: bool, show_diff: bool, keywords: str | None, lang: str | None) -> int:
    """Write rule files in canonical form; comments are kept.

    \b
    replylint fmt policy/
    replylint fmt policy/rules/refund.rules --keywords zh
    """
    spoken = language(lang)
    files = tuple(_files(paths))
    if not files:
        click.echo(say("cli.no-rule-files", spoken), err=True)
        return Exit.COULD_NOT_CHECK
    worst = Exit.CLEARED
    for path in files:
        worst = max(worst, _one(path, only_check, show_diff, cast("Lang | None", keywords), lang))
    return worst


def _files(paths: tuple[str, ...]) -> Iterator[Path]:
    for name in paths:
        path = Path(name)
        if not path.exists():
            raise WrongUsage("usage.no-file", {"name": name})
        yield from rule_files(path) if path.is_dir() else (path,)


def _one(path: Path, only_check: bool, show_diff: bool, keywords: Lang | None, lang: str | None) -> Exit:
    source = read_source(path)
    if isinstance(source, Problem):
        tell((source,), lang, language(lang), "cli.mistakes-found")
        return Exit.COULD_NOT_CHECK
    parsed = parse(source)
    if parsed.problems:
        tell(parsed.problems, lang, language(lang), "cli.mistakes-found")
        return Exit.COULD_NOT_CHECK
    formatted = format_file(parsed.file, keywords)
    if formatted == source.text:
        return Exit.CLEARED
    if show_diff:
        before, after = source.text.splitlines(), formatted.splitlines()
        for line in difflib.unified_diff(before, after, str(path), str(path), lineterm=""):
            click.echo(line)
    if only_check or show_diff:
        click.echo(say("cli.would-format", language(lang), {"path": str(path)}))
        return Exit.NOT_CLEARED
    failed = written(path, formatted)
    if failed is not None:
        tell_one(failed, language(lang))
        return Exit.COULD_NOT_CHECK
    click.echo(say("cli.formatted", language(lang), {"path": str(path)}))
    return Exit.CLEARED


def tell_one(problem: Problem, lang: Lang) -> None:
    """Print the one thing that went wrong outside of any file's text."""
    click.echo(say("usage.wrong", lang, {"what": Said(problem.key, problem.values)}), err=True)

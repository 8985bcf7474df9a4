"""`replylint fmt`: rule files in canonical form."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import click

from replylint.cli import printing
from replylint.cli.exits import Exit
from replylint.cli.options import lang_option
from replylint.cli.settings import find_policy, language, settings_for, short_path
from replylint.cli.telling import could_not, tell
from replylint.cli.usage import WrongUsage
from replylint.contract.load import load
from replylint.language.files import CONTRACT, decode, read_source, rule_files
from replylint.language.format import format_file
from replylint.language.own_names import with_titles
from replylint.language.parse import parse
from replylint.language.syntax import RuleFile
from replylint.render.visible import visible
from replylint.source.failures import ChangedError
from replylint.source.locks import alone
from replylint.source.messages import Lang, say
from replylint.source.problems import PolicyError, Problem
from replylint.source.spans import Source
from replylint.source.writing import not_written, rewrite

# A rule file lies in its policy's folder, in `rules`, or in a folder of that.
_DEEPEST = 4


@click.command()
@click.argument("paths", nargs=-1, metavar="[POLICY]...")
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 when a file would change.")
@click.option("--diff", "show_diff", is_flag=True, help="Change nothing; show what would change.")
@click.option("--keywords", type=click.Choice(["en", "zh"]), help="Turn keywords and names into this language.")
@lang_option
def fmt(paths: tuple[str, ...], only_check: bool, show_diff: bool, keywords: str | None, lang: str | None) -> int:
    """Write rule files in canonical form; comments are kept. Without POLICY, those of the policy found from here.

    \b
    replylint fmt
    replylint fmt policy/
    replylint fmt policy/rules/refund.rules --keywords zh
    """
    settings, file = settings_for(Path.cwd())
    spoken = language(lang, settings)
    files = tuple(_files(paths)) if paths else rule_files(_folder(settings, file))
    if not files:
        printing.line(say("cli.no-rule-files", spoken), aside=True)
        return Exit.COULD_NOT_CHECK
    worst = Exit.CLEARED
    for path in files:
        worst = max(worst, _one(path, only_check or show_diff, show_diff, cast("Lang | None", keywords), lang, spoken))
    return worst


def _folder(settings: Mapping[str, Any], file: Path | None) -> Path:
    """The policy found from here; the one that ships with the tool is nobody's to rewrite."""
    folder = find_policy(None, (".",), settings, file)
    if folder.starter:
        raise WrongUsage("usage.nothing-to-format")
    return folder.path


def _files(paths: tuple[str, ...]) -> Iterator[Path]:
    for name in paths:
        path = Path(name)
        if not path.exists():
            raise WrongUsage("usage.no-file", {"name": name})
        if path.name == CONTRACT:
            raise WrongUsage("usage.contract-not-formatted", {"name": name})
        if not path.is_dir() and path.suffix != ".rules":
            raise WrongUsage("usage.no-rule-file", {"name": name})
        yield from rule_files(path) if path.is_dir() else (path,)


def _one(path: Path, keep: bool, show_diff: bool, keywords: Lang | None, chosen: str | None, lang: Lang) -> Exit:
    """One file, which stays as it is with `keep`; its mistakes are told in its own language unless one was chosen."""
    source = read_source(path)
    if isinstance(source, Problem):
        tell((source,), chosen, lang, "cli.mistakes-found")
        return Exit.COULD_NOT_CHECK
    parsed = parse(source)
    if parsed.problems:
        tell(parsed.problems, chosen, lang, "cli.mistakes-found")
        return Exit.COULD_NOT_CHECK
    try:
        formatted = format_file(_in_language(parsed.file, path, keywords), keywords)
    except PolicyError as error:
        tell(error.problems, chosen, lang, "cli.mistakes-found")
        return Exit.COULD_NOT_CHECK
    if formatted == source.text:
        return Exit.CLEARED
    if show_diff:
        before, after = (list(map(visible, text.splitlines())) for text in (source.text, formatted))
        printing.lines(difflib.unified_diff(before, after, visible(str(path)), visible(str(path)), lineterm=""))
    if keep:
        printing.line(say("cli.would-format", lang, {"path": str(path)}))
        return Exit.NOT_CLEARED
    try:
        _write(path, source, formatted)
    except OSError as error:
        return could_not(not_written(path, error), lang)
    printing.line(say("cli.formatted", lang, {"path": str(path)}))
    return Exit.CLEARED


def _in_language(file: RuleFile, path: Path, keywords: Lang | None) -> RuleFile:
    """The file with the names of its policy's contract as a language calls them; as it is without such a contract.

    Raises PolicyError when the contract has mistakes: what its names are called is then not known.
    """
    folders = [*path.absolute().parents][:_DEEPEST]
    contract = next((folder / CONTRACT for folder in folders if (folder / CONTRACT).is_file()), None)
    if keywords is None or contract is None:
        return file
    return with_titles(file, load(contract, short_path(contract)), keywords)


def _write(path: Path, source: Source, formatted: str) -> None:
    """Put the canonical form in a file's place. Raises ChangedError, and OSError."""
    with alone(path.parent):
        data = path.read_bytes()
        if decode(data, source.path) != source:
            raise ChangedError(None, None, str(path))
        rewrite(path, data, formatted.encode())

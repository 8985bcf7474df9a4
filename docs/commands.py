"""The reference of all commands, from their help, in English and Chinese."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import click

from replylint.cli.help import spoken, translated
from replylint.cli.main import cli
from replylint.source.messages import Lang

_MADE = "<!-- made by `make docs` from the help of the commands -->"
_HEAD: dict[Lang, str] = {
    "en": "# Commands\n\nWhat `replylint COMMAND --help` says. In Chinese: [cli.zh-TW.md](cli.zh-TW.md).",
    "zh": "# 指令\n\n`replylint 指令 --help` 的內容。英文版：[cli.md](cli.md)。",
}
_COLUMNS: dict[Lang, str] = {"en": "| option | |\n|---|---|", "zh": "| 選項 | |\n|---|---|"}
_NAMES: dict[Lang, str] = {"en": "cli.md", "zh": "cli.zh-TW.md"}


def command_pages() -> Iterator[tuple[str, str]]:
    """Name and text of the page in each language."""
    for lang in _HEAD:
        top = click.Context(cli, info_name="replylint")
        yield _NAMES[lang], "\n".join([_MADE, _HEAD[lang], "", *_command(cli, top, lang)])


def _command(command: click.Command, ctx: click.Context, lang: Lang) -> Iterator[str]:
    yield f"## {ctx.command_path}\n"
    yield f"```text\n{' '.join([ctx.command_path, *command.collect_usage_pieces(ctx)])}\n```\n"
    yield from _prose(command.help, lang)
    options = [p for p in command.get_params(ctx) if isinstance(p, click.Option) and "--help" not in p.opts]
    if options:
        yield _COLUMNS[lang]
        yield from (_option(option, ctx, lang) for option in options)
        yield ""
    yield from _prose(command.epilog, lang)
    for name in command.list_commands(ctx) if isinstance(command, click.Group) else ():
        below = command.get_command(ctx, name) if isinstance(command, click.Group) else None
        assert below is not None, name
        yield from _command(below, click.Context(below, info_name=name, parent=ctx), lang)


def _prose(text: str | None, lang: Lang) -> Iterator[str]:
    """Paragraphs, and examples as blocks of their own."""
    for paragraph in inspect.cleandoc(text or "").split("\n\n") if text else ():
        said = translated(paragraph, lang)
        yield f"```text\n{said[1:].strip()}\n```\n" if said.startswith("\b") else said + "\n"


def _option(option: click.Option, ctx: click.Context, lang: Lang) -> str:
    names, _ = option.get_help_record(ctx) or ("", "")
    meaning = spoken(option.help or "", lang)
    return f"| `{_cell(names)}` | {_cell(re.sub(r'<', '&lt;', meaning))} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")

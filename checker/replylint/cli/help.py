"""Help in the reader's language.

The English words stand with the commands, where they are kept true; `messages/help.yml` has them in Chinese. They are
exchanged where help is written, so that commands know nothing of it and nothing is loaded before somebody asks.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from replylint.cli.usage import reader

if TYPE_CHECKING:
    from replylint.source.messages import Lang

# What stays on one line: a Latin word, or a Chinese character, each with the signs and the blanks after it.
_PIECE = re.compile(r"[「（【]*(?:[!-~]+|.)[。，、；：！？」）】…]*\s*", re.DOTALL)
_NOTE = re.compile(r"  \[[^\]]*\]$")


class SpokenContext(click.Context):
    """A context whose help is in the reader's language."""

    def make_formatter(self) -> click.HelpFormatter:
        """What help is written with."""
        if reader(sys.argv[1:]) == "en":
            return super().make_formatter()
        return _ChineseHelp(width=self.terminal_width, max_width=self.max_content_width)


class _ChineseHelp(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix=f"{spoken('Usage', 'zh')}：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{spoken(heading, 'zh')}：\n")

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        paragraphs = translated(text, "zh").split("\n\n")
        for paragraph in paragraphs:
            fixed = paragraph.startswith("\b")
            lines = [paragraph.lstrip("\b\n")] if fixed else _wrapped(paragraph, self._room(indent))
            self.write(indent + f"\n{indent}".join("\n".join(lines).splitlines()) + "\n")
            self.write("" if paragraph is paragraphs[-1] else "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        rows = list(rows)
        widest = max((len(first) for first, _ in rows if len(first) <= col_max), default=col_max)
        indent = " " * (self.current_indent + widest + col_spacing)
        for first, second in rows:
            head = f"{'':>{self.current_indent}}{first}"
            lines = _wrapped(_meaning(second), self._room(indent))
            beside = f"{head:<{len(indent)}}" if len(first) <= widest else f"{head}\n{indent}"
            self.write((beside + f"\n{indent}".join(lines)).rstrip() + "\n")

    def _room(self, indent: str) -> int:
        return max(self.width - len(indent), 20)


def _wrapped(text: str, columns: int) -> list[str]:
    """Lines of so many columns: between Chinese characters, never inside a Latin word or before a closing sign."""
    from rich.cells import cell_len  # only for help in Chinese

    lines, line = [], ""
    for piece in _PIECE.findall(text):
        if line and cell_len(line + piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _meaning(text: str) -> str:
    """What an option or a command does, in Chinese; click has put its own notes after it, or cut it short."""
    note = _NOTE.search(text)
    if note is not None:
        return spoken(text[: note.start()], "zh") + _noted(note[0])
    if text.endswith("..."):
        whole = [sentence for sentence in _table() if sentence.startswith(text[:-3])]
        return _table()[whole[0]] if whole else text
    return spoken(text, "zh")


def _noted(note: str) -> str:
    """One of click's own notes in Chinese: `[required]`, `[default: 5]`, or both with `; ` between them."""
    parts = (part.partition(": ") for part in note.strip()[1:-1].split("; "))
    return f"[{'；'.join(spoken(name, 'zh') + ('：' if colon else '') + value for name, colon, value in parts)}]"


def translated(text: str, lang: Lang) -> str:
    """Help of several paragraphs; examples, which are no sentences, stay as they are."""
    return "\n\n".join(_paragraph(paragraph, lang) for paragraph in inspect.cleandoc(text).split("\n\n"))


def _paragraph(paragraph: str, lang: Lang) -> str:
    if not paragraph.startswith("\b"):
        return spoken(paragraph, lang)
    plain = " ".join(paragraph[1:].split())
    return f"\b\n{_table()[plain]}" if lang == "zh" and plain in _table() else paragraph


def spoken(sentence: str, lang: Lang) -> str:
    """A sentence of the help in a language; as it is when there is no other."""
    plain = " ".join(sentence.split())
    return plain if lang == "en" else _table().get(plain, plain)


def sentences(command: click.Command, ctx: click.Context) -> Iterator[str]:
    """Every sentence of a command's help that has to be there in both languages."""
    for text in (command.help, command.epilog):
        plain = (" ".join(p.replace("\b", " ").split()) for p in inspect.cleandoc(text or "").split("\n\n"))
        yield from (sentence for sentence in plain if sentence and not sentence.startswith("replylint "))
    yield from (" ".join(p.help.split()) for p in command.get_params(ctx) if isinstance(p, click.Option) and p.help)


def _table() -> Mapping[str, str]:
    from replylint.source.resources import message_table

    table: Any = message_table("help")
    return {entry["en"]: entry["zh"] for entry in table.values()}

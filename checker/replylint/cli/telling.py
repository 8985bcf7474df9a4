"""What is wrong, told by every command in the same form."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from replylint import __version__
from replylint.cli import printing
from replylint.cli.exits import Exit
from replylint.cli.screen import coloured, width
from replylint.language.parse import language_of
from replylint.render.options import Options
from replylint.render.problems import problems_text
from replylint.render.visible import visible
from replylint.source.messages import Lang, describe, say
from replylint.source.problems import Problem
from replylint.source.spans import Source


def tell(
    problems: Iterable[Problem], chosen: str | None, default: Lang, ending: str = "cli.problems-found",
    aside: bool = False, most: int | None = None,
) -> None:
    """Print problems, each in the language of its own file's keywords unless one was chosen.

    ending: the key of the sentence that says how many there are, and what that means for the command.
    aside: on standard error, beside a report on standard output. most: so many are shown, and the others only counted.
    """
    problems = tuple(problems)
    for source, group in groupby(problems[:most], key=lambda p: p.where.source if p.where else None):
        spoken = _language_of(source, chosen, default)
        options = Options(__version__, spoken, not aside and coloured(), width=width())
        printing.pieces(problems_text(tuple(group), options), aside)
    printing.line(say(ending, default, {"number": str(len(problems))}), aside)


def _language_of(source: Source | None, chosen: str | None, default: Lang) -> Lang:
    if chosen is None and source is not None and source.path.endswith(".rules"):
        return language_of(source.text)
    return default


def could_not(problem: Problem, lang: Lang) -> Exit:
    """Print what kept a command from its work, and what helps; the exit code that follows from it."""
    sentence, advice = describe(problem, lang)
    printing.line(say("usage.wrong", lang, {"what": visible(sentence)}), aside=True)
    if advice:
        printing.line(help_line(advice, lang), aside=True)
    return Exit.COULD_NOT_CHECK


def help_line(advice: str, lang: Lang) -> str:
    """A line that says what helps, below the sentence that says what is wrong."""
    return f"  {say('render.problem', lang, {'severity': say('render.help', lang), 'message': visible(advice)})}"

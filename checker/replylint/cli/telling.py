"""What kept a command from its work, told in the same form everywhere."""

from __future__ import annotations

import click

from replylint.cli.exits import Exit
from replylint.render.visible import visible
from replylint.source.messages import Lang, describe, say
from replylint.source.problems import Problem


def could_not(problem: Problem, lang: Lang) -> Exit:
    """Print what went wrong, and what helps; the exit code that follows from it."""
    sentence, advice = describe(problem, lang)
    click.echo(say("usage.wrong", lang, {"what": visible(sentence)}), err=True)
    if advice:
        click.echo(help_line(advice, lang), err=True)
    return Exit.COULD_NOT_CHECK


def help_line(advice: str, lang: Lang) -> str:
    """A line that says what helps, below the sentence that says what is wrong."""
    return f"  {say('render.problem', lang, {'severity': say('render.help', lang), 'message': visible(advice)})}"

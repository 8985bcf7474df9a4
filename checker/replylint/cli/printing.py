"""The one way to the terminal: nothing that a terminal obeys reaches it from a draft, a row, a rule or a file's name.

Whoever prints need not remember to make it visible; a test fails where anything else of the program prints.
What is printed for other programs byte by byte (`verify --print`) is no text for people and goes its own way.
"""

from __future__ import annotations

from collections.abc import Iterable

import click


def line(text: str, aside: bool = False) -> None:
    """Print one line, in which line breaks are shown like all that is invisible; aside: on standard error."""
    lines((text,), aside)


def lines(texts: Iterable[str], aside: bool = False) -> None:
    """Print lines, each by itself."""
    from replylint.render.visible import visible  # loaded late, as all that only those need who have something to say

    for text in texts:
        click.echo(visible(text), err=aside)


def piece(text: str, aside: bool = False) -> None:
    """Print a piece of a report with the line breaks and the styles that it was given, and nothing else obeyed."""
    from replylint.render.visible import harmless

    click.echo(harmless(text), nl=False, err=aside, color=True)


def pieces(texts: Iterable[str], aside: bool = False) -> None:
    """Print the pieces of a report as they come."""
    for text in texts:
        piece(text, aside)


def asked(question: str, default: str = "") -> str:
    """What the user answers; a default is shown with the question, and no answer means it."""
    from replylint.render.visible import visible

    shown = f"{question} [{default}]" if default else question
    said: str = click.prompt(visible(shown), default="", show_default=False)
    return said or default


def over(text: str) -> None:
    """Show a text of ours at the beginning of the terminal's line, over what stood there; empty: wipe the line."""
    click.echo(f"\r{text}" if text else "\r\x1b[K", nl=False, err=True)

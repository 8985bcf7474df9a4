"""How far a long run has come, told on a terminal's standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

_T = TypeVar("_T")
_AFTER = 2.0
_EVERY = 0.2


def counted(items: Iterable[_T]) -> Iterator[_T]:
    """The items unchanged; once they take longer than two seconds, a running count is shown."""
    shown = sys.stderr.isatty()
    next_at = time.monotonic() + _AFTER
    told = False
    for number, item in enumerate(items, 1):
        yield item
        if shown and time.monotonic() >= next_at:
            next_at = time.monotonic() + _EVERY
            told = True
            click.echo(f"\r{number:,} …", nl=False, err=True)
    if told:
        # The count is wiped, so that the report's next line starts clean.
        click.echo("\r\x1b[K", nl=False, err=True)

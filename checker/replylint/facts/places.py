"""What the finder of typed values hands over."""

from __future__ import annotations

from typing import Protocol

from replylint.source.spans import Span
from replylint.source.values import Value


class Place(Protocol):
    """A typed value in the folded text."""

    @property
    def kind(self) -> str:
        """Of what kind it is, such as `money`."""

    @property
    def span(self) -> Span:
        """Where it stands."""

    @property
    def value(self) -> Value:
        """What it stands for."""

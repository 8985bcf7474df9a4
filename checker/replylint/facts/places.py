"""What the finder of typed values hands over."""

from __future__ import annotations

from typing import Protocol

from replylint.source.spans import Span
from replylint.source.values import Value


class Place(Protocol):
    """A typed value in the folded text: its kind (`money`, `deadline`, …), its span, its value."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def span(self) -> Span: ...  # noqa: D102
    @property
    def value(self) -> Value: ...  # noqa: D102

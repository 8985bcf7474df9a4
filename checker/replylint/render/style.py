"""Terminal styles, used only when colour was asked for."""

from __future__ import annotations

from typing import Literal

Style = Literal["error", "warning", "advice", "undecided", "good", "place", "strong", "help"]

_CODES: dict[Style, str] = {
    "error": "1;31",
    "warning": "1;33",
    "advice": "1;36",
    "undecided": "1;35",
    "good": "32",
    "place": "1;34",
    "strong": "1",
    "help": "1;32",
}


STYLES = frozenset(_CODES.values())
"""The codes of all styles."""


def paint(text: str, style: Style | None, colour: bool) -> str:
    """The text in a style, or as it is without colour; the text must be visible already."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if colour and style and text else text

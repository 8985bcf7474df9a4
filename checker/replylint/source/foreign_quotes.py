"""Quotes that YAML takes for letters: the ones that Word, phones and Chinese keyboards write for straight ones."""

from __future__ import annotations

import re

_FAMILIES = ("“”„‟", "‘’‚‛", "＂", "＇", "「」", "『』", "«»")
_ALL = "".join(_FAMILIES)
# In a single quote's family, what stands between letters is an apostrophe.
_INNER = {family: re.compile(rf"(?<!\w)[{family}]|[{family}](?!\w)") for family in _FAMILIES}

OPENED = re.compile(rf"^[ \t]*(?:- +)*(?:[^\s:]+:[ \t]+)?([{_ALL}])", re.MULTILINE)
"""A line whose value begins with such a quote."""

CLOSED = re.compile(rf"""[:\-][ \t]+["'][^"'\r\n]*([{_ALL}])[ \t]*$""", re.MULTILINE)
"""A line whose value begins with a straight quote and ends with another one."""


def wrap(words: str) -> bool:
    """Whether such quotes stand around the whole of a text, and do not just begin and end it: 「茶」和「湯」."""
    family = next((each for each in _FAMILIES if words[:1] in each), None) if words else None
    if family is None or len(words) < 3 or words[-1] not in family:
        return False
    return not _INNER[family].search(words[1:-1])

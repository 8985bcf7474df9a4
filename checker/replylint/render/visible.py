"""Text of drafts made safe to show: nothing invisible, nothing a terminal obeys, and a known width."""

from __future__ import annotations

import re
import unicodedata

from rich.cells import cell_len

# What shows nothing though its category is that of a letter or mark (Default_Ignorable_Code_Point).
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_EMOJI_TONES = range(0x1F3FB, 0x1F400)
_CONTROL_PICTURES = 0x2400
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})
# Of what Python calls printable, the characters that are not shown as they are: the blank ones, and parts of emoji.
_PRINTABLE_BUT_HIDDEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u20e3\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]"
)
_WIDE_BLANK = "\u3000"  # in most Chinese texts, and not printable


def visible(text: str) -> str:
    """The text with everything invisible spelled out: `<U+202E>` for a bidi control, `␛` for an escape."""
    return text if _is_plain(text) else "".join(map(_glyph, text, ["", *text]))


def glyphs(text: str) -> list[str]:
    """What is shown for each character; an emoji's joiners and tones are left out, so that widths add up."""
    return list(text) if _is_plain(text) else list(map(_glyph, text, ["", *text]))


def _is_plain(text: str) -> bool:
    """Whether every character is shown as it is; looking at them one by one took half the time of a report."""
    return text.replace(_WIDE_BLANK, "").isprintable() and not _PRINTABLE_BUT_HIDDEN.search(text)


def columns(text: str) -> int:
    """How many columns a visible text takes on a monospace screen; a Chinese character takes two."""
    return cell_len(text)


def escaped(json_text: str) -> str:
    """One line of JSON with everything that prints nothing written as `\\uXXXX`: controls, bidi marks, tags.

    Such characters can stand only inside JSON strings, so this never changes what the JSON means.
    """
    if json_text.isprintable():
        return json_text
    return "".join(c if c.isprintable() or unicodedata.category(c) == "Zs" else _escape(c) for c in json_text)


def _escape(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def _glyph(char: str, before: str) -> str:
    code = ord(char)
    if 0x20 <= code < 0x7F:
        return char
    if char == "\t":
        return "    "
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    if code == 0x7F:
        return "␡"
    if _joins_emoji(char, before):
        return ""
    if unicodedata.category(char) in _HIDDEN or char in _BLANK or _selects(code):
        return f"<U+{code:04X}>"
    return char


def _joins_emoji(char: str, before: str) -> bool:
    parts = char in "\u200d\ufe0f\u20e3" or ord(char) in _EMOJI_TONES
    return parts and before != "" and (unicodedata.category(before) in {"So", "Sk", "Sm"} or before in "\ufe0f\u200d")


def _selects(code: int) -> bool:
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0x180B <= code <= 0x180F

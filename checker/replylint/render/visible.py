"""Text of drafts made safe to show: nothing invisible, nothing a terminal obeys, and a known width."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from rich.cells import cell_len

from replylint.render.style import STYLES

# What shows nothing though its category is that of a letter or mark (Default_Ignorable_Code_Point).
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
_SELECTORS = "\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_EMOJI_TONES = "\U0001f3fb-\U0001f3ff"
_CONTROL_PICTURES = 0x2400
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})
_SHOWS_NOTHING = re.compile(f"[{_BLANK}{_SELECTORS}]")
_EMOJI_PART = re.compile(f"[\u200d\ufe0f\u20e3{_EMOJI_TONES}]")
# Of what Python calls printable, the characters that are not shown as they are: the blank ones, and parts of emoji.
_PRINTABLE_BUT_HIDDEN = re.compile(f"[{_BLANK}{_SELECTORS}{_EMOJI_TONES}\u20e3]")
# A style of a report, or a single character that a terminal or the reader's eye is led by.
_OBEYED = re.compile(
    rf"\x1b\[(?:{'|'.join(map(re.escape, ('0', *STYLES)))})m"
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_WIDE_BLANK = "\u3000"  # in most Chinese texts, and not printable


def visible(text: str) -> str:
    """The text with everything invisible spelled out: `<U+202E>` for a bidi control, `␛` for an escape."""
    return text if _is_plain(text) else "".join(map(_glyph, text, ["", *text]))


def harmless(text: str) -> str:
    """A piece of a report with all spelled out that a terminal would obey, but line feeds and the styles of reports."""
    return _OBEYED.sub(lambda found: found[0] if len(found[0]) > 1 else _glyph(found[0], ""), text)


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


def indented(plain: Any) -> str:
    """Plain values as JSON over several lines, without the last line end, safe as `escaped` makes each."""
    # Only line feeds end the lines that are made here; U+2028 and its like stand inside texts.
    return "\n".join(map(escaped, json.dumps(plain, ensure_ascii=False, indent=2).split("\n")))


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
    if unicodedata.category(char) in _HIDDEN or _SHOWS_NOTHING.match(char):
        return f"<U+{code:04X}>"
    return char


def _joins_emoji(char: str, before: str) -> bool:
    if before == "" or not _EMOJI_PART.match(char):
        return False
    return unicodedata.category(before) in {"So", "Sk", "Sm"} or before in "\ufe0f\u200d"

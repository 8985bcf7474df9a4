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
# What may not reach a terminal or a web page as it is: controls, bidi marks, line separators, surrogates.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def visible(text: str) -> str:
    """The text with everything invisible spelled out: `<U+202E>` for a bidi control, `␛` for an escape."""
    return "".join(glyphs(text))


def glyphs(text: str) -> list[str]:
    """What is shown for each character; an emoji's joiners and tones are left out, so that widths add up."""
    return [_glyph(c, text[i - 1 : i]) for i, c in enumerate(text)]


def columns(text: str) -> int:
    """How many columns a visible text takes on a monospace screen; a Chinese character takes two."""
    return cell_len(text)


def escaped(json_text: str) -> str:
    """JSON text with the characters that must not reach a terminal written as `\\uXXXX`.

    Such characters can stand only inside JSON strings, so this never changes what the JSON means.
    """
    return _UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}", json_text)


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
    return parts and before != "" and (unicodedata.category(before) in {"So", "Sk"} or before in "\ufe0f\u200d")


def _selects(code: int) -> bool:
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0x180B <= code <= 0x180F

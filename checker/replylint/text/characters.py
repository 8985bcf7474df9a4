"""What single characters fold to, and what class each belongs to; worked out once for each character met.

Sources: Unicode's compatibility mappings (NFKC, UAX #15) and OpenCC's Traditional → Simplified characters.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

IRREGULAR = "\ufdd0"  # a noncharacter, stands in `folding()` for whatever does not fold to exactly one character

CJK = "々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"

# Small capitals and other Latin letters that NFKC leaves alone.
_LATIN = str.maketrans(
    "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢıɑɡøđłɩʋ",
    "abcdefghijklmnopqrstuvwyziagodliv",
)
_EVENED = str.maketrans(
    {
        **dict.fromkeys("‘’‛′ʼʹ`´", "'"),
        **dict.fromkeys("“”„‟″〝〞", '"'),
        **dict.fromkeys("‐‑‒–−⁃", "-"),
        **dict.fromkeys("―⸺⸻─━", "—"),
        **dict.fromkeys("•‧・∙⋅●․", "·"),
        **dict.fromkeys("⁄∕╱", "/"),
        **dict.fromkeys("∗✱⁎", "*"),
        **dict.fromkeys("∣│┃", "|"),
        **dict.fromkeys("〜∼", "~"),
        **dict.fromkeys("⠀", " "),
        **dict.fromkeys("™℠", ""),
    }
)
# Written either way for the same word, which OpenCC leaves alone: 著 and 着, 妳 and 你.
_VARIANTS = str.maketrans("著妳祂牠", "着你他它")
_KEPT = frozenset("…")  # NFKC would make it three full stops
_LINE_BREAKS = frozenset("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5")
_CLAUSE_MARKS = frozenset(',;:!?。、…()[]{}<>"「」『』《》〈〉【】〔〕%$&@\\€£¥')


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def is_cjk(char: str) -> bool:
    """Whether this is a Chinese character (〇 and 々 are)."""
    return (
        ("\u3400" <= char <= "\u9fff" and not "\u4dc0" <= char <= "\u4dff")
        or char in "々〇"
        or "\uf900" <= char <= "\ufaff"
        or "\U00020000" <= char <= "\U000323af"
    )


def is_invisible(char: str) -> bool:
    """Whether a reader sees nothing of this character and no space: format characters, selectors, fillers."""
    code = ord(char)
    return (
        char in _BLANK_LETTERS
        or 0xFE00 <= code <= 0xFE0F
        or 0xE0000 <= code <= 0xE0FFF
        or 0xFDD0 <= code <= 0xFDEF
        or (unicodedata.category(char) in ("Cf", "Cc") and char not in _LINE_BREAKS and not char.isspace())
    )


def is_mark(char: str) -> bool:
    """Whether this is a combining mark for Latin letters and symbols, as in struck-through text."""
    code = ord(char)
    return (
        0x300 <= code <= 0x36F
        or 0x1AB0 <= code <= 0x1AFF
        or 0x1DC0 <= code <= 0x1DFF
        or 0x20D0 <= code <= 0x20FF
        or 0xFE20 <= code <= 0xFE2F
    )


def fold_character(char: str) -> str:
    """What one character folds to: usually one character, sometimes none (invisible) or several (㈱)."""
    folded = _fold_once(char)
    for _ in range(4):
        again = "".join(map(_fold_once, folded))
        if again == folded:
            break
        folded = again
    return folded


def _fold_once(char: str) -> str:
    if char in _LINE_BREAKS:
        return "\n"
    if char.isspace():
        return " "
    if char in _KEPT:
        return char
    evened = char.translate(_EVENED)
    if evened != char:
        return evened
    if is_invisible(char) or is_mark(char):
        return ""
    if is_cjk(char):
        return str(_converter().convert(unicodedata.normalize("NFKC", char))).translate(_VARIANTS)
    return _fold_letter(char)


def _fold_letter(char: str) -> str:
    code = ord(char)
    if 0x1F150 <= code <= 0x1F169 or 0x1F170 <= code <= 0x1F189:  # letters in filled circles and squares
        return chr(ord("a") + (code - 0x1F150) % 0x20)
    folded = unicodedata.normalize("NFKC", char).lower().translate(_LATIN)
    base = unicodedata.normalize("NFD", folded)
    return base[0] if base and base[0].isascii() and all(map(is_mark, base[1:])) else folded


class Folding(dict[int, str]):
    """A table for `str.translate` that fills itself: code point → folded character, or IRREGULAR."""

    def __missing__(self, code: int) -> str:
        folded = fold_character(chr(code))
        self[code] = folded if len(folded) == 1 else IRREGULAR
        return self[code]


class Classes(dict[int, str]):
    """A table for `str.translate` over folded text that fills itself: code point → one letter.

    c Chinese character · l Latin letter · w letter of another script · d digit · n line break · x punctuation that
    bounds clauses, quotes, currency · s anything else, which may stand between the letters of a split word.
    """

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if is_cjk(char):
            self[code] = "c"
        elif char.isdigit():
            self[code] = "d"
        elif char.isalpha():
            self[code] = "l" if "a" <= char <= "z" else "w"
        elif char == "\n":
            self[code] = "n"
        else:
            self[code] = "x" if char in _CLAUSE_MARKS else "s"
        return self[code]


@cache
def folding() -> Folding:
    """The folding table, shared so that each character is worked out once."""
    return Folding()


@cache
def classes() -> Classes:
    """The class table, shared in the same way."""
    return Classes()

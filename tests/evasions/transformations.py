"""Ways to hide words from a checker that a reader still reads."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable, Mapping
from urllib.parse import quote

CYRILLIC = str.maketrans("aceopxyiABCEHKMOPTX", "асеорхуіАВСЕНКМОРТХ")
GREEK = str.maketrans("oavnuABEHIKMNOPTXYZ", "οανηυΑΒΕΗΙΚΜΝΟΡΤΧΥΖ")

PHONETIC = {
    "退": "ㄊㄨㄟˋ", "款": "ㄎㄨㄢˇ", "刪": "ㄕㄢ", "除": "ㄔㄨˊ", "評": "ㄆㄧㄥˊ", "論": "ㄌㄨㄣˋ",
    "全": "ㄑㄩㄢˊ", "額": "ㄜˊ", "保": "ㄅㄠˇ", "證": "ㄓㄥˋ", "開": "ㄎㄞ", "好": "ㄏㄠˇ",
}  # fmt: skip


def between(separator: str) -> Callable[[str], str]:
    """The separator between every two characters of each word."""
    return lambda words: " ".join(separator.join(word) for word in words.split(" "))


def inside_first(separator: str) -> Callable[[str], str]:
    """The separator once, after the first character."""
    return lambda words: words[0] + separator + words[1:]


def mathematical(start: int) -> Callable[[str], str]:
    """Latin letters from a block of mathematical alphabets that begins with a capital A."""

    def shift(char: str) -> str:
        if "A" <= char <= "Z":
            return chr(start + ord(char) - ord("A"))
        return chr(start + 26 + ord(char) - ord("a")) if "a" <= char <= "z" else char

    return lambda words: "".join(map(shift, words))


def full_width(words: str) -> str:
    """Latin letters as wide as Chinese characters."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in words)


def circled(words: str) -> str:
    """Latin letters in circles."""
    return "".join(chr(0x24D0 + ord(c) - ord("a")) if "a" <= c <= "z" else c for c in words)


def alternating(words: str) -> str:
    """Small and capital letters in turn."""
    return "".join(c.upper() if i % 2 else c.lower() for i, c in enumerate(words))


TRANSFORMATIONS: Mapping[str, Callable[[str], str]] = {
    "spaces between characters": between(" "),
    "two spaces between characters": between("  "),
    "ideographic spaces": between("\u3000"),
    "thin spaces": between("\u2009"),
    "dots between characters": between("."),
    "middle dots": between("·"),
    "hyphens between characters": between("-"),
    "underscores": between("_"),
    "asterisks": between("*"),
    "slashes": between("/"),
    "bars": between("|"),
    "tildes": between("~"),
    "emoji between characters": between("😀"),
    "zero-width spaces": between("\u200b"),
    "zero-width non-joiners": between("\u200c"),
    "zero-width joiners": between("\u200d"),
    "word joiners": between("\u2060"),
    "soft hyphens": between("\u00ad"),
    "byte order marks": between("\ufeff"),
    "left-to-right marks": between("\u200e"),
    "right-to-left override": lambda w: "\u202d" + w + "\u202c",
    "variation selectors": between("\ufe0f"),
    "combining strokes": lambda w: "".join(c + "\u0336" for c in w),
    "full-width letters": full_width,
    "mathematical bold": mathematical(0x1D400),
    "mathematical sans-serif": mathematical(0x1D5A0),
    "mathematical monospace": mathematical(0x1D670),
    "mathematical script": mathematical(0x1D4D0),
    "circled letters": circled,
    "mixed case": alternating,
    "Cyrillic look-alikes": lambda w: w.translate(CYRILLIC),
    "Greek look-alikes": lambda w: w.translate(GREEK),
    "decimal entities": lambda w: "".join(f"&#{ord(c)};" for c in w),
    "hexadecimal entities": lambda w: "".join(f"&#x{ord(c):x};" for c in w),
    "escaped entities": lambda w: html.escape("".join(f"&#{ord(c)};" for c in w)),
    "percent encoding": quote,
    "accented letters": lambda w: unicodedata.normalize("NFC", "".join(c + "\u0301" if c in "aeiou" else c for c in w)),
    "bold by asterisks": lambda w: f"**{w}**",
    "one phonetic character": lambda w: PHONETIC.get(w[0], w[0]) + w[1:],
    "phonetic letters": lambda w: "".join(PHONETIC.get(c, c) for c in w),
    "one zero-width space": inside_first("\u200b"),
    "a space once": inside_first(" "),
    "a dot once": inside_first("."),
}


def changed(words: str) -> dict[str, str]:
    """The disguises that change these words, by name."""
    return {name: new for name, new in ((n, t(words)) for n, t in TRANSFORMATIONS.items()) if new != words}

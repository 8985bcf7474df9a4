"""Letters of other scripts that look Latin, as in "rеfund" with a Cyrillic е, and letters that look like digits.

Source: the Cyrillic and Greek rows of Unicode's confusables (UTS #39) whose skeleton is one lower-case Latin letter.
"""

from __future__ import annotations

import re

from replylint.text.edits import Edit, Traced, apply
from replylint.text.model import Disguise, Suspicion

_LOOKALIKES = str.maketrans(
    "авсԁеѐёһнкморѕтухіїјԛԝѵгьαβεηικνορτυχωϲϳ",
    "abcdeeehhkmopstyxiijqwvrbabenikvoptuxwcj",
)
_FOREIGN = "\u0370-\u03ff\u0400-\u052f"
_HAS_FOREIGN = re.compile(f"[{_FOREIGN}]")
_WORD = re.compile(f"[a-z{_FOREIGN}]+")
_LATIN = re.compile("[a-z]")
# 5OO, but neither H2O nor 10 o'clock. The digit comes first, so that the scan skips quickly to the next one.
_NUMBER_WITH_LETTERS = re.compile(r"[0-9](?<![a-z0-9,].)[0-9,]*o[0-9o,]*(?![a-z0-9'])")


def even_scripts(traced: Traced, suspicions: list[Suspicion]) -> Traced:
    """Replace look-alikes by Latin letters where the text means Latin.

    That is in words that mix scripts, and in words wholly of look-alikes when the text is Latin otherwise: real
    Russian or Greek stays as it is.
    """
    text = traced.text
    if not _HAS_FOREIGN.search(text) or not _LATIN.search(text):
        return traced
    words = [(m.start(), m[0]) for m in _WORD.finditer(text) if _HAS_FOREIGN.search(m[0])]
    really_foreign = any(not _LATIN.search(w) and not _is_latin(w) for _, w in words)
    edits = []
    for start, word in words:
        if len(word) < 2 or "μ" in word or (really_foreign and not _LATIN.search(word)):
            continue
        kind: Disguise = "look-alike" if _is_latin(word) else "mixed-script"
        suspicions.append(Suspicion(kind, traced.original(start, start + len(word))))
        edits.append(Edit(start, start + len(word), word.translate(_LOOKALIKES)))
    return apply(traced, edits)


def even_digits(traced: Traced, suspicions: list[Suspicion]) -> Traced:
    """Replace the letter o in numbers by a nought."""
    found = list(_NUMBER_WITH_LETTERS.finditer(traced.text))
    suspicions += (Suspicion("look-alike", traced.original(*match.span())) for match in found)
    return apply(traced, [Edit(*match.span(), match[0].replace("o", "0")) for match in found]) if found else traced


def _is_latin(word: str) -> bool:
    return not _HAS_FOREIGN.search(word.translate(_LOOKALIKES))


def latin(letter: str) -> str:
    """The Latin letter that a letter looks like, in its case; the letter itself when it looks like none."""
    plain = letter.lower().translate(_LOOKALIKES)
    return plain.upper() if letter.isupper() else plain if plain != letter.lower() else letter

"""What a misspelt word was most likely meant to be, and where the spaces of run-together Chinese words go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from replylint.case.fields import COMPUTED, FIELD_TYPES
from replylint.source.names import kinds, section

# Longer words are no rule of a person's; looking for their parts would help nobody.
_MOST_LENGTH = 80
_LONGEST_NAME = 10
# Every word of so few letters is near some other.
_TOO_SHORT = 2
_OTHER = re.compile(r"[0-9０-９][0-9０-９.,%％]*|[A-Za-z_][\w\-]*(?:\.[A-Za-z_][\w\-]*)*|\.", re.ASCII)
_FIELD = re.compile(r"(?<!\S)([^\s.]+) (?:的 )?([^\s.]+)(?!\S)")
_SECTIONS = ("keywords", "facts", "attributes", "fields", "choices", "actions", "parameters", "units")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` is most likely meant to be, or None when none is near."""
    known = list(known)
    if word.isascii() and len(word) <= _TOO_SHORT:
        return None  # `it` is no slip for `id`
    # Imported only when there is a mistake to explain.
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    limit = 1 if len(word) <= 3 else 2 if len(word) <= 7 else 3
    found = process.extractOne(
        word.lower(), known, scorer=DamerauLevenshtein.distance, processor=str.lower, score_cutoff=limit
    )
    if found is None and (full := _traditional(word)) != word:
        return full if full in known else None
    if found is None or (len(word) <= 2 and not set(word.lower()) & set(found[0].lower())):
        return None
    return str(found[0]) if found[1] < len(word) else None


def _traditional(word: str) -> str:
    """A word in Traditional characters, as the table of names has it: 规则 → 規則."""
    if word.isascii():
        return word
    from replylint.text.chinese import traditional

    return traditional(word)


def nearest_path(word: str, known: Iterable[str]) -> str | None:
    """As `nearest`, for dotted names: each of its parts is the one meant, or near it; or parts between are left out."""
    known = tuple(known)
    parts = word.split(".")
    if len(parts) > 1 and (longer := [k for k in known if _leaves_out(parts, k.split("."))]):
        return min(longer, key=len)
    near = nearest(word, [k for k in known if k.count(".") == len(parts) - 1])
    if near is None or len(parts) == 1:
        return near
    alike = all(a == b or nearest(a, [b]) for a, b in zip(parts, near.split("."), strict=True))
    return near if alike else None


def _leaves_out(parts: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether some parts are those of a longer name, from its first to its last, with one left out."""
    return len(whole) == len(parts) + 1 and whole[0] == parts[0] and whole[-1] == parts[-1] and set(parts) <= set(whole)


def spaced(word: str) -> str | None:
    """A Chinese word that is several known words run together, written with spaces; None when it is not."""
    if not re.search(r"[\u4e00-\u9fff]", word) or len(word) > _MOST_LENGTH:
        return None
    pieces = None if section("choices").find(word) else _pieces(word, _known_chinese())
    if pieces is None:
        return None
    text = _FIELD.sub(_dotted, " ".join(pieces).replace(" . ", "."))
    return text if text != word else None


def _dotted(found: re.Match[str]) -> str:
    """「評論 的 星等」 and 「評論 星等」 are the field 「評論.星等」, if there is such a one."""
    name = ".".join(section("fields").find(part) or part for part in (found[1], found[2]))
    return f"{found[1]}.{found[2]}" if name in FIELD_TYPES or name in COMPUTED else found[0]


def _pieces(word: str, known: frozenset[str]) -> Sequence[str] | None:
    """The fewest known words that make up a word."""
    best: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
    for start in range(len(word)):
        so_far = best[start]
        if so_far is None:
            continue
        longest = min(start + _LONGEST_NAME, len(word))
        ends = [end for end in range(start + 1, longest + 1) if word[start:end].lower() in known]
        if other := _OTHER.match(word, start):
            ends.append(other.end())
        for end in ends:
            already = best[end]
            if already is None or len(already) > len(so_far) + 1:
                best[end] = (*so_far, word[start:end])
    return best[-1]


@cache
def _known_chinese() -> frozenset[str]:
    words = {s for name in _SECTIONS for s in section(name).all_spellings("zh")}
    words |= {s for fact in section("facts").spellings for s in kinds(fact).all_spellings("zh")}
    # 「星等不超過」 is a name of the contract, but written in a rule it is 「星等 不超過」.
    return frozenset(w for w in words if _pieces(w, frozenset(words - {w})) is None)

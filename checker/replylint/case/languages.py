"""The languages that reviews are written in, by their tags (BCP 47), however drafts and rules name them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from replylint.case import convert
from replylint.source.names import section
from replylint.source.resources import grammar_table
from replylint.source.values import LanguageTag

SECTION = "languages"

# Languages without a code of two letters have one of three (ISO 639-3): several thousand, of which drafts may tell.
_CODE = re.compile(r"[a-z]{2,3}")


def language_tag(written: str) -> LanguageTag | None:
    """The tag of a language from a tag with or without a region, or from its name; None when there is no such one.

    `zh-TW`, `zh_Hant_TW`, 「繁體中文」 and `Traditional Chinese` are zh-Hant; `en-US` is en. Any code of two or three
    letters is taken for one of a language that is not listed here.
    """
    parts = _folded(written).split("-")
    for length in range(len(parts), 0, -1):
        if found := _tags().get("-".join(parts[:length])):
            return found
    return LanguageTag(parts[0]) if _CODE.fullmatch(parts[0]) else None


def language(value: Any) -> LanguageTag | None:
    """The language that a draft states. Raises FieldError."""
    words = convert.name(value)
    found = language_tag(words) if words else None
    if words and found is None:
        raise convert.FieldError("not-language")
    return found


def is_name(words: str) -> bool:
    """Whether a language that is listed here is called so."""
    return _folded(words) in _tags()


def listed(tag: LanguageTag) -> bool:
    """Whether the language is one of those that are listed here; others are taken at their word."""
    return tag in _tags().values() or tag in _codes()


@cache
def _tags() -> dict[str, LanguageTag]:
    named = section(SECTION).canonical.items()
    return {_folded(word): LanguageTag(tag) for word, tag in named}


def _folded(written: str) -> str:
    return re.sub(r"[\s_-]+", "-", unicodedata.normalize("NFKC", written).strip().lower())


@cache
def _codes() -> frozenset[str]:
    return frozenset(grammar_table("values.yml")["language_codes"])

"""A text that people wrote in one or both languages of the tool."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from replylint.source.messages import Lang

_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_LETTERS = re.compile(r"[A-Za-z]+")
# A name in braces stands for a value; the language of the name says nothing of the text's.
_VALUE = re.compile(r"\{[^{}\n]*\}")


@dataclass(frozen=True)
class Bilingual:
    """A text in English, Chinese or both; empty where there is none."""

    en: str = ""
    zh: str = ""

    def said(self, lang: Lang) -> str:
        """The text in a language, else in the other."""
        return (self.en or self.zh) if lang == "en" else (self.zh or self.en)

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)

    def __str__(self) -> str:
        return self.said("en")


def language_of(text: str) -> Lang | None:
    """The language that most of a text is in, one Chinese character counting as three letters; None without either."""
    if text.isascii():
        return "en" if _LETTERS.search(text) else None
    chinese, letters = weights(text)
    if not chinese and not letters:
        return None
    return "zh" if chinese >= letters else "en"


def weights(text: str) -> tuple[int, int]:
    """How many letters of a text are Chinese, a character counting as three, and how many are Latin."""
    # Runs are a fifth as many as letters.
    return 3 * sum(map(len, _CHINESE.findall(text))), sum(map(len, _LETTERS.findall(text)))


def script_of(text: str) -> Lang:
    """The language of a text: Chinese when it has a Chinese character outside braces, else English."""
    return "zh" if _CHINESE.search(_VALUE.sub("", text)) else "en"

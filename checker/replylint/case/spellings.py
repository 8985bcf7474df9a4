"""The spellings of names: what people may write for the fields, actions, choices and units of `grammar/names.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from replylint.source.resources import grammar_table


@cache
def names_by_spelling(section: str) -> Mapping[str, str]:
    """Every spelling of one section of the table of names, in lower case, with the name it stands for."""
    found: dict[str, str] = {}
    for key, row in grammar_table("names.yml")[section].items():
        found[key.lower()] = key
        for words in (row["en"], row["zh"], row.get("symbol", [])):
            found |= {word.lower(): key for word in ([words] if isinstance(words, str) else words)}
    return found


@cache
def first_spellings(section: str) -> Mapping[str, Mapping[str, str]]:
    """The names of one section, each with how it is first spelt in English and in Chinese."""
    return {
        name: {lang: row[lang] if isinstance(row[lang], str) else row[lang][0] for lang in ("en", "zh")}
        for name, row in grammar_table("names.yml")[section].items()
    }


@cache
def yes_or_no() -> Mapping[str, bool]:
    """Every spelling of yes and no, in lower case."""
    return {spelling: name == "yes" for spelling, name in names_by_spelling("yesno").items()}
